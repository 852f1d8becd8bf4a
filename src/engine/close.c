/*
 * close.c - chance is a bigram model of the file's own names, so that "abc" is
 * met by accident and "lavanguardia" is not. Every place where a letter may
 * differ makes a name (2 length + 1) * LETTERS times as easy to meet.
 */
#include "config.h"

#include "engine/close.h"

#include <math.h>

/* Short names are met by accident; what is asked of them here only spares the counting. */
enum { LETTERS = 26, SLIP_MIN = 3, TWO_SLIPS_MIN = 8, AFFIX_MIN = 3, AFFIX_MAX = 12 };

static unsigned
slot(uint32_t code)
{
	return code % (SLOTS - 1) + 1;
}

static void
count_name(double counts[SLOTS][SLOTS], const struct word *name)
{
	unsigned before = 0;

	for (uint8_t i = 0; i < name->len; i++) {
		counts[before][slot(name->code[i])]++;
		before = slot(name->code[i]);
	}
	counts[before][0]++;
}

/* Half a name of evidence, spread evenly, for what was never seen. */
void
spelling_learn(struct spelling *sp, const struct sites *sites, const bool *left_out)
{
	for (size_t a = 0; a < SLOTS; a++)
		for (size_t b = 0; b < SLOTS; b++)
			sp->ln_next[a][b] = 1.0 / LETTERS;
	for (size_t i = 0; i < sites->count; i++)
		if (left_out == NULL || !left_out[i])
			count_name(sp->ln_next, &sites->items[i].host.plain);
	for (size_t a = 0; a < SLOTS; a++) {
		double sum = 0;

		for (size_t b = 0; b < SLOTS; b++)
			sum += sp->ln_next[a][b];
		for (size_t b = 0; b < SLOTS; b++)
			sp->ln_next[a][b] = log(sp->ln_next[a][b] / sum);
	}
}

double
spelling_of(const struct spelling *sp, const struct word *name)
{
	unsigned before = 0;
	double ln = 0;

	for (uint8_t i = 0; i < name->len; i++) {
		ln += sp->ln_next[before][slot(name->code[i])];
		before = slot(name->code[i]);
	}
	return ln + sp->ln_next[before][0];
}

static bool
same_word(const struct word *a, const struct word *b)
{
	return a->len == b->len && memcmp(a->code, b->code, a->len * sizeof(*a->code)) == 0;
}

static bool
same_at(const struct word *a, size_t from, const struct word *part)
{
	return memcmp(a->code + from, part->code, part->len * sizeof(*part->code)) == 0;
}

/* With a hyphen where the name ends, or nothing left over at all. */
static bool
has_affix(const struct host *h, const struct host *target)
{
	const struct word *a = &h->skeleton, *t = &target->skeleton;

	if (a->len > t->len && t->len > 1 &&
	    ((same_at(a, 0, t) && a->code[t->len] == '-') ||
	     (same_at(a, (size_t)(a->len - t->len), t) && a->code[a->len - t->len - 1] == '-')))
		return true;
	a = &h->plain;
	t = &target->plain;
	return t->len >= AFFIX_MIN && a->len > t->len && a->len - t->len <= AFFIX_MAX &&
	       (same_at(a, 0, t) || same_at(a, (size_t)(a->len - t->len), t));
}

static unsigned
slips_allowed(size_t letters)
{
	return letters < SLIP_MIN ? 0 : letters < TWO_SLIPS_MIN ? 1 : 2;
}

/* 0: more than are allowed. */
static unsigned
count_slips(const struct host *h, const struct host *target)
{
	unsigned allowed = slips_allowed(target->plain.len), slips;

	if (allowed == 0 || h->plain.len + allowed < target->plain.len ||
	    h->plain.len > target->plain.len + allowed ||
	    (unsigned)__builtin_popcountll(h->letters ^ target->letters) > 2 * allowed)
		return 0;
	slips = edit_distance(&h->plain, &target->plain);
	return slips <= allowed ? slips : 0;
}

/* "spiegel.de.news.top", "spiegel.de-news.top", "news-spiegel.de.top". */
static bool
embeds(const struct host *h, const struct host *target)
{
	struct claque_str whole = target->domain;

	for (size_t i = str_find(h->text, whole, 0); i + whole.len < h->text.len;
	     i = str_find(h->text, whole, i + 1)) {
		char after = h->text.p[i + whole.len];

		if ((i == 0 || h->text.p[i - 1] == '.' || h->text.p[i - 1] == '-') &&
		    (after == '.' || after == '-'))
			return true;
	}
	return false;
}

/* "spiegel.news.com": a label before the registered one is the target's. */
static bool
is_subdomain(const struct host *h, const struct host *target)
{
	struct claque_str rest = h->text, label;

	rest.len -= h->domain.len;
	while (str_cut(&rest, '.', &label))
		if (str_eq(label, target->label))
			return true;
	return false;
}

static bool
find_form(const struct host *h, const struct host *target, enum claque_close *out)
{
	if (str_eq(h->label, target->label))
		*out = CLAQUE_CLOSE_SAME_NAME;
	else if (same_word(&h->skeleton, &target->skeleton))
		*out = CLAQUE_CLOSE_CONFUSABLE;
	else if (same_word(&h->plain, &target->plain))
		*out = CLAQUE_CLOSE_HYPHEN;
	else if (embeds(h, target))
		*out = CLAQUE_CLOSE_EMBEDDED;
	else if (is_subdomain(h, target))
		*out = CLAQUE_CLOSE_SUBDOMAIN;
	else if (has_affix(h, target))
		*out = CLAQUE_CLOSE_AFFIX;
	else
		return false;
	return true;
}

bool
close_names(const struct host *h, const struct host *target, struct close *out)
{
	unsigned slips;

	*out = (struct close){ .slips = 0 };
	slips = count_slips(h, target);
	if (slips > 1 || !find_form(h, target, &out->how)) {
		out->how = CLAQUE_CLOSE_SLIP;
		out->slips = slips;
		return slips > 0;
	}
	return true;
}

bool
close_find(const struct host *h, const struct host *target, struct close *out)
{
	return !host_same_owner(h, target) && close_names(h, target, out);
}

double
close_chance(const struct spelling *sp, const struct host *target, struct close close)
{
	double ln = spelling_of(sp, &target->plain);
	double ways = log((2.0 * target->plain.len + 1) * LETTERS);

	if (close.how == CLAQUE_CLOSE_SLIP)
		ln += close.slips * ways;
	else if (close.how == CLAQUE_CLOSE_AFFIX)	/* at either end, and it goes on there */
		ln += log(2) - sp->ln_next[slot(target->plain.code[target->plain.len - 1])][0];
	return ln < 0 ? ln : 0;
}
