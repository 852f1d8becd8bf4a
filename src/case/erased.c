/* erased.c - which entries of a ledger were erased, and what stands there instead. */
#include "config.h"

#include "case/forget.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/sha256.h"

void
erasures_init(struct erasures *e)
{
	*e = (struct erasures){ .hashes = NULL };
	map_init(&e->entries);
}

void
erasures_done(struct erasures *e)
{
	map_done(&e->entries);
	free(e->hashes);
}

static struct claque_str
key_of(const int64_t *seq)
{
	return (struct claque_str){ (const char *)seq, sizeof(*seq) };
}

void
erasures_note(struct erasures *e, int64_t seq, struct claque_str action, struct claque_str text)
{
	json_t *payload = str_eq(action, STR("forget")) ? json_parse(text) : NULL;
	const json_t *list = json_object_get(payload, "erased"), *one;
	size_t i;

	json_array_foreach(list, i, one) {
		int64_t erased = case_payload_int(one, "seq");
		struct claque_str hash = case_payload_text(one, "now");
		uint32_t number;

		if (erased < 1 || erased >= seq || hash.len != SHA256_HEX)
			continue;
		number = map_add(&e->entries, key_of(&erased), NULL);
		GROW(e->hashes, e->cap, e->entries.count);
		(void)snprintf(e->hashes[number], sizeof(e->hashes[number]), STR_FMT, STR_ARG(hash));
	}
	json_decref(payload);
}

bool
erasures_have(const struct erasures *e, int64_t seq, const char *hash)
{
	uint32_t number = map_get(&e->entries, key_of(&seq));

	return number != MAP_NONE && strcmp(e->hashes[number], hash) == 0;
}
