#include "config.h"

#include "export/page_survey.h"

#include <stdio.h>

#include "base/clock.h"

enum { FILE_BYTES_MAX = 8192, EXAMPLES_MAX = 400, CLEARED_MAX = 1000, EXAMPLES_OF_ONE = 5, HOUR_MS = 3600000 };

struct example_walk {
	struct survey *s;
	const struct export_input *in;
	const int64_t *evidence;	/* that names them */
	size_t count;
	int file, row;
};

struct account_walk {
	struct survey *s;
	struct arena *perm;
	int lead, created, followers, platform, status;
};

static struct claque_str
text_at(const struct row *row, int column)
{
	const struct value *v = table_value(row, column);

	return v->type == VALUE_TEXT ? v->s : STR("");
}

uint32_t
survey_person(const struct survey *s, struct arena scratch, struct claque_str platform,
	      struct claque_str id)
{
	return map_get(&s->people, str_fmt(&scratch, STR_FMT " " STR_FMT, STR_ARG(platform),
					   STR_ARG(id)));
}

static void
tally_hours(struct survey *s, struct survey_side *side, const struct export_hours *h)
{
	int64_t dated = 0;

	for (size_t i = 0; i < h->count; i++) {
		int64_t day = (int64_t)i / 24;

		if (h->counts[i] == 0)
			continue;
		side->days[day] += (uint32_t)h->counts[i];
		side->hours[clock_weekday((int64_t)i * HOUR_MS)][i % 24] += (uint64_t)h->counts[i];
		s->first_day = day < s->first_day ? day : s->first_day;
		s->last_day = day > s->last_day ? day : s->last_day;
		dated += h->counts[i];
	}
	side->posts = h->posts;
	s->undated += h->posts - dated;
}

/* Keeps the rows that some evidence names. */
static bool
is_wanted(void *ctx, const struct rowset *table, const struct row *row)
{
	const struct example_walk *w = ctx;
	const struct value *number = table_value(row, w->row);
	char name[FILE_BYTES_MAX];
	int len = snprintf(name, sizeof(name), STR_FMT ":%lld", STR_ARG(text_at(row, w->file)),
			   (long long)number->i);

	(void)table;
	return number->type == VALUE_INT && len > 0 && (size_t)len < sizeof(name) &&
	       map_get(&w->s->wanted, (struct claque_str){ name, (size_t)len }) != MAP_NONE;
}

static void
tally_made(struct survey_side *side, int64_t at)
{
	int64_t year, month;
	int m, day;

	clock_date(at / (24 * (int64_t)HOUR_MS), &year, &m, &day);
	month = (year - 1970) * 12 + m - 1;
	if (month < 0 || month >= SURVEY_MONTHS)
		return;
	side->months[month]++;
	side->made++;
}

/* Keeps those that were cleared. */
static bool
each_account(void *ctx, const struct rowset *table, const struct row *row)
{
	struct account_walk *w = ctx;
	const struct value *lead = table_value(row, w->lead), *made = table_value(row, w->created);
	const struct value *followers = table_value(row, w->followers);
	bool of_lead = lead->type == VALUE_INT && lead->i == 1;
	struct survey_side *side = of_lead ? &w->s->leads : &w->s->others;

	(void)table;
	side->accounts++;
	if (made->type == VALUE_INT && made->i >= 0)
		tally_made(side, made->i);
	if (of_lead && followers->type == VALUE_INT && followers->i >= 0) {
		w->s->followers_known++;
		if (__builtin_add_overflow(w->s->followers, followers->i, &w->s->followers))
			w->s->followers = INT64_MAX;
	}
	return str_eq(text_at(row, w->status), STR("cleared"));
}

static void
note_people(struct survey *s, const struct reading *r, struct arena *perm)
{
	const struct gathered *g = &r->members;
	int platform = gathered_column(g, "platform"), id = gathered_column(g, "account_id account");
	int role = gathered_column(g, "role"), cluster = gathered_column(g, OF_CLUSTER);

	s->group_of = ARENA_NEW(perm, uint32_t, g->count + 1);
	s->in_lead = ARENA_NEW(perm, bool, g->count + 1);
	s->own = ARENA_NEW(perm, int64_t, g->count + 1);
	for (size_t i = 0; i < g->count; i++) {
		struct arena scratch = *perm;
		struct claque_str group = text_at(&g->rows[i], cluster);
		struct claque_str where = text_at(&g->rows[i], platform);
		struct claque_str key = str_fmt(&scratch, STR_FMT " " STR_FMT, STR_ARG(where),
						STR_ARG(text_at(&g->rows[i], id)));
		uint32_t who = map_add(&s->people, key, NULL);
		bool own = reading_is_lead(r, group) &&
			   !str_eq(text_at(&g->rows[i], role), STR("exposed"));

		s->group_of[who] = map_add(&s->groups, group, NULL);
		if (own && !s->in_lead[who])
			s->own[s->own_count++] = g->rows[i].id;
		s->in_lead[who] = s->in_lead[who] || own;
		if (own && where.len > 0)
			(void)map_add(&s->platforms, where, NULL);
	}
}

static void
note_wanted(struct survey *s, const struct reading *r, struct arena *perm)
{
	int rows = gathered_column(&r->evidence, "rows");

	s->reasons = ARENA_NEW(perm, int64_t, r->evidence.count + 1);
	for (size_t i = 0; i < r->evidence.count && s->wanted.count < EXAMPLES_MAX; i++) {
		struct claque_str rest = text_at(&r->evidence.rows[i], rows), one;

		if (!reading_is_lead(r, text_at(&r->evidence.rows[i],
						gathered_column(&r->evidence, OF_CLUSTER))))
			continue;
		s->reasons[s->reason_count++] = r->evidence.rows[i].id;
		for (int k = 0; k < EXAMPLES_OF_ONE && str_cut(&rest, ' ', &one); k++)
			(void)map_add(&s->wanted, one, NULL);
	}
}

static enum claque_rc
walk_examples(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	      struct claque_err *err)
{
	const struct example_walk *w = ctx;

	return w->in->examples(w->in->posts_ctx, w->evidence, w->count, each, row_ctx, err);
}

static enum claque_rc
gather_examples(struct survey *s, const struct export_input *in, struct arena *perm,
		struct claque_err *err)
{
	struct rowset *t = ARENA_NEW(perm, struct rowset, 1);
	struct example_walk *w = ARENA_NEW(perm, struct example_walk, 1);
	struct export_input some = { .tables = t, .table_count = 1 };
	struct gather_filter filter = { .keep = is_wanted, .ctx = w };

	*t = *table_find(in, "posts");
	*w = (struct example_walk){ s, in, s->reasons, s->reason_count,
				    table_column(t, "source_file"), table_column(t, "row") };
	t->ctx = w;
	t->walk = walk_examples;
	t->walk_some = NULL;
	t->walk_ids = NULL;
	return gather_if(&some, "posts", EXAMPLES_MAX, &filter, perm, &s->examples, err);
}

/* Of all, and of the leads: what is left is of the others. */
static enum claque_rc
count_posts(struct survey *s, const struct export_input *in, struct arena *perm,
	    struct claque_err *err)
{
	struct export_hours all = { .count = (size_t)SURVEY_DAYS * 24 }, own = all;
	enum claque_rc rc;

	all.counts = ARENA_NEW(perm, int64_t, all.count);
	own.counts = ARENA_NEW(perm, int64_t, own.count);
	own.accounts = s->own;
	own.account_count = s->own_count;
	rc = in->hours(in->posts_ctx, &all, err);
	if (rc == CLAQUE_OK && s->own_count > 0)
		rc = in->hours(in->posts_ctx, &own, err);
	if (rc != CLAQUE_OK)
		return rc;
	for (size_t i = 0; i < all.count; i++)
		all.counts[i] -= own.counts[i];
	all.posts -= own.posts;
	tally_hours(s, &s->leads, &own);
	tally_hours(s, &s->others, &all);
	return CLAQUE_OK;
}

static enum claque_rc
survey_posts(struct survey *s, const struct export_input *in, struct arena *perm,
	     struct claque_err *err)
{
	struct arena scratch = *perm;
	enum claque_rc rc;

	s->has_posts = table_find(in, "posts") != NULL && in->hours != NULL;
	if (!s->has_posts)
		return CLAQUE_OK;
	rc = count_posts(s, in, &scratch, err);
	return rc == CLAQUE_OK ? gather_examples(s, in, perm, err) : rc;
}

static enum claque_rc
walk_accounts(struct survey *s, const struct export_input *in, struct arena *perm,
	      struct claque_err *err)
{
	const struct rowset *t = table_find(in, "accounts");
	struct account_walk w = {
		s, perm, table_column(t, "lead"), table_column(t, "created_at"),
		table_column(t, "followers"), table_column(t, "platform"), table_column(t, "status"),
	};
	struct gather_filter filter = { .keep = each_account, .ctx = &w };

	s->has_accounts = t != NULL;
	return gather_if(in, "accounts", CLEARED_MAX, &filter, perm, &s->cleared, err);
}

enum claque_rc
survey_make(struct survey *s, const struct reading *r, const struct export_input *in,
	    struct arena *perm, struct claque_err *err)
{
	struct map *maps[] = { &s->people, &s->groups, &s->platforms, &s->wanted };
	struct survey_side *sides[] = { &s->leads, &s->others };
	enum claque_rc rc;

	*s = (struct survey){ .first_day = SURVEY_DAYS, .last_day = -1 };
	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		map_init(maps[i]);
	for (size_t i = 0; i < 2; i++) {
		sides[i]->days = ARENA_NEW(perm, uint32_t, SURVEY_DAYS);
		sides[i]->months = ARENA_NEW(perm, uint32_t, SURVEY_MONTHS);
	}
	note_people(s, r, perm);
	note_wanted(s, r, perm);
	rc = survey_posts(s, in, perm, err);
	return rc == CLAQUE_OK ? walk_accounts(s, in, perm, err) : rc;
}

void
survey_done(struct survey *s)
{
	map_done(&s->people);
	map_done(&s->groups);
	map_done(&s->platforms);
	map_done(&s->wanted);
}

int64_t
survey_gap(const struct survey *s, int64_t *from)
{
	int64_t best = 0, run = 0;

	for (int64_t day = s->first_day; day <= s->last_day; day++) {
		run = s->leads.days[day] + s->others.days[day] == 0 ? run + 1 : 0;
		if (run > best) {
			best = run;
			*from = day - run + 1;
		}
	}
	return best;
}
