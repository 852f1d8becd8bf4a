#include "config.h"

#include "store/forget_names.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "text/letters.h"
#include "text/normal.h"

enum { WORDS_MAX = 24, LEAST_SURE = 5, LEAST_DIGITS = 8, NAMES_BYTES_MAX = 1 << 30 };

/* words[0], seps[0], words[1], ... in the room; folded. */
struct name {
	size_t words[WORDS_MAX], seps[WORDS_MAX];	/* lengths */
	size_t at;			/* in the room */
	uint32_t count;
	uint32_t next;			/* with the same first word, or MAP_NONE */
	bool sure;
};

struct forget_names {
	struct map firsts;		/* first word -> firsts_at */
	uint32_t *heads;
	size_t heads_cap;
	struct name *list;
	size_t cap;
	uint32_t count;
	struct buf room;
	struct map known;		/* names, so that none is there twice */
};

struct forget_names *
forget_names_new(void)
{
	struct forget_names *n = calloc(1, sizeof(*n));

	if (n == NULL)
		base_oom();
	map_init(&n->firsts);
	map_init(&n->known);
	buf_init(&n->room, NAMES_BYTES_MAX);
	return n;
}

void
forget_names_free(struct forget_names *n)
{
	if (n == NULL)
		return;
	map_done(&n->firsts);
	map_done(&n->known);
	buf_done(&n->room);
	free(n->heads);
	free(n->list);
	free(n);
}

/* Where the word that begins at `at` ends, or `at`: '_' is a letter here. */
static size_t
word_end(struct claque_str s, size_t at)
{
	return letters_end(s, at, '_');
}

/* Where the first word at or after `at` begins, or the end. */
static size_t
word_start(struct claque_str s, size_t at)
{
	size_t end;

	(void)letters_word(s, at, '_', &at, &end);
	return at;
}

/* As names are compared; of one too long to be one, its first bytes. */
static struct claque_str
fold(struct claque_str word, char room[FOLD_WORD_MAX])
{
	bool ascii = true;
	size_t len;

	for (size_t i = 0; i < word.len; i++)
		ascii = ascii && (unsigned char)word.p[i] < 0x80;
	len = ascii || word.len > FOLD_WORD_MAX ? FOLD_OVER :
	      text_fold_word(word, room, FOLD_WORD_MAX);
	if (len == FOLD_OVER) {
		len = word.len < FOLD_WORD_MAX ? word.len : FOLD_WORD_MAX;
		for (size_t i = 0; i < len; i++)
			room[i] = byte_lower(word.p[i]);
	}
	return (struct claque_str){ room, len };
}

static bool
is_sure(struct claque_str name, uint32_t words)
{
	size_t digits = 0, letters = 0, marks = 0;

	for (size_t i = 0; i < name.len; i++) {
		digits += byte_is_digit(name.p[i]);
		letters += byte_is_alpha(name.p[i]) || (unsigned char)name.p[i] >= 0x80;
		marks += name.p[i] == '_';
	}
	if (letters == 0)
		return digits >= LEAST_DIGITS;
	return name.len >= LEAST_SURE && (words > 1 || marks > 0 || digits > 0);
}

/* From its first word to its last. */
static struct claque_str
trim(struct claque_str s)
{
	size_t first = word_start(s, 0), last = first;

	for (size_t at = first; at < s.len; at = word_start(s, last))
		last = word_end(s, at);
	return str_sub(s, first, last - first);
}

static void
add_parts(struct forget_names *n, struct name *name, struct claque_str s)
{
	char room[FOLD_WORD_MAX];

	for (size_t at = 0; at < s.len && name->count < WORDS_MAX;) {
		size_t end = word_end(s, at), sep = word_start(s, end);
		struct claque_str word = fold(str_sub(s, at, end - at), room);

		buf_add(&n->room, word);
		buf_add(&n->room, str_sub(s, end, sep - end));
		name->words[name->count] = word.len;
		name->seps[name->count++] = sep - end;
		at = sep;
	}
}

void
forget_names_add(struct forget_names *n, struct claque_str text)
{
	struct claque_str s = trim(text);
	struct name *name;
	bool is_new;
	uint32_t first;

	if (s.len == 0)
		return;
	(void)map_add(&n->known, s, &is_new);
	if (!is_new)
		return;
	GROW(n->list, n->cap, n->count + 1);
	name = &n->list[n->count];
	*name = (struct name){ .at = n->room.len, .next = MAP_NONE };
	add_parts(n, name, s);
	name->sure = is_sure(s, name->count);
	first = map_add(&n->firsts, str_sub(buf_str(&n->room), name->at, name->words[0]), &is_new);
	GROW(n->heads, n->heads_cap, n->firsts.count);
	if (!is_new)
		name->next = n->heads[first];
	n->heads[first] = n->count++;
}

/* Where the name that begins at `at` ends; 0: it is another. */
static size_t
match(const struct forget_names *n, const struct name *name, struct claque_str s, size_t at)
{
	struct claque_str parts = str_sub(buf_str(&n->room), name->at, n->room.len);
	char room[FOLD_WORD_MAX];

	for (uint32_t i = 0; i < name->count; i++) {
		size_t end = word_end(s, at), sep = i + 1 < name->count ? name->seps[i] : 0;

		if (!str_eq(fold(str_sub(s, at, end - at), room), str_sub(parts, 0, name->words[i])) ||
		    !str_eq(str_sub(s, end, sep), str_sub(parts, name->words[i], sep)))
			return 0;
		parts = str_sub(parts, name->words[i] + sep, parts.len);
		at = end + sep;
	}
	return at;
}

static bool
is_meant(const struct name *name, struct claque_str s, size_t at, size_t end)
{
	if (name->sure || (at == 0 && end == s.len))
		return true;
	return at > 0 && (s.p[at - 1] == '@' || s.p[at - 1] == '/' ||
			  (s.p[at - 1] == '"' && end < s.len && s.p[end] == '"') ||
			  (at > 2 && s.p[at - 3] == '%' && s.p[at - 2] == '4' && s.p[at - 1] == '0'));
}

/* The end of the longest name that begins here; 0: none does. */
static size_t
find_at(const struct forget_names *n, struct claque_str s, size_t at)
{
	char room[FOLD_WORD_MAX];
	struct claque_str word = fold(str_sub(s, at, word_end(s, at) - at), room);
	uint32_t first = map_get(&n->firsts, word);
	size_t best = 0;

	for (uint32_t i = first == MAP_NONE ? MAP_NONE : n->heads[first]; i != MAP_NONE;
	     i = n->list[i].next) {
		size_t end = match(n, &n->list[i], s, at);

		if (end > best && is_meant(&n->list[i], s, at, end))
			best = end;
	}
	return best;
}

/* A word may stick to what is an escape before it: \n in JSON, %40 in an address. */
static size_t
escape_before(struct claque_str s, size_t at)
{
	if (at == 0 || at + 1 >= s.len)
		return 0;
	if (s.p[at - 1] == '\\')
		return s.p[at] == 'u' ? 5 : 1;
	return s.p[at - 1] == '%' ? 2 : 0;
}

/* Appends up to `to`. */
static void
put(struct claque_str s, size_t from, size_t to, struct buf *out)
{
	buf_add(out, str_sub(s, from, to - from));
}

size_t
forget_names_take_out(const struct forget_names *n, struct claque_str s, struct buf *out)
{
	size_t from = 0, found = 0;

	for (size_t at = word_start(s, 0); at < s.len; at = word_start(s, at)) {
		size_t skip = escape_before(s, at), word = word_end(s, at), end = find_at(n, s, at);

		if (end == 0 && skip > 0 && at + skip < word) {
			at += skip;
			end = find_at(n, s, at);
		}
		if (end > 0) {
			put(s, from, at, out);
			buf_addz(out, FORGOTTEN_TEXT);
			from = end;
			found++;
		}
		at = end > 0 ? end : word;
	}
	put(s, from, s.len, out);
	return found;
}

bool
forget_names_occur(const struct forget_names *n, struct claque_str s)
{
	struct buf out;
	bool occur;

	buf_init(&out, s.len + (s.len + 1) * sizeof(FORGOTTEN_TEXT));
	occur = forget_names_take_out(n, s, &out) > 0;
	buf_done(&out);
	return occur;
}
