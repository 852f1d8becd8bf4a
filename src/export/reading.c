#include "config.h"

#include "export/reading.h"

enum { READ_GROUPS_MAX = 10000, READ_ROWS_MAX = 200000 };

struct claque_str
reading_text(struct arena *perm, const struct gathered *g, const char *names, const struct row *row)
{
	int column = gathered_column(g, names);

	return column < 0 ? STR("") :
		value_listing(perm, &g->table->columns[column], table_value(row, column));
}

double
reading_number(const struct gathered *g, const char *names, const struct row *row)
{
	return value_number(table_value(row, gathered_column(g, names)), 0);
}

int64_t
reading_sum(const struct gathered *g, const char *names)
{
	int column = gathered_column(g, names);
	int64_t sum = 0;

	for (size_t i = 0; i < g->count; i++) {
		const struct value *v = table_value(&g->rows[i], column);

		if (v->type == VALUE_INT && v->i > 0 && __builtin_add_overflow(sum, v->i, &sum))
			sum = INT64_MAX;
	}
	return sum;
}

struct gathered
reading_of_group(const struct gathered *g, const char *names, struct claque_str id,
		 struct arena *perm)
{
	int column = gathered_column(g, names);

	return column < 0 ? (struct gathered){ .table = g->table } :
			    gathered_where(g, column, id, perm);
}

static int
sign_of(double x)
{
	return (x > 0) - (x < 0);
}

struct gathered
reading_with_sign(const struct gathered *g, int sign, struct arena *perm)
{
	struct gathered some = *g;

	some.rows = ARENA_NEW(perm, struct row, g->count + 1);
	some.count = 0;
	for (size_t i = 0; i < g->count; i++)
		if (sign_of(reading_number(g, "log_odds", &g->rows[i])) == sign)
			some.rows[some.count++] = g->rows[i];
	some.total = (int64_t)some.count;
	return some;
}

bool
reading_is_lead(const struct reading *r, struct claque_str id)
{
	return map_get(&r->lead_ids, id) != MAP_NONE;
}

struct gathered
reading_without_leads(const struct reading *r, const struct gathered *g, const char *names,
		      struct arena *perm)
{
	struct gathered some = { .table = g->table };

	some.rows = ARENA_NEW(perm, struct row, g->count + 1);
	for (size_t i = 0; i < g->count; i++) {
		struct arena scratch = *perm;

		if (!reading_is_lead(r, reading_text(&scratch, g, names, &g->rows[i])))
			some.rows[some.count++] = g->rows[i];
	}
	some.total = g->total - (int64_t)(g->count - some.count);
	return some;
}

struct claque_str
reading_count(struct arena *perm, int64_t n, const char *one, const char *many)
{
	struct claque_str number = count_grouped(perm, n);

	return str_fmt(perm, STR_FMT " %s", STR_ARG(number), n == 1 ? one : many);
}

/* Does a say more than b? */
static bool
says_more(const struct gathered *g, const struct row *a, const struct row *b, struct arena scratch)
{
	bool joint_a = str_eq(reading_text(&scratch, g, "axis", a), STR("coordination"));
	bool joint_b = str_eq(reading_text(&scratch, g, "axis", b), STR("coordination"));
	double odds_a = reading_number(g, "log_odds", a), odds_b = reading_number(g, "log_odds", b);

	if (joint_a != joint_b)
		return joint_a;
	if (odds_a != odds_b)
		return odds_a > odds_b;
	return reading_number(g, "p", a) < reading_number(g, "p", b);
}

const struct row *
reading_strongest(const struct gathered *g, struct arena scratch)
{
	const struct row *best = NULL;

	for (size_t i = 0; i < g->count; i++)
		if (reading_number(g, "log_odds", &g->rows[i]) > 0 &&
		    (best == NULL || says_more(g, &g->rows[i], best, scratch)))
			best = &g->rows[i];
	return best;
}

/* "31 edges where 0.4 were expected": what says most for a lead, and chance beside it. */
static struct claque_str
tell_strongest(const struct reading *r, struct claque_str id, struct arena *perm)
{
	struct gathered reasons = reading_of_group(&r->evidence, OF_CLUSTER, id, perm);
	const struct row *best = reading_strongest(&reasons, *perm);
	struct claque_str text, signal;

	if (best == NULL)
		return STR("");
	text = str_trim(reading_text(perm, &reasons, "text why", best));
	signal = reading_text(perm, &reasons, "signal", best);
	if (text.len > 0 && text.p[text.len - 1] == '.')
		text.len--;
	return str_fmt(perm, " (" STR_FMT ": " STR_FMT ")", STR_ARG(signal), STR_ARG(text));
}

static struct claque_str
tell_finding(const struct reading *r, struct arena *perm)
{
	struct claque_str id, why, groups;

	if (r->leads.table == NULL)
		return STR("This export has no table of leads, so it says nothing about groups.");
	if (r->leads.count == 0)
		return STR("No group of accounts reached the score of a lead in the last run.");
	id = reading_text(perm, &r->leads, OF_LEAD_ID, r->leads.rows);
	why = tell_strongest(r, id, perm);
	groups = reading_count(perm, r->leads.total, "group of accounts acts",
			       "groups of accounts act");
	return str_fmt(perm, STR_FMT " together more than chance explains, " STR_FMT " the strongest"
		       " with a score of %.2f" STR_FMT ".", STR_ARG(groups), STR_ARG(id),
		       reading_number(&r->leads, "score", r->leads.rows), STR_ARG(why));
}

static struct claque_str
tell_scale(const struct reading *r, struct arena *perm)
{
	struct claque_str accounts, rows, files;

	if (r->leads.table == NULL || r->inputs.table == NULL)
		return STR("Without the tables of leads and inputs its scale is not stated.");
	accounts = reading_count(perm, reading_sum(&r->leads, OF_ACCOUNTS), "account", "accounts");
	rows = reading_count(perm, reading_sum(&r->inputs, "rows"), "row", "rows");
	files = reading_count(perm, r->inputs.total, "input file", "input files");
	return str_fmt(perm, "The leads hold " STR_FMT ", found in " STR_FMT " of " STR_FMT ".",
		       STR_ARG(accounts), STR_ARG(rows), STR_ARG(files));
}

static int64_t
count_status(const struct reading *r, const char *word, struct arena scratch)
{
	int64_t n = 0;

	for (size_t i = 0; i < r->leads.count; i++)
		n += str_eq(reading_text(&scratch, &r->leads, "status", &r->leads.rows[i]),
			    str_of(word));
	return n;
}

/* "Of the leads the analyst confirmed 1 and cleared 2. "; "" while nobody has judged one. */
static struct claque_str
tell_judged(const struct reading *r, struct arena *perm)
{
	int64_t confirmed = count_status(r, "confirmed", *perm) + count_status(r, "shared", *perm);
	int64_t cleared = count_status(r, "cleared", *perm);

	if (confirmed + cleared == 0)
		return STR("");
	return str_fmt(perm, "Of the leads the analyst confirmed %lld and cleared %lld. ",
		       (long long)confirmed, (long long)cleared);
}

struct claque_str
reading_bottom_line(const struct reading *r, struct arena *perm)
{
	struct claque_str what = tell_finding(r, perm), scale = tell_scale(r, perm);
	struct claque_str judged = tell_judged(r, perm);

	return str_fmt(perm, STR_FMT " " STR_FMT " " STR_FMT "Not known are who runs the accounts, whether a "
		       "common and open cause explains what they do together, and what the "
		       "collection of the data left out.", STR_ARG(what), STR_ARG(scale),
		       STR_ARG(judged));
}

static bool
is_kind(const struct rowset *table, const struct row *row, const char *const *kinds)
{
	const struct value *kind = table_value(row, table_column(table, "kind"));

	for (; *kinds != NULL && kind->type == VALUE_TEXT; kinds++)
		if (str_eq(kind->s, str_of(*kinds)))
			return true;
	return false;
}

static const char *const stated_kinds[] = { "field", "technique", NULL };

/* Claims and what belongs to them have tables of their own. */
static bool
is_note(void *ctx, const struct rowset *table, const struct row *row)
{
	static const char *const others[] = { "claim", "evidence", "hypothesis", "rating", NULL };

	(void)ctx;
	return !is_kind(table, row, others) && !is_kind(table, row, stated_kinds);
}

static bool
is_stated(void *ctx, const struct rowset *table, const struct row *row)
{
	(void)ctx;
	return is_kind(table, row, stated_kinds);
}

enum claque_rc
reading_said(struct reading *r, const struct export_input *in, struct arena *perm,
	     struct claque_err *err)
{
	const struct gather_filter stated = { .keep = is_stated };
	enum claque_rc rc = gather(in, "claims", READ_ROWS_MAX, perm, &r->claims, err);

	if (rc == CLAQUE_OK)
		rc = gather(in, "ach", READ_ROWS_MAX, perm, &r->cells, err);
	return rc == CLAQUE_OK ?
	       gather_if(in, "notes", READ_ROWS_MAX, &stated, perm, &r->stated, err) : rc;
}

enum claque_rc
reading_gather(struct reading *r, const struct export_input *in, struct arena *perm,
	       struct claque_err *err)
{
	const struct {
		const char *name;
		struct gathered *out;
		size_t limit;
	} wanted[] = {
		{ "inputs", &r->inputs, READ_GROUPS_MAX }, { "leads", &r->leads, READ_GROUPS_MAX },
		{ "clusters", &r->clusters, READ_GROUPS_MAX },
		{ "evidence", &r->evidence, READ_ROWS_MAX },
		{ "members", &r->members, READ_ROWS_MAX }, 
	};
	const struct gather_filter notes = { .keep = is_note };
	enum claque_rc rc = CLAQUE_OK;

	map_init(&r->lead_ids);
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]) && rc == CLAQUE_OK; i++)
		rc = gather(in, wanted[i].name, wanted[i].limit, perm, wanted[i].out, err);
	if (rc == CLAQUE_OK)
		rc = gather_if(in, "notes", READ_ROWS_MAX, &notes, perm, &r->notes, err);
	if (rc == CLAQUE_OK)
		rc = reading_said(r, in, perm, err);
	for (size_t i = 0; i < r->leads.count; i++) {
		struct arena scratch = *perm;

		(void)map_add(&r->lead_ids,
			      reading_text(&scratch, &r->leads, OF_LEAD_ID, &r->leads.rows[i]), NULL);
	}
	return rc;
}

void
reading_done(struct reading *r)
{
	map_done(&r->lead_ids);
}
