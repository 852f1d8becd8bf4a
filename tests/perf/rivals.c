#include "config.h"

#include "rivals.h"

const struct rival rivals[] = {
	{ .name = "claque", .title = "claque, posts",
	  .argv = { "claque", "open", "%s", "--screen", "posts" },
	  .input = INPUT_CASE, .move = { "j", "k" }, .page = { "<PageDown>", "<PageUp>" },
	  .end = "G", .top = "g", .search = "/zqxjkv<Enter>", .missed = "no other row matches" },
	{ .name = "less", .title = "less, CSV", .argv = { "less", "-S", "%s" },
	  .input = INPUT_CSV, .move = { "j", "k" },
	  .page = { "<Space>", "b" }, .end = "G", .top = "g", .search = "/zqxjkv<Enter>",
	  .missed = "not found" },
	{ .name = "tig", .title = "tig, pager, log", .argv = { "sh", "-c", "exec tig < \"$0\"", "%s" },
	  .input = INPUT_LOG, .move = { "j", "k" },
	  .page = { "<Space>", "b" }, .end = "<End>", .top = "<Home>",
	  .search = "/zqxjkv<Enter>", .missed = "No match" },
	{ .name = "lnav", .title = "lnav, log", .argv = { "lnav", "-q", "%s" },
	  .input = INPUT_LOG, .move = { "j", "k" },
	  .page = { "<Space>", "b" }, .end = "G", .top = "g", .search = "/zqxjkv<Enter>",
	  .missed = "0 hits", .row = ",original," },
	{ .name = "vd", .title = "VisiData, CSV", .argv = { "vd", "%s" },
	  .input = INPUT_CSV, .move = { "j", "k" },
	  .page = { "<C-f>", "<C-b>" }, .end = "G", .top = "gg", .search = "/zqxjkv<Enter>",
	  .missed = "no match" },
	{ .name = "fzf", .title = "fzf, log", .argv = { "sh", "-c", "exec fzf < \"$0\"", "%s" },
	  .input = INPUT_LOG, .move = { "<Up>", "<Down>" },
	  .page = { "<PageUp>", "<PageDown>" }, .search = "zqxjkvzq", .missed = " 0/" },
};
const size_t rival_count = sizeof(rivals) / sizeof(*rivals);

const struct chapter chapters[] = {
	{ "clusters", ":go to clusters<Enter>", "C00", { "j k", { "j", "k" }, 200, 0 } },
	{ "accounts", ":go to accounts<Enter>", "accounts", { "j k", { "j", "k" }, 200, 0 } },
	{ "sources", ":go to sources<Enter>", "sources", { "j k", { "j", "k" }, 200, 0 } },
	{ "posts", ":go to posts<Enter>", "posts", { "PgDn", { "<PageDown>" }, 200, 0 } },
	{ "posts, pivots", ":go to posts<Enter>", "posts",
	  { "o Esc", { "o", "<Esc>" }, 40, 400 } },
	{ "accounts, sort", ":go to accounts<Enter>", "accounts",
	  { "order", { "]", "s", "<Esc>" }, 30, 100 } },
	{ "timeline", ":go to timeline<Enter>", "posts", { "l h", { "l", "h" }, 100, 100 } },
	{ "palette", ":", "command", { "typed", { "s", "o", "r", "<Backspace>", "<Backspace>",
	  "<Backspace>" }, 60, 100 } },
};
const size_t chapter_count = sizeof(chapters) / sizeof(*chapters);
