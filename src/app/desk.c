#include "config.h"

#include "app/desk.h"

#include "app/session_impl.h"
#include "base/buf.h"
#include "store/desk.h"

enum { DESK_MAX = 64 << 10, DESK_SCRATCH = 1 << 20 };

struct shape
desk_shape(const struct session *s, enum list_id list)
{
	struct shape shape = s->shapes[list];
	size_t count;
	const struct column *columns = session_columns_of(s, list, &count);

	for (size_t i = 0; i < count && s->shapes[list].count == 0; i++)
		if (columns[i].title != NULL)
			shape.columns[shape.count++] = (uint8_t)i;
	return shape;
}

bool
desk_is_shaped(const struct session *s, enum list_id list)
{
	return s->shapes[list].count > 0;
}

static size_t
place_of(const struct shape *shape, size_t column)
{
	size_t i = 0;

	while (i < shape->count && shape->columns[i] != column)
		i++;
	return i;
}

bool
shape_has(const struct shape *shape, size_t column)
{
	return place_of(shape, column) < shape->count;
}

/* One line a list: its name and those of its columns, parted by blanks. */
static void
save_columns(struct session *s)
{
	struct claque_err err;
	struct buf out;

	if (!s->writable)
		return;
	buf_init(&out, DESK_MAX);
	for (unsigned list = 0; list < LIST_COUNT; list++) {
		size_t count;
		const struct column *columns = list_columns((enum list_id)list, &count);

		if (!desk_is_shaped(s, (enum list_id)list))
			continue;
		buf_addz(&out, list_name((enum list_id)list));
		for (size_t i = 0; i < s->shapes[list].count; i++)
			buf_addf(&out, " %s", columns[s->shapes[list].columns[i]].name);
		buf_addc(&out, '\n');
	}
	if (desk_set(s->store, STR("columns"), buf_str(&out), &err) != CLAQUE_OK)
		session_fail(s, &err);
	buf_done(&out);
}

/* What another version called otherwise is left out. */
static void
load_shape(struct session *s, struct claque_str line)
{
	struct claque_str word;
	struct shape *shape;
	enum list_id list;
	const struct column *columns;
	size_t count, at;

	if (!str_cut(&line, ' ', &word) || !list_parse(word, &list))
		return;
	shape = &s->shapes[list];
	shape->count = 0;
	columns = list_columns(list, &count);
	while (shape->count < LIST_COLUMNS_MAX && str_cut(&line, ' ', &word)) {
		at = column_find(columns, count, word);
		if (at < count && !shape_has(shape, at))
			shape->columns[shape->count++] = (uint8_t)at;
	}
}

void
desk_load(struct session *s)
{
	struct arena whole = arena_new(DESK_SCRATCH), perm = whole;
	struct claque_str text, line;
	struct claque_err err;

	if (desk_get(s->store, STR("columns"), &perm, &text, &err) != CLAQUE_OK)
		text = STR("");
	while (str_cut(&text, '\n', &line))
		load_shape(s, line);
	arena_free(whole);
}

static unsigned
say_query(struct session *s)
{
	session_say(s, "a query says itself which columns it has, and in which order: ; edits it");
	return SESSION_REDRAW;
}

unsigned
desk_toggle_column(struct session *s, enum list_id list, size_t column)
{
	struct shape shape = desk_shape(s, list);
	size_t at = place_of(&shape, column);

	if (list == LIST_NONE)
		return say_query(s);
	if (at == shape.count) {
		shape.columns[shape.count++] = (uint8_t)column;
	} else if (shape.count == 1) {
		session_say(s, "the last column stays");
		return SESSION_REDRAW;
	} else {
		shape.count--;
		memmove(&shape.columns[at], &shape.columns[at + 1], shape.count - at);
	}
	s->shapes[list] = shape;
	save_columns(s);
	return SESSION_REDRAW;
}

unsigned
desk_move_column(struct session *s, enum list_id list, size_t column, int by)
{
	struct shape shape = desk_shape(s, list);
	size_t at = place_of(&shape, column), to = by < 0 ? at - 1 : at + 1;
	uint8_t other;

	if (list == LIST_NONE)
		return say_query(s);
	if (at == shape.count || (by < 0 && at == 0) || to >= shape.count)
		return 0;
	other = shape.columns[to];
	shape.columns[to] = shape.columns[at];
	shape.columns[at] = other;
	s->shapes[list] = shape;
	save_columns(s);
	return SESSION_REDRAW;
}

unsigned
desk_reset_columns(struct session *s, enum list_id list)
{
	s->shapes[list].count = 0;
	save_columns(s);
	return SESSION_REDRAW;
}

const char *
column_title(const struct column *column)
{
	return column->title != NULL ? column->title : column->name;
}

const char *
column_full_title(const struct column *column)
{
	static const char *const in_full[][2] = {
		{ "accts", "accounts" }, { "act", "action" }, { "agst", "against" },
		{ "cap", "object cap" }, { "chgs", "changes" }, { "clus", "cluster" },
		{ "coord", "coordination" },
		{ "decep", "deception" }, { "dupl.", "duplicates" },
		{ "each", "per account" }, { "fdr", "false discovery rate" },
		{ "follow", "followers" }, { "hdls", "handles" }, { "in cl.", "in clusters" },
		{ "lag s", "lag in seconds" }, { "no", "number" }, { "once", "once called" },
		{ "overt", "overtness" }, { "srcs", "sources" }, { "ver", "verified" },
	};
	const char *title = column_title(column);

	if (strcmp(title, column->name) == 0)	/* as an analyst's query may call it */
		return title;
	for (size_t i = 0; i < sizeof(in_full) / sizeof(in_full[0]); i++)
		if (strcmp(in_full[i][0], title) == 0)
			return in_full[i][1];
	return title;
}
