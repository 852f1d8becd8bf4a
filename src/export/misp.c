/*
 * misp.c - a case as an event of MISP (Internet-Draft misp-core-format-20, 2025): accounts
 * as objects, confirmed addresses and matched published indicators as attributes.
 *
 * Numbers and times are text there, flags are flags. Only what the analyst confirmed and
 * what is an address is marked for detection (to_ids): a handle is no address, and a match
 * or an open lead is for somebody to look at. An event of nothing but leads is a draft.
 */
#include "config.h"

#include "export/table.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/uuid5.h"
#include "export/confirmed.h"
#include "export/indicators.h"
#include "export/sink.h"
#include "model/techniques.h"
#include "text/json.h"

enum { ROOM_BYTES = 1 << 30, EVIDENCE_MAX = 100000, DATE_LEN = 10, MS_A_SECOND = 1000 };

#define CAVEAT "a match or the sharing of a link attributes nobody to a campaign without" \
	" corroborating evidence"

struct event {
	const struct export_input *in;
	struct sink *sink;
	struct arena perm;
	struct uuid space;
	struct confirmed found;
	const char *timestamp;		/* seconds, as text */
	bool first;			/* of the list that is being written */
	struct ioc_columns columns;
	int how, accounts, acts;
};

static void
put_z(json_t *o, const char *key, const char *z)
{
	json_put(o, key, json_text(str_of(z)));
}

/* Of this case and of what the thing is called in it. */
static void
put_uuid(struct event *e, json_t *o, const char *kind, struct claque_str name)
{
	struct arena scratch = e->perm;
	char text[UUID_TEXT + 1];

	uuid_text(uuid_of_name(e->space, str_fmt(&scratch, "misp %s " STR_FMT, kind, STR_ARG(name))),
		  text);
	put_z(o, "uuid", text);
}

static void
put_seen(struct event *e, json_t *o, const char *key, int64_t at)
{
	struct arena scratch = e->perm;

	if (at != CLAQUE_NO_TIME)
		json_put(o, key, json_text(clock_text(&scratch, at, CLOCK_RFC3339)));
}

struct shape {				/* of an attribute */
	const char *type, *category, *relation;	/* relation NULL: of no object */
	bool to_ids;
};

static json_t *
attribute(struct event *e, const struct shape *shape, struct claque_str owner,
	  struct claque_str value, struct claque_str comment)
{
	json_t *o = json_new_object();
	struct claque_str name = str_fmt(&e->perm, "%s " STR_FMT " " STR_FMT,
					 shape->relation != NULL ? shape->relation : shape->type,
					 STR_ARG(owner), STR_ARG(value));

	put_uuid(e, o, "attribute", name);
	put_z(o, "type", shape->type);
	put_z(o, "category", shape->category);
	json_put(o, "value", json_text(value));
	json_put(o, "to_ids", json_boolean(shape->to_ids));
	json_put(o, "comment", json_text(comment));
	put_z(o, "distribution", "5");
	put_z(o, "timestamp", e->timestamp);
	json_put(o, "deleted", json_false());
	json_put(o, "disable_correlation", json_false());
	if (shape->relation != NULL)
		put_z(o, "object_relation", shape->relation);
	return o;
}

static void
emit(struct event *e, json_t *o)
{
	buf_addz(&e->sink->buf, e->first ? "\n" : ",\n");
	e->first = false;
	json_canonical(&e->sink->buf, o);
	(void)sink_flow(e->sink);
	json_decref(o);
}

static void
emit_site(struct event *e, const struct site *s)
{
	static const struct shape shapes[] = {
		{ "domain", "Network activity", NULL, true },
		{ "url", "Network activity", NULL, true },
		{ "text", "Social network", NULL, false },
	};
	static const char *const kinds[] = { "domain", "url", "hashtag" };
	struct arena whole = e->perm;

	for (size_t i = 0; i < 3; i++) {
		struct claque_str comment;
		json_t *o;

		if (!str_eq(s->kind, str_of(kinds[i])))
			continue;
		comment = str_fmt(&e->perm, "%s confirmed by an analyst; shared %lld times by %lld accounts"
				  " of the case; " CAVEAT, kinds[i], (long long)s->shares,
				  (long long)s->accounts);
		o = attribute(e, &shapes[i], STR("site"), s->key, comment);
		put_seen(e, o, "first_seen", s->first_seen);
		put_seen(e, o, "last_seen", s->last_seen);
		emit(e, o);
	}
	e->perm = whole;
}

static void
each_match(void *ctx, const struct row *row)
{
	static const struct {
		enum indicator_kind kind;
		struct shape shape;
	} shapes[] = {
		{ INDICATOR_domain, { "domain", "Network activity", NULL, false } },
		{ INDICATOR_url, { "url", "Network activity", NULL, false } },
		{ INDICATOR_account, { "text", "Social network", NULL, false } },
		{ INDICATOR_hashtag, { "text", "Social network", NULL, false } },
		{ INDICATOR_text, { "text", "Other", NULL, false } },
		{ INDICATOR_email, { "email", "Social network", NULL, false } },
		{ INDICATOR_ip, { "ip-dst", "Network activity", NULL, false } },
	};
	struct event *e = ctx;
	struct arena whole = e->perm;
	struct indicator_record ioc = ioc_of_row(&e->columns, row);
	const struct value *how = table_value(row, e->how);
	struct claque_str comment = str_fmt(&e->perm, "published %s%s" STR_FMT "; matched: " STR_FMT
		"; %lld acts of %lld accounts in the case; " CAVEAT, indicator_kind_name(ioc.kind),
		ioc.note.len > 0 ? ": " : "", STR_ARG(ioc.note), STR_ARG(how->s),
		(long long)table_value(row, e->acts)->i, (long long)table_value(row, e->accounts)->i);

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (shapes[i].kind == ioc.kind)
			emit(e, attribute(e, &shapes[i].shape,
					  str_fmt(&e->perm, "match %lld", (long long)row->id),
					  ioc.value, comment));
	e->perm = whole;
}

static enum claque_rc
emit_matches(struct event *e, struct claque_err *err)
{
	const struct rowset *table = table_find(e->in, "matches");

	if (table == NULL)
		return CLAQUE_OK;
	e->columns = ioc_columns(table);
	e->how = table_column(table, "how");
	e->accounts = table_column(table, "accounts");
	e->acts = table_column(table, "acts");
	return sink_walk(e->sink, table, each_match, e, err);
}

/* Templates of misp-objects, June 2026: what each calls the parts of an account. */
static const struct template {
	const char *platform;		/* NULL: all others */
	const char *name, *uuid, *version;
	struct shape handle, id, display, created;
} templates[] = {
	{ "x", "twitter-account", "8066563f-881e-4f6a-9d6c-a9d15b8658bb", "7",
	  { "text", "Social network", "name", false }, { "text", "Social network", "id", false },
	  { "text", "Social network", "displayed-name", false },
	  { "datetime", "Other", "joined-date", false } },
	{ NULL, "user-account", "49606b06-22f0-4ac8-8eee-2f12ad46f3d3", "6",
	  { "text", "Other", "username", false }, { "text", "Other", "user-id", false },
	  { "text", "Other", "display-name", false }, { "datetime", "Other", "created", false } },
};

static json_t *
account_attributes(struct event *e, const struct template *t, const struct person *p)
{
	static const struct shape account_type = { "text", "Other", "account-type", false };
	struct claque_str owner = str_fmt(&e->perm, STR_FMT " " STR_FMT, STR_ARG(p->platform),
					  STR_ARG(p->id));
	json_t *list = json_new_list();

	if (p->handle.len > 0 && !p->pseudonym)
		json_append(list, attribute(e, &t->handle, owner, str_sub(p->handle,
		       p->handle.p[0] == '@', p->handle.len), STR("")));
	json_append(list, attribute(e, &t->id, owner, p->id, p->pseudonym ?
	       STR("a pseudonym of this case; no platform knows it") : STR("")));
	if (t->platform == NULL && p->platform.len > 0)
		json_append(list, attribute(e, &account_type, owner, p->platform, STR("")));
	if (p->name.len > 0)
		json_append(list, attribute(e, &t->display, owner, p->name, STR("")));
	if (p->created_at != CLAQUE_NO_TIME)
		json_append(list, attribute(e, &t->created, owner,
				       clock_text(&e->perm, p->created_at, CLOCK_RFC3339), STR("")));
	return list;
}

static void
emit_person(struct event *e, const struct person *p)
{
	struct arena whole = e->perm;
	const struct template *t = &templates[!str_eq(p->platform, STR("x"))];
	struct claque_str owner = str_fmt(&e->perm, STR_FMT " " STR_FMT, STR_ARG(p->platform),
					  STR_ARG(p->id));
	struct claque_str comment = str_fmt(&e->perm, "%s%s" STR_FMT "%s" STR_FMT "; " CAVEAT,
		p->confirmed ? "confirmed by an analyst" : "an open lead, confirmed by nobody",
		p->cluster.len > 0 ? "; cluster " : "", STR_ARG(p->cluster),
		p->role.len > 0 ? ", role " : "", STR_ARG(p->role));
	json_t *o = json_new_object();

	put_uuid(e, o, "object", owner);
	put_z(o, "name", t->name);
	put_z(o, "meta-category", "misc");
	put_z(o, "description", "An account of the case.");
	put_z(o, "template_uuid", t->uuid);
	put_z(o, "template_version", t->version);
	put_z(o, "distribution", "5");
	put_z(o, "sharing_group_id", "0");
	put_z(o, "timestamp", e->timestamp);
	json_put(o, "comment", json_text(comment));
	json_put(o, "deleted", json_false());
	put_seen(e, o, "first_seen", p->first_seen);
	put_seen(e, o, "last_seen", p->last_seen);
	json_put(o, "ObjectReference", json_new_list());
	json_put(o, "Attribute", account_attributes(e, t, p));
	emit(e, o);
	e->perm = whole;
}

static void
add_tag(json_t *list, struct claque_str name)
{
	json_t *o = json_new_object(), *each;
	size_t i;

	json_put(o, "name", json_text(name));
	json_array_foreach(list, i, each)
		if (json_equal(each, o)) {
			json_decref(o);
			return;
		}
	json_append(list, o);
}

/* DISARM by the names of MISP's galaxy; suggested by the signals of these clusters. */
static enum claque_rc
add_techniques(struct event *e, json_t *list, struct claque_err *err)
{
	struct gathered g;
	enum claque_rc rc = gather(e->in, "evidence", EVIDENCE_MAX, &e->perm, &g, err);
	int cluster = gathered_column(&g, "cluster"), signal = gathered_column(&g, "signal");
	int odds = gathered_column(&g, "log_odds");

	for (size_t i = 0; rc == CLAQUE_OK && i < g.count; i++) {
		const struct technique *t = technique_of_signal(table_value(&g.rows[i], signal)->s);
		bool of_event = false;

		for (size_t k = 0; k < e->found.group_count; k++)
			of_event = of_event || str_eq(e->found.groups[k].id,
						      table_value(&g.rows[i], cluster)->s);
		if (of_event && t != NULL && t->disarm != NULL &&
		    value_number(table_value(&g.rows[i], odds), 0) > 0)
			add_tag(list, str_fmt(&e->perm, "misp-galaxy:disarm-techniques=\"%s\"", t->name));
	}
	return rc;
}

static enum claque_rc
make_tags(struct event *e, json_t *list, struct claque_err *err)
{
	add_tag(list, str_lower(&e->perm, str_of(tlp_marking(e->in->tlp))));
	if (e->found.open)
		add_tag(list, STR("workflow:state=\"draft\""));
	for (size_t i = 0; i < e->found.group_count; i++)
		if (e->found.groups[i].confidence.len > 0)
			add_tag(list, str_fmt(&e->perm, "estimative-language:confidence-in-analytic-judgment=\""
				STR_FMT "\"", STR_ARG(e->found.groups[i].confidence)));
	return add_techniques(e, list, err);
}

/* All of the event but its lists, its object left open for them. */
static enum claque_rc
emit_head(struct event *e, struct claque_err *err)
{
	json_t *o = json_new_object(), *maker = json_new_object(), *tags = json_new_list();
	const struct export_input *in = e->in;
	struct arena whole = e->perm;
	enum claque_rc rc = make_tags(e, tags, err);

	put_uuid(e, o, "event", str_of(in->case_name));
	json_put(o, "info", json_text(str_fmt(&e->perm, "%s %s: %zu clusters, %zu accounts, %zu"
		 " sources%s" STR_FMT "; attribution: not assessed", e->found.open ?
		 "Open leads of case" : "Case", in->case_name, e->found.group_count,
		 e->found.people_count, e->found.site_count,
		 in->redaction.len > 0 ? "; named: " : "", STR_ARG(in->redaction))));
	json_put(o, "date", json_text(str_sub(clock_text(&e->perm, in->made_at, CLOCK_RFC3339), 0,
					      DATE_LEN)));
	put_z(o, "threat_level_id", "4");
	put_z(o, "analysis", e->found.open ? "0" : "1");
	put_z(o, "distribution", "0");
	put_z(o, "sharing_group_id", "0");
	json_put(o, "published", json_false());
	put_z(o, "publish_timestamp", "0");
	put_z(o, "timestamp", e->timestamp);
	put_z(maker, "name", "claque");
	put_z(maker, "uuid", "3f0d7f4c-8a51-5d0e-b6a4-5e0a4c1f7b21");
	json_put(o, "Orgc", maker);
	json_put(o, "Tag", tags);
	buf_addz(&e->sink->buf, "{\"Event\":");
	json_canonical(&e->sink->buf, o);
	e->sink->buf.len--;	/* its brace: the lists are still to come */
	json_decref(o);
	e->perm = whole;
	return rc;
}

static enum claque_rc
emit_event(struct event *e, struct claque_err *err)
{
	enum claque_rc rc = confirmed_read(e->in, &e->perm, &e->found, err);

	e->space = case_space(e->in);
	e->timestamp = str_fmt(&e->perm, "%lld", (long long)(e->in->made_at / MS_A_SECOND)).p;
	if (rc == CLAQUE_OK)
		rc = emit_head(e, err);
	if (rc != CLAQUE_OK)
		return rc;
	buf_addz(&e->sink->buf, ",\"Attribute\":[");
	e->first = true;
	for (size_t i = 0; i < e->found.site_count; i++)
		emit_site(e, &e->found.sites[i]);
	rc = emit_matches(e, err);
	buf_addz(&e->sink->buf, "],\"Object\":[");
	e->first = true;
	for (size_t i = 0; i < e->found.people_count; i++)
		emit_person(e, &e->found.people[i]);
	buf_addz(&e->sink->buf, "]}}\n");
	return rc;
}

enum claque_rc
misp_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	struct sink sink;
	struct event e = { .in = in, .sink = &sink };
	struct arena room;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROOM_BYTES);
	e.perm = room;
	rc = sink_close(&sink, emit_event(&e, err), err);
	confirmed_done(&e.found);
	arena_free(room);
	return rc;
}
