/*
 * test_leak.c - the search for hidden names beside a plain one: every code of a text read
 * one by one, every run of it tried, every word compared with every name.
 *
 * Hidden are accounts 8 to 14 of the small case; the names below are all of theirs that
 * the texts made here can hold.
 */
#include "config.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/leak.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/rng.h"
#include "base/utf8.h"
#include "files.h"
#include "small_case.h"
#include "text/encoded.h"
#include "text/letters.h"
#include "text/normal.h"

enum { TEXTS = 4000, PIECES_MAX = 14, TEXT_MAX = 1 << 14, WORDS_MAX = 4, WORD_MAX = 120,
       PIECE = 4 << 20 };

static struct arena room;
static struct store *store;
static struct redactor *redactor;
static struct leaks *leaks;
static struct claque_err err;
static const struct claque_progress silent = { NULL, NULL };

static int
set_up(void **state)
{
	const struct redaction_plan plan = { REDACTION_PSEUDONYMISED, REDACTION_FOLLOWERS };

	(void)small_case_set_up(state);
	room = arena_new(64 << 20);
	small_case_copy("mine.claque");
	assert_ok(store_open(&store, "mine.claque", STORE_WRITE, &err), err);
	assert_ok(redactor_new(&redactor, store, &plan, &err), err);
	assert_ok(leaks_new(&leaks, redactor, store, &err), err);
	return 0;
}

static int
tear_down(void **state)
{
	leaks_free(leaks);
	redactor_free(redactor);
	store_close(store);
	arena_free(room);
	return small_case_tear_down(state);
}

/* --- the plain search */

struct code {
	uint32_t code;
	size_t at, used;
};

struct word {
	char bytes[WORD_MAX];
	size_t len, at, end;
	char before;
};

struct plain {			/* what it found */
	size_t count;
	char first[400];
};

static bool
is_alnum(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c);
}

static struct code
read_code(struct claque_str s, size_t at)
{
	struct code c = { (unsigned char)s.p[at], at, 1 };
	size_t end = at + 1;

	if (s.p[at] == '\\')
		c.code = 0;
	if (s.p[at] == '%' && at + 2 < s.len && s.p[at + 1] >= '0' && s.p[at + 1] <= '7' &&
	    byte_hex(s.p[at + 2]) >= 0)
		c = (struct code){ (uint32_t)(byte_hex(s.p[at + 1]) * 16 + byte_hex(s.p[at + 2])), at,
				   3 };
	if (c.code >= 0x80)
		c.code = utf8_next(str_sub(s, at, s.len), &c.used);
	if (s.p[at] != '&')
		return c;
	while (end < s.len && end - at < 8 && (is_alnum(s.p[end]) || s.p[end] == '#'))
		end++;
	if (end == s.len || s.p[end] != ';')
		return c;
	c = (struct code){ ' ', at, end + 1 - at };
	if (s.p[at + 1] == '#' && byte_is_digit(s.p[at + 2]))
		c.code = (uint32_t)atoi(s.p + at + 2);
	return c;
}

/* All words of a text, none too long for a word here. */
static size_t
words_of(struct claque_str s, struct word *out)
{
	size_t n = 0, at = 0;
	char before = '\0';

	while (at < s.len) {
		struct code c = read_code(s, at);
		struct word w = { .at = at, .before = before };
		enum letter last = letter_of(c.code);
		char folded[WORD_MAX];

		if (last == LETTER_NONE) {
			before = c.code == 0 ? before : c.code < 0x80 ? (char)c.code : ' ';
			at += c.used;
			continue;
		}
		while (at < s.len && (c = read_code(s, at), c.code == 0 || w.len == 0 ||
						!letters_part(last, letter_of(c.code)))) {
			if (c.code != 0 && letter_of(c.code) != LETTER_MARK)
				last = letter_of(c.code);
			if (c.code >= 0x80)
				memcpy(w.bytes + w.len, s.p + at, c.used);
			else if (c.code != 0)
				w.bytes[w.len] = (char)c.code;
			w.len += c.code >= 0x80 ? c.used : c.code != 0;
			assert_true(w.len < WORD_MAX - 4);
			at += c.used;
		}
		before = '\0';
		w.end = at;
		w.len = text_fold_word((struct claque_str){ w.bytes, w.len }, folded, WORD_MAX);
		assert_true(w.len <= WORD_MAX);
		memcpy(w.bytes, folded, w.len);
		if (w.len > 0)
			out[n++] = w;
	}
	return n;
}

static bool
is(const struct word *w, const char *text)
{
	return str_eq((struct claque_str){ w->bytes, w->len }, str_of(text));
}

static bool
is_alone_a_name(struct claque_str s, const struct word *w)
{
	static const char *const sure[] = { "alice14", "peter66", "maria99", "7831000000201",
					    "6200000001", "\u597d\u670b\u53cb", "0lga" };
	bool path = w->before == '/' && !(w->at > 1 && s.p[w->at - 2] == '/');

	for (size_t i = 0; i < sizeof(sure) / sizeof(sure[0]); i++)
		if (is(w, sure[i]))
			return true;
	return (w->before == '@' || path) && (is(w, "alice") || is(w, "peter") || is(w, "sasha"));
}

/* Does nothing part these two but what stands between the words of one name? */
static bool
is_tied(struct claque_str s, const struct word *a, const struct word *b)
{
	struct claque_str gap = str_sub(s, a->end, b->at - a->end);
	bool spaced = str_find(gap, STR(" "), 0) < gap.len;

	for (size_t at = 0, used; at < gap.len; at += used) {
		struct code c = read_code(gap, at);
		bool named = c.code == ' ' && c.used > 1;

		used = c.used;
		if ((named && !spaced) || (c.code != 0 && c.code < 0x80 &&
		    (strchr("\t\n\r|<>=\"", (int)c.code) != NULL ||
		     (!spaced && strchr(",;:", (int)c.code) != NULL))))
			return false;
	}
	return gap.len <= 8;
}

static size_t
words_of_name(struct claque_str s, const struct word *w, size_t left)
{
	if (left > 1 && is_tied(s, &w[0], &w[1]) && w[1].before == '_' && is(&w[0], "fan") &&
	    (is(&w[1], "two") || is(&w[1], "three")))
		return 2;
	if (left > 2 && is(&w[0], "third") && is(&w[1], "\U0001f600") && is(&w[2], "fan") &&
	    is_tied(s, &w[0], &w[1]) && is_tied(s, &w[1], &w[2]) && w[1].before != '_' &&
	    w[2].before != '_')
		return 3;
	return 0;
}

static void
note(struct plain *p, struct claque_str s, const struct word *a, const struct word *b, size_t encoded_at)
{
	if (p->count++ == 0)
		(void)snprintf(p->first, sizeof(p->first), "first by '" STR_FMT "' in out.txt at byte %zu:",
			       STR_ARG(str_sub(s, a->at, b->end - a->at)),
			       encoded_at > 0 ? encoded_at : a->at + 1);
}

static void
find_words(struct plain *p, struct claque_str s, size_t encoded_at)
{
	static struct word words[TEXT_MAX];
	size_t n = words_of(s, words), several;

	for (size_t i = 0; i < n; i++) {
		if (is_alone_a_name(s, &words[i]))
			note(p, s, &words[i], &words[i], encoded_at);
		else if ((several = words_of_name(s, &words[i], n - i)) > 0)
			note(p, s, &words[i], &words[i + several - 1], encoded_at);
	}
}

static bool
is_escape(struct claque_str s, size_t at)
{
	return at + 2 < s.len && s.p[at] == '%' && byte_hex(s.p[at + 1]) >= 0 &&
	       byte_hex(s.p[at + 2]) >= 0;
}

static bool
is_text(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f)
			return false;
	return s.len > 0 && utf8_valid(s);
}

/* Where what percent signs stand for ends, or 0. */
static size_t
unescape(struct claque_str s, size_t at, struct claque_str *out)
{
	static char text[TEXT_MAX];
	size_t len = 0, start = at;

	while (at < s.len && at - start < ENCODED_MAX) {
		if (is_escape(s, at)) {
			text[len++] = (char)(byte_hex(s.p[at + 1]) * 16 + byte_hex(s.p[at + 2]));
			at += 3;
		} else if (is_alnum(s.p[at]) || strchr("_-.~", s.p[at] == '\0' ? ' ' : s.p[at]) != NULL) {
			text[len++] = s.p[at++];
		} else {
			break;
		}
	}
	*out = (struct claque_str){ text, len };
	return at - start > len && is_text(*out) ? at : 0;
}

static size_t
unbase(struct claque_str s, size_t at, bool slashes, struct claque_str *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static char text[TEXT_MAX];
	size_t len = 0, n = 0;
	uint32_t bits = 0;

	for (; at + n < s.len && n < ENCODED_MAX; n++) {
		char c = s.p[at + n];
		const char *digit = strchr(digits, c == '-' ? '+' : c == '_' ? '/' : c);

		if (c == '\0' || digit == NULL || (c == '/' && !slashes))
			break;
		bits = bits << 6 | (uint32_t)(digit - digits);
		if (n % 4 != 0)
			text[len++] = (char)(bits >> (6 - 2 * (n % 4)));
	}
	*out = (struct claque_str){ text, len };
	if (n < ENCODED_LEAST || n % 4 == 1 || !is_text(*out))
		return 0;
	for (at += n, n = 0; at < s.len && s.p[at] == '=' && n < 2; n++)
		at++;
	return at;
}

static struct plain
plain_search(struct claque_str s)
{
	struct plain p = { 0 };
	struct claque_str text;

	find_words(&p, s, 0);
	for (size_t at = 0, end, run; at < s.len; at = end) {
		run = at;
		while (run < s.len && is_alnum(s.p[run]))
			run++;
		end = run > at ? run : at + 1;
		if (run == at && !is_escape(s, at))
			continue;
		if ((run = unescape(s, at, &text)) > 0 || (run = unbase(s, at, true, &text)) > 0 ||
		    (run = unbase(s, at, false, &text)) > 0) {
			find_words(&p, text, at + 1);
			end = run;
		}
	}
	return p;
}

/* --- texts */

static const char *const vocabulary[] = {
	"alice14", "ALICE14", "@Alice", "/alice", "//alice", "alice", "&#64;alice", "%40alice", "@peter",
	"peter66", "malice14", "alice14b", "al\\ice14", "\\_alice14\\_", "%61lice14", "%81lice14", "&#97;lice14",
	"alice1&#52;", "YWxpY2UxNA==", "YWxpY2UxNA", "by+YWxpY2UxNA", "YWxpY2UxNQ==", "\uff41lice14",
	"\u00e1lice14", "fan_two", "FAN_TWO", "fan two", "fan-two", "fan\\_two", "fan&#95;two", "fan&amp;two",
	"fan%5Ftwo", "fan%5ftwo", "fan", "fan_", "_two", "two", "three", "fan_three", "third", "Third \U0001f600 fan",
	"Third&#32;\U0001f600 fan", "Third,\U0001f600 fan", "\U0001f600", "\u597d\u670b\u53cb", "7831000000201",
	"6200000001", "4021177301", "0lga", "@sasha", "maria99", "\u203c\ufe0f", "\ufe0f", "\u2019", "\u00ad",
	"\u0416\u0430\u043d\u043d\u0430", "caf\u00e9", "&amp;", "&lt;", "&#95;", "&#0;", "&#", "&", ";", "%", "%4", "%5F",
	"%00", "\\", "\\u0061", "\\n", "@", "/", "//", "_", "-", ".", "~", "+", "=", "<", ">", "\"", "'", ",", ":", "|", "\t",
	"\n", "\r", " ", " ", "  ", "        ", "\x80", "\xff", "\xf0\x9f", "\xc3", "x", "id", "data key", "https://x.example/a",
	"0123456789abcdef", "Zm9v", "cGV0ZXI2Ng==", "L3BldGVy", "QGFsaWNl", "%70eter66", "alice14%2Fpeter66", "NULL",
};

enum { VOCABULARY = sizeof(vocabulary) / sizeof(vocabulary[0]) };

static struct claque_str
make_text(struct rng *r, char text[TEXT_MAX])
{
	size_t len = 0;

	for (uint64_t n = 1 + rng_below(r, PIECES_MAX); n > 0; n--) {
		struct claque_str piece = str_of(vocabulary[rng_below(r, VOCABULARY)]);

		if (str_eq(piece, STR("NULL")))
			piece = (struct claque_str){ "", 1 };
		memcpy(text + len, piece.p, piece.len);
		len += piece.len;
		if (rng_below(r, 3) == 0)
			text[len++] = ' ';
	}
	return (struct claque_str){ text, len };
}

static enum claque_rc
search(const struct claque_progress *progress)
{
	return leaks_find(leaks, "out.txt", "out.txt", progress, &err);
}

static void
random_texts_hold_what_a_plain_search_finds(void **state)
{
	static char text[TEXT_MAX];
	struct rng r = rng_seeded(7);
	size_t with = 0;

	(void)state;
	for (size_t i = 0; i < TEXTS; i++) {
		struct claque_str s = make_text(&r, text);
		struct plain p = plain_search(s);
		enum claque_rc rc;
		char times[60];

		write_file("out.txt", s);
		rc = search(&silent);
		(void)snprintf(times, sizeof(times), "%zu times", p.count);
		if (rc != (p.count > 0 ? CLAQUE_EUSAGE : CLAQUE_OK) ||
		    (p.count > 0 && (strncmp(err.msg, times, strlen(times)) != 0 ||
				     strstr(err.msg, p.first) == NULL)))
			fail_msg("text %zu, '" STR_FMT "': %zu times, %s, not %d %s", i, STR_ARG(s),
				 p.count, p.first, rc, rc != CLAQUE_OK ? err.msg : "");
		with += p.count > 0;
	}
	assert_in_range(with, TEXTS / 2, TEXTS - TEXTS / 20);
}

/* Large files are read piece by piece: a name or a run may stand across the seam. */
static void
a_name_is_found_across_a_seam_and_once(void **state)
{
	static const char *const names[] = { "alice14", "fan_two", "fan&#95;two", "Third \U0001f600 fan",
					     "YWxpY2UxNA==", "cGV0ZXI2Ng==" };
	char *text = malloc(PIECE + 100);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		for (size_t back = 0; back <= strlen(names[i]) + 1; back++) {
			struct claque_str s = { text, PIECE + 100 };

			memset(text, i % 2 == 0 ? ' ' : ')', s.len);
			memcpy(text + PIECE - back, names[i], strlen(names[i]));
			write_file("out.txt", s);
			assert_int_equal(search(&silent), CLAQUE_EUSAGE);
			if (strncmp(err.msg, "1 times", 7) != 0)
				fail_msg("%s, %zu before the seam: %s", names[i], back, err.msg);
		}
	free(text);
}

static void
what_folds_to_nothing_ends_no_search(void **state)
{
	(void)state;
	write_file("out.txt", STR("look \u203c\ufe0f alice14"));
	assert_int_equal(search(&silent), CLAQUE_EUSAGE);
	assert_non_null(strstr(err.msg, "'alice14' in out.txt at byte 13"));
}

static bool
stop(void *ctx, const char *stage, uint64_t done, uint64_t total)
{
	(void)stage;
	(void)total;
	*(uint64_t *)ctx = done;
	return false;
}

static void
a_search_can_be_stopped(void **state)
{
	uint64_t done = 0;
	const struct claque_progress stopping = { &done, stop };

	(void)state;
	write_file("out.txt", STR("by alice14"));
	assert_int_equal(search(&stopping), CLAQUE_STOPPED);
	assert_int_equal(done, sizeof("by alice14") - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_texts_hold_what_a_plain_search_finds),
		cmocka_unit_test(a_name_is_found_across_a_seam_and_once),
		cmocka_unit_test(what_folds_to_nothing_ends_no_search),
		cmocka_unit_test(a_search_can_be_stopped),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
