/*
 * overlay.c - what opens above a screen: the keys, and the prompt.
 */
#include "config.h"

#include "tui/view.h"

#include "app/views.h"
#include "text/pattern.h"

struct area
overlay_box(struct ui *u, int rows, int cols, struct claque_str title)
{
	struct area all = grid_area(&u->grid), box;

	cols = cols < all.cols - 2 ? cols : all.cols - 2;
	rows = rows + 2 < all.rows - 6 ? rows + 2 : all.rows - 6;
	box = (struct area){ all.rows - 3 - rows, all.cols - cols - 1, rows, cols };
	return grid_box(&u->grid, box, title);
}

void
overlay_choice(struct ui *u, struct area a, int line, bool chosen)
{
	if (!chosen)
		return;
	grid_style_row(&u->grid, a, line, STYLE_CURSOR);
	u->grid.cursor_row = a.row + line;
	u->grid.cursor_col = a.col;
}

/* --- help: made of the table of actions */

static struct claque_str
group_text(struct ui *u, enum action_group group)
{
	struct arena *perm = &u->grid.scratch;
	struct buf all;
	struct claque_str text;

	buf_init(&all, 4096);
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		const struct action *action = action_get((enum action_id)i);
		struct claque_str keys = settings_keys(&u->set, perm, (enum action_id)i);

		if (action->group == group && keys.len > 0 && i != ACTION_SCREEN)
			buf_addf(&all, STR_FMT " %s   ", STR_ARG(keys), action->name);
	}
	text = str_dup(perm, buf_str(&all));
	buf_done(&all);
	return text;
}

/* Wraps between entries, which end in three blanks; returns the next line. */
static int
draw_entries(struct ui *u, struct area a, int line, const char *heading, struct claque_str text)
{
	int col = 8;

	if (text.len == 0)
		return line;
	if (line >= 0)
		(void)grid_text(&u->grid, a, line, 1, STYLE_BOLD, str_of(heading));
	while (text.len > 0) {
		size_t end = str_find(text, STR("   "), 0);

		if (col + (int)end > a.cols && col > 8) {
			col = 8;
			line++;
		}
		if (line >= 0)
			(void)grid_text(&u->grid, a, line, col, STYLE_PLAIN, str_sub(text, 0, end));
		col += (int)end + 3;
		text = str_sub(text, end + 3, text.len);
	}
	return line + 1;
}

/* The screens that have a key, each by its title. */
static struct claque_str
screens_text(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str text = STR("");

	for (unsigned i = 0; i < SCREEN_COUNT; i++) {
		const struct screen *screen = screen_get((enum screen_id)i);
		struct claque_str key = settings_key(&u->set, perm, ACTION_SCREEN,
						     str_of(screen->name));

		if (key.len > 0)
			text = str_fmt(perm, STR_FMT STR_FMT " %s   ", STR_ARG(text),
				       STR_ARG(key), screen->title);
	}
	return text;
}

static void
draw_help(struct ui *u)
{
	static const char *const words[] = {
		"Esc closes menus and stops queries, never leaves. Nothing is lost: u undoes.",
		"The lens (second row) follows you; < brings the one before back.",
		"Text from data is made safe: <202E>, ^[ and <FF> stand for what deceives.",
		"Before a row: * marked; c control, b bidi, z zero width, i invalid bytes, s stacked",
		"marks, m mixed script, u unassigned, l looks like another name, ! several: o says who.",
		"r#tag, y[passage]: the letter is its colour: red yellow green cyan blue magenta.",
	};
	const struct screen *screen = screen_get(session_here(u->s)->screen);
	struct area all = grid_area(&u->grid), box, a;
	int line = -u->scroll;

	box = (struct area){ 0, 0, all.rows - 1, all.cols };
	a = grid_box(&u->grid, box, STR("keys"));
	if (line >= 0)
		(void)grid_textf(&u->grid, a, line, 1, STYLE_LEAD, "%s: %s", screen->title,
				 screen->help);
	line = draw_entries(u, a, line + 1, "SCREEN", screens_text(u));
	for (unsigned g = 0; g < GROUP_COUNT; g++)
		line = draw_entries(u, a, line, action_group_name((enum action_group)g),
				    group_text(u, (enum action_group)g));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++, line++)
		if (line >= 0)
			(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, str_of(words[i]));
	u->choices = line > a.rows ? (size_t)(line - a.rows) : 0;
	if (u->choices > 0)
		(void)grid_textf(&u->grid, box, box.rows - 1, 2, STYLE_WARN, " %zu more: j ",
				 u->choices);
	u->grid.cursor_row = a.row;
	u->grid.cursor_col = a.col;
}

static void
key_help(struct ui *u, uint32_t key)
{
	if (key == 'j' || key == CK_DOWN || key == CK_PAGE_DOWN || key == ' ')
		u->scroll += u->choices > 0;
	else if (key == 'k' || key == CK_UP || key == CK_PAGE_UP)
		u->scroll -= u->scroll > 0;
	else
		u->overlay = OVERLAY_NONE;
}

/* --- the prompt */

enum { SUBJECT_BYTES = 28 };

/* What is under the cursor, as a prompt may name it. */
static struct claque_str
subject_shown(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str name = session_subject_name(u->s, session_subject(u->s), perm);

	return str_head(safe_text(perm, text_defanged(perm, name)), SUBJECT_BYTES);
}

static struct claque_str
prompt_lead(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	size_t marks = session_marks_worked(u->s);

	if (u->asking == ACTION_FIND)
		return STR("/");
	if (u->asking == ACTION_FILTER && u->filling[0] != '\0')
		return str_fmt(perm, "%s: ", u->filling);
	if ((u->asking == ACTION_TAG || u->asking == ACTION_UNTAG) && marks > 0)
		return str_fmt(perm, "%s %zu marked: ", action_get(u->asking)->name, marks);
	if (u->asking == ACTION_TAG || u->asking == ACTION_UNTAG || u->asking == ACTION_NOTE)
		return str_fmt(perm, "%s " STR_FMT ": ", action_get(u->asking)->name,
			       STR_ARG(subject_shown(u)));
	return str_fmt(perm, "%s: ", action_get(u->asking)->name);
}

/* What would be written. */
static struct claque_str
export_hint(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	size_t marks = session_marks_here(u->s);
	int64_t n = session_length(u->s);
	struct claque_str rows = marks > 0 ? str_fmt(perm, "%zu marked", marks) :
				 n == SESSION_MANY ? STR("all") : count_grouped(perm, n);

	return str_fmt(perm, "csv, csv-exact or json FILE: " STR_FMT " %s as shown%s%s",
		       STR_ARG(rows), list_name(session_list(u->s)),
		       session_can_export(u->s) ? "   case FORMAT PATH: " : "",
		       session_export_formats(u->s));
}

/* The options as they are; of what is typed, what it would do or what is wrong with it. */
static struct claque_str
set_hint(struct ui *u, struct claque_str text, struct claque_err *err)
{
	struct arena *perm = &u->grid.scratch;
	struct settings *trial = ARENA_NEW(perm, struct settings, 1);
	struct claque_str hint = STR("OPTION VALUE; now:"), line;

	*trial = u->set;
	line = str_fmt(perm, "set " STR_FMT, STR_ARG(text));
	if (str_trim(text).len > 0 && settings_line(trial, line, err) != CLAQUE_OK)
		return str_of(err->msg);
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		enum setting_id id = (enum setting_id)i;
		struct claque_str value = setting_value(perm, id, trial->values[i]);

		hint = str_fmt(perm, STR_FMT " %s " STR_FMT "%s", STR_ARG(hint),
			       setting_get(id)->name, STR_ARG(value), i + 1 < SETTING_COUNT ? "," : "");
	}
	return hint;
}

static struct claque_str
filter_hint(struct ui *u, struct claque_str text, struct claque_err *err)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str what = STR("2016-09-20..2016-10-12 kind:reshare,post lang:en"
				     " account.platform:x text:PATTERN");
	struct lens lens;

	if (u->filling[0] != '\0')
		return str_fmt(perm, "the value of %s in: %s", u->filling, u->filled);
	if (session_read_lens(text, &lens, err) != CLAQUE_OK)
		return str_of(err->msg);
	return str_fmt(perm, STR_FMT "   " STR_FMT, STR_ARG(preview_lens(u, &lens)), STR_ARG(what));
}

static struct claque_str
find_hint(struct ui *u, struct claque_str text, struct claque_err *err)
{
	struct claque_str keys = STR("Enter goes to the next   Tab keeps only those (lens)");
	struct pattern *pattern;

	if (text.len == 0)
		return STR("a Perl regular expression; a capital letter tells case apart");
	if (pattern_new(&pattern, text, err) != CLAQUE_OK)
		return str_of(err->msg);
	pattern_free(pattern);
	return str_fmt(&u->grid.scratch, STR_FMT "   " STR_FMT, STR_ARG(preview_hits(u, text)),
		       STR_ARG(keys));
}

/* What is wrong with what has been typed so far, or what will happen. */
static void
prompt_hint(struct ui *u, struct area a)
{
	struct claque_err err = { 0 };
	struct claque_str text = edit_str(&u->edit), hint = STR("Enter takes it   Esc gives it up");
	enum style style = STYLE_DIM;

	if (u->asking == ACTION_FILTER) {
		hint = filter_hint(u, text, &err);
	} else if (u->asking == ACTION_FIND) {
		hint = find_hint(u, text, &err);
	} else if (u->asking == ACTION_SET) {
		hint = set_hint(u, text, &err);
	} else if (u->asking == ACTION_LESSON) {
		hint = lesson_names(u);
	} else if (u->asking == ACTION_SAVE_VIEW) {
		hint = STR("NAME, or NAME: LENS with parameters, as in  said: lang:en text:$word");
	} else if (u->asking == ACTION_REMOVE_VIEW) {
		hint = STR("Enter removes the view of this name   Esc leaves it");
	} else if (u->asking == ACTION_RENAME_VIEW) {
		hint = STR("NAME: NEW NAME");
	} else if (u->asking == ACTION_EXPORT && str_starts(text, STR("method "))) {
		hint = STR("method FILE: the pinned steps of the trail and what led to them, as"
			   " Markdown");
	} else if (u->asking == ACTION_EXPORT) {
		hint = export_hint(u);
	}
	if (u->asking == ACTION_TAG)
		hint = STR("TAG, or TAG and a colour: red, yellow, green, cyan, blue, magenta");
	else if (u->asking == ACTION_HYPOTHESIS)
		hint = STR("an explanation that could be wrong; it gets the next key, H8, H9 ...");
	else if (u->asking == ACTION_MERGE)
		hint = STR("another case, or what claque annotations wrote; nothing is written before it"
			   " is chosen");
	else if (u->asking == ACTION_REWORD)
		hint = STR("Enter puts this in the place of the note   Esc leaves it");
	else if (u->asking == ACTION_PERIOD)
		hint = STR("a note on what is brushed, or on the period of the lens; #word is a tag");
	if (err.rc != CLAQUE_OK)
		style = STYLE_ERROR;
	grid_fill(&u->grid, (struct area){ a.rows - 2, 0, 1, a.cols }, ' ', STYLE_PLAIN);
	(void)grid_safe(&u->grid, a, a.rows - 2, 1, a.cols - 2, style, hint, NULL, 0);
}

static void
draw_prompt(struct ui *u)
{
	struct area a = grid_area(&u->grid);
	int row = a.rows - 1, col = 1;

	prompt_hint(u, a);
	grid_fill(&u->grid, (struct area){ row, 0, 1, a.cols }, ' ', STYLE_INPUT);
	col += grid_text(&u->grid, a, row, col, STYLE_INPUT, prompt_lead(u));
	edit_draw(u, a, row, col, &u->edit);
}

static void
search_to_lens(struct ui *u, struct claque_str text)
{
	struct lens lens = session_here(u->s)->lens;

	text = pattern_smart(&u->grid.scratch, text);	/* a lens is blind to case */
	if (text.len > LENS_TEXT_MAX) {
		session_say(u->s, "the lens takes a pattern of up to %d bytes", LENS_TEXT_MAX);
		return;
	}
	memcpy(lens.text, text.p, text.len);
	lens.text[text.len] = '\0';
	(void)session_set_lens(u->s, &lens);
}

static bool
is_wrong_setting(struct ui *u, struct claque_str text)
{
	struct claque_err err = { 0 };

	(void)set_hint(u, text, &err);
	return err.rc != CLAQUE_OK;
}

/* A lens or pattern that is not understood stays open, to be mended. */
static bool
is_wrong(struct ui *u, struct claque_str text)
{
	struct claque_err err;
	struct pattern *pattern = NULL;
	struct lens lens;
	size_t at, len;
	bool wrong = false;

	if (u->asking == ACTION_FILTER && u->filling[0] == '\0' &&
	    !view_parameter(text, &at, &len))
		wrong = session_read_lens(text, &lens, &err) != CLAQUE_OK;
	else if (u->asking == ACTION_FIND && text.len > 0)
		wrong = pattern_new(&pattern, text, &err) != CLAQUE_OK;
	else if (u->asking == ACTION_SET && text.len > 0)
		wrong = is_wrong_setting(u, text);
	pattern_free(pattern);
	return wrong;
}

/* One parameter has its value; what is left of the lens may have more. */
static void
take_value(struct ui *u, struct claque_str value)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str lens = str_of(u->filled);
	struct lens read;
	struct claque_err err;
	size_t at, len;
	bool did;

	view_keep_value(u->s, str_of(u->filling), value);
	if (!view_parameter(lens, &at, &len))
		return;
	lens = str_fmt(perm, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(lens, 0, at)), STR_ARG(value),
		       STR_ARG(str_sub(lens, at + len, lens.len)));
	if (view_parameter(lens, &at, &len) || session_read_lens(lens, &read, &err) != CLAQUE_OK) {
		ui_fill(u, lens);
		return;
	}
	u->overlay = OVERLAY_NONE;
	(void)action_run(u->s, ACTION_FILTER, lens, &did);
}

static void
take_prompt(struct ui *u)
{
	struct claque_str text = str_dup(&u->grid.scratch, str_trim(edit_str(&u->edit)));
	size_t at, len;
	bool did;

	if (is_wrong(u, text))
		return;
	if (u->asking == ACTION_FILTER && u->filling[0] != '\0') {
		take_value(u, text);
		return;
	}
	if (u->asking == ACTION_FILTER && view_parameter(text, &at, &len)) {
		ui_fill(u, text);
		return;
	}
	u->overlay = OVERLAY_NONE;
	if ((u->asking == ACTION_SET || u->asking == ACTION_MERGE) && text.len > 0)
		ui_act(u, u->asking, text);
	else if (text.len > 0 || u->asking == ACTION_FILTER || u->asking == ACTION_FIND)
		(void)action_run(u->s, u->asking, text, &did);
}

static void
key_prompt(struct ui *u, uint32_t key)
{
	struct claque_str text = edit_str(&u->edit);

	session_hush(u->s);
	if (key == CK_ESC) {
		u->overlay = OVERLAY_NONE;
	} else if (key == CK_ENTER) {
		take_prompt(u);
	} else if (key == CK_TAB && u->asking == ACTION_FIND && !is_wrong(u, text)) {
		u->overlay = OVERLAY_NONE;
		search_to_lens(u, text);
	} else {
		(void)edit_key(&u->edit, key);
	}
}

const struct overlay_ops overlay_help = { draw_help, key_help, " j k scroll   Esc closes" };
const struct overlay_ops overlay_prompt = { draw_prompt, key_prompt, "" };
