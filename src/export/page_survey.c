#include "config.h"

#include "export/page_survey.h"

#include "base/clock.h"

enum { EXAMPLES_MAX = 400, CLEARED_MAX = 1000, EXAMPLES_OF_ONE = 5, HOUR_MS = 3600000 };

struct post_walk {
	struct survey *s;
	struct arena *perm;
	int at, account, platform, file, row;
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
tally_post(struct survey *s, struct survey_side *side, const struct value *at)
{
	int64_t day = at->type == VALUE_INT && at->i >= 0 ? at->i / (24 * (int64_t)HOUR_MS) : -1;

	side->posts++;
	if (day < 0 || day >= SURVEY_DAYS) {
		s->undated++;
		return;
	}
	side->days[day]++;
	side->hours[clock_weekday(at->i)][at->i / HOUR_MS % 24]++;
	s->first_day = day < s->first_day ? day : s->first_day;
	s->last_day = day > s->last_day ? day : s->last_day;
}

/* Keeps the rows that some evidence names. */
static bool
each_post(void *ctx, const struct rowset *table, const struct row *row)
{
	struct post_walk *w = ctx;
	struct survey *s = w->s;
	const struct value *number = table_value(row, w->row);
	struct claque_str file = text_at(row, w->file);
	uint32_t who = survey_person(s, *w->perm, text_at(row, w->platform),
				     text_at(row, w->account));
	struct arena scratch = *w->perm;

	(void)table;
	tally_post(s, who != MAP_NONE && s->in_lead[who] ? &s->leads : &s->others,
		   table_value(row, w->at));
	return number->type == VALUE_INT && s->wanted.count > 0 &&
	       map_get(&s->wanted, str_fmt(&scratch, STR_FMT ":%lld", STR_ARG(file),
					   (long long)number->i)) != MAP_NONE;
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
		s->in_lead[who] = s->in_lead[who] || own;
		if (own && where.len > 0)
			(void)map_add(&s->platforms, where, NULL);
	}
}

static void
note_wanted(struct survey *s, const struct reading *r)
{
	int rows = gathered_column(&r->evidence, "rows");

	for (size_t i = 0; i < r->evidence.count && s->wanted.count < EXAMPLES_MAX; i++) {
		struct claque_str rest = text_at(&r->evidence.rows[i], rows), one;

		if (!reading_is_lead(r, text_at(&r->evidence.rows[i],
						gathered_column(&r->evidence, OF_CLUSTER))))
			continue;
		for (int k = 0; k < EXAMPLES_OF_ONE && str_cut(&rest, ' ', &one); k++)
			(void)map_add(&s->wanted, one, NULL);
	}
}

static enum claque_rc
walk_posts(struct survey *s, const struct export_input *in, struct arena *perm,
	   struct claque_err *err)
{
	const struct rowset *t = table_find(in, "posts");
	struct post_walk w = {
		s, perm, table_column(t, "at"), table_column(t, "account_id"),
		table_column(t, "platform"), table_column(t, "source_file"), table_column(t, "row"),
	};
	struct gather_filter filter = { each_post, &w };

	s->has_posts = t != NULL;
	return gather_if(in, "posts", EXAMPLES_MAX, &filter, perm, &s->examples, err);
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
	struct gather_filter filter = { each_account, &w };

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
	note_wanted(s, r);
	rc = walk_posts(s, in, perm, err);
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
