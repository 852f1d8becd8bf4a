#include "config.h"

#include "model/record.h"

#define X(name, ...) [POST_##name] = #name,
static const char *const post_kinds[] = { POST_KIND_LIST(X) };
#undef X
#define X(name, ...) [INDICATOR_##name] = #name,
static const char *const indicator_kinds[] = { INDICATOR_KIND_LIST(X) };
#undef X
#define X(name, ...) [CLAQUE_OBJECT_##name] = #name,
static const char *const object_kinds[] = { CLAQUE_OBJECT_LIST(X) };
#undef X
#define X(name, ...) [CLAQUE_ACT_##name] = #name,
static const char *const acts[] = { CLAQUE_ACT_LIST(X) };
#undef X
#define X(name, ...) [CLAQUE_FIELD_##name] = #name,
static const char *const fields[] = { CLAQUE_FIELD_LIST(X) };
#undef X

static bool
find_name(const char *const *names, size_t count, struct claque_str s, unsigned *out)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(str_of(names[i]), s)) {
			*out = (unsigned)i;
			return true;
		}
	return false;
}

const char *
post_kind_name(enum post_kind kind)
{
	return (unsigned)kind < POST_KIND_COUNT ? post_kinds[kind] : "unknown";
}

bool
post_kind_parse(struct claque_str s, enum post_kind *out)
{
	unsigned i;

	if (!find_name(post_kinds, POST_KIND_COUNT, s, &i))
		return false;
	*out = (enum post_kind)i;
	return true;
}

const char *
indicator_kind_name(enum indicator_kind kind)
{
	return (unsigned)kind < INDICATOR_KIND_COUNT ? indicator_kinds[kind] : "unknown";
}

bool
indicator_kind_parse(struct claque_str s, enum indicator_kind *out)
{
	unsigned i;

	if (!find_name(indicator_kinds, INDICATOR_KIND_COUNT, s, &i))
		return false;
	*out = (enum indicator_kind)i;
	return true;
}

const char *
object_kind_name(enum claque_object_kind kind)
{
	return (unsigned)kind < CLAQUE_OBJECT_COUNT ? object_kinds[kind] : "unknown";
}

bool
object_kind_parse(struct claque_str s, enum claque_object_kind *out)
{
	unsigned i;

	if (!find_name(object_kinds, CLAQUE_OBJECT_COUNT, s, &i))
		return false;
	*out = (enum claque_object_kind)i;
	return true;
}

const char *
act_name(enum claque_act act)
{
	return (unsigned)act < CLAQUE_ACT_COUNT ? acts[act] : "unknown";
}

bool
act_parse(struct claque_str s, enum claque_act *out)
{
	unsigned i;

	if (!find_name(acts, CLAQUE_ACT_COUNT, s, &i))
		return false;
	*out = (enum claque_act)i;
	return true;
}

enum claque_field
field_parse(struct claque_str s)
{
	unsigned i;

	return find_name(fields, CLAQUE_FIELD_COUNT, s, &i) ? (enum claque_field)i
							    : CLAQUE_FIELD_other;
}
