#include "config.h"

#include "app/findings.h"

#include <stdlib.h>

#include "base/arena.h"

/* Less sure than even odds is for `claque twins` and its like to list. */
#define SURE 0.5

enum { WHY_BYTES = 1024 };	/* a reason: two host names, a file name and the engine's line */

static void
put_twins(struct run_findings *f, const struct dataset *d, const struct claque_twins *twins)
{
	size_t cap = 0;

	GROW(f->twin_rows, cap, twins->count + 1);
	for (size_t i = 0; i < twins->count; i++) {
		const struct claque_twin *t = &twins->items[i];

		if (t->score >= SURE)
			f->twin_rows[f->rows.twin_count++] = (struct finding_twin){
				d->account_ids[t->account], d->account_ids[t->twin], t->score,
				str_of(t->text) };
	}
	f->rows.twins = f->twin_rows;
}

static void
put_makeovers(struct run_findings *f, const struct dataset *d)
{
	size_t cap = 0;

	GROW(f->repurposed_rows, cap, f->makeovers.count + 1);
	for (size_t i = 0; i < f->makeovers.count; i++) {
		const struct claque_makeover *m = &f->makeovers.items[i];

		if (m->score >= SURE)
			f->repurposed_rows[f->rows.repurposed_count++] =
				(struct finding_repurposed){ d->account_ids[m->account], m->at,
							     m->score, str_of(m->text) };
	}
	f->rows.repurposed = f->repurposed_rows;
}

static void
put_look_alikes(struct run_findings *f)
{
	struct arena perm;
	size_t cap = 0;

	f->texts = arena_new(f->look_alikes.count * WHY_BYTES + WHY_BYTES);
	perm = f->texts;
	GROW(f->lookalike_rows, cap, f->look_alikes.count + 1);
	for (size_t i = 0; i < f->look_alikes.count; i++) {
		const struct claque_look_alike *l = &f->look_alikes.items[i];

		if (l->score >= SURE)
			f->lookalike_rows[f->rows.lookalike_count++] =
				(struct finding_lookalike){ l->domain, l->target, l->score,
							    outlets_say(&f->outlets, &perm,
									l->target,
									str_of(l->text)) };
	}
	f->rows.lookalikes = f->lookalike_rows;
}

enum claque_rc
run_findings_make(struct run_findings *f, const struct run_made *made,
		  const struct claque_progress *progress, struct claque_err *err)
{
	const struct dataset *d = made->data;
	const bool *off = made->off;
	const struct claque_makeover_settings makeovers = claque_makeover_defaults();
	struct claque_look_alike_settings sites = claque_look_alike_defaults();
	enum claque_rc rc = CLAQUE_OK;

	*f = (struct run_findings){ 0 };
	if (!off[CLAQUE_SIGNAL_REPURPOSED])
		rc = claque_makeovers_find(d->columns, &makeovers, progress, &f->makeovers, err);
	if (rc == CLAQUE_OK && !off[CLAQUE_SIGNAL_LOOK_ALIKES])
		rc = outlets_read("", &f->outlets, err);
	sites.targets = f->outlets.domains;
	sites.target_count = f->outlets.domain_count;
	if (rc == CLAQUE_OK && !off[CLAQUE_SIGNAL_LOOK_ALIKES])
		rc = claque_look_alikes_find(d->columns, &sites, progress, &f->look_alikes, err);
	if (rc != CLAQUE_OK)
		return rc;
	put_twins(f, d, &made->result->twins);
	put_makeovers(f, d);
	put_look_alikes(f);
	return CLAQUE_OK;
}

void
run_findings_done(struct run_findings *f)
{
	claque_makeovers_done(&f->makeovers);
	claque_look_alikes_done(&f->look_alikes);
	outlets_done(&f->outlets);
	arena_free(f->texts);
	free(f->twin_rows);
	free(f->repurposed_rows);
	free(f->lookalike_rows);
	*f = (struct run_findings){ 0 };
}
