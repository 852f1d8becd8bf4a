#include "config.h"

#include "engine/company.h"

#include "base/array.h"

void
company_init(struct company *c, const struct kept *kept, uint32_t reach)
{
	*c = (struct company){
		.kept = kept, .reach = reach, .own = ARRAY_NEW(struct own_act, kept->act_count),
		.from = ARRAY_NEW(uint64_t, (size_t)kept->account_count + 2),
	};
	for (size_t i = 0; i < kept->act_count; i++)
		c->from[(size_t)kept->acts[i].account + 2]++;
	for (size_t r = 2; r < (size_t)kept->account_count + 2; r++)
		c->from[r] += c->from[r - 1];
	for (uint32_t run = 0; run < kept->run_count; run++)
		for (uint64_t i = kept->runs[run]; i < kept->runs[run + 1]; i++)
			c->own[c->from[(size_t)kept->acts[i].account + 1]++] =
				(struct own_act){ run, (uint32_t)i };
}

void
company_done(struct company *c)
{
	array_free(c->own);
	array_free(c->from);
	*c = (struct company){ 0 };
}
