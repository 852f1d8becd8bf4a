/*
 * view_why.c - what a score is made of: the reasons, and the one under the
 * cursor in full: what was measured, against what, on how many, and the rows of
 * the input that anybody can look up; then what innocent explanations account
 * for, and what would disprove it. What speaks against the group, and what a
 * control group of random accounts shows, is there whichever reason is looked
 * at. Enter shows the posts behind a reason; Enter there, file and row.
 *
 * An account has the reasons of its group, under what it adds itself.
 */
#include "config.h"

#include "claque/signal.h"

#include "app/picture.h"
#include "model/record.h"
#include "tui/view.h"

enum { LABEL_COLS = 11, PANE_ROWS = 17, PANE_LEAST = 6, FIGURE_ROWS = 3, INNOCENTS_MAX = 20,
       FOOT_ROWS = 3, ACCOUNT_ROWS = 2, VERDICT_ROWS = 3, TIGHT_ROWS = 12 };

static struct claque_str
cell(struct ui *u, const struct row *row, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(LIST_EVIDENCE, &count);
	size_t at = column_find(columns, count, str_of(name));

	return at < count ? value_screen(&u->grid.scratch, &columns[at], &row->values[at]) :
	       STR("");
}

/* What it looks at: signals of one family are not independent of each other. */
static const char *
family_of(struct claque_str signal)
{
	static const char *const families[CLAQUE_FAMILY_COUNT] = {
		[CLAQUE_FAMILY_TIME] = "time", [CLAQUE_FAMILY_CONTENT] = "content",
		[CLAQUE_FAMILY_LINK] = "links", [CLAQUE_FAMILY_PROFILE] = "profile",
		[CLAQUE_FAMILY_INFRASTRUCTURE] = "infrastructure",
	};
	const struct claque_signal_info *info = NULL;
	enum claque_signal id;
	struct claque_err err;

	if (claque_signal_parse(signal, &id, &err) == CLAQUE_OK)
		info = claque_signal_info(id);
	return info != NULL ? families[info->family] : "";
}

static void
draw_heading(struct ui *u, struct area a, const struct row *row)
{
	bool against = row_real(LIST_EVIDENCE, row, "log_odds") < 0;
	struct claque_str axis = row_text(LIST_EVIDENCE, row, "axis");
	struct claque_str signal = row_text(LIST_EVIDENCE, row, "signal");
	const char *family = family_of(signal);

	grid_rule(&u->grid, a, 0, str_fmt(&u->grid.scratch, "%s  " STR_FMT ", " STR_FMT "%s%s",
		  against ? "AGAINST" : "FOR", STR_ARG(signal), STR_ARG(axis),
		  family[0] != '\0' ? ", of the family: " : "", family));
	(void)grid_text(&u->grid, a, 0, 3, against ? STYLE_WARN : STYLE_GOOD,
			against ? STR("AGAINST") : STR("FOR"));
}

/*
 * What the same measure gives without coordination, and how many share the thing at all;
 * where neither is known, nothing. Returns the rows used.
 */
static int
draw_background(struct ui *u, struct area a, int line, const struct row *row)
{
	struct arena *perm = &u->grid.scratch;
	bool dealt = row_int(LIST_EVIDENCE, row, "worlds", 0) > 0;
	bool shared = row_int(LIST_EVIDENCE, row, "popularity", 0) > 0;
	struct claque_str in_worlds = str_fmt(perm, STR_FMT " in each of " STR_FMT
		" surrogate worlds", STR_ARG(cell(u, row, "surrogate")),
		STR_ARG(cell(u, row, "worlds")));
	struct claque_str others = str_fmt(perm, "; object shared " STR_FMT
		" times in all", STR_ARG(cell(u, row, "popularity")));

	if (!dealt && !shared)
		return 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("surrogate"));
	(void)grid_textf(&u->grid, a, line, LABEL_COLS, STYLE_PLAIN, STR_FMT STR_FMT,
			 STR_ARG(dealt ? in_worlds : STR("none: not measured, or a trait, which stays "
							 "as it is")),
			 STR_ARG(shared ? others : STR("")));
	return 1;
}

/* Returns the rows used. */
static int
draw_figures(struct ui *u, struct area a, int line, const struct row *row)
{
	struct claque_str unit = row_text(LIST_EVIDENCE, row, "unit");

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("measured"));
	(void)grid_textf(&u->grid, a, line, LABEL_COLS, STYLE_PLAIN,
			 "observed " STR_FMT "%s" STR_FMT ", expected by chance " STR_FMT
			 ", n = " STR_FMT, STR_ARG(cell(u, row, "observed")),
			 unit.len > 0 ? " " : "", STR_ARG(unit),
			 STR_ARG(cell(u, row, "expected")), STR_ARG(cell(u, row, "n")));
	(void)grid_text(&u->grid, a, line + 1, 1, STYLE_DIM, STR("weight"));
	(void)grid_textf(&u->grid, a, line + 1, LABEL_COLS, STYLE_PLAIN,
			 STR_FMT " log odds, p = " STR_FMT, STR_ARG(cell(u, row, "log_odds")),
			 STR_ARG(cell(u, row, "p")));
	return FIGURE_ROWS - 1 + draw_background(u, a, line + 2, row);
}

/* "world/posts.csv:17 ..." without the folders, which are in the list of inputs. */
static struct claque_str
without_folders(struct arena *perm, struct claque_str rows)
{
	char *p = ARENA_NEW(perm, char, rows.len + 1);
	size_t n = 0, word = 0;

	for (size_t i = 0; i < rows.len; i++) {
		p[n++] = rows.p[i];
		if (rows.p[i] == '/')
			n = word;
		else if (rows.p[i] == ' ')
			word = n;
	}
	return (struct claque_str){ p, n };
}

static int
draw_examples(struct ui *u, struct area a, int line, const struct row *row)
{
	struct claque_str rows = str_head(row_text(LIST_EVIDENCE, row, "rows"), TEXT_LOOKED_AT);

	if (rows.len == 0 || line >= a.rows)
		return 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("examples"));
	return part_wrapped(u, a, line, LABEL_COLS, STYLE_PLAIN,
			    without_folders(&u->grid.scratch, rows));
}

/* "tool 0.33, fandom 0.00, friends -": what is the group's, whichever reason is looked at. */
static int
draw_innocents(struct ui *u, struct area a, int line, struct subject cluster)
{
	struct side side = session_side(u->s, LIST_INNOCENTS, cluster, INNOCENTS_MAX);
	struct arena *perm = &u->grid.scratch;
	struct claque_str text = STR("");
	size_t count, at;
	const struct column *columns = list_columns(LIST_INNOCENTS, &count);

	at = column_find(columns, count, STR("score"));
	for (size_t i = 0; i < side.got && at < count; i++)
		text = str_fmt(perm, STR_FMT "%s" STR_FMT " " STR_FMT, STR_ARG(text), i == 0 ? "" : ", ",
			       STR_ARG(row_text(LIST_INNOCENTS, &side.rows[i], "explanation")),
			       STR_ARG(value_screen(perm, &columns[at], &side.rows[i].values[at])));
	if (side.got == 0 || line >= a.rows)
		return 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("innocent"));
	if (a.rows < TIGHT_ROWS)	/* the first are those that explain most */
		a.rows = line + 1;
	return part_wrapped(u, a, line, LABEL_COLS, STYLE_PLAIN, text);
}

/* With what the publisher says that they are worth; nothing where nothing matches. */
static int
draw_matches(struct ui *u, struct area a, int line, struct subject cluster)
{
	int64_t all = session_side_count(u->s, LIST_MATCHES, cluster);

	if (all <= 0 || line >= a.rows)
		return 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("published"));
	return part_wrapped(u, a, line, LABEL_COLS, STYLE_WARN,
			    str_fmt(&u->grid.scratch, "%lld indicator%s matched here (o x); caveat: "
				    MATCH_CAVEAT, (long long)all, all == 1 ? " is" : "s are"));
}

static int
draw_disproof(struct ui *u, struct area a, int line, struct subject cluster)
{
	const struct row *row = session_detail(u->s, LIST_CLUSTERS, cluster.id);
	struct claque_str text = row != NULL ? row_text(LIST_CLUSTERS, row, "disproof") : STR("");

	if (text.len == 0 || line >= a.rows)
		return 0;
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("disproof"));
	return part_wrapped(u, a, line, LABEL_COLS, STYLE_PLAIN, text);
}

/* The group that the reason is about. */
static struct subject
group_behind(struct ui *u, const struct row *row)
{
	struct subject here = session_here(u->s)->subject;
	struct side side;

	if (here.kind == SUBJECT_cluster)
		return here;
	side = session_side(u->s, LIST_CLUSTERS, (struct subject){ SUBJECT_evidence, row->id }, 1);
	return side.got == 1 ? (struct subject){ SUBJECT_cluster, side.rows[0].id } :
	       (struct subject){ 0 };
}

/* Sources that two of the group or more shared. */
static unsigned
common_sources(const struct matrix_picture *p)
{
	unsigned n = 0;

	for (size_t i = 0; i < p->m.source_count; i++)
		n += p->m.sources[i].group >= 2;
	return n;
}

/* The same in accounts as active as these, drawn at random from outside of all groups. */
static void
draw_control(struct ui *u, struct area a, int line, struct subject cluster)
{
	int seed = session_here(u->s)->picture.seed;
	const struct matrix_picture *own = session_matrix(u->s, cluster, 0, MATRIX_LIKE);
	const struct matrix_picture *control = session_matrix(u->s, cluster, (uint64_t)seed,
							      MATRIX_LIKE);

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("control"));
	if (own == NULL || control == NULL)
		part_owed(u, a, line, LABEL_COLS);
	else if (control->m.account_count == 0)
		(void)grid_text(&u->grid, a, line, LABEL_COLS, STYLE_WARN,
				STR("none can be drawn: no account outside of the groups shared"
				    " anything"));
	else
		(void)grid_safe(&u->grid, a, line, LABEL_COLS, a.cols - LABEL_COLS, STYLE_PLAIN,
				str_fmt(&u->grid.scratch, a.cols >= WIDE_COLS + LABEL_COLS ?
				"%zu random accounts as active, seed %d: %u of %u follow within"
				" 60 s (here %u of %u), %u in common (here %u)" :
				"%zu, seed %d: %u of %u within 60 s (here %u of %u), %u common (%u)",
				control->m.account_count, seed, control->sum.fast,
				control->sum.followed, own->sum.fast, own->sum.followed,
				common_sources(control), common_sources(own)), NULL, 0);
}

/* What is always there. */
static void
draw_foot(struct ui *u, struct area a, struct subject cluster)
{
	(void)grid_text(&u->grid, a, 0, 1, STYLE_WARN, STR("AGAINST"));
	part_against(u, a, 0, LABEL_COLS, cluster);
	draw_control(u, a, 1, cluster);
	if (a.rows == FOOT_ROWS)
		(void)part_pivots(u, a, 2, session_here(u->s)->subject);
}

static void
draw_reason(struct ui *u, struct area a, const struct row *row)
{
	bool stands = session_here(u->s)->subject.kind != SUBJECT_none;
	struct subject cluster = group_behind(u, row);
	struct area foot = area_bottom(&a, stands && a.rows > FIGURE_ROWS + FOOT_ROWS + 1 ?
				       FOOT_ROWS : FOOT_ROWS - 1);
	struct area text = a;
	int line = 1;

	draw_heading(u, a, row);
	text.rows -= FIGURE_ROWS;	/* which are worth more than its last lines */
	line += part_wrapped(u, text, line, 1, STYLE_PLAIN, row_text(LIST_EVIDENCE, row, "text"));
	line += draw_figures(u, a, line, row);
	line += draw_examples(u, a, line, row);
	if (cluster.kind != SUBJECT_cluster)
		return;
	line += draw_innocents(u, a, line, cluster);
	line += draw_matches(u, a, line, cluster);
	(void)draw_disproof(u, a, line, cluster);
	draw_foot(u, foot, cluster);
}

/*
 * The verdict, "" without one; of a cleared account also what the last run, made before,
 * says all the same.
 */
static struct claque_str
verdict_of(struct ui *u, struct subject account)
{
	const struct row *row = session_detail(u->s, LIST_ACCOUNTS, account.id);
	struct arena *perm = &u->grid.scratch;
	struct claque_str verdict = row != NULL ? row_text(LIST_ACCOUNTS, row, "verdict") : STR("");
	double score;

	if (verdict.len == 0 || !str_eq(row_text(LIST_ACCOUNTS, row, "status"), STR("cleared")))
		return verdict;
	score = row_real(LIST_ACCOUNTS, row, "score");
	if (score > 0)
		return str_fmt(perm, STR_FMT "; the last run, made before, scores it %.2f all the"
			       " same", STR_ARG(verdict), score);
	return str_fmt(perm, STR_FMT "; not counted as evidence, in no lead", STR_ARG(verdict));
}

static int
verdict_rows(struct ui *u, struct area a, struct subject account)
{
	int rows = ((int)str_head(verdict_of(u, account), TEXT_LOOKED_AT).len + a.cols - 5) /
		   (a.cols - 4);

	return rows < VERDICT_ROWS ? rows : VERDICT_ROWS;
}

/* What an account adds up to: the sums that its score is made of. */
static void
draw_account(struct ui *u, struct area a, struct subject account)
{
	static const char *const sums[][2] = {
		{ "coordination", "coordination" }, { "deception", "own traits" },
		{ "collective", "neighbours" }, { "overtness", "overtness" },
	};
	const struct row *row = session_detail(u->s, LIST_ACCOUNTS, account.id);
	int col = LABEL_COLS;

	if (row == NULL) {
		part_owed(u, a, 0, 1);
		return;
	}
	(void)grid_textf(&u->grid, a, 0, 1, STYLE_BOLD, "score %.2f",
			 row_real(LIST_ACCOUNTS, row, "score"));
	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++)
		if (row_value(LIST_ACCOUNTS, row, sums[i][0]) != NULL)
			col += 3 + grid_textf(&u->grid, a, 0, col + 3, STYLE_PLAIN, "%s %+.2f",
					      sums[i][1], row_real(LIST_ACCOUNTS, row, sums[i][0]));
	if (col == LABEL_COLS)
		(void)grid_text(&u->grid, a, 0, LABEL_COLS + 3, STYLE_DIM,
				STR("the last run kept no sums of it"));
	(void)part_wrapped(u, (struct area){ a.row, a.col, a.rows - 1, a.cols }, 1, 1, STYLE_BOLD,
			   verdict_of(u, account));
	grid_rule(&u->grid, a, a.rows - 1, row_text(LIST_ACCOUNTS, row, "cluster").len > 0 ?
		  STR("in log odds; below, the reasons of its group") :
		  STR("in log odds; it is in no group: claque why CASE @HANDLE says what keeps it"
		      " out"));
}

/* The verdict on a group, where there is one. */
static void
draw_judged(struct ui *u, struct area *a, struct subject cluster)
{
	const struct row *row = session_detail(u->s, LIST_CLUSTERS, cluster.id);

	if (row != NULL)
		(void)area_top(a, part_review(u, *a, 0, LIST_CLUSTERS, row));
}

static void
draw(struct ui *u, struct area a)
{
	struct subject here = session_here(u->s)->subject;
	const struct row *row = session_current(u->s);
	int rows;
	struct area below;

	if (session_covers(u->s)) {	/* all of it is answers */
		grid_rule(&u->grid, area_bottom(&a, 1), 0, str_fmt(&u->grid.scratch,
			  STR_FMT ": the reasons", STR_ARG(ui_key_of(u, ACTION_ANSWERS))));
		table_active(u, a);
		return;
	}
	if (here.kind == SUBJECT_cluster && a.rows >= PANE_LEAST)
		draw_judged(u, &a, here);
	if (here.kind == SUBJECT_account && a.rows >= PANE_LEAST)
		draw_account(u, area_top(&a, ACCOUNT_ROWS + verdict_rows(u, a, here)), here);
	rows = (3 * a.rows + 2) / 5 < PANE_ROWS ? (3 * a.rows + 2) / 5 : PANE_ROWS;
	if (row == NULL || a.rows < 2 * PANE_LEAST) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, rows);
	table_active(u, a);
	draw_reason(u, below, session_current(u->s));
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_PIVOT, ACTION_FIND_NEXT, ACTION_EVIDENCE, ACTION_TECHNIQUE,
	ACTION_CONTROL, ACTION_RECORD, ACTION_SORT, ACTION_FIND, ACTION_NOTE, ACTION_PIN,
	ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_why = { "why", draw, NULL, keys };
