#include "config.h"

#include "wire.h"

#include "base/utf8.h"

enum { ESC_BYTE = 0x1b, PARAMS_MAX = 32, CONTEXT = 24 };

struct code_range {
	uint32_t first, last;
};

/* Sorted: what hides, joins, reorders, or is no character at all. */
static const struct code_range harmful[] = {
	{ 0x0, 0x1f }, { 0x7f, 0x9f }, { 0xad, 0xad }, { 0x34f, 0x34f }, { 0x61c, 0x61c },
	{ 0x115f, 0x1160 }, { 0x17b4, 0x17b5 }, { 0x180b, 0x180f }, { 0x200b, 0x200f },
	{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0x2800, 0x2800 }, { 0x3164, 0x3164 },
	{ 0xd800, 0xf8ff }, { 0xfdd0, 0xfdef }, { 0xfe00, 0xfe0f }, { 0xfeff, 0xfeff },
	{ 0xffa0, 0xffa0 }, { 0xfff0, 0xfffb }, { 0xfffe, 0xffff }, { 0x1bca0, 0x1bca3 },
	{ 0x1d173, 0x1d17a }, { 0x1f000, 0x1faff }, { 0xe0000, 0xffffffff },
};

/*
 * Whole control sequences after "ESC [". '#' stands for parameters of SGR,
 * cursor and erasing: digits and ';'.
 */
static const char *const csi[] = {
	"#m", "#H", "#f", "#A", "#B", "#C", "#D", "#G", "#d", "J", "0J", "1J", "2J", "#K", "#X",
	"#P", "#@", "#L", "#M", "#r", "#S", "#T", "#b", "#Z", "4h", "4l", "34h", "34l",
	"?1h", "?1l", "?7h", "?7l", "?12l", "?25h", "?25l", "?12;25h", "?0c", "?1c", "?8c",
	"?1049h", "?1049l", "?2004h", "?2004l",
	"22;0;0t", "23;0;0t",		/* smcup, rmcup: keep the title that is there */
};

/* Whole sequences after ESC. */
static const char *const escapes[] = {
	"(B", "(0", ")B", ")0", "=", ">", "7", "8", "M",
};

/* How many of the bytes after the introducer belong to the sequence. */
static size_t
csi_length(struct claque_str s)
{
	size_t n = 0;

	while (n < s.len && n < PARAMS_MAX && ((unsigned char)s.p[n] & 0xe0) == 0x20)
		n++;
	return n < s.len ? n + 1 : n;
}

static bool
csi_matches(const char *rule, struct claque_str s)
{
	size_t n = 0;

	if (rule[0] != '#')
		return str_eq(str_of(rule), s);
	while (n < s.len && (byte_is_digit(s.p[n]) || s.p[n] == ';'))
		n++;
	return str_eq(str_of(rule + 1), str_sub(s, n, s.len));
}

/* Bytes used by the sequence at the front of s (ESC itself taken), 0 if not on the list. */
static size_t
take_escape(struct claque_str s)
{
	if (s.len > 0 && s.p[0] == '[') {
		struct claque_str body = str_sub(s, 1, csi_length(str_sub(s, 1, s.len)));

		for (size_t i = 0; i < sizeof(csi) / sizeof(csi[0]); i++)
			if (csi_matches(csi[i], body))
				return body.len + 1;
		return 0;
	}
	for (size_t i = 0; i < sizeof(escapes) / sizeof(escapes[0]); i++)
		if (str_starts(s, str_of(escapes[i])))
			return strlen(escapes[i]);
	return 0;
}

/* Bytes used, or 0 and why. */
static size_t
take(struct claque_str s, const char **why)
{
	size_t used;
	uint32_t code = utf8_next(s, &used);

	if (code == ESC_BYTE) {
		used = take_escape(str_sub(s, 1, s.len));
		*why = "a sequence that is not on the list";
		return used == 0 ? 0 : used + 1;
	}
	*why = "bytes that are not UTF-8";
	if (code == UTF8_BAD)
		return 0;
	*why = "a control character";
	if (code < 0x20)
		return strchr("\r\n\b\t\016\017", (int)code) != NULL && code != 0 ? used : 0;
	*why = "a character that hides, joins or reorders";
	return wire_harmless(code) ? used : 0;
}

static void
explain(struct buf *out, struct claque_str raw, size_t at, const char *why)
{
	size_t from = at > CONTEXT ? at - CONTEXT : 0;
	struct claque_str near = str_sub(raw, from, at - from + CONTEXT);

	buf_addf(out, "byte %zu of %zu: %s: ", at, raw.len, why);
	for (size_t i = 0; i < near.len; i++) {
		unsigned char c = (unsigned char)near.p[i];

		buf_addz(out, from + i == at ? " >>> " : "");
		buf_addf(out, c >= 0x20 && c < 0x7f ? "%c" : "\\x%02x", c);
	}
}

bool
wire_harmless(uint32_t code)
{
	for (size_t i = 0; i < sizeof(harmful) / sizeof(harmful[0]); i++)
		if (code <= harmful[i].last)
			return code < harmful[i].first;
	return true;
}

bool
wire_clean(struct claque_str raw, struct buf *complaint)
{
	const char *why;
	size_t at = 0;

	while (at < raw.len) {
		size_t used = take(str_sub(raw, at, raw.len), &why);

		if (used == 0) {
			explain(complaint, raw, at, why);
			return false;
		}
		at += used;
	}
	return true;
}
