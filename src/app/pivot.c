#include "config.h"

#include "app/pivot.h"

static bool
is_here(const struct session *s, enum screen_id screen, struct subject subject)
{
	const struct place *here = session_here(s);

	return here->screen == screen && here->subject.kind == subject.kind &&
	       here->subject.id == subject.id;
}

size_t
pivot_list(struct session *s, struct subject subject, struct pivot out[PIVOT_MAX])
{
	size_t n = 0;

	for (unsigned i = 0; i < SCREEN_COUNT; i++) {
		const struct screen *screen = screen_get((enum screen_id)i);

		if (subject.kind == SUBJECT_none || !screen_takes((enum screen_id)i, subject.kind) ||
		    is_here(s, (enum screen_id)i, subject))
			continue;
		out[n++] = (struct pivot){ .screen = (enum screen_id)i, .subject = subject,
					   .letter = screen->letter, .title = screen->title };
	}
	return n;
}

size_t
pivot_tricks(struct session *s, struct arena *perm, struct pivot *out, size_t max)
{
	const struct row *row = session_current(s);
	int64_t tricks[TRICKS_MAX];
	size_t columns, count = 0;
	const struct column *column = session_columns(s, &columns);

	for (size_t i = 0; row != NULL && i < columns; i++)
		if (column[i].form == FORM_TEXT && row->values[i].type == VALUE_TEXT)
			count = trick_find(*perm, row->values[i].s, tricks, count);
	count = count < max ? count : max;
	for (size_t i = 0; i < count; i++)
		out[i] = (struct pivot){ .screen = SCREEN_ACCOUNTS, .letter = (char)('1' + i),
					 .title = "Same",
					 .subject = { SUBJECT_trick, tricks[i] },
					 .trick = trick_name(perm, tricks[i]) };
	return count;
}

size_t
pivot_look(struct session *s, struct subject subject, struct pivot *out)
{
	size_t count, at;
	const struct column *columns = list_columns(LIST_ACCOUNTS, &count);
	const struct row *row;

	if (subject.kind != SUBJECT_account)
		return 0;
	row = session_detail(s, LIST_ACCOUNTS, subject.id);
	at = column_find(columns, count, STR("looks_like"));
	if (row == NULL || row->values[at].type != VALUE_TEXT)
		return 0;
	*out = (struct pivot){ .screen = SCREEN_ACCOUNTS, .letter = 'l', .title = "Looks like",
			       .subject = { SUBJECT_look, subject.id },
			       .trick = row->values[at].s };
	return 1;
}

int64_t
pivot_portrait_others(struct session *s, struct subject subject)
{
	const struct row *row = subject.kind == SUBJECT_account ?
				session_detail(s, LIST_ACCOUNTS, subject.id) : NULL;
	size_t at = list_column(LIST_ACCOUNTS, STR("avatar_hash"));
	bool was;
	int64_t n;

	if (row == NULL || row->values[at].type != VALUE_TEXT || row->values[at].s.len == 0)
		return 0;
	was = session_soft(s, true);
	n = session_side_count(s, LIST_ACCOUNTS, (struct subject){ SUBJECT_portrait, subject.id });
	(void)session_soft(s, was);
	return n > 1 ? n - 1 : 0;
}

size_t
pivot_portrait(struct session *s, struct subject subject, struct pivot *out)
{
	if (pivot_portrait_others(s, subject) == 0)
		return 0;
	*out = (struct pivot){ .screen = SCREEN_ACCOUNTS, .letter = 'i', .title = "Same picture",
			       .subject = { SUBJECT_portrait, subject.id } };
	return 1;
}

size_t
pivot_compare(const struct session *s, struct pivot *out)
{
	const struct subject *marks = session_marks(s);
	struct subject two[2];
	size_t n = 0;

	for (size_t i = 0; i < session_mark_count(s) && n < 2; i++)
		if (marks[i].kind == SUBJECT_account)
			two[n++] = marks[i];
	if (n < 2)
		return 0;
	*out = (struct pivot){ .screen = SCREEN_COMPARE, .subject = two[0], .other = two[1],
			       .letter = screen_get(SCREEN_COMPARE)->letter,
			       .title = "Compare the first two" };
	return 1;
}

unsigned
pivot_go(struct session *s, const struct pivot *p)
{
	unsigned bits = session_go(s, p->screen, p->subject);

	if (p->other.kind == SUBJECT_none)
		return bits;
	session_place(s)->picture.other = p->other;
	return session_set_lens(s, &session_here(s)->lens);	/* which saves the place */
}

bool
pivot_is_counted(const struct pivot *p)
{
	return !screen_is_picture(p->screen) && p->screen != SCREEN_ACCOUNT;
}

int64_t
pivot_count(struct session *s, const struct pivot *p)
{
	bool was = session_soft(s, true);
	int64_t n = session_side_count(s, screen_get(p->screen)->lists[0], p->subject);

	(void)session_soft(s, was);
	return n;
}

struct claque_str
pivot_count_text(struct session *s, struct arena *perm, const struct pivot *p)
{
	int64_t n = pivot_is_counted(p) ? pivot_count(s, p) : -1;

	if (n == SESSION_SLOW)
		return STR("~");
	if (n < 0)
		return STR("");
	return n == SESSION_MANY ? STR(">10k") : count_grouped(perm, n);
}

const int64_t *
pivot_spark(struct session *s, const struct pivot *p, size_t count)
{
	const struct store_counts *c = session_counts(s);
	enum list_id list = screen_get(p->screen)->lists[0];
	const int64_t *spark;
	int64_t step;
	bool was;

	if (!pivot_is_counted(p) || !list_has_times(list) || count == 0 ||
	    c->first_post == CLAQUE_NO_TIME)
		return NULL;
	step = (c->last_post - c->first_post) / (int64_t)count + 1;
	was = session_soft(s, true);
	spark = session_buckets(s, list, p->subject, c->first_post, step, count);
	(void)session_soft(s, was);
	return spark;
}
