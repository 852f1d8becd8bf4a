/*
 * persona.c - names compared by the pairs of letters that they share (Dice
 * 1945). Digits, spaces and punctuation are left out: they are what changes
 * when a name was taken ("anna.lee", "AnnaLee_84").
 */
#include "config.h"

#include "engine/persona.h"
#include "engine/array.h"

#include <stdlib.h>

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

double
persona_alike(struct claque_str a, struct claque_str b)
{
	uint64_t pa[PAIRS_MAX], pb[PAIRS_MAX];
	size_t na = cut_pairs(a, pa), nb = cut_pairs(b, pb), i = 0, j = 0, same = 0;

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

/* Without letters a name tells nothing. */
static bool
tells(struct claque_str name)
{
	uint64_t pairs[PAIRS_MAX];

	return cut_pairs(name, pairs) > 0;
}

static bool
both_tell(struct claque_str a, struct claque_str b)
{
	return tells(a) && tells(b);
}

bool
persona_differs(const struct claque_dataset *ds, uint32_t a, uint32_t b)
{
	struct claque_str name_a = dataset_string(ds, ds->accounts[a].name);
	struct claque_str name_b = dataset_string(ds, ds->accounts[b].name);
	struct claque_str handle_a = dataset_handle(ds, a), handle_b = dataset_handle(ds, b);
	bool names = both_tell(name_a, name_b), handles = both_tell(handle_a, handle_b);

	if (names && persona_alike(name_a, name_b) >= ALIKE)
		return false;
	if (handles && persona_alike(handle_a, handle_b) >= ALIKE)
		return false;
	return names || handles;
}
