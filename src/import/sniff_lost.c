/*
 * sniff_lost.c - what of a JSON object no fact takes, by its path: of a table such a
 * cell is kept with its row, of JSON it is gone, and who relies on it must be told.
 *
 * An object of which one key is read is gone through; one that nothing reads is named
 * itself, without what is in it.
 */
#include "config.h"

#include "import/sniff.h"

enum { DEPTH_MAX = 8, ELEMENTS_MAX = 3, PATH_BYTES_MAX = 128 };

enum { REACH_MAX = FIELDS_MAX + 32 };

/* The rests of paths that reach an object. */
struct reach {
	const char *rest[REACH_MAX];
	struct claque_str where[REACH_MAX];	/* the key that chose it out of a list */
	size_t count;
};

struct losses {
	const struct format *format;
	char *list;
	size_t room;
	bool full;
	char path[PATH_BYTES_MAX];
};

enum taken { TAKEN_NOT, TAKEN_WHOLE, TAKEN_IN_PARTS };

static bool
is_listed(const char *list, const char *path)
{
	size_t len = strlen(path);

	for (const char *at = list; (at = strstr(at, path)) != NULL; at += len)
		if ((at == list || at[-1] == ' ') && (at[len] == ',' || at[len] == '\0'))
			return true;
	return false;
}

static void
list_path(struct losses *l)
{
	size_t used = strlen(l->list), len = strlen(l->path);

	if (l->full || is_listed(l->list, l->path))
		return;
	l->full = used + len + sizeof(", , ...") > l->room;
	if (l->full) {
		memcpy(l->list + used, ", ...", sizeof(", ..."));
		return;
	}
	if (used > 0) {
		memcpy(l->list + used, ", ", 2);
		used += 2;
	}
	memcpy(l->list + used, l->path, len + 1);
}

static bool
is_one_of(struct claque_str keys, struct claque_str key)
{
	struct claque_str each;

	while (str_cut(&keys, '|', &each))
		if (str_eq(each, key))
			return true;
	return false;
}

/* What is read under this key; the rests of the paths that go on there are in `under`. */
static enum taken
follow(const struct reach *at, struct claque_str key, struct reach *under)
{
	enum taken taken = TAKEN_NOT;

	under->count = 0;
	for (size_t i = 0; i < at->count; i++) {
		const char *rest = at->rest[i];
		struct feed_part part;

		if (str_eq(at->where[i], key))
			return TAKEN_WHOLE;
		if (!feed_path_part(&rest, &part) || !is_one_of(part.key, key))
			continue;
		if (*rest == '\0')
			return TAKEN_WHOLE;
		taken = TAKEN_IN_PARTS;
		under->rest[under->count] = rest;
		under->where[under->count++] = part.where;
	}
	return taken;
}

/* What tells the format is read, and nothing in it is lost. */
static bool
is_sign(const struct format *format, struct claque_str key)
{
	for (size_t i = 0; format->signature[i] != NULL; i++) {
		const char *rest = format->signature[i];
		struct feed_part part;

		if (feed_path_part(&rest, &part) && is_one_of(part.key, key))
			return true;
	}
	return false;
}

static void look_into(struct losses *l, const json_t *value, const struct reach *at,
		      size_t depth);

static void
look_at(struct losses *l, const char *key, const json_t *value, const struct reach *at,
	size_t depth)
{
	size_t len = strlen(l->path), more = strlen(key);
	struct reach under;
	enum taken taken = follow(at, str_of(key), &under);

	if (json_is_null(value) || more == 0 || len + more + 2 > sizeof(l->path) ||
	    taken == TAKEN_WHOLE)
		return;
	if (taken == TAKEN_NOT && depth == 0 && is_sign(l->format, str_of(key)))
		return;
	if (len > 0)
		l->path[len] = '.';
	memcpy(l->path + len + (len > 0), key, more + 1);
	if (taken == TAKEN_NOT)
		list_path(l);
	else
		look_into(l, value, &under, depth + 1);
	l->path[len] = '\0';
}

static void
look_into(struct losses *l, const json_t *value, const struct reach *at, size_t depth)
{
	const char *key;
	json_t *each;

	if (depth == DEPTH_MAX)
		return;
	for (size_t i = 0; i < ELEMENTS_MAX && i < json_array_size(value); i++)
		look_into(l, json_array_get(value, i), at, depth + 1);
	json_object_foreach((json_t *)(uintptr_t)value, key, each)
		look_at(l, key, each, at, depth);
}

void
sniff_lost(struct mapping *m, const json_t *object)
{
	const struct format *format = m->format;
	struct losses l = { .format = format, .list = m->unknown, .room = sizeof(m->unknown),
			    .full = is_listed(m->unknown, "...") };
	struct reach at = { .count = format->field_count };

	if (format->field_count == 0)	/* a function of its own takes what it can */
		return;
	for (size_t f = 0; f < at.count; f++)
		at.rest[f] = format->fields[f].name;
	for (size_t i = 0; format->reads != NULL && format->reads[i] != NULL && at.count < REACH_MAX; i++)
		at.rest[at.count++] = format->reads[i];
	look_into(&l, object, &at, 0);
}
