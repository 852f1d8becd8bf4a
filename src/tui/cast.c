/*
 * cast.c - the last keys, shown to those who look on: "o m -> Sources x accounts".
 * What is typed into a prompt is not: it may be a name, letter by letter.
 */
#include "config.h"

#include "tui/view.h"

enum { TYPED = 0 };		/* stands for all that was typed in a row */

static void
add_key(struct cast *c, uint32_t key)
{
	if (key == TYPED && c->count > 0 && c->keys[c->count - 1] == TYPED)
		return;
	if (c->count == CAST_KEYS)
		memmove(c->keys, c->keys + 1, --c->count * sizeof(c->keys[0]));
	c->keys[c->count++] = key;
}

void
cast_begin(struct ui *u, uint32_t key)
{
	bool letter = key >= ' ' && key < KEY_BASE;

	if (u->overlay == OVERLAY_NONE)
		u->cast.count = 0;
	add_key(&u->cast, ui_is_typing(u) && letter ? TYPED : key);
	u->cast.meaning = NULL;
	u->cast.from = session_step_at(u->s);
}

void
cast_mean(struct ui *u, enum action_id id)
{
	u->cast.meaning = action_get(id)->name;
}

void
cast_end(struct ui *u)
{
	if (u->overlay == OVERLAY_NONE && session_step_at(u->s) != u->cast.from)
		u->cast.meaning = screen_get(session_here(u->s)->screen)->title;
}

static struct claque_str
cast_text(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str text = STR("");

	for (size_t i = 0; i < u->cast.count; i++)
		text = str_fmt(perm, STR_FMT " " STR_FMT, STR_ARG(text),
			       STR_ARG(u->cast.keys[i] == TYPED ? STR("\u00b7\u00b7\u00b7") :
				       key_shown(perm, u->cast.keys[i])));
	if (u->cast.meaning != NULL)
		text = str_fmt(perm, STR_FMT " \u2192 %s", STR_ARG(text), u->cast.meaning);
	return str_fmt(perm, STR_FMT " ", STR_ARG(text));
}

/* At the right end of the row, over what else is there. */
void
cast_draw(struct ui *u, struct area a, int row)
{
	struct arena scratch;
	struct claque_str text;
	int cols;

	if (!session_in_workshop(u->s) || u->cast.count == 0)
		return;
	text = cast_text(u);
	scratch = u->grid.scratch;
	cols = (int)safe_cells_upto(&scratch, text, (size_t)a.cols).columns;
	(void)grid_text(&u->grid, a, row, a.cols - 1 - cols, STYLE_INPUT, text);
}
