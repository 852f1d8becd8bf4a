#include "config.h"

#include "scenario/handle.h"

#include "scenario/words.h"

struct claque_str
handle_letters(struct claque_str s, size_t most, struct arena *perm)
{
	char *p = ARENA_NEW(perm, char, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < most; i++)
		if (byte_is_alpha(s.p[i]))
			p[n++] = s.p[i];
	return (struct claque_str){ p, n };
}

struct claque_str
handle_default(struct claque_str name, struct rng *r, struct arena *perm)
{
	struct claque_str rest = name, first = { 0 }, last = { 0 };
	uint64_t low = 1000, span;

	(void)str_cut(&rest, ' ', &first);
	first = handle_letters(first, 9, perm);
	last = str_lower(perm, handle_letters(rest, 11 - first.len, perm));
	for (uint64_t digits = 4 + rng_below(r, 5); digits > 4; digits--)
		low *= 10;
	span = 9 * low;
	return str_fmt(perm, STR_FMT "_" STR_FMT "%llu", STR_ARG(first), STR_ARG(last),
		       (unsigned long long)(low + rng_below(r, span)));
}

struct claque_str
handle_chosen(struct claque_str name, struct rng *r, struct arena *perm)
{
	struct claque_str rest = name, first = { 0 }, last;
	const char *word = words_pick(WORDS_WORD, r), *other = words_pick(WORDS_WORD, r);

	(void)str_cut(&rest, ' ', &first);
	first = str_lower(perm, handle_letters(first, 12, perm));
	last = str_lower(perm, handle_letters(rest, 14, perm));
	if (first.len == 0 || last.len == 0)
		return str_fmt(perm, "%s_%s", word, other);
	switch (rng_below(r, 7)) {
	case 0:
		return str_fmt(perm, STR_FMT STR_FMT, STR_ARG(first), STR_ARG(last));
	case 1:
		return str_fmt(perm, STR_FMT "_" STR_FMT, STR_ARG(first), STR_ARG(last));
	case 2:
		return str_fmt(perm, STR_FMT "_%s", STR_ARG(first), word);
	case 3:
		return str_fmt(perm, "%s%s", word, other);
	case 4:
		return str_fmt(perm, STR_FMT "%llu", STR_ARG(first),
			       (unsigned long long)(60 + rng_below(r, 40)));
	case 5:
		return str_fmt(perm, "%c" STR_FMT, first.p[0], STR_ARG(last));
	default:
		return str_fmt(perm, "the%s" STR_FMT, word, STR_ARG(last));
	}
}
