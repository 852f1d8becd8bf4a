/*
 * fuzz_keys.c - any keys on the workbench: every screen they lead to is drawn, holds
 * nothing that moves a cursor or hides, and the case is whole behind them.
 *
 * The bytes are keys as scripts write them ("2<Enter>of"), up to the first that is
 * none; the first two choose the size and the way of drawing. A fresh copy of the
 * small case with tricks in its names each time, for keys can write into it.
 */
#include "config.h"

#include <stdlib.h>

#include "../unit/test.h"
#include "../unit/small_case.h"
#include "shown.h"
#include "tui/key.h"
#include "tui/workbench.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { KEYS_MAX = 400, SCREEN_BYTES = 1 << 20 };

/* Up to the first that is no key. */
static struct claque_str
keys_only(struct claque_str text)
{
	struct claque_str rest = text;
	uint32_t key;

	while (key_parse(&rest, &key))
		;
	return str_sub(text, 0, text.len - rest.len);
}

/* The case is made once, in a folder of its own, where what is exported lands too. */
int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	small_case_make();
	return atexit(small_case_remove);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int sizes[][2] = { { 24, 80 }, { 36, 120 }, { 12, 40 }, { 60, 200 } };
	struct session_options options = { .path = "copy.claque", .who = STR("nr") };
	struct claque_err err = { 0 };
	struct settings set;
	struct session *s;
	struct buf out;

	if (size < 2 || size > KEYS_MAX)
		return 0;
	buf_init(&out, SCREEN_BYTES);
	settings_init(&set);
	set.values[SETTING_ASCII] = data[1] % 2;
	small_case_copy("copy.claque");
	small_case_add_events("copy.claque");
	if (session_open(&s, &options, &err) != CLAQUE_OK)
		abort();
	/* What was typed may name a file that is not there: that is said, beside the screen. */
	if (workbench_dump(s, sizes[data[0] % 4][0], sizes[data[0] % 4][1],
		keys_only((struct claque_str){ (const char *)data + 2, size - 2 }), &set, DUMP_TEXT,
		&out, &err) != CLAQUE_OK && err.msg[0] == '\0')
		abort();
	check_harmless(buf_str(&out), true);
	session_close(s);
	buf_done(&out);
	return 0;
}
