/*
 * persona.c - names compared by the pairs of letters that they share (Dice
 * 1945). Digits, spaces and punctuation are left out: they are what changes
 * when a name was taken ("anna.lee", "AnnaLee_84").
 */
#include "config.h"

#include "base/array.h"
#include "engine/persona.h"

#include "base/utf8.h"

/* Names alike by half of their pairs are one name. */
#define ALIKE 0.5

enum { PAIRS_MAX = 64 };

static bool
is_letter(uint32_t code)
{
	return code < 0x80 ? byte_is_alpha((char)code) : code != UTF8_BAD;
}

static int
compare_pairs(const void *pa, const void *pb)
{
	uint64_t a = *(const uint64_t *)pa, b = *(const uint64_t *)pb;

	return (a > b) - (a < b);
}

/* One letter alone is a pair with nothing. */
static size_t
cut_pairs(struct claque_str name, uint64_t pairs[PAIRS_MAX])
{
	uint64_t last = 0;
	size_t n = 0;

	while (name.len > 0 && n < PAIRS_MAX) {
		size_t used;
		uint32_t code = utf8_next(name, &used);

		name = str_sub(name, used, name.len);
		if (!is_letter(code))
			continue;
		if (code < 0x80)
			code = (uint32_t)(unsigned char)byte_lower((char)code);
		pairs[n++] = last << 32 | code;
		last = code;
	}
	if (n > 1)
		array_sort(pairs, n, sizeof(*pairs), compare_pairs);
	return n;
}

/* Of sorted pairs. */
static double
alike(const uint64_t *pa, size_t na, const uint64_t *pb, size_t nb)
{
	size_t i = 0, j = 0, same = 0;

	while (i < na && j < nb) {
		same += pa[i] == pb[j];
		if (pa[i] == pb[j])
			i++, j++;
		else if (pa[i] < pb[j])
			i++;
		else
			j++;
	}
	return na + nb == 0 ? 0 : 2 * (double)same / (double)(na + nb);
}

double
persona_alike(struct claque_str a, struct claque_str b)
{
	uint64_t pa[PAIRS_MAX], pb[PAIRS_MAX];
	size_t na = cut_pairs(a, pa), nb = cut_pairs(b, pb);

	return alike(pa, na, pb, nb);
}

void
personas_init(struct personas *p, const struct claque_dataset *ds)
{
	*p = (struct personas){ .ds = ds,
				.of = ARRAY_NEW(struct persona, ds->account_names.count) };
}

void
personas_done(struct personas *p)
{
	array_free(p->of);
	array_free(p->pairs);
	*p = (struct personas){ 0 };
}

static uint8_t
put_pairs(struct personas *p, struct claque_str name)
{
	ARRAY_GROW(p->pairs, p->pairs_cap, p->pair_count + PAIRS_MAX);
	return (uint8_t)cut_pairs(name, p->pairs + p->pair_count);
}

/* Cut when it is asked for the first time. */
static struct persona
persona_of(struct personas *p, uint32_t account)
{
	struct persona *one = &p->of[account];

	if (one->known)
		return *one;
	*one = (struct persona){ .known = true, .from = p->pair_count };
	one->name = put_pairs(p, dataset_string(p->ds, p->ds->accounts[account].name));
	p->pair_count += one->name;
	one->handle = put_pairs(p, dataset_handle(p->ds, account));
	p->pair_count += one->handle;
	return *one;
}

/* Without letters a name tells nothing. */
bool
persona_differs(struct personas *p, uint32_t a, uint32_t b)
{
	struct persona x = persona_of(p, a), y = persona_of(p, b);
	const uint64_t *px = p->pairs + x.from, *py = p->pairs + y.from;
	bool names = x.name > 0 && y.name > 0, handles = x.handle > 0 && y.handle > 0;

	if (names && alike(px, x.name, py, y.name) >= ALIKE)
		return false;
	if (handles && alike(px + x.name, x.handle, py + y.name, y.handle) >= ALIKE)
		return false;
	return names || handles;
}
