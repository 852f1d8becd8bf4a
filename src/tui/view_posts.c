/*
 * view_posts.c - posts, and the one under the cursor in full: its text wrapped
 * as far as there is room, or, revealed, its code points and bytes. Bytes are
 * printed as hex: what they are never reaches the terminal.
 */
#include "config.h"

#include "tui/view.h"

#include "base/clock.h"
#include "base/utf8.h"

enum { PREVIEW_ROWS = 6, REVEAL_ROWS = 12, LOOKED_AT = 64 << 10 };

/* "U+200B" for what is not plain ASCII. */
static void
draw_codes(struct ui *u, struct area a, int line, int last, struct claque_str text)
{
	int col = 9;

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("codes"));
	for (size_t i = 0, used; i < text.len; i += used) {
		uint32_t code = utf8_next(str_sub(text, i, 4), &used);
		bool plain = code > ' ' && code < 0x7f;
		int width = plain ? 1 : code == ' ' ? 2 : 7;

		if (col + width + 1 >= a.cols) {
			col = 9;
			if (++line > last)
				return;
		}
		if (plain)
			col += grid_textf(&u->grid, a, line, col, STYLE_PLAIN, "%c", (char)code);
		else if (code == ' ')
			col += grid_text(&u->grid, a, line, col, STYLE_DIM, STR("_"));
		else if (code == UTF8_BAD)
			col += grid_textf(&u->grid, a, line, col, STYLE_ODD, "<%02X>",
					  (unsigned char)text.p[i]);
		else
			col += grid_textf(&u->grid, a, line, col, STYLE_ODD, "U+%04X", code);
		col++;
	}
}

static void
draw_bytes(struct ui *u, struct area a, int line, int last, struct claque_str text)
{
	int col = 9;

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("bytes"));
	for (size_t i = 0; i < text.len; i++) {
		if (col + 3 >= a.cols) {
			col = 9;
			if (++line > last) {
				(void)grid_textf(&u->grid, a, last, a.cols - 14, STYLE_DIM,
						 " +%zu bytes ", text.len - i);
				return;
			}
		}
		col += grid_textf(&u->grid, a, line, col,
				  (unsigned char)text.p[i] < 0x80 ? STYLE_PLAIN : STYLE_ODD,
				  "%02x ", (unsigned char)text.p[i]);
	}
}

static void
draw_badges(struct ui *u, struct area a, int line, struct claque_str text)
{
	unsigned badges = safe_cells(&u->grid.scratch, str_head(text, LOOKED_AT)).badges;
	int col = 9;

	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("tricks"));
	if (badges != 0)
		(void)grid_text(&u->grid, a, line, a.cols - 24, STYLE_DIM,
				STR("o 1: who else has it"));
	if (badges == 0)
		(void)grid_text(&u->grid, a, line, col, STYLE_GOOD, STR("none: no control, bidi, zero-width or look-alike characters"));
	for (unsigned i = 0; i < SAFE_BIT_COUNT; i++)
		if (badges & 1u << i)
			col += grid_textf(&u->grid, a, line, col, STYLE_WARN, "! %s",
					  safe_badge_word((enum safe_badge_bit)i)) + 2;
}

/* Whose words they were before, where and when, and how much of them is the same. */
static struct claque_str
copy_text(struct arena *perm, const struct row *row)
{
	int64_t at = row_int(LIST_POSTS, row, "copied_at", CLAQUE_NO_TIME);

	if (row_text(LIST_POSTS, row, "copied_account").len == 0)
		return row_text(LIST_POSTS, row, "copy_of");
	return str_fmt(perm, "copy of " STR_FMT " on " STR_FMT ", " STR_FMT ", text match %.2f",
		       STR_ARG(row_text(LIST_POSTS, row, "copied_account")),
		       STR_ARG(row_text(LIST_POSTS, row, "copied_platform")),
		       STR_ARG(at == CLAQUE_NO_TIME ? STR("nobody knows when") :
			       clock_text(perm, at, CLOCK_MINUTE)),
		       row_real(LIST_POSTS, row, "copy_similarity"));
}

/*
 * What is known of the post goes before the key: a text match, which is concluded and no
 * word of the input, and the analyst's highlights.
 */
static struct claque_str
title_of(struct ui *u, struct claque_str match, struct claque_str labels)
{
	struct arena *perm = &u->grid.scratch;

	if (u->reveal)
		return STR("post, revealed: its code points and bytes  (r closes)");
	if (match.len == 0 && labels.len == 0)
		return STR("post  (r reveals code points and bytes)");
	return safe_text(perm, str_fmt(perm, "post  " STR_FMT "%s%s" STR_FMT, STR_ARG(match),
				       match.len > 0 && labels.len > 0 ? "  " : "",
				       labels.len > 0 ? "highlighted: " : "", STR_ARG(labels)));
}

static void
draw_post(struct ui *u, struct area a, const struct row *row)
{
	struct claque_str text = row_text(LIST_POSTS, row, "text"), labels;
	struct claque_str shown = text_defanged(&u->grid.scratch, text);
	struct grid_hit marks[MARKS_MAX];
	size_t mark_count = colour_post(u, row->id, shown, marks, &labels);
	int half;

	grid_rule(&u->grid, a, 0, title_of(u, copy_text(&u->grid.scratch, row), labels));
	if (!u->reveal) {
		(void)part_marked(u, (struct area){ a.row, a.col, a.rows - 1, a.cols }, 1, 9, shown,
				  marks, mark_count);
		draw_badges(u, a, a.rows - 1, text);
		return;
	}
	half = 2 + (a.rows - 2) / 2;
	draw_badges(u, a, 1, text);
	draw_codes(u, a, 2, half - 1, text);
	draw_bytes(u, a, half, a.rows - 1, text);
}

static void
draw(struct ui *u, struct area a)
{
	const struct row *row = session_current(u->s);
	int rows = u->reveal ? REVEAL_ROWS : PREVIEW_ROWS;
	struct area below;

	if (row == NULL || a.rows < 8 || (ui_is_narrow(u) && !u->reveal)) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, rows < a.rows / 2 ? rows : a.rows / 2);
	table_active(u, a);
	draw_post(u, below, row);
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_FIND_NEXT, ACTION_RECORD, ACTION_REVEAL, ACTION_PIVOT, ACTION_MARK, ACTION_PIN,
	ACTION_TAG, ACTION_NOTE, ACTION_HIGHLIGHT, ACTION_VERDICT, ACTION_SORT, ACTION_FACETS,
	ACTION_FIND, ACTION_PALETTE,
	ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_posts = { "posts", draw, NULL, keys };
