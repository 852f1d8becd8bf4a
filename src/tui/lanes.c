/*
 * lanes.c - which lanes the timeline has: what it stands on, what is marked, and
 * what the analyst puts beside them. The choice holds for as long as one stands on
 * the same thing; what is offered is what one would want to see on the same axis.
 */
#include "config.h"

#include "tui/view.h"

enum { OFFERS_MAX = 40, FEW = 5, MARKS_USUAL = 5, BOX_COLS = 56, NAME_COL = 5, KIND_COL = 34 };

struct lanes {
	struct lane *at;
	size_t count, max;
};

static bool
lane_eq(const struct lane *a, const struct lane *b)
{
	return a->subject.kind == b->subject.kind && a->subject.id == b->subject.id &&
	       a->list == b->list && a->control == b->control;
}

static size_t
find(const struct lanes *l, const struct lane *lane)
{
	size_t i = 0;

	while (i < l->count && !lane_eq(&l->at[i], lane))
		i++;
	return i;
}

/* Each once, and only what the list can be narrowed to. */
static void
add(struct lanes *l, struct lane lane)
{
	if (l->count < l->max && list_takes(lane.list, lane.subject.kind) &&
	    find(l, &lane) == l->count)
		l->at[l->count++] = lane;
}

static bool
has_control(struct subject s)
{
	return s.kind == SUBJECT_cluster || s.kind == SUBJECT_account || s.kind == SUBJECT_set;
}

static void
add_control(struct lanes *l, struct subject of)
{
	if (has_control(of))
		add(l, (struct lane){ "random control", of, LIST_POSTS, true });
}

/* The best of a list that one would ask for: as many as stand beside each other well. */
static void
add_some(struct ui *u, struct lanes *l, enum list_id from, struct subject of)
{
	struct side side = { .got = 0 };

	if (list_takes(from, of.kind))
		side = session_side(u->s, from, of, FEW);
	for (size_t i = 0; i < side.got; i++)
		add(l, (struct lane){ NULL, { list_subject(from), side.rows[i].id }, LIST_POSTS,
				      false });
}

static void
add_marks(struct ui *u, struct lanes *l, size_t most)
{
	const struct subject *marks = session_marks(u->s);

	for (size_t i = 0; i < session_mark_count(u->s) && l->count < most; i++)
		add(l, (struct lane){ NULL, marks[i], LIST_POSTS, false });
}

static void
add_changes(struct lanes *l, struct subject here)
{
	if (here.kind != SUBJECT_none && list_takes(LIST_CHANGES, here.kind))
		add(l, (struct lane){ "its changes", here, LIST_CHANGES, false });
	else
		add(l, (struct lane){ "all changes", { 0 }, LIST_CHANGES, false });
}

/* What the screen stands on and what is marked; else the first clusters; then all. */
static void
add_usual(struct ui *u, struct lanes *l)
{
	struct subject here = session_here(u->s)->subject;

	if (here.kind != SUBJECT_none)
		add(l, (struct lane){ NULL, here, LIST_POSTS, false });
	add_marks(u, l, MARKS_USUAL);
	if (l->count == 0)
		add_some(u, l, LIST_CLUSTERS, (struct subject){ 0 });
	add_control(l, here);
	add(l, (struct lane){ "all posts", { 0 }, LIST_POSTS, false });
	add_changes(l, here);
}

static bool
is_chosen(const struct ui *u)
{
	struct subject here = session_here(u->s)->subject;

	return u->lanes.chosen && u->lanes.of.kind == here.kind && u->lanes.of.id == here.id;
}

size_t
lanes_of(struct ui *u, struct lane out[LANES_MAX])
{
	struct lanes l = { out, 0, LANES_MAX };

	if (!is_chosen(u)) {
		add_usual(u, &l);
		return l.count;
	}
	memcpy(out, u->lanes.at, u->lanes.count * sizeof(*out));
	return u->lanes.count;
}

struct claque_str
lane_name(struct ui *u, const struct lane *lane)
{
	struct arena *perm = &u->grid.scratch;

	return lane->label != NULL ? str_of(lane->label) :
	       text_defanged(perm, session_subject_name(u->s, lane->subject, perm));
}

/* Those that are there first, in their order. */
static size_t
offers(struct ui *u, struct lane out[OFFERS_MAX])
{
	struct subject here = session_here(u->s)->subject;
	struct lanes l = { out, 0, OFFERS_MAX };

	l.count = lanes_of(u, out);
	add_usual(u, &l);
	add_marks(u, &l, OFFERS_MAX);
	add_some(u, &l, LIST_CLUSTERS, (struct subject){ 0 });
	add_some(u, &l, LIST_ACCOUNTS, here);
	add_some(u, &l, LIST_SOURCES, here);
	add_control(&l, here);
	add(&l, (struct lane){ "all changes", { 0 }, LIST_CHANGES, false });
	return l.count;
}

static void
keep(struct ui *u, const struct lanes *l)
{
	u->lanes.of = session_here(u->s)->subject;
	u->lanes.chosen = true;
	u->lanes.count = l->count;
	memmove(u->lanes.at, l->at, l->count * sizeof(*l->at));
}

void
lanes_toggle(struct ui *u, const struct lane *lane)
{
	struct lane at[LANES_MAX];
	struct lanes l = { at, lanes_of(u, at), LANES_MAX };
	size_t there = find(&l, lane);

	if (there == l.count && l.count == LANES_MAX) {
		session_say(u->s, "%d lanes are the most there can be: drop one first", LANES_MAX);
		return;
	}
	if (there < l.count && l.count == 1) {
		session_say(u->s, "the last lane stays");
		return;
	}
	if (there == l.count) {
		add(&l, *lane);
	} else {
		l.count--;
		memmove(&at[there], &at[there + 1], (l.count - there) * sizeof(*at));
	}
	keep(u, &l);
}

/* --- the overlay */

static const char *
kind_of(const struct lane *lane)
{
	if (lane->control)
		return "accounts as active, at random";
	if (lane->list == LIST_CHANGES)
		return "profile changes";
	return lane->subject.kind == SUBJECT_none ? "posts" :
	       subject_kind_name(lane->subject.kind);
}

static void
draw(struct ui *u)
{
	struct lane all[OFFERS_MAX], shown[LANES_MAX];
	struct lanes l = { shown, lanes_of(u, shown), LANES_MAX };
	struct area a;
	size_t top;

	u->choices = offers(u, all);
	a = overlay_box(u, (int)u->choices, BOX_COLS, STR("lanes"));
	top = (int)u->choice >= a.rows ? u->choice - (size_t)a.rows + 1 : 0;
	for (int line = 0; line < a.rows && top + (size_t)line < u->choices; line++) {
		const struct lane *lane = &all[top + (size_t)line];

		(void)grid_text(&u->grid, a, line, 1, STYLE_BOLD,
				find(&l, lane) < l.count ? STR("[x]") : STR("[ ]"));
		(void)grid_safe(&u->grid, a, line, NAME_COL, KIND_COL - NAME_COL - 1, STYLE_PLAIN,
				lane_name(u, lane), NULL, 0);
		(void)grid_text(&u->grid, a, line, KIND_COL, STYLE_DIM, str_of(kind_of(lane)));
		overlay_choice(u, a, line, top + (size_t)line == u->choice);
	}
}

static void
key(struct ui *u, uint32_t pressed)
{
	struct lane all[OFFERS_MAX];

	session_hush(u->s);
	u->choices = offers(u, all);
	if (ui_choose(u, pressed, true))
		return;
	if ((pressed == ' ' || pressed == CK_ENTER) && u->choice < u->choices)
		lanes_toggle(u, &all[u->choice]);
	else if (pressed == '0')
		u->lanes.chosen = false;
	else
		u->overlay = OVERLAY_NONE;
}

const struct overlay_ops overlay_lanes = {
	draw, key, " j k choose   Space adds or drops   0 as at first   Esc closes" };
