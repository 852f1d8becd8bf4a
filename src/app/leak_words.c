#include "config.h"

#include "app/leak_words.h"

#include "base/array.h"
#include "base/utf8.h"
#include "text/letters.h"
#include "text/normal.h"

enum { GAP_MAX = 8, BITS_A_WORD = 16, LEAST_BITS = 1 << 15, MOST_BITS = 1 << 30, BLOCK = 8 };

/* --- what a text says */

/* "&#95;" as its code, "&amp;" as a blank; false: nothing of the kind. */
static bool
read_entity(struct claque_str s, uint32_t *code, size_t *used)
{
	size_t end = 1;

	while (end < s.len && end < GAP_MAX && (byte_is_alpha(s.p[end]) || byte_is_digit(s.p[end]) ||
						s.p[end] == '#'))
		end++;
	if (end == s.len || s.p[end] != ';')
		return false;
	*used = end + 1;
	*code = ' ';
	if (s.p[1] == '#' && byte_is_digit(s.p[2])) {
		*code = 0;
		for (size_t i = 2; i < end && byte_is_digit(s.p[i]); i++)
			*code = *code * 10 + (uint32_t)(s.p[i] - '0');
	}
	return true;
}

/* What a text says at its beginning, and in how many bytes; a code of 0 says nothing. */
static uint32_t
next_code(struct claque_str s, size_t *used)
{
	uint32_t code;

	*used = 1;
	if (s.p[0] == '\\')
		return 0;
	if (s.p[0] == '&' && read_entity(s, &code, used))
		return code;
	if (s.p[0] == '%' && s.len > 2 && byte_is_digit(s.p[1]) && s.p[1] < '8' &&
	    byte_hex(s.p[2]) >= 0) {
		*used = 3;
		return (uint32_t)(byte_hex(s.p[1]) * 16 + byte_hex(s.p[2]));
	}
	return (unsigned char)s.p[0] < 0x80 ? (unsigned char)s.p[0] : utf8_next(s, used);
}

/* --- words */

static void
word_add(struct leak_word *w, struct claque_str s, uint32_t code)
{
	char one = byte_lower((char)code);
	struct claque_str bytes = code < 0x80 ? (struct claque_str){ &one, 1 } : s;

	if (bytes.len > sizeof(w->bytes) - w->len)
		return;
	memcpy(w->bytes + w->len, bytes.p, bytes.len);
	w->len += bytes.len;
}

/* As names are compared, whatever case and form of Unicode they are written in. */
static void
fold(struct leak_word *w)
{
	char folded[LEAK_WORD_MAX];
	size_t len, i = 0;

	while (i < w->len && (unsigned char)w->bytes[i] < 0x80)
		i++;
	len = i < w->len ? text_fold_word(leak_str(w), folded, sizeof(folded)) : FOLD_OVER;
	if (len == FOLD_OVER)
		return;
	memcpy(w->bytes, folded, len);
	w->len = len;
}

bool
leak_next(struct claque_str s, size_t from, struct leak_word *out)
{
	size_t at = from, used = 0;
	enum letter kind = LETTER_NONE, next;
	uint32_t code;

	out->len = 0;
	out->before = '\0';
	for (; at < s.len; at += used) {
		code = next_code(str_sub(s, at, s.len), &used);
		if (letter_of(code) != LETTER_NONE)
			break;
		if (code != 0)
			out->before = code < 0x80 ? (char)code : ' ';
	}
	out->at = at;
	for (; at < s.len; at += used) {
		code = next_code(str_sub(s, at, s.len), &used);
		if (code == 0)
			continue;
		next = letter_of(code);
		if (out->len > 0 && letters_part(kind, next))
			break;
		kind = next == LETTER_MARK && out->len > 0 ? kind : next;
		word_add(out, str_sub(s, at, used), code);
	}
	out->end = at;
	fold(out);
	return out->len > 0;
}

struct claque_str
leak_str(const struct leak_word *w)
{
	return (struct claque_str){ w->bytes, w->len };
}

uint64_t
leak_hash(const struct leak_word *words, size_t count)
{
	uint64_t hash = hash_bytes(leak_str(&words[0]), 0);

	for (size_t i = 1; i < count; i++)
		hash = hash_mix(hash, hash_bytes(leak_str(&words[i]), words[i].before == '_'));
	return hash;
}

bool
leak_is_apart(struct claque_str gap)
{
	bool spaced = str_find(gap, STR(" "), 0) < gap.len;
	size_t used;

	for (size_t i = 0; i < gap.len; i += used) {
		uint32_t code = next_code(str_sub(gap, i, gap.len), &used);

		if (code == ' ' && used > 1)
			code = ';';
		if (code != 0 && code < 0x80 && (strchr("\t\n\r|<>=\"", (int)code) != NULL ||
						 (!spaced && strchr(",;:", (int)code) != NULL)))
			return true;
	}
	return gap.len > GAP_MAX;
}

/* --- the sieve */

void
leak_sieve_init(struct leak_sieve *v, size_t words)
{
	size_t bits = LEAST_BITS, cap = 0;

	while (bits < MOST_BITS && bits / BITS_A_WORD < words)
		bits *= 2;
	v->bits = NULL;
	ARRAY_GROW(v->bits, cap, bits / 64);
	memset(v->bits, 0, bits / 8);
	v->mask = bits - 1;
}

void
leak_sieve_done(struct leak_sieve *v)
{
	array_free(v->bits);
	v->bits = NULL;
}

void
leak_sieve_add(struct leak_sieve *v, uint64_t hash)
{
	v->bits[(hash & v->mask) / 64] |= UINT64_C(1) << (hash % 64);
}

/* What a byte is at a glance. */
enum { PARTS, OF_WORD, UNSURE };

#define X4(c) c, c, c, c
#define X16(c) X4(c), X4(c), X4(c), X4(c)
static const unsigned char kinds[256] = {
	[0] = UNSURE, ['\\'] = UNSURE, ['&'] = UNSURE, ['%'] = UNSURE,
	['0'] = X4(OF_WORD), X4(OF_WORD), OF_WORD, OF_WORD,
	['A'] = X16(OF_WORD), X4(OF_WORD), X4(OF_WORD), OF_WORD, OF_WORD,
	['a'] = X16(OF_WORD), X4(OF_WORD), X4(OF_WORD), OF_WORD, OF_WORD,
	[0x80] = X16(UNSURE), X16(UNSURE), X16(UNSURE), X16(UNSURE),
		 X16(UNSURE), X16(UNSURE), X16(UNSURE), X16(UNSURE),
};
#undef X16
#undef X4

static unsigned char
kind_at(struct claque_str s, size_t at)
{
	return kinds[(unsigned char)s.p[at]];
}

/* Where the next word begins, or s.len; SIZE_MAX: in a byte that only stands for a letter. */
static size_t
skip_gap(struct claque_str s, size_t at)
{
	size_t used;

	for (;; at += used) {
		while (at < s.len && kind_at(s, at) == PARTS)
			at++;
		if (at == s.len || kind_at(s, at) == OF_WORD)
			return at;
		if (letter_of(next_code(str_sub(s, at, s.len), &used)) != LETTER_NONE)
			return SIZE_MAX;
	}
}

/* Does a word go on here, in whatever its next letter hides behind? */
static bool
goes_on(struct claque_str s, size_t at)
{
	uint32_t code;
	size_t used;

	if (at == s.len || kind_at(s, at) == PARTS)
		return false;
	code = next_code(str_sub(s, at, s.len), &used);
	return code == 0 || !letters_part(LETTER_SPACED, letter_of(code));
}

/* Eight bytes of a word, or its last few and zeros; letters and digits with this bit are small. */
static uint64_t
load(struct claque_str s, size_t at, size_t len)
{
	static const uint64_t small = UINT64_C(0x2020202020202020);
	uint64_t block = 0;

	if (s.len - at >= BLOCK)
		memcpy(&block, s.p + at, BLOCK);
	else
		memcpy(&block, s.p + at, len);
	block |= small;
	return len < BLOCK ? block & ((UINT64_C(1) << (len * 8)) - 1) : block;
}

/* As leak_hash() of a word of ASCII alone. */
static uint64_t
hash_plain(struct claque_str s, size_t at, size_t end)
{
	uint64_t hash = hash_begin(0);
	size_t len = end - at;

	for (; end - at >= BLOCK; at += BLOCK)
		hash = hash_foreign(hash, load(s, at, BLOCK));
	return hash_end(hash, at < end ? load(s, at, end - at) : 0, len);
}

size_t
leak_skip(const struct leak_sieve *v, struct claque_str s, size_t from, size_t until)
{
	while (from < until) {
		size_t at = skip_gap(s, from), end = at;

		if (at >= s.len)
			return from;
		while (end < s.len && kind_at(s, end) == OF_WORD)
			end++;
		if (end - at > LEAK_WORD_MAX || goes_on(s, end) ||
		    leak_sieve_has(v, hash_plain(s, at, end)))
			return from;
		from = end;
	}
	return from;
}
