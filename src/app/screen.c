#include "config.h"

#include "app/screen.h"

static const struct screen screens[] = {
#define X(id, name_, title_, letter_, digit_, list, second, help_) \
	[SCREEN_##id] = { .name = name_, .title = title_, .help = help_, .letter = letter_, \
			  .digit = digit_, .lists = { LIST_##list, LIST_##second } },
	SCREEN_LIST(X)
#undef X
};

/* What one wants to see first of a subject of each kind. */
static const enum screen_id first_screens[SUBJECT_COUNT] = {
	[SUBJECT_none] = SCREEN_CLUSTERS,
	[SUBJECT_cluster] = SCREEN_ACCOUNTS,
	[SUBJECT_account] = SCREEN_ACCOUNT,
	[SUBJECT_source] = SCREEN_POSTS,
	[SUBJECT_post] = SCREEN_POSTS,
	[SUBJECT_change] = SCREEN_ACCOUNTS,
	[SUBJECT_indicator] = SCREEN_ACCOUNTS,
	[SUBJECT_evidence] = SCREEN_POSTS,
	[SUBJECT_set] = SCREEN_ACCOUNTS,
	[SUBJECT_trick] = SCREEN_ACCOUNTS,
	[SUBJECT_sources] = SCREEN_SHARERS,
	[SUBJECT_posts] = SCREEN_ACCOUNTS,
	[SUBJECT_look] = SCREEN_ACCOUNTS,
	[SUBJECT_query] = SCREEN_CONSOLE,
	[SUBJECT_handle] = SCREEN_ACCOUNTS,
	[SUBJECT_match] = SCREEN_ACCOUNTS,
	[SUBJECT_portrait] = SCREEN_ACCOUNTS,
};

const struct screen *
screen_get(enum screen_id id)
{
	return &screens[id];
}

bool
screen_parse(struct claque_str name, enum screen_id *out)
{
	for (unsigned i = 0; i < SCREEN_COUNT; i++)
		if (str_eq(name, str_of(screens[i].name))) {
			*out = (enum screen_id)i;
			return true;
		}
	return false;
}

bool
screen_takes(enum screen_id id, enum subject_kind kind)
{
	if (id == SCREEN_ACCOUNT)
		return kind == SUBJECT_account;
	if ((id == SCREEN_MOVERS || id == SCREEN_SHARERS) && kind == SUBJECT_none)
		return false;
	if (id == SCREEN_CASE)
		return kind == SUBJECT_none;
	if ((id == SCREEN_MATRIX || id == SCREEN_EGO) && kind == SUBJECT_set)
		return true;
	if (id == SCREEN_CONSOLE)
		return kind == SUBJECT_none || kind == SUBJECT_query;
	if (id == SCREEN_MATRIX || id == SCREEN_EGO || id == SCREEN_COMPARE)
		return kind == SUBJECT_cluster || kind == SUBJECT_account;
	return kind == SUBJECT_none || list_takes(screens[id].lists[0], kind);
}

bool
screen_is_picture(enum screen_id id)
{
	return id == SCREEN_TIMELINE || id == SCREEN_MATRIX || id == SCREEN_COMPARE ||
	       id == SCREEN_ACH;
}

enum screen_id
screen_of(enum subject_kind kind)
{
	return first_screens[kind];
}
