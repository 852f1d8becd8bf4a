/*
 * result_text.h - a whole result as text, every public field of it, numbers to
 * the last bit: two results are the same if and only if their texts are.
 */
#ifndef TESTS_RESULT_TEXT_H
#define TESTS_RESULT_TEXT_H

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "claque/score.h"

static void
tell_member(FILE *out, const struct claque_member *m)
{
	fprintf(out, "member %u %a %d %u %a %u %a %" PRId64 " %u\n", m->account, m->score,
		(int)m->role, m->degree, m->stability, m->looks, m->firsts, m->median_lag_s,
		m->cell);
}

static void
tell_evidence(FILE *out, const struct claque_evidence *e)
{
	fprintf(out, "evidence %d %s %s %a %a %a %" PRIu64 " %a %a %s %" PRIu64 " %a %u",
		(int)e->axis, e->signal, e->unit, e->observed, e->expected, e->p, e->n, e->log_odds,
		e->alone, e->text, e->popularity, e->surrogate, e->worlds);
	for (size_t i = 0; i < e->row_count; i++)
		fprintf(out, " %u", e->rows[i]);
	fprintf(out, "\n");
}

static void
tell_group(FILE *out, const struct claque_group *g)
{
	fprintf(out, "group %a %a %a %a %d %s %" PRId64 " %" PRId64 " %" PRIu64 " %zu %a %u %u %" PRIu64
		" %" PRId64 " %s\n", g->score, g->axes[CLAQUE_COORDINATION],
		g->axes[CLAQUE_DECEPTION], g->axes[CLAQUE_OVERTNESS], g->lead, g->kind,
		g->first_seen, g->last_seen, g->shares, g->exposed_count, g->surrogate, g->worlds,
		g->leader, g->common, g->median_lag_s, g->disproof);
	fprintf(out, "cells %u %a %a %a %a, platforms %u %u %u %x %x\n", g->cells.count,
		g->cells.modularity, g->cells.expected, g->cells.deviation, g->cells.p,
		g->platforms.accounts, g->platforms.platforms, g->platforms.cross_links,
		g->platforms.signals, g->platforms.needed);
	for (size_t i = 0; i < g->member_count; i++)
		tell_member(out, &g->members[i]);
	for (size_t i = 0; i < g->evidence_count; i++)
		tell_evidence(out, &g->evidence[i]);
	for (size_t i = 0; i < g->innocent_count; i++) {
		const struct claque_innocent *n = &g->innocents[i];

		fprintf(out, "innocent %s %s %a %a %" PRIu64 " %s %s\n", n->name, n->tests,
			n->score, n->covered, n->n, n->text, n->unexplained);
	}
}

static void
tell_edge(FILE *out, const struct claque_result *r, size_t i)
{
	const struct claque_edge *e = &r->edges[i];

	fprintf(out, "edge %u %u %u %u %a %a %a %a %" PRId64 " %" PRId64 " %" PRId64 " %u %a %a %u %"
		PRId64 "\n", e->a, e->b, e->weight, e->pairs, e->expected, e->p, e->q, e->log10_p,
		e->first_seen, e->last_seen, e->median_lag_s, e->leader, e->timing_expected,
		e->timing_p, r->edge_signals[i], r->edge_windows[i]);
}

/* The caller's. accounts: of the dataset. */
static char *
result_text(const struct claque_result *r, uint32_t accounts)
{
	char *text;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	fprintf(out, "worlds %u %u %a %a\n", r->surrogates.worlds, r->surrogates.accounts,
		r->surrogates.groups, r->surrogates.largest);
	fprintf(out, "left out %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", r->hot_objects, r->hot_shares,
		r->undated_shares);
	for (size_t g = 0; g < r->group_count; g++)
		tell_group(out, &r->groups[g]);
	for (size_t i = 0; i < r->edge_count; i++)
		tell_edge(out, r, i);
	for (uint32_t a = 0; a < accounts; a++) {
		const struct claque_account_parts *p = &r->account_parts[a];

		fprintf(out, "account %u %a %a %a %a %a\n", a, r->account_scores[a],
			(double)p->coordination, (double)p->deception, (double)p->overtness,
			(double)p->collective);
	}
	assert_int_equal(fclose(out), 0);
	return text;
}

#endif
