/*
 * maps.c - formats that users write, one file each: share/formats/NAME.map and
 * those in a folder of their own. claque-formats(7) tells the lines.
 *
 * A line that is not understood refuses the file: a fact that is quietly not
 * taken is found out months later, or never.
 */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"
#include "import/format.h"
#include "text/lines.h"

enum {
	MAPS_MAX = 200, MAP_BYTES_MAX = 64 << 10, NAME_MAX_LEN = 40, NEED_MAX = 16,
	MAPS_ARENA = 64 << 20, PATHS_ARENA = 64 << 10, FAULTS_MAX = 32,
};

struct import_maps {
	struct arena whole, perm;
	const struct format *formats[MAPS_MAX];
	size_t count;
	const char *faults[FAULTS_MAX];	/* of files of the folders that were left out */
	size_t fault_count;
};

/* One file while it is read. */
struct map {
	struct import_maps *maps;
	const char *path;
	size_t line;
	struct format *format;
	struct field *fields;
	const char **need;
	size_t need_count;
	bool json, table;
	struct claque_err *err;
};

static enum claque_rc refuse(struct map *m, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

static enum claque_rc
refuse(struct map *m, const char *fmt, ...)
{
	char text[300];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (m->line == 0)
		return err_set(m->err, CLAQUE_EINPUT, "%s: %s", m->path, text);
	return err_set(m->err, CLAQUE_EINPUT, "%s:%zu: %s", m->path, m->line, text);
}

static const char *
keep(struct map *m, struct claque_str s)
{
	return str_z(&m->maps->perm, s);
}

static enum claque_rc
take_name(struct map *m, struct claque_str value)
{
	size_t count;
	const struct import_format *formats = import_formats(&count);

	if (!lines_is_name(value, NAME_MAX_LEN))
		return refuse(m, "'%.*s' is no name; write at most %d small letters, digits and -",
			      QUOTED(value), NAME_MAX_LEN);
	for (size_t i = 0; i < count; i++)
		if (str_eq(value, str_of(formats[i].name)))
			return refuse(m, "'%.*s' is the name of a format of claque's own; take "
				      "another", QUOTED(value));
	m->format->about.name = keep(m, value);
	return CLAQUE_OK;
}

static enum claque_rc
take_help(struct map *m, struct claque_str value)
{
	m->format->about.help = keep(m, value);
	return CLAQUE_OK;
}

static enum claque_rc
take_shape(struct map *m, struct claque_str value)
{
	m->table = str_eq(value, STR("table")) || str_eq(value, STR("tsv"));
	m->json = str_eq(value, STR("json"));
	m->format->tabs = str_eq(value, STR("tsv"));
	if (m->table || m->json)
		return CLAQUE_OK;
	return refuse(m, "shape '%.*s': write table, tsv or json", QUOTED(value));
}

static enum claque_rc
take_platform(struct map *m, struct claque_str value)
{
	if (!lines_is_name(value, NAME_MAX_LEN))
		return refuse(m, "platform '%.*s': write one word in small letters, as x or "
			      "telegram", QUOTED(value));
	m->format->feed.platform = keep(m, value);
	return CLAQUE_OK;
}

static enum claque_rc
take_times(struct map *m, struct claque_str value)
{
	static const char *const names[] = {
		[ID_TIME_NONE] = "none", [ID_TIME_X] = "x", [ID_TIME_TIKTOK] = "tiktok",
		[ID_TIME_MASTODON] = "mastodon", [ID_TIME_BLUESKY] = "bluesky",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(value, str_of(names[i]))) {
			m->format->feed.id_time = (enum id_time)i;
			return CLAQUE_OK;
		}
	return refuse(m, "times '%.*s': write x, tiktok, mastodon, bluesky or none, whose ids "
		      "tell when they were given", QUOTED(value));
}

static enum claque_rc
take_links(struct map *m, struct claque_str value)
{
	m->format->feed.from_text = str_eq(value, STR("text"));
	if (m->format->feed.from_text || str_eq(value, STR("facts")))
		return CLAQUE_OK;
	return refuse(m, "links '%.*s': write text or facts, where links and hashtags come from",
		      QUOTED(value));
}

static enum claque_rc
take_need(struct map *m, struct claque_str value)
{
	struct claque_str place;

	while (str_cut(&value, ',', &place)) {
		place = str_trim(place);
		if (place.len == 0)
			return refuse(m, "need: nothing stands between two commas; take one away");
		if (m->need_count == NEED_MAX)
			return refuse(m, "need: at most %d places; name those that tell the format "
				      "from others", NEED_MAX);
		m->need[m->need_count++] = keep(m, place);
	}
	return CLAQUE_OK;
}

static const struct word {
	const char *name;
	enum claque_rc (*take)(struct map *m, struct claque_str value);
} words[] = {
#define X(name, values, help) { #name, take_##name },
	MAP_WORD_LIST(X)
#undef X
};

/* Cuts "PLACE SIGN REST" where the sign stands between blanks, last one first. */
static bool
cut_at(struct claque_str *s, const char *sign, struct claque_str *rest)
{
	struct claque_str mark = str_of(sign);

	for (size_t i = s->len; i-- > 0; )
		if (str_starts(str_sub(*s, i, s->len), mark)) {
			*rest = str_trim(str_sub(*s, i + mark.len, s->len));
			*s = str_trim(str_sub(*s, 0, i));
			return true;
		}
	return false;
}

static bool
is_taken(const struct map *m, struct claque_str place)
{
	for (size_t f = 0; f < m->format->field_count; f++)
		if (str_eq_nocase(place, str_of(m->fields[f].name)))
			return true;
	return false;
}

static enum claque_rc
take_fact(struct map *m, struct claque_str name, struct claque_str place)
{
	struct field field = { 0 };
	struct claque_str how = { 0 }, inside = { 0 };

	if (!feed_role_parse(name, &field.role))
		return refuse(m, "'%.*s' is no fact; claque-formats(7) lists them", QUOTED(name));
	if (cut_at(&place, " : ", &how) && !feed_how_parse(how, &field.how))
		return refuse(m, "'%.*s' is no way to write a fact; claque-formats(7) lists them",
			      QUOTED(how));
	if (cut_at(&place, " > ", &inside))
		field.inside = keep(m, inside);
	if (place.len == 0)
		return refuse(m, "%s: no place after the =; write a column, or a path of JSON",
			      feed_role_name(field.role));
	if (m->format->field_count == FIELDS_MAX)
		return refuse(m, "more than %d facts", FIELDS_MAX);
	if (m->table && is_taken(m, place))
		return refuse(m, "column '%.*s' is taken by a fact above; a column is one fact",
			      QUOTED(place));
	field.name = keep(m, place);
	m->fields[m->format->field_count++] = field;
	return CLAQUE_OK;
}

static enum claque_rc
take_word(struct map *m, struct claque_str name, struct claque_str value)
{
	if (value.len == 0)
		return refuse(m, "'%.*s': nothing stands behind it", QUOTED(name));
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(name, str_of(words[i].name)))
			return words[i].take(m, value);
	return refuse(m, "'%.*s' is no word that a line begins with; write 'fact = place', or one "
		      "of name, help, shape, platform, times, links, need", QUOTED(name));
}

static enum claque_rc
take_line(struct map *m, struct claque_str line)
{
	struct claque_str name, rest;
	size_t len = 0;

	line = str_trim(line);
	if (line.len == 0 || line.p[0] == '#')
		return CLAQUE_OK;
	if (memchr(line.p, '\0', line.len) != NULL)
		return refuse(m, "a NUL byte; this is no text");
	while (len < line.len && !byte_is_space(line.p[len]) && line.p[len] != '=')
		len++;
	name = str_sub(line, 0, len);
	rest = str_trim(str_sub(line, len, line.len));
	if (!str_starts(rest, STR("=")))
		return take_word(m, name, rest);
	if (!m->table && !m->json)
		return refuse(m, "a fact before the shape; write 'shape table', tsv or json above");
	return take_fact(m, name, str_trim(str_sub(rest, 1, rest.len)));
}

static bool
has_fact(const struct map *m, enum feed_role role)
{
	for (size_t f = 0; f < m->format->field_count; f++)
		if (m->fields[f].role == role)
			return true;
	return false;
}

/* What tells a format is looked for in every item: no lists. */
static enum claque_rc
check_need(struct map *m)
{
	if (m->need_count == 0)
		return refuse(m, "it has no line 'need'; name the columns or paths that tell such a "
			      "file from others");
	for (size_t i = 0; m->json && i < m->need_count; i++)
		if (strchr(m->need[i], '[') != NULL)
			return refuse(m, "need '%.60s': a path that goes through a list tells no "
				      "file; name another", m->need[i]);
	return CLAQUE_OK;
}

static enum claque_rc
check_whole(struct map *m)
{
	const struct format *format = m->format;

	m->line = 0;
	if (format->about.name == NULL || format->about.help == NULL || (!m->table && !m->json))
		return refuse(m, "it has no line '%s'; add one", format->about.name == NULL ? "name" :
			      format->about.help == NULL ? "help" : "shape");
	if (!has_fact(m, ROLE_account_id) && !has_fact(m, ROLE_handle))
		return refuse(m, "no fact says whose a row is; add account_id or handle");
	if (has_fact(m, ROLE_post_id) && !has_fact(m, ROLE_created_at) &&
	    format->feed.id_time == ID_TIME_NONE)
		return refuse(m, "no fact says when a post was made; add created_at, or times if its "
			      "id tells");
	return check_need(m);
}

static const char *
list_needs(struct map *m)
{
	struct claque_str list = { 0 };

	for (size_t i = 0; i < m->need_count; i++)
		list = str_fmt(&m->maps->perm, STR_FMT "%s%s", STR_ARG(list), i > 0 ? ", " : "",
			       m->need[i]);
	return list.p;
}

static void
finish(struct map *m)
{
	struct format *format = m->format;

	format->about.columns = list_needs(m);
	format->fields = m->fields;
	format->signature = m->need;
	format->row = m->table ? feed_table_row : NULL;
	format->item = m->json ? feed_json_item : NULL;
}

/* Before all others, or after them unless its name is there already. */
static enum claque_rc
insert(struct map *m, bool first)
{
	struct import_maps *maps = m->maps;

	for (size_t i = 0; !first && i < maps->count; i++)
		if (strcmp(maps->formats[i]->about.name, m->format->about.name) == 0)
			return CLAQUE_OK;
	if (maps->count == MAPS_MAX)
		return refuse(m, "more than %d mapping files; move some away", MAPS_MAX);
	if (first && maps->count > 0)
		memmove(maps->formats + 1, maps->formats, maps->count * sizeof(*maps->formats));
	maps->formats[first ? 0 : maps->count] = m->format;
	maps->count++;
	return CLAQUE_OK;
}

static enum claque_rc
parse(struct import_maps *maps, const char *path, struct claque_str bytes, bool first,
      const char **name, struct claque_err *err)
{
	struct map m = { .maps = maps, .path = path, .err = err };
	struct claque_str line;
	enum claque_rc rc = CLAQUE_OK;

	m.format = ARENA_NEW(&maps->perm, struct format, 1);
	m.fields = ARENA_NEW(&maps->perm, struct field, FIELDS_MAX);
	m.need = ARENA_NEW(&maps->perm, const char *, NEED_MAX + 1);
	if (bytes.len > MAP_BYTES_MAX)
		return refuse(&m, "over %d bytes; no mapping needs so many", MAP_BYTES_MAX);
	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_sub(bytes, 3, bytes.len);
	while (rc == CLAQUE_OK && str_cut(&bytes, '\n', &line)) {
		m.line++;
		rc = take_line(&m, line);
	}
	if (rc == CLAQUE_OK)
		rc = check_whole(&m);
	if (rc != CLAQUE_OK)
		return rc;
	finish(&m);
	*name = m.format->about.name;
	return insert(&m, first);
}

static enum claque_rc
add_file(struct import_maps *maps, const char *path, bool first, const char **name,
	 struct claque_err *err)
{
	enum claque_rc rc;
	struct buf text;

	buf_init(&text, MAP_BYTES_MAX + 1);
	rc = file_read(path, &text, err);
	if (rc == CLAQUE_OK)
		rc = parse(maps, path, buf_str(&text), first, name, err);
	buf_done(&text);
	return rc;
}

/* One bad file of a folder must not keep every other format from being read. */
static enum claque_rc
add_found(void *ctx, const char *path, struct claque_err *err)
{
	struct import_maps *maps = ctx;
	const char *name;

	if (add_file(maps, path, false, &name, err) != CLAQUE_OK && maps->fault_count < FAULTS_MAX)
		maps->faults[maps->fault_count++] = str_z(&maps->perm, str_of(err->msg));
	return CLAQUE_OK;
}

enum claque_rc
import_maps_read(const char *const *folders, size_t count, struct import_maps **out,
		 struct claque_err *err)
{
	struct import_maps *maps = calloc(1, sizeof(*maps));
	const struct folder_walk walk = { ".map", maps, add_found };
	struct arena paths = arena_new(PATHS_ARENA);
	enum claque_rc rc = CLAQUE_OK;

	if (maps == NULL)
		base_oom();
	maps->whole = maps->perm = arena_new(MAPS_ARENA);
	for (size_t i = 0; i < count && rc == CLAQUE_OK; i++)
		if (folders[i] != NULL)
			rc = folder_each(folders[i], &walk, paths, err);
	arena_free(paths);
	if (rc != CLAQUE_OK) {
		import_maps_free(maps);
		maps = NULL;
	}
	*out = maps;
	return rc;
}

enum claque_rc
import_maps_add(struct import_maps *maps, const char *path, const char **name,
		struct claque_err *err)
{
	return add_file(maps, path, true, name, err);
}

enum claque_rc
import_maps_parse(struct import_maps *maps, const char *path, struct claque_str bytes,
		  const char **name, struct claque_err *err)
{
	return parse(maps, path, bytes, true, name, err);
}

void
import_maps_free(struct import_maps *maps)
{
	if (maps == NULL)
		return;
	arena_free(maps->whole);
	free(maps);
}

size_t
import_maps_count(const struct import_maps *maps)
{
	return maps != NULL ? maps->count : 0;
}

const char *
import_maps_fault(const struct import_maps *maps, size_t i)
{
	return maps != NULL && i < maps->fault_count ? maps->faults[i] : NULL;
}

const struct format *
import_maps_at(const struct import_maps *maps, size_t i)
{
	return i < import_maps_count(maps) ? maps->formats[i] : NULL;
}

const struct import_format *
import_maps_about(const struct import_maps *maps, size_t i)
{
	const struct format *format = import_maps_at(maps, i);

	return format != NULL ? &format->about : NULL;
}
