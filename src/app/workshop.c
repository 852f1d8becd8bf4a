/*
 * workshop.c - a session that people look on at: names masked, answers covered
 * until they are asked for. Both happen where the case's answers come in, so that
 * no screen, picture or export can forget to.
 *
 * The case itself is left as it is: what the analyst pins, tags and notes, and
 * the ledger, have the names. A case does not hold the truth of its world
 * (claque generate writes it beside), so there is none to cover.
 */
#include "config.h"

#include "app/picture.h"

#include "app/session_impl.h"
#include "base/err.h"

static const struct claque_str cover = { "\u00b7\u00b7\u00b7\u00b7", 8 };

/* What a list says of guilt besides its scores, odds and chances. */
static const struct {
	enum list_id list;
	const char *names;
} verdicts[] = {
	{ LIST_CLUSTERS, "kind why disproof" }, { LIST_LEADS, "kind why disproof" },
	{ LIST_ACCOUNTS, "lead" }, { LIST_MEMBERS, "role" },
	{ LIST_EVIDENCE, "axis kind observed expected surrogate worlds text" },
	{ LIST_INNOCENTS, "text unexplained n" },
};

static bool
is_answer(enum list_id list, const struct column *c)
{
	struct claque_str names, one;

	if (c->form == FORM_SCORE || c->form == FORM_ODDS || c->form == FORM_PVALUE)
		return true;
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++) {
		names = str_of(verdicts[i].list == list ? verdicts[i].names : "");
		while (str_cut(&names, ' ', &one))
			if (str_eq(one, str_of(c->name)))
				return true;
	}
	return false;
}

static void
cover_row(enum list_id list, struct value *values)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);

	for (size_t i = 0; i < count; i++)
		if (is_answer(list, &columns[i]) && values[i].type != VALUE_NULL)
			values[i] = (struct value){ .type = VALUE_TEXT, .s = cover };
}

struct row
workshop_row(const struct session *s, struct arena *perm, enum list_id list, const struct row *row)
{
	size_t count;
	struct value *values;

	(void)list_columns(list, &count);
	values = ARENA_NEW(perm, struct value, count);
	memcpy(values, row->values, count * sizeof(*values));
	mask_row(s->mask, perm, list, row->id, values);
	if (session_covers(s))
		cover_row(list, values);
	return (struct row){ row->id, values };
}

static void
mask_matrix(const struct session *s, struct answer *a)
{
	struct matrix_picture *p = a->picture;

	for (size_t i = 0; i < p->m.account_count; i++)
		p->m.accounts[i].name = mask_account(s->mask, &a->used, p->m.accounts[i].id);
	for (size_t i = 0; i < p->m.source_count; i++)
		p->m.sources[i].key = mask_text(s->mask, &a->used, p->m.sources[i].key);
}

static void
mask_ego(const struct session *s, struct answer *a)
{
	struct ego_picture *p = a->picture;

	for (size_t i = 0; i < p->ego.node_count; i++)
		p->ego.nodes[i].name = mask_account(s->mask, &a->used, p->ego.nodes[i].id);
}

void
workshop_answer(const struct session *s, struct answer *a)
{
	if (s->mask == NULL)
		return;
	if (a->kind == ANSWER_ROWS || a->kind == ANSWER_DETAIL)
		for (size_t i = 0; i < a->got; i++)
			a->rows[i] = workshop_row(s, &a->used, a->q.list, &a->rows[i]);
	else if (a->kind == ANSWER_MATRIX)
		mask_matrix(s, a);
	else if (a->kind == ANSWER_EGO)
		mask_ego(s, a);
}

enum claque_rc
session_workshop(struct session *s, bool on, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	if (on == session_in_workshop(s))
		return CLAQUE_OK;
	if (on) {
		rc = mask_new(&s->mask, s->store, &(struct mask_plan){ .strangers = true }, err);
	} else {
		mask_free(s->mask);
		s->mask = NULL;
	}
	s->uncovered = (struct uncovered){ .on = false };
	session_forget(s);
	return rc;
}

bool
session_in_workshop(const struct session *s)
{
	return s->mask != NULL;
}

struct claque_str
session_shown(const struct session *s, struct arena *perm, struct claque_str text)
{
	return s->mask != NULL ? mask_words(s->mask, perm, text) : text;
}

struct claque_str
session_place_name(const struct session *s, const struct place *p, struct arena *perm)
{
	if (s->mask == NULL)
		return str_of(p->name);
	return p->subject.kind == SUBJECT_account ? mask_account(s->mask, perm, p->subject.id) :
	       mask_text(s->mask, perm, str_of(p->name));
}

bool
session_covers(const struct session *s)
{
	const struct place *p = session_here(s);
	const struct uncovered *u = &s->uncovered;

	return s->mask != NULL && !(u->on && u->screen == p->screen &&
				    u->subject.kind == p->subject.kind &&
				    u->subject.id == p->subject.id);
}

unsigned
session_answers(struct session *s)
{
	const struct place *p = session_here(s);

	s->uncovered = (struct uncovered){ session_covers(s), p->screen, p->subject };
	session_say(s, s->uncovered.on ? "the answers of this screen" : "answers are covered");
	return SESSION_REDRAW;
}
