#include "config.h"

#include "app/scenarios.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/value.h"
#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"
#include "base/map.h"

enum { ROOM = 4 << 20, PATHS = 1 << 16, FOLDERS = 2 };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct column list_columns[] = {
	{ .name = "name", .form = FORM_ID }, { .name = "posts", .form = FORM_COUNT },
	{ .name = "networks", .form = FORM_COUNT }, { .name = "planted", .form = FORM_COUNT },
	{ .name = "innocents", .form = FORM_COUNT }, { .name = "title", .form = FORM_TEXT },
	{ .name = "teaches", .form = FORM_TEXT }, { .name = "after", .form = FORM_TEXT },
	{ .name = "file", .form = FORM_ID },
};

static const struct column explain_columns[] = {
	{ .name = "part", .form = FORM_ID }, { .name = "word", .form = FORM_ID },
	{ .name = "value", .form = FORM_ID }, { .name = "said", .form = FORM_ID },
	{ .name = "meaning", .form = FORM_TEXT }, { .name = "values", .form = FORM_TEXT },
};

/* NULL: there is none. */
static void
find_folders(struct arena *perm, const char *out[FOLDERS])
{
	out[0] = folder_of_user(perm, "XDG_CONFIG_HOME", ".config", "scenarios");
	out[1] = folder_of_data(perm, "CLAQUE_SCENARIOS", "scenarios");
}

static enum claque_rc
read_path(const char *path, struct arena *perm, struct script *out, struct claque_err *err)
{
	enum claque_rc rc;
	struct buf text;

	buf_init(&text, SCRIPT_BYTES_MAX + 1);
	rc = file_read(path, &text, err);
	if (rc == CLAQUE_OK)
		rc = script_read(perm, path, buf_str(&text), out, err);
	buf_done(&text);
	return rc;
}

static bool
is_path(const char *name)
{
	struct claque_str s = str_of(name), end = STR(".conf");

	return s.len > end.len && str_eq(str_sub(s, s.len - end.len, end.len), end);
}

enum claque_rc
scenarios_read(const char *name, struct arena *perm, struct script *out, struct claque_err *err)
{
	const char *folders[FOLDERS];

	if (is_path(name))
		return read_path(name, perm, out, err);
	find_folders(perm, folders);
	for (size_t i = 0; i < FOLDERS && strchr(name, '/') == NULL; i++) {
		const char *path;

		if (folders[i] == NULL)
			continue;
		path = str_fmt(perm, "%s/%s.conf", folders[i], name).p;
		if (access(path, F_OK) == 0)
			return read_path(path, perm, out, err);
	}
	return err_set(err, CLAQUE_ENOTFOUND, "no scenario '%s'; claque generate --scenarios lists "
		       "them, and a file of your own is named by its path, which ends in .conf",
		       name);
}

struct listing {
	const struct row_sink *sink;
	struct map seen;
	struct arena perm;
	int64_t row;
};

static int64_t
count_innocents(const struct script *s)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < SCRIPT_SORT_COUNT; i++)
		n += i == SCRIPT_SPAM ? 0 : (uint64_t)s->sorts[i].count * s->sorts[i].members;
	return (int64_t)n;
}

static int64_t
count_planted(const struct script *s)
{
	uint64_t n = s->settings.planted + s->settings.twins;

	for (size_t i = 0; i < s->network_count; i++)
		n += s->networks[i].count + s->networks[i].twins + s->networks[i].returned;
	return (int64_t)n;
}

/* The demo's cells and fans are its model's, not the file's. */
static enum claque_rc
list_file(void *ctx, const char *path, struct claque_err *err)
{
	struct listing *l = ctx;
	struct arena perm = l->perm;
	struct script *s = ARENA_NEW(&perm, struct script, 1);
	enum claque_rc rc = read_path(path, &perm, s, err);
	bool is_new;

	if (rc != CLAQUE_OK)
		return rc;
	(void)map_add(&l->seen, s->name, &is_new);
	if (is_new) {
		const struct value none = { .type = VALUE_NULL };
		const struct value values[LENGTH(list_columns)] = {
			value_str(s->name), value_int((int64_t)s->settings.posts),
			s->demo ? none : value_int((int64_t)s->network_count),
			value_int(count_planted(s)),
			s->demo ? none : value_int(count_innocents(s)), value_str(s->title),
			value_str(s->teaches), value_str(s->after), value_str(str_of(path)) };

		(void)l->sink->each(l->sink->ctx, &(struct row){ ++l->row, values });
	}
	return CLAQUE_OK;
}

enum claque_rc
scenarios_list(const struct row_sink *sink, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM), paths = arena_new(PATHS), perm = paths;
	struct listing l = { .sink = sink, .perm = whole };
	const struct folder_walk walk = { ".conf", &l, list_file };
	const char *folders[FOLDERS];
	enum claque_rc rc = CLAQUE_OK;

	find_folders(&perm, folders);
	map_init(&l.seen);
	sink->head(sink->ctx, list_columns, LENGTH(list_columns));
	for (size_t i = 0; i < FOLDERS && rc == CLAQUE_OK; i++)
		if (folders[i] != NULL)
			rc = folder_each(folders[i], &walk, perm, err);
	map_done(&l.seen);
	arena_free(paths);
	arena_free(whole);
	return rc;
}

/* --- one of them, word by word */

/* Which words a world of this model has. */
static bool
is_read(const struct script *s, const struct script_key *k)
{
	return k->scope == SCRIPT_ANY || k->scope == (s->demo ? SCRIPT_DEMO : SCRIPT_OPEN);
}

static struct claque_str
who_says(const struct script *s, size_t i, size_t part, struct arena *perm)
{
	const struct script_key *k = script_key(i);

	if ((s->given[part] >> i & 1) != 0)
		return STR("the file");
	if (k->knob)
		return str_fmt(perm, "level %d", s->levels[part - 1]);
	return STR("standard");
}

/* part 0: the world, 1: the first network. */
static void
explain_part(const struct script *s, size_t part, const struct row_sink *sink, struct arena scratch)
{
	for (size_t i = 0; i < script_key_count(); i++) {
		const struct script_key *k = script_key(i);
		struct arena perm = scratch;
		struct claque_str value;

		if (part > 0 ? k->scope != SCRIPT_NETWORK : !is_read(s, k))
			continue;
		value = script_is_read(s, i, part - 1) ? script_value(s, i, part - 1, &perm)
						       : STR("");
		const struct value values[LENGTH(explain_columns)] = {
			value_str(str_of(part > 0 ? s->networks[part - 1].name : "")),
			value_str(str_of(k->name)), value_str(value),
			value_str(value.len > 0 ? who_says(s, i, part, &perm) : STR("")),
			value_str(str_of(k->help)), value_str(script_key_values(i, &perm)) };

		(void)sink->each(sink->ctx, &(struct row){ (int64_t)i, values });
	}
}

void
scenarios_explain(const struct script *s, const struct row_sink *sink)
{
	struct arena scratch = arena_new(PATHS);

	sink->head(sink->ctx, explain_columns, LENGTH(explain_columns));
	for (size_t part = 0; part <= s->network_count; part++)
		explain_part(s, part, sink, scratch);
	arena_free(scratch);
}
