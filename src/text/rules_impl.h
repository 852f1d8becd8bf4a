/* rules_impl.h - rule packs as their reader and their scan share them. */
#ifndef TEXT_RULES_IMPL_H
#define TEXT_RULES_IMPL_H

#include "text/pattern.h"
#include "text/rules.h"

struct rules {
	struct arena whole, perm;	/* of the strings */
	struct rules_pack *packs;
	struct rules_topic *topics;
	struct rules_pattern *patterns;
	struct rules_example *examples;
	struct pattern **compiled;	/* by pattern */
	size_t pack_cap, topic_cap, pattern_cap, example_cap, compiled_cap;
	size_t pack_count, topic_count, pattern_count, example_count;
};

#endif
