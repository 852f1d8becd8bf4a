/*
 * signal_co_author.c - the same authors' posts reshared, quoted or linked (S4):
 * accounts that boost one celebrity need not pick the same posts. Authors go
 * by their native id, for an author outside the file has nothing else.
 */
#include "config.h"

#include "engine/signal.h"

#include "engine/original.h"
#include "engine/tick.h"

#define BIT(n) (1u << (n))
#define ACTS (BIT(CLAQUE_ACT_reshare) | BIT(CLAQUE_ACT_link) | BIT(CLAQUE_ACT_quote))

struct lister {
	const struct claque_dataset *ds;
	struct map authors;	/* id to number in *out */
	struct coact *out;
};

static uint32_t
author_object(struct lister *l, struct claque_str author)
{
	bool is_new;
	uint32_t number = map_add(&l->authors, author, &is_new);

	return is_new ? coact_object(l->out, hash_bytes(author, 0)) : number;
}

/* Nobody is counted for spreading what is their own. */
static void
take_object(struct lister *l, uint32_t object)
{
	struct claque_str author = original_author(l->ds, object);

	if (dataset_object_kind(l->ds, object) != CLAQUE_OBJECT_post || author.len == 0)
		return;
	for (uint64_t i = l->ds->object_from[object]; i < l->ds->object_from[object + 1]; i++) {
		const struct claque_share *s = &l->ds->shares[i];

		if ((ACTS >> s->act & 1) != 0 &&
		    !str_eq(author, claque_dataset_account_id(l->ds, s->account)))
			coact_add(l->out, l->ds, author_object(l, author), s->at, s->account,
				  s->row);
	}
}

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	struct lister l = { .ds = w->ds, .out = out };
	struct ticker t = { .progress = progress, .stage = "reading authors",
			    .total = w->ds->share_count };
	bool go_on = true;

	(void)params;
	(void)err;
	*out = (struct coact){ 0 };
	map_init(&l.authors);
	for (uint32_t o = 0; o < w->ds->object_names.count && go_on; o++) {
		uint64_t count = w->ds->object_from[o + 1] - w->ds->object_from[o];

		take_object(&l, o);
		go_on = tick(&t, count, count * 8 + 4);
	}
	map_done(&l.authors);
	if (!go_on) {
		coact_done(out);
		return CLAQUE_STOPPED;
	}
	coact_sort_once(out);
	return CLAQUE_OK;
}

const struct signal signal_co_author = {
	.info = {
		.id = "S4", .name = "co-author",
		.help = "posts of the same authors reshared, quoted or linked",
		.source = "Luceri et al. 2024 (traces of shared behaviour); Nizzoli et al. 2021",
		.unit = "authors", .needs = "ref_account_id, or reshared posts in the file",
		.cost = "O(shares)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES,
	},
	.acts = list_acts,
};
