/*
 * findings.c - what the case file states beyond claims: its fields, how far the thing broke
 * out, and by which techniques. What is computed here is a suggestion, and is told as one.
 */
#include "config.h"

#include "case/claims.h"

#include <stdlib.h>

#include "base/err.h"
#include "case/said.h"
#include "model/techniques.h"
#include "store/reach.h"

static bool
is_of_case(const struct annotation *a)
{
	return a->target.kind == SUBJECT_none;
}

enum claque_rc
case_fields(struct store *store, struct subject subject, struct arena *perm,
	    struct annotation out[FIELD_COUNT], struct claque_err *err)
{
	struct said fields;
	enum claque_rc rc = said_read(store, subject, ANNOTATION_field, perm, &fields, err);

	memset(out, 0, FIELD_COUNT * sizeof(*out));
	for (size_t i = 0; i < fields.count; i++) {
		enum field field = field_find(fields.rows[i].word);

		if (field != FIELD_COUNT && (subject.kind != SUBJECT_none || is_of_case(&fields.rows[i])))
			out[field] = fields.rows[i];
	}
	said_done(&fields);
	return rc;
}

enum claque_rc
case_breakout(struct store *store, struct subject subject, struct arena *perm,
	      struct case_breakout *out, struct claque_err *err)
{
	struct reach reach;
	enum claque_rc rc = reach_read(store, subject, &reach, err);

	*out = (struct case_breakout){ .category = 0, .reason = STR("") };
	if (rc != CLAQUE_OK)
		return rc;
	if (reach.platforms == 0) {
		out->reason = STR("there are no accounts of leads to count on");
		return CLAQUE_OK;
	}
	out->platforms = reach.platforms;
	out->communities = 1 + reach.tied + reach.outside;
	out->category = breakout_suggest(out->platforms, out->communities);
	out->reason = str_fmt(perm, "%s: on %zu platform%s; communities reached: %zu, which are %s,"
			      " %zu other group%s with a tie to %s%s", breakout_help(out->category),
			      out->platforms, out->platforms == 1 ? "" : "s", out->communities,
			      subject.kind == SUBJECT_cluster ? "itself" : "the leads", reach.tied,
			      reach.tied == 1 ? "" : "s",
			      subject.kind == SUBJECT_cluster ? "it" : "them",
			      reach.outside ? ", and people outside all groups" : "");
	return CLAQUE_OK;
}

/* --- techniques */

struct listing {
	struct case_technique *rows;
	size_t count, room;
	struct arena *perm;
};

static struct case_technique *
row_of(struct listing *l, struct claque_str id)
{
	size_t i = 0;

	while (i < l->count && !str_eq(l->rows[i].id, id))
		i++;
	if (i == l->count && l->count < l->room)
		l->rows[l->count++] = (struct case_technique){ .id = str_dup(l->perm, id) };
	return i < l->count ? &l->rows[i] : NULL;
}

static void
suggest(struct listing *l, struct claque_str signal)
{
	const struct technique *t = technique_of_signal(signal);
	struct case_technique *row = t != NULL ? row_of(l, str_of(t->procedure)) : NULL;

	if (row == NULL)
		return;
	row->signals = row->signals.len == 0 ? str_dup(l->perm, signal) :
		       str_fmt(l->perm, STR_FMT ", " STR_FMT, STR_ARG(row->signals), STR_ARG(signal));
	if (row->disarm == NULL)
		row->disarm = t->disarm;
}

/* Names come from the table of signals; a confirmed DISARM id is the technique that has it. */
static void
confirm(struct listing *l, const struct annotation *a)
{
	const struct technique *t = technique_find(a->word);
	struct case_technique *row = NULL;

	for (size_t i = 0; t != NULL && i < l->count && row == NULL; i++)
		if (l->rows[i].disarm != NULL && str_eq(str_of(l->rows[i].disarm), a->word))
			row = &l->rows[i];
	if (row == NULL)
		row = row_of(l, a->word);
	if (row == NULL)
		return;
	row->confirmed = *a;
	if (row->disarm == NULL && t != NULL && t->disarm != NULL &&
	    str_eq(str_of(t->disarm), a->word))
		row->disarm = t->disarm;
}

static int
by_id(const void *a, const void *b)
{
	const struct case_technique *x = a, *y = b;

	return str_cmp(x->id, y->id);
}


static bool
take_signal(void *ctx, struct claque_str signal)
{
	struct listing *l = ctx;

	suggest(l, signal);
	return true;
}

enum claque_rc
case_techniques(struct store *store, struct subject subject, struct arena *perm,
		struct case_technique **out, size_t *count, struct claque_err *err)
{
	enum { SIGNALS_MAX = 64 };
	struct listing l = { .perm = perm };
	struct said confirmed;
	enum claque_rc rc = said_read(store, subject, ANNOTATION_technique, perm, &confirmed, err);

	l.room = confirmed.count + SIGNALS_MAX;
	l.rows = ARENA_NEW(perm, struct case_technique, l.room);
	if (rc == CLAQUE_OK)
		rc = reach_signals(store, subject, take_signal, &l, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < confirmed.count; i++)
		confirm(&l, &confirmed.rows[i]);
	for (size_t i = 0; i < l.count; i++)
		if (!technique_known(l.rows[i].id, &l.rows[i].name))
			l.rows[i].name = "";
	if (l.count > 1)
		qsort(l.rows, l.count, sizeof(*l.rows), by_id);
	*out = l.rows;
	*count = l.count;
	said_done(&confirmed);
	return rc;
}
