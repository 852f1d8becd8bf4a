#include "config.h"

#include "app/lessons.h"

#include <stdlib.h>

#include "app/scenarios.h"
#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"

enum { LESSONS_ARENA = 64 << 20, PATH_BYTES = 64 << 10, NAMES_BYTES = 240 };

static enum claque_rc
read_lesson(struct arena *perm, const char *path, struct lesson *out, struct claque_err *err)
{
	struct buf text;
	enum claque_rc rc;

	buf_init(&text, LESSON_BYTES_MAX + 1);
	rc = file_read(path, &text, err);
	if (rc == CLAQUE_OK)
		rc = lesson_read(perm, str_of(path), buf_str(&text), out, err);
	buf_done(&text);
	return rc;
}

static enum claque_rc
add_file(void *ctx, const char *path, struct claque_err *err)
{
	struct lessons *l = ctx;
	enum claque_rc rc;

	if (l->count == LESSONS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s: more than %d lessons; move some away", path,
			       LESSONS_MAX);
	rc = read_lesson(&l->perm, path, &l->at[l->count], err);
	if (rc == CLAQUE_OK && lessons_find(l, l->at[l->count].name) == NULL)
		l->count++;
	return rc;
}

enum claque_rc
lessons_read(struct lessons *out, struct claque_err *err)
{
	struct arena paths = arena_new(PATH_BYTES), perm = paths;
	const struct folder_walk walk = { ".lesson", out, add_file };
	const char *folders[] = {
		folder_of_user(&perm, "XDG_CONFIG_HOME", ".config", "lessons"),
		folder_of_data(&perm, "CLAQUE_LESSONS", "lessons"),
	};
	enum claque_rc rc = CLAQUE_OK;

	out->count = 0;
	out->whole = out->perm = arena_new(LESSONS_ARENA);
	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(folders) / sizeof(folders[0]); i++)
		if (folders[i] != NULL)
			rc = folder_each(folders[i], &walk, perm, err);
	arena_free(paths);
	return rc;
}

void
lessons_done(struct lessons *l)
{
	if (l->whole.beg != NULL)
		arena_free(l->whole);
	l->whole = (struct arena){ 0 };
	l->count = 0;
}

const struct lesson *
lessons_find(const struct lessons *l, struct claque_str name)
{
	for (size_t i = 0; i < l->count; i++)
		if (str_eq(l->at[i].name, name))
			return &l->at[i];
	return NULL;
}

static enum claque_rc
not_found(const struct lessons *l, struct claque_str name, struct claque_err *err)
{
	struct buf names;
	enum claque_rc rc;

	buf_init(&names, NAMES_BYTES);
	for (size_t i = 0; i < l->count; i++)
		buf_addf(&names, " " STR_FMT, STR_ARG(l->at[i].name));
	rc = err_set(err, CLAQUE_ENOTFOUND, "no lesson '" STR_FMT "'; there %s" STR_FMT "%s",
		     STR_ARG(str_head(name, LESSON_NAME_MAX)), l->count > 0 ? "are:" : "is none",
		     STR_ARG(buf_str(&names)), names.over ? " ..." : "");
	buf_done(&names);
	return rc;
}

static bool
is_path(struct claque_str name)
{
	struct claque_str end = STR(".lesson");

	return str_find(name, STR("/"), 0) < name.len ||
	       (name.len > end.len && str_eq(str_sub(name, name.len - end.len, end.len), end));
}

enum claque_rc
lesson_find(struct arena *perm, struct claque_str name, struct lesson *out,
	    struct claque_err *err)
{
	struct lessons all = { 0 };
	const struct lesson *found;
	enum claque_rc rc;

	if (is_path(name))
		return read_lesson(perm, str_z(perm, name), out, err);
	rc = lessons_read(&all, err);
	found = lessons_find(&all, name);
	if (rc == CLAQUE_OK && found == NULL)
		rc = not_found(&all, name, err);
	else if (rc == CLAQUE_OK)
		rc = read_lesson(perm, str_z(perm, found->path), out, err);
	lessons_done(&all);
	return rc;
}

/* "stealth-3" */
static bool
is_level(struct claque_str name, int *out)
{
	struct claque_str stealth = STR("stealth-");
	int64_t level;

	if (!str_starts(name, stealth) ||
	    !str_to_i64(str_sub(name, stealth.len, name.len), &level) || level < 0 ||
	    level > SCENARIO_STEALTH_MOST)
		return false;
	*out = (int)level;
	return true;
}

/* The demo's world needs no file. */
enum claque_rc
lesson_world(const struct lesson *lesson, struct arena *perm, struct scenario_settings *out,
	     struct claque_err *err)
{
	*out = scenario_defaults();
	if (!str_eq(lesson->scenario, STR("divide-network")) &&
	    !is_level(lesson->scenario, &out->stealth)) {
		struct script *script = ARENA_NEW(perm, struct script, 1);

		if (scenarios_read(str_z(perm, lesson->scenario), perm, script, err) != CLAQUE_OK)
			return err_wrap(err, STR_FMT, STR_ARG(lesson->path));
		*out = script_settings(script);
	}
	out->posts = lesson->posts;
	out->seed = lesson->seed;
	return CLAQUE_OK;
}
