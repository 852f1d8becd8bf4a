/*
 * feed_path.c - places in JSON: "user.id_str", "entities.urls[].expanded_url",
 * "referenced_tweets[type=quoted].id".
 *
 * A part is a key; after it "[]" goes through a list and "[key=value]" through
 * those of its objects that say so. Of "unwound_url|expanded_url" the first that
 * is there counts, and of a value without keys it means the value: "[].tag|" reads
 * [{"tag": "a"}] and ["a"]. Whatever the object lacks is missing.
 */
#include "config.h"

#include "import/feed.h"

enum { PATH_PARTS_MAX = 12 };

struct walk {
	void *ctx;
	void (*take)(void *ctx, struct claque_str text);
	struct arena *scratch;
	size_t found;
};

bool
feed_path_part(const char **path, struct feed_part *out)
{
	const char *p = *path;
	size_t len = strcspn(p, ".[");

	if (*p == '\0')
		return false;
	*out = (struct feed_part){ .key = { p, len } };
	p += len;
	if (*p == '[') {
		size_t inside = strcspn(++p, "]"), equals = strcspn(p, "=]");

		out->list = true;
		out->where = (struct claque_str){ p, equals < inside ? equals : 0 };
		if (equals < inside)
			out->is = (struct claque_str){ p + equals + 1, inside - equals - 1 };
		p += inside + (p[inside] == ']');
	}
	*path = p + (*p == '.');
	return true;
}

static const json_t *
take_key(const json_t *at, struct claque_str keys)
{
	bool choice = memchr(keys.p, '|', keys.len) != NULL;
	const json_t *found = NULL;
	struct claque_str key;

	if (!choice)
		return json_object_getn(at, keys.p, keys.len);
	if (!json_is_object(at))
		return at;
	while ((found == NULL || json_is_null(found)) && str_cut(&keys, '|', &key))
		found = json_object_getn(at, key.p, key.len);
	return found;
}

static struct claque_str
scalar_text(const json_t *value, struct arena *scratch)
{
	switch (json_typeof(value)) {
	case JSON_STRING:
		return json_string_of(value);
	case JSON_INTEGER:
		return str_fmt(scratch, "%lld", (long long)json_integer_value(value));
	case JSON_REAL:
		return str_fmt(scratch, "%.17g", json_real_value(value));
	case JSON_TRUE:
		return STR("true");
	case JSON_FALSE:
		return STR("false");
	case JSON_OBJECT:
	case JSON_ARRAY:
	case JSON_NULL:
		break;
	}
	return (struct claque_str){ 0 };
}

static bool
says(const json_t *object, const struct feed_part *part)
{
	const json_t *value;

	if (part->where.len == 0)
		return true;
	value = json_object_getn(object, part->where.p, part->where.len);
	return json_is_string(value) && str_eq(json_string_of(value), part->is);
}

static void walk(struct walk *w, const json_t *at, const char *path, size_t parts);

static void
walk_list(struct walk *w, const json_t *list, const struct feed_part *part, const char *path,
	  size_t parts)
{
	size_t i;
	json_t *each;

	if (!json_is_array(list)) {
		walk(w, list, path, parts);	/* one is written without its list */
		return;
	}
	json_array_foreach(list, i, each)
		if (says(each, part))
			walk(w, each, path, parts);
}

/* Recursion is as deep as the path is long, and paths are ours or a mapping file's. */
static void
walk(struct walk *w, const json_t *at, const char *path, size_t parts)
{
	struct feed_part part;
	struct claque_str text;

	if (at == NULL || parts == PATH_PARTS_MAX)
		return;
	if (!feed_path_part(&path, &part)) {
		text = scalar_text(at, w->scratch);
		if (text.p == NULL)
			return;
		w->found++;
		w->take(w->ctx, text);
		return;
	}
	if (part.key.len > 0)
		at = take_key(at, part.key);
	if (part.list)
		walk_list(w, at, &part, path, parts + 1);
	else
		walk(w, at, path, parts + 1);
}

struct adding {
	struct feed_facts *facts;
	enum feed_role role;
	enum feed_how how;
	struct arena *scratch;
};

static void
add_one(void *ctx, struct claque_str text)
{
	struct adding *a = ctx;

	feed_add(a->facts, a->role, a->how, text, a->scratch);
}

bool
feed_add_path(struct feed_facts *facts, enum feed_role role, enum feed_how how,
	      const json_t *object, const char *path, struct arena *scratch)
{
	struct adding adding = { facts, role, how, scratch };
	struct walk w = { &adding, add_one, scratch, 0 };

	walk(&w, object, path, 0);
	return w.found > 0;
}

static void
keep_first(void *ctx, struct claque_str text)
{
	struct claque_str *out = ctx;

	if (out->p == NULL)
		*out = text;
}

struct claque_str
feed_text(const json_t *object, const char *path, struct arena *scratch)
{
	struct claque_str out = { 0 };
	struct walk w = { &out, keep_first, scratch, 0 };

	walk(&w, object, path, 0);
	return out;
}

const json_t *
feed_at(const json_t *object, const char *path)
{
	struct feed_part part;

	while (object != NULL && feed_path_part(&path, &part))
		object = take_key(object, part.key);
	return object;
}
