/*
 * merge.c - conflicts between the analyst's annotations and a colleague's, side by side:
 * what each says, how surely, who and when. Nothing is written while they are looked at;
 * Enter takes what was chosen and what is in no conflict, Esc takes nothing at all.
 */
#include "config.h"

#include "tui/view.h"

#include "app/merging.h"
#include "base/clock.h"

enum { CHOICE_COLS = 8, NAME_COLS = 22, WORD_COLS = 12, DETAIL_ROWS = 9, LABEL_COLS = 9, TOP = 3,
       BELOW = 3 };

/* The conflict of this number, or NULL. */
static struct merge_item *
conflict_at(struct merge_plan *plan, size_t number)
{
	for (size_t i = 0; i < plan->count; i++)
		if (plan->items[i].state == MERGE_CONFLICT && number-- == 0)
			return &plan->items[i];
	return NULL;
}

static const char *
choice_word(const struct merge_item *item)
{
	static const char *const words[] = { [MERGE_LEAVE] = "open", [MERGE_MINE] = "mine",
					     [MERGE_THEIRS] = "theirs", [MERGE_BOTH] = "both" };

	return words[item->choice];
}

/* The word of a verdict; of a note how it begins. */
static struct claque_str
said(const struct annotation *a)
{
	return a->word.len > 0 ? a->word : a->text;
}

static void
draw_line(struct ui *u, struct area a, int line, const struct merge_item *item)
{
	bool open = item->choice == MERGE_LEAVE;
	int col = 1;

	(void)grid_text(&u->grid, a, line, col, open ? STYLE_WARN : STYLE_GOOD,
			str_of(choice_word(item)));
	col += CHOICE_COLS;
	(void)grid_safe(&u->grid, a, line, col, NAME_COLS - 1, STYLE_BOLD, item->mine.target_name, NULL,
			0);
	col += NAME_COLS;
	col += grid_text(&u->grid, a, line, col, STYLE_DIM, STR("mine: "));
	(void)grid_safe(&u->grid, a, line, col, WORD_COLS - 1, STYLE_PLAIN, said(&item->mine), NULL, 0);
	col += WORD_COLS;
	col += grid_text(&u->grid, a, line, col, STYLE_DIM, STR("theirs: "));
	(void)grid_safe(&u->grid, a, line, col, a.cols - col - 1, STYLE_PLAIN, said(&item->theirs),
			NULL, 0);
}

static void
draw_list(struct ui *u, struct area a, struct merge_plan *plan)
{
	size_t top = (int)u->choice >= a.rows ? u->choice - (size_t)a.rows + 1 : 0;

	for (int line = 0; line < a.rows; line++) {
		const struct merge_item *item = conflict_at(plan, top + (size_t)line);

		if (item == NULL)
			break;
		draw_line(u, a, line, item);
		overlay_choice(u, a, line, top + (size_t)line == u->choice);
	}
}

/* One side in full. */
static void
draw_side(struct ui *u, struct area a, const char *whose, bool chosen, const struct annotation *an)
{
	struct arena *perm = &u->grid.scratch;
	bool verdict = an->kind == ANNOTATION_verdict;
	const struct { const char *label; struct claque_str text; } parts[] = {
		{ verdict ? "verdict" : "word", an->word },
		{ "sure", an->confidence },
		{ "who", an->who },
		{ "when", clock_text(perm, an->at, CLOCK_MINUTE) },
		{ verdict ? "reason" : "says", an->text },
	};
	int line = 1;

	(void)grid_textf(&u->grid, a, 0, 1, STYLE_BOLD, "%s%s", whose, chosen ? "  (chosen)" : "");
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts) && line < a.rows; i++) {
		if (parts[i].text.len == 0)
			continue;
		(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, str_of(parts[i].label));
		line += part_wrapped(u, a, line, LABEL_COLS, STYLE_PLAIN,
				     text_defanged(perm, parts[i].text));
	}
}

static void
draw_detail(struct ui *u, struct area a, const struct merge_item *item)
{
	struct area left;

	grid_rule(&u->grid, area_top(&a, 1), 0, STR("side by side  (both: mine counts, theirs is kept)"));
	left = area_left(&a, a.cols / 2);
	draw_side(u, left, "mine", item->choice == MERGE_MINE || item->choice == MERGE_BOTH,
		  &item->mine);
	draw_side(u, a, "theirs", item->choice == MERGE_THEIRS || item->choice == MERGE_BOTH,
		  &item->theirs);
}

static void
draw(struct ui *u)
{
	struct merge_plan *plan = session_merge_plan(u->s);
	struct area all = grid_area(&u->grid), a, below;
	const struct merge_item *item;

	if (plan == NULL)
		return;
	u->choices = plan->states[MERGE_CONFLICT];
	a = grid_box(&u->grid, (struct area){ TOP, 0, all.rows - TOP - BELOW, all.cols },
		     str_fmt(&u->grid.scratch, "merge of " STR_FMT ": %zu to take, %zu in conflict,"
			     " %zu there already, %zu elsewhere", STR_ARG(str_head(plan->other, 24)),
			     plan->states[MERGE_TAKE], plan->states[MERGE_CONFLICT],
			     plan->states[MERGE_SAME],
			     plan->states[MERGE_UNKNOWN] + plan->states[MERGE_REFUSED]));
	item = conflict_at(plan, u->choice);
	if (item == NULL) {
		(void)grid_text(&u->grid, a, 0, 1, STYLE_PLAIN,
				STR("no conflict: Enter takes all of it, Esc nothing"));
		return;
	}
	below = area_bottom(&a, a.rows > DETAIL_ROWS + 2 ? DETAIL_ROWS : a.rows / 2);
	draw_list(u, a, plan);
	draw_detail(u, below, item);
}

/* Of one conflict, or, with a capital letter, of all. */
static bool
choose(struct ui *u, struct merge_plan *plan, uint32_t key)
{
	static const struct { char letter; enum merge_choice choice; } keys[] = {
		{ 'm', MERGE_MINE }, { 't', MERGE_THEIRS }, { 'b', MERGE_BOTH }, { 'o', MERGE_LEAVE },
	};
	struct merge_item *item = conflict_at(plan, u->choice);

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		if (key == (uint32_t)keys[i].letter && item != NULL) {
			item->choice = keys[i].choice;
			u->choice += u->choice + 1 < u->choices;
			return true;
		}
		if (key != (uint32_t)keys[i].letter - 'a' + 'A')
			continue;
		for (size_t k = 0; (item = conflict_at(plan, k)) != NULL; k++)
			item->choice = keys[i].choice;
		return true;
	}
	return false;
}

static void
key(struct ui *u, uint32_t pressed)
{
	struct merge_plan *plan = session_merge_plan(u->s);

	session_hush(u->s);
	if (plan == NULL || pressed == CK_ESC || pressed == CK_ENTER) {
		u->overlay = OVERLAY_NONE;
		(void)session_merge_end(u->s, pressed == CK_ENTER);
		return;
	}
	u->choices = plan->states[MERGE_CONFLICT];
	if (!choose(u, plan, pressed))
		(void)ui_choose(u, pressed, true);
}

const struct overlay_ops overlay_merge = { draw, key,
	" m mine  t theirs  b both  o open; capital: all  Enter takes  Esc takes none" };
