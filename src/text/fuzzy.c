#include "config.h"

#include "text/fuzzy.h"

/* fzf's weights. A letter at the very start of the typed word counts its place twice. */
enum { MATCH = 16, GAP = 3, LONGER = 1, WORD = 8, CAMEL = 7, RUN = 4, NEVER = -(1 << 20) };

void
fuzzy_read(struct fuzzy *f, struct claque_str typed)
{
	f->len = 0;
	for (size_t i = 0; i < typed.len && f->len < FUZZY_TYPED_MAX; i++) {
		if (typed.p[i] != ' ')
			f->typed[f->len++] = byte_lower(typed.p[i]);
		else if (f->len > 0 && f->typed[f->len - 1] != ' ')
			f->typed[f->len++] = ' ';
	}
	while (f->len > 0 && f->typed[f->len - 1] == ' ')
		f->len--;
	f->typed[f->len] = '\0';
}

bool
fuzzy_in(const struct fuzzy *f, struct claque_str name)
{
	size_t at = 0;

	for (size_t i = 0; i < f->len; i++) {
		if (f->typed[i] == ' ') {
			at = 0;
			continue;
		}
		while (at < name.len && byte_lower(name.p[at]) != f->typed[i])
			at++;
		if (at++ >= name.len)
			return false;
	}
	return true;
}

/* What a place in the name is worth. */
static int
place(struct claque_str name, size_t at)
{
	char before = at > 0 ? name.p[at - 1] : ' ', c = name.p[at];

	if ((unsigned char)c < 0x80 && !byte_is_alpha(c) && !byte_is_digit(c))
		return 0;
	if ((unsigned char)before < 0x80 && !byte_is_alpha(before) && !byte_is_digit(before))
		return WORD;
	return (byte_is_upper(c) && !byte_is_upper(before)) ||
	       (byte_is_digit(c) && !byte_is_digit(before)) ? CAMEL : 0;
}

static int
larger(int a, int b)
{
	return a > b ? a : b;
}

/*
 * Best score of the word with its last letter at each place of the name, from the same for
 * the word without it: `before` and `now` swap for each letter.
 */
static void
add_letter(struct claque_str name, char letter, bool first, const int *before, int *now)
{
	int apart = NEVER;	/* best with a gap up to here */

	for (size_t j = 0; j < name.len; j++) {
		int worth = place(name, j), from;

		if (!first && j >= 2)
			apart = larger(apart - LONGER, before[j - 2] - GAP);
		now[j] = NEVER;
		if (byte_lower(name.p[j]) != letter)
			continue;
		from = first ? worth : larger(apart, j > 0 ? before[j - 1] +
					      larger(RUN - worth, 0) : NEVER);
		if (from > NEVER / 2)
			now[j] = from + MATCH + worth;
	}
}

static int
word_score(struct claque_str name, struct claque_str word)
{
	int rows[2][FUZZY_NAME_MAX], best = NEVER, *before = rows[0], *now = rows[1];

	for (size_t i = 0; i < word.len; i++) {
		int *last = before;

		add_letter(name, word.p[i], i == 0, before, now);
		before = now;
		now = last;
	}
	for (size_t j = 0; j < name.len; j++)
		best = larger(best, before[j]);
	return best;
}

int
fuzzy_score(const struct fuzzy *f, struct claque_str name)
{
	struct claque_str rest = { f->typed, f->len }, word;
	int score = 0;

	name = str_sub(name, 0, FUZZY_NAME_MAX);
	if (!fuzzy_in(f, name))
		return -1;
	while (str_cut(&rest, ' ', &word))
		score += word_score(name, word);
	return larger(score, 0);
}
