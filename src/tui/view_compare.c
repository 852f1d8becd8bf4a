/*
 * view_compare.c - two accounts, or two clusters, side by side: what they say
 * they are, when they are active, how alike they are beside random pairs, and
 * what they shared. It shows likelihoods, never a verdict: for and against
 * stand beside each other, and how the control was drawn is said.
 */
#include "config.h"

#include "tui/view.h"

#include <math.h>

#include "app/picture.h"
#include "base/clock.h"

enum { LABEL_COLS = 14, HITS_MAX = 40, TAG_COLS = 18, TRAIT_ROWS = PAIR_TRAIT_COUNT + 2,
       OWN_END = 25, CONTROL_END = 33, ALIKE_END = 39 };

static const char *const account_facts[] = { "handle", "display_name", "bio", "created_at",
					     "avatar_hash", "location", "lang", "followers", "posts", "changes",
					     "cluster", "score", "review" };
static const char *const cluster_facts[] = { "kind", "score", "accounts", "posts", "sources",
					     "first_seen", "last_seen", "why", "review" };

struct sides {
	struct subject of[2];
	const struct row *rows[2];
	enum list_id list;
};

/* Compared with: the mark or account that was chosen, or the first control. */
static struct subject
other_of(const struct ui *u, const struct compare_picture *p)
{
	struct subject other = session_here(u->s)->picture.other;

	return other.kind != SUBJECT_none || p == NULL ? other : p->drawn;
}

static struct sides
sides_of(struct ui *u, const struct compare_picture *p)
{
	struct sides s = { .of = { session_here(u->s)->subject, other_of(u, p) } };

	s.list = s.of[0].kind == SUBJECT_cluster ? LIST_CLUSTERS : LIST_ACCOUNTS;
	for (int i = 0; i < 2; i++)
		if (s.of[i].kind != SUBJECT_none && !(i == 1 && s.of[i].kind != s.of[0].kind))
			s.rows[i] = session_detail(u->s, s.list, s.of[i].id);
	return s;
}

static struct claque_str
fact_text(struct ui *u, const struct sides *s, int side, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(s->list, &count);
	size_t at = column_find(columns, count, str_of(name));

	if (s->rows[side] == NULL || at == count ||
	    s->rows[side]->values[at].type == VALUE_NULL)
		return STR("");
	return value_screen(&u->grid.scratch, &columns[at], &s->rows[side]->values[at]);
}

/* Words of one that the other has as well, where they stand in it. */
static size_t
common_words(struct arena *perm, struct claque_str text, struct claque_str other,
	     struct grid_hit *hits, size_t max)
{
	struct claque_str low = str_lower(perm, text), where = str_lower(perm, other), word;
	struct claque_str rest = low;
	size_t n = 0;

	while (n < max && str_cut(&rest, ' ', &word)) {
		size_t at = word.len > 0 ? str_find(where, word, 0) : where.len;
		bool begins = at == 0 || (at < where.len && where.p[at - 1] == ' ');
		bool ends = at + word.len == where.len ||
			    (at < where.len && where.p[at + word.len] == ' ');

		if (at < where.len && begins && ends)
			hits[n++] = (struct grid_hit){ (size_t)(word.p - low.p), word.len, STYLE_HIT };
	}
	return n;
}

/* One side; what it shares with the other is marked unless all of it is the same. */
static void
draw_fact(struct ui *u, struct area a, int line, int col, int width, struct claque_str text,
	  struct claque_str other)
{
	struct grid_hit hits[HITS_MAX];
	struct arena *perm = &u->grid.scratch;
	struct claque_str shown = text_defanged(perm, text);
	size_t count = str_eq(text, other) ? 0 :
		       common_words(perm, shown, text_defanged(perm, other), hits, HITS_MAX);

	(void)grid_safe(&u->grid, a, line, col, width, STYLE_PLAIN, shown, hits, count);
}

/* What both say in the same words is marked with =, whatever the colours. */
static int
draw_facts(struct ui *u, struct area a, int line, const struct sides *s)
{
	bool accounts = s->list == LIST_ACCOUNTS;
	const char *const *names = accounts ? account_facts : cluster_facts;
	size_t count = accounts ? sizeof(account_facts) / sizeof(*account_facts) :
		       sizeof(cluster_facts) / sizeof(*cluster_facts);
	int half = (a.cols - LABEL_COLS) / 2, first = line;

	for (size_t i = 0; i < count && line < a.rows; i++) {
		struct claque_str left = fact_text(u, s, 0, names[i]);
		struct claque_str right = fact_text(u, s, 1, names[i]);
		bool same = left.len > 0 && str_eq(left, right);

		if (left.len == 0 && right.len == 0)
			continue;
		(void)grid_safe(&u->grid, a, line, 1, LABEL_COLS - 2, STYLE_DIM,
				str_of(names[i]), NULL, 0);
		draw_fact(u, a, line, LABEL_COLS, half - 3, left, right);
		(void)grid_text(&u->grid, a, line, LABEL_COLS + half - 2,
				same ? STYLE_LEAD : STYLE_FRAME, same ? STR("=") :
				u->grid.ascii ? STR("|") : STR("│"));
		draw_fact(u, a, line++, LABEL_COLS + half, half - 1, right, left);
	}
	return line - first;
}

static void
draw_names(struct ui *u, struct area a, const struct sides *s)
{
	bool drawn = session_here(u->s)->picture.other.kind == SUBJECT_none &&
		     s->of[1].kind != SUBJECT_none;
	int half = (a.cols - LABEL_COLS) / 2;

	for (int i = 0; i < 2; i++)
		(void)grid_safe(&u->grid, a, 0, LABEL_COLS + i * half,
				half - (i == 1 && drawn ? TAG_COLS : 3), STYLE_BOLD,
				s->of[i].kind == SUBJECT_none ? STR("random accounts (control)") :
				session_subject_name(u->s, s->of[i], &u->grid.scratch), NULL, 0);
	if (drawn)
		(void)grid_text(&u->grid, a, 0, a.cols - TAG_COLS + 1, STYLE_WARN, STR("(random control)"));
}

/* Both on one axis, each as high as its own highest. */
static void
draw_activity(struct ui *u, struct area a, const struct sides *s)
{
	for (int i = 0; i < 2; i++)
		if (s->of[i].kind != SUBJECT_none)
			part_spark(u, a, i, i == 0 ? "left" : "right", LIST_POSTS, s->of[i]);
}

/* A number of days as a person says it. */
static struct claque_str
span_text(struct arena *perm, double days)
{
	const double hours = days * 24, minutes = hours * 60;

	if (minutes < 100)
		return str_fmt(perm, "%.0f min", minutes);
	return hours < 100 ? str_fmt(perm, "%.0f h", hours) : str_fmt(perm, "%.0f d", days);
}

static struct claque_str
trait_number(struct arena *perm, enum pair_trait trait, double v)
{
	if (isnan(v))
		return STR("-");
	if (trait == PAIR_CREATED)
		return span_text(perm, v);
	if (trait == PAIR_BIO)
		return str_fmt(perm, "%.0f %%", 100 * v);
	return trait == PAIR_HOURS ? str_fmt(perm, "%.2f", v) : str_fmt(perm, "%.0f", v);
}

/* A number that ends before the column `end`. */
static void
put_right(struct ui *u, struct area a, int line, int end, enum style style, struct claque_str text)
{
	(void)grid_text(&u->grid, a, line, end - (int)text.len, style, text);
}

static void
draw_trait(struct ui *u, struct area a, int line, enum pair_trait trait,
	   const struct trait_result *t)
{
	struct arena *perm = &u->grid.scratch;

	(void)grid_textf(&u->grid, a, line, 1, STYLE_PLAIN, "%s%s",
			 t->side == TRAIT_NEITHER ? "? " : "", trait_words(trait));
	put_right(u, a, line, OWN_END, STYLE_BOLD, trait_number(perm, trait, t->own));
	put_right(u, a, line, CONTROL_END, STYLE_PLAIN, trait_number(perm, trait, t->control));
	put_right(u, a, line, ALIKE_END, STYLE_DIM, str_fmt(perm, "%u/%u", t->as_alike,
							    t->controls));
}

static void
draw_column(struct ui *u, struct area a, const struct compare_picture *p, bool against)
{
	int line = 0;

	(void)grid_text(&u->grid, a, line, 1, against ? STYLE_WARN : STYLE_GOOD,
			against ? STR("AGAINST or common") : STR("FOR one hand"));
	put_right(u, a, line, OWN_END, STYLE_DIM, STR("pair"));
	put_right(u, a, line, CONTROL_END, STYLE_DIM, STR("control"));
	put_right(u, a, line++, ALIKE_END, STYLE_DIM, STR("alike"));
	for (int i = 0; i < PAIR_TRAIT_COUNT && line < a.rows; i++) {
		const struct trait_result *t = &p->traits[i];

		if (t->side != TRAIT_UNKNOWN && (t->side != TRAIT_FOR) == against)
			draw_trait(u, a, line++, (enum pair_trait)i, t);
	}
	if (line == 1)
		(void)grid_text(&u->grid, a, 1, 1, STYLE_DIM, against ? STR("nothing found") :
				p->control_count == 0 ? STR("nothing can be said without a control") :
				STR("nothing but what random pairs show"));
}

static void
draw_traits(struct ui *u, struct area a, const struct compare_picture *p)
{
	struct area title = area_top(&a, 1), left = area_left(&a, a.cols / 2);

	grid_rule(&u->grid, title, 0, p->control_count == 0 ?
		  STR("no verdict, and no control: nobody like them is outside of all clusters") :
		  str_fmt(&u->grid.scratch, "no verdict; %zu random pairs, seed %d: their median, how"
			  " many as alike", p->control_count, session_here(u->s)->picture.seed));
	draw_column(u, left, p, false);
	draw_column(u, a, p, true);
}

static size_t
cursor_of(const struct ui *u, const struct compare_picture *p)
{
	for (size_t i = 0; i < p->pair.source_count; i++)
		if (p->pair.sources[i].id == session_here(u->s)->panes[0].id)
			return i;
	return 0;
}

static void
draw_source(struct ui *u, struct area a, int line, const struct pair_source *source, bool here)
{
	struct arena *perm = &u->grid.scratch;
	struct subject subject = { SUBJECT_source, source->id };
	enum style style = here ? STYLE_CURSOR : STYLE_PLAIN;
	bool dated = source->at[0] != CLAQUE_NO_TIME && source->at[1] != CLAQUE_NO_TIME;

	(void)grid_text(&u->grid, a, line, 0, style, here ? STR(">") : STR(" "));
	if (dated)
		(void)grid_textf(&u->grid, a, line, 1, style, STR_FMT "  %+9lld s",
				 STR_ARG(clock_text(perm, source->at[0], CLOCK_SECOND)),
				 (long long)((source->at[1] - source->at[0]) / 1000));
	else
		(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("undated"));
	(void)grid_safe(&u->grid, a, line, 34, a.cols - 35, style,
			text_defanged(perm, session_subject_name(u->s, subject, perm)), NULL, 0);
	if (!here)
		return;
	u->grid.cursor_row = a.row + line;
	u->grid.cursor_col = a.col;
}

static void
draw_sources(struct ui *u, struct area a, const struct compare_picture *p)
{
	size_t at = cursor_of(u, p), room = a.rows > 1 ? (size_t)a.rows - 1 : 0;
	size_t top = at >= room && room > 0 ? at - room + 1 : 0;

	grid_rule(&u->grid, a, 0, str_fmt(&u->grid.scratch, "sources in common: %.0f, closest in time"
		  " first; right so long after left", p->pair.traits[PAIR_COMMON]));
	for (size_t i = 0; i < room && top + i < p->pair.source_count; i++)
		draw_source(u, a, (int)i + 1, &p->pair.sources[top + i], top + i == at);
	if (p->pair.source_count == 0 && room > 0)
		(void)grid_text(&u->grid, a, 1, 1, STYLE_DIM, STR("none under this lens"));
}

static void
draw(struct ui *u, struct area a)
{
	const struct compare_picture *p = session_compare(u->s);
	struct sides s = sides_of(u, p);
	struct area part;

	draw_names(u, area_top(&a, 1), &s);
	part = a;
	part.rows = a.rows > 20 ? a.rows - TRAIT_ROWS - 6 : a.rows / 4;
	(void)area_top(&a, draw_facts(u, part, 0, &s));
	draw_activity(u, area_top(&a, 2), &s);
	if (p == NULL) {
		part_owed(u, a, 1, 1);
		return;
	}
	draw_traits(u, area_top(&a, a.rows >= TRAIT_ROWS + 3 ? TRAIT_ROWS : TRAIT_ROWS - 2), p);
	draw_sources(u, a, p);
}

static bool
act(struct ui *u, enum action_id id)
{
	static const struct { enum action_id id; int by; } moves[] = {
		{ ACTION_DOWN, 1 }, { ACTION_UP, -1 }, { ACTION_PAGE_DOWN, 10 },
		{ ACTION_PAGE_UP, -10 }, { ACTION_HALF_DOWN, 5 }, { ACTION_HALF_UP, -5 },
		{ ACTION_TOP, -PAIR_SOURCES_MAX }, { ACTION_BOTTOM, PAIR_SOURCES_MAX },
	};
	const struct compare_picture *p = session_compare(u->s);
	int at, last;

	if (p == NULL || p->pair.source_count == 0)
		return false;
	at = (int)cursor_of(u, p);
	last = (int)p->pair.source_count - 1;
	if (id == ACTION_OPEN) {
		(void)session_go(u->s, SCREEN_POSTS,
				 (struct subject){ SUBJECT_source, p->pair.sources[at].id });
		return true;
	}
	for (size_t i = 0; i < sizeof(moves) / sizeof(moves[0]); i++)
		if (moves[i].id == id) {
			at += moves[i].by;
			at = at < 0 ? 0 : at > last ? last : at;
			session_place(u->s)->panes[0].id = p->pair.sources[at].id;
			return true;
		}
	return false;
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_COMPARE, ACTION_CONTROL, ACTION_PIVOT, ACTION_PIN, ACTION_TAG,
	ACTION_NOTE, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_compare = { "compare", draw, act, keys };
