/*
 * fuzz_rules.c - any bytes as a rule pack, and what stands behind its first NUL as a
 * post. A pack is refused with a message, or its topics are found by searching for
 * strings first exactly where each pattern alone finds them.
 */
#include "config.h"

#include <stdlib.h>

#include "text/pattern.h"
#include "text/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 1 << 14 };

static void
check_post(const struct rules *r, struct claque_str post)
{
	struct rules_scan *scan = rules_scan_new(r, true);
	const uint32_t *topics;
	size_t count = rules_scan_text(scan, post, STR(""), &topics);

	for (size_t i = 1; i < count; i++)
		if (topics[i - 1] >= topics[i] || topics[i] >= rules_topics(r))
			abort();
	for (size_t i = 0; i < rules_patterns(r); i++) {
		struct rules_tally tally = rules_scan_tally(scan, i);
		struct pattern *alone;
		struct claque_err err;

		if (pattern_new(&alone, rules_pattern_at(r, i)->source, &err) != CLAQUE_OK ||
		    (tally.hits > 0) != (pattern_ask(alone, post) == PATTERN_YES))
			abort();
		pattern_free(alone);
	}
	rules_scan_free(scan);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct claque_str pack = { (const char *)data, size }, post = { 0 };
	const char *cut = size > 0 ? memchr(data, 0, size) : NULL;
	struct claque_err err = { 0 };
	struct rules *r;

	if (size > INPUT_MAX)
		return 0;
	if (cut != NULL) {
		pack.len = (size_t)(cut - pack.p);
		post = (struct claque_str){ cut + 1, size - pack.len - 1 };
	}
	r = rules_new();
	if (rules_add(r, STR("fuzz.rules"), pack, &err) == CLAQUE_OK)
		check_post(r, post);
	else if (err.msg[0] == '\0')
		abort();
	rules_free(r);
	return 0;
}
