#include "config.h"

#include "export/confirmed.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/map.h"
#include "model/record.h"

struct reading {
	const struct rowset *table;
	struct confirmed *out;
	struct arena *perm;
	struct map people;		/* "platform id" */
	size_t cap;
	bool full, redacted;
};

/* Good for this row only. */
static struct claque_str
view_at(const struct reading *r, const struct row *row, const char *names)
{
	const struct value *v = table_value(row, table_column(r->table, names));

	return v->type == VALUE_TEXT ? v->s : STR("");
}

static struct claque_str
text_at(const struct reading *r, const struct row *row, const char *names)
{
	return str_dup(r->perm, view_at(r, row, names));
}

static int64_t
whole_at(const struct reading *r, const struct row *row, const char *names, int64_t otherwise)
{
	const struct value *v = table_value(row, table_column(r->table, names));

	return v->type == VALUE_INT ? v->i : otherwise;
}

static double
number_at(const struct reading *r, const struct row *row, const char *names)
{
	return value_number(table_value(row, table_column(r->table, names)), -1);
}

static bool
has_tag(struct claque_str tags, struct claque_str tag)
{
	struct claque_str each;

	while (str_cut(&tags, ' ', &each))
		if (each.len > 0 && str_eq_nocase(str_sub(each, each.p[0] == '#', each.len), tag))
			return true;
	return false;
}

/* By its verdict; by its tag where it has none. */
static bool
is_judged(const struct reading *r, const struct row *row, struct claque_str word)
{
	struct claque_str status = view_at(r, row, "status");

	if (status.len > 0 && !str_eq(status, STR("new")))
		return str_eq(status, word);
	return has_tag(view_at(r, row, "tags"), word);
}

static struct group *
find_group(const struct confirmed *c, struct claque_str id)
{
	for (size_t i = 0; i < c->group_count; i++)
		if (str_eq(c->groups[i].id, id))
			return &c->groups[i];
	return NULL;
}

static bool
take_group(struct reading *r, const struct row *row, bool confirmed)
{
	struct confirmed *c = r->out;

	if (c->group_count == GROUPS_MAX) {
		r->full = true;
		return false;
	}
	c->groups[c->group_count++] = (struct group){
		.id = text_at(r, row, "id cluster"), .why = text_at(r, row, "why"),
		.disproof = text_at(r, row, "disproof"), .tags = text_at(r, row, "tags"),
		.first_seen = whole_at(r, row, "first_seen", CLAQUE_NO_TIME),
		.last_seen = whole_at(r, row, "last_seen", CLAQUE_NO_TIME),
		.posts = whole_at(r, row, "posts", COUNT_UNKNOWN),
		.score = number_at(r, row, "score"), .confirmed = confirmed,
	};
	return true;
}

static bool
each_cluster(void *ctx, const struct row *row)
{
	struct reading *r = ctx;

	return !is_judged(r, row, STR("confirmed")) || take_group(r, row, true);
}

static bool
each_lead(void *ctx, const struct row *row)
{
	struct reading *r = ctx;

	return is_judged(r, row, STR("cleared")) || take_group(r, row, false);
}

/* How sure the analyst was: the last verdict of a cluster that is confirmed. */
static bool
each_note(void *ctx, const struct row *row)
{
	struct reading *r = ctx;
	struct group *group = find_group(r->out, view_at(r, row, "target"));

	if (group != NULL && str_eq(view_at(r, row, "word"), STR("confirmed")))
		group->confidence = text_at(r, row, "confidence");
	return true;
}

static bool
each_source(void *ctx, const struct row *row)
{
	struct reading *r = ctx;
	struct confirmed *c = r->out;

	if (!is_judged(r, row, STR("confirmed")))
		return true;
	r->full = c->site_count == SITES_MAX;
	if (r->full)
		return false;
	c->sites[c->site_count++] = (struct site){
		text_at(r, row, "kind"), text_at(r, row, "key"),
		whole_at(r, row, "accounts", COUNT_UNKNOWN), whole_at(r, row, "shares", COUNT_UNKNOWN),
		whole_at(r, row, "first_seen", CLAQUE_NO_TIME),
		whole_at(r, row, "last_seen", CLAQUE_NO_TIME),
	};
	return true;
}

/* The one of this platform and id; made where `make` says so, else NULL. */
static struct person *
find_person(struct reading *r, const struct row *row, bool make)
{
	struct confirmed *c = r->out;
	struct claque_str platform = text_at(r, row, "platform"), id = text_at(r, row, "account_id");
	struct claque_str key = str_fmt(r->perm, STR_FMT " " STR_FMT, STR_ARG(platform), STR_ARG(id));
	uint32_t number = map_get(&r->people, key);

	if (number != MAP_NONE)
		return &c->people[number];
	r->full = r->full || (make && c->people_count == PEOPLE_MAX);
	if (!make || r->full || id.len == 0)
		return NULL;
	(void)map_add(&r->people, key, NULL);
	GROW(c->people, r->cap, c->people_count + 1);
	c->people[c->people_count] = (struct person){
		.id = id, .platform = platform, .created_at = CLAQUE_NO_TIME,
		.first_seen = CLAQUE_NO_TIME, .last_seen = CLAQUE_NO_TIME,
		.followers = COUNT_UNKNOWN, .posts = COUNT_UNKNOWN, .score = -1,
	};
	return &c->people[c->people_count++];
}

/* A redacted table has one name in all places of an account, and no platform knows it. */
static void
name_person(struct reading *r, const struct row *row, struct person *p)
{
	p->handle = text_at(r, row, "handle");
	p->name = text_at(r, row, "display_name");
	p->pseudonym = r->redacted && str_starts(p->id, STR("u_")) &&
		       (p->handle.len == 0 || str_eq(p->handle, p->id));
}

static bool
each_member(void *ctx, const struct row *row)
{
	struct reading *r = ctx;
	const struct group *group = find_group(r->out, view_at(r, row, "cluster"));
	struct person *p;

	if (group == NULL)
		return true;
	p = find_person(r, row, true);
	if (p == NULL)
		return !r->full;
	name_person(r, row, p);
	p->cluster = group->id;
	p->role = text_at(r, row, "role");
	p->posts = whole_at(r, row, "posts", COUNT_UNKNOWN);
	p->score = number_at(r, row, "score");
	p->confirmed = group->confirmed;
	p->left_out = str_eq(p->role, STR("exposed"));
	return true;
}

/* What the table of accounts knows of a member, and the accounts confirmed by themselves. */
static bool
each_account(void *ctx, const struct row *row)
{
	struct reading *r = ctx;
	struct arena before = *r->perm;
	bool confirmed = is_judged(r, row, STR("confirmed"));
	struct person *p = find_person(r, row, confirmed);

	if (p == NULL) {
		*r->perm = before;
		return !r->full;
	}
	name_person(r, row, p);
	p->tags = text_at(r, row, "tags");
	p->created_at = whole_at(r, row, "created_at", CLAQUE_NO_TIME);
	p->first_seen = whole_at(r, row, "first_seen", CLAQUE_NO_TIME);
	p->last_seen = whole_at(r, row, "last_seen", CLAQUE_NO_TIME);
	p->followers = whole_at(r, row, "followers", COUNT_UNKNOWN);
	p->posts = whole_at(r, row, "posts", COUNT_UNKNOWN);
	p->score = number_at(r, row, "score");
	p->confirmed = p->confirmed || confirmed;
	p->left_out = !confirmed && (p->left_out || is_judged(r, row, STR("cleared")));
	return true;
}

static enum claque_rc
walk(struct reading *r, const struct export_input *in, const char *name,
     bool (*each)(void *ctx, const struct row *row), struct claque_err *err)
{
	enum claque_rc rc;

	r->table = table_find(in, name);
	if (r->table == NULL)
		return CLAQUE_OK;
	rc = r->table->walk(r->table->ctx, each, r, err);
	return r->full ? err_set(err, CLAQUE_EUSAGE, "table %s: more is confirmed than fits into"
				 " one document (%d clusters, %d accounts, %d sources)", name,
				 GROUPS_MAX, PEOPLE_MAX, SITES_MAX) : rc;
}

/* Those that stay, in the order they came. */
static void
leave_out(struct confirmed *c)
{
	size_t kept = 0;

	for (size_t i = 0; i < c->people_count; i++)
		if (!c->people[i].left_out)
			c->people[kept++] = c->people[i];
	c->people_count = kept;
}

static bool
any_confirmed(const struct confirmed *c)
{
	bool any = c->group_count > 0 || c->site_count > 0;

	for (size_t i = 0; i < c->people_count && !any; i++)
		any = c->people[i].confirmed;
	return any;
}

enum claque_rc
confirmed_read(const struct export_input *in, struct arena *perm, struct confirmed *out,
	       struct claque_err *err)
{
	struct reading r = { .out = out, .perm = perm, .redacted = in->redaction.len > 0 };
	enum claque_rc rc;

	*out = (struct confirmed){ 0 };
	out->groups = ARENA_NEW(perm, struct group, GROUPS_MAX);
	out->sites = ARENA_NEW(perm, struct site, SITES_MAX);
	map_init(&r.people);
	rc = walk(&r, in, "clusters", each_cluster, err);
	if (rc == CLAQUE_OK)
		rc = walk(&r, in, "notes", each_note, err);
	if (rc == CLAQUE_OK)
		rc = walk(&r, in, "sources", each_source, err);
	if (rc == CLAQUE_OK)
		rc = walk(&r, in, "members", each_member, err);
	if (rc == CLAQUE_OK)
		rc = walk(&r, in, "accounts", each_account, err);
	out->open = rc == CLAQUE_OK && !any_confirmed(out);
	if (out->open)
		rc = walk(&r, in, "leads", each_lead, err);
	if (rc == CLAQUE_OK && out->open)
		rc = walk(&r, in, "members", each_member, err);
	if (rc == CLAQUE_OK && out->open)
		rc = walk(&r, in, "accounts", each_account, err);
	leave_out(out);
	map_done(&r.people);
	return rc;
}

void
confirmed_done(struct confirmed *c)
{
	free(c->people);
	c->people = NULL;
}

struct uuid
case_space(const struct export_input *in)
{
	struct uuid claque, space;

	(void)uuid_parse(STR("2b7a4a1e-6b1f-5c0d-8f57-3d1c9a2e4f60"), &claque);
	space = uuid_of_name(claque, str_of(in->case_name));
	return in->id_space.len > 0 ? uuid_of_name(space, in->id_space) : space;
}
