/*
 * highlight.c - a passage of the post under the cursor: its letters, a label that says
 * what it shows, and a colour, all in one box. What is typed stays there until the post is
 * found to have it; the box stands above, for its letters are read from below.
 */
#include "config.h"

#include "tui/view.h"

enum { BOX_COLS = 78, FIELD_COL = 10, ROWS = 6, TOP = 3, YELLOW = 1 };

static const char *const colours[] = {
#define X(name) #name,
	COLOUR_LIST(X)
#undef X
};
enum { COLOURS = sizeof(colours) / sizeof(*colours) };

void
highlight_open(struct ui *u)
{
	ui_open(u, OVERLAY_HIGHLIGHT);
	edit_set(&u->highlight.label, STR(""));
	u->highlight.on_label = false;
	u->highlight.colour = YELLOW;
}

static struct edit *
field(struct ui *u)
{
	return u->highlight.on_label ? &u->highlight.label : &u->edit;
}

static void
draw_field(struct ui *u, struct area a, int line, const char *label, const struct edit *e)
{
	(void)grid_text(&u->grid, a, line, 1, e == field(u) ? STYLE_BOLD : STYLE_DIM, str_of(label));
	grid_fill(&u->grid, (struct area){ a.row + line, a.col + FIELD_COL, 1, a.cols - FIELD_COL },
		  ' ', STYLE_INPUT);
	edit_draw(u, a, line, FIELD_COL, e);
}

static void
draw(struct ui *u)
{
	int cols = u->grid.cols < BOX_COLS ? u->grid.cols : BOX_COLS, col = 1;
	struct area a = grid_box(&u->grid, (struct area){ TOP, u->grid.cols - cols, ROWS, cols },
				 STR("highlight"));

	/* Where letters go is drawn last: the hardware cursor rests there. */
	if (u->highlight.on_label)
		draw_field(u, a, 0, "passage:", &u->edit);
	draw_field(u, a, 1, "label:", &u->highlight.label);
	if (!u->highlight.on_label)
		draw_field(u, a, 0, "passage:", &u->edit);
	col += grid_text(&u->grid, a, 2, col, STYLE_DIM, STR("colour (Tab): "));
	for (size_t i = 0; i < COLOURS; i++)
		col += 1 + grid_textf(&u->grid, a, 2, col,
				      i == u->highlight.colour ? STYLE_CURSOR : STYLE_PLAIN,
				      i == u->highlight.colour ? "[%s]" : " %s ", colours[i]);
	(void)grid_text(&u->grid, a, 3, 1, STYLE_DIM,
			STR("letter for letter as the post has it; the same again takes it off"));
}

static void
take(struct ui *u)
{
	struct annotation what = {
		.kind = ANNOTATION_highlight, .quote = edit_str(&u->edit),
		.word = str_trim(edit_str(&u->highlight.label)),
		.colour = str_of(colours[u->highlight.colour]),
	};
	bool ok;

	if (str_trim(what.quote).len == 0) {
		session_say(u->s, "write the passage first, or Esc");
		return;
	}
	what.quote = str_trim(what.quote);
	(void)session_highlight(u->s, &what, &ok);
	u->overlay = ok ? OVERLAY_NONE : OVERLAY_HIGHLIGHT;
}

static void
key(struct ui *u, uint32_t pressed)
{
	session_hush(u->s);
	if (pressed == CK_ESC)
		u->overlay = OVERLAY_NONE;
	else if (pressed == CK_ENTER)
		take(u);
	else if (pressed == CK_TAB)
		u->highlight.colour = (u->highlight.colour + 1) % COLOURS;
	else if (pressed == CK_DOWN || pressed == CK_UP)
		u->highlight.on_label = pressed == CK_DOWN;
	else
		(void)edit_key(field(u), pressed);
}

const struct overlay_ops overlay_highlight = {
	draw, key, " Up Down passage, label  Tab colour  Enter takes it  Esc closes" };
