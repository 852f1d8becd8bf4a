/*
 * stix_write.c - a case as a bundle of STIX 2.1.
 *
 * One container to a bundle: a report where something is confirmed, else a grouping of open
 * leads, which indicates nothing; MISP makes one event of a bundle and loses the rest of
 * one that has both. A cluster is an intrusion set that nobody is behind; a campaign is
 * what a confirmed one did. A threat actor is there only where the analyst put the tag
 * actor:NAME on a cluster. What others published and the case matches is an indicator with
 * a sighting. Facts that STIX has no property for stand in an extension that is defined in
 * the bundle, and, since most readers drop those, in notes.
 *
 * Ids are UUIDv5: of observables as the standard has it, of all else of the case and of
 * what they are called in the tables, so that the same case gives the same bundle.
 */
#include "config.h"

#include "export/stix_make.h"

#include <math.h>

#include "base/clock.h"
#include "base/err.h"
#include "export/confirmed.h"
#include "export/indicators.h"
#include "export/stix_argued.h"
#include "model/techniques.h"
#include "model/killchain.h"
#include "text/url.h"

enum { ROOM_BYTES = 1 << 30, EVIDENCE_MAX = 100000, NOTES_MAX = 100000, NOTE_BYTES = 1 << 20,
       OBSERVED_MAX = 999999999 };	/* as STIX counts */

#define JUDGED "The analyst's judgement, not the program's."
#define CAVEAT "A match or the sharing of a link does not attribute an account to a campaign" \
	" without corroborating evidence. Attribution: not assessed."

struct bundle {
	struct stix_out out;
	struct confirmed found;
	struct gathered evidence;
	struct reading said;		/* claims, cells and stated alone */
	const char **groups;		/* ids of intrusion sets, by number */
	const char **campaigns;		/* NULL where it is open */
	const char *container;
	struct ioc_columns columns;	/* of the table of matches */
	int how, acts, first_seen, last_seen;
};

/* As account-type-ov has it. */
static struct claque_str
account_type(struct claque_str platform)
{
	return str_eq(platform, STR("x")) ? STR("twitter") : platform;
}

static struct claque_str
login_of(struct claque_str handle)
{
	return str_sub(handle, handle.len > 0 && handle.p[0] == '@', handle.len);
}

static json_t *
account_facts(struct bundle *b, const struct person *p)
{
	json_t *outer = stix_extension(STIX_EXTENSION), *o = json_object_get(outer, STIX_EXTENSION);

	stix_put(o, "platform", p->platform);
	stix_put(o, "cluster", p->cluster);
	stix_put(o, "role", p->role);
	if (p->pseudonym)
		stix_put_z(o, "named", "a pseudonym of this case; no platform knows it");
	stix_put_time(&b->out, o, "first_seen", p->first_seen);
	stix_put_time(&b->out, o, "last_seen", p->last_seen);
	if (p->posts >= 0)
		json_put(o, "posts", json_integer(p->posts));
	if (p->followers >= 0)
		json_put(o, "followers", json_integer(p->followers));
	if (p->score >= 0)
		json_put(o, "score", json_integer(lround(p->score * 100)));
	return outer;
}

static const char *
emit_account(struct bundle *b, const struct person *p)
{
	json_t *o = stix_marked(&b->out, "user-account", NULL);

	stix_put(o, "account_type", account_type(p->platform));
	stix_put(o, "user_id", p->id);
	if (!p->pseudonym)
		stix_put(o, "account_login", login_of(p->handle));
	stix_put(o, "display_name", p->name);
	stix_put_time(&b->out, o, "account_created", p->created_at);
	json_put(o, "extensions", account_facts(b, p));
	if (b->out.opencti && p->score >= 0)
		json_put(o, "x_opencti_score", json_integer(lround(p->score * 100)));
	return stix_emit_observable(&b->out, o);
}

/* 'it\'s', as a pattern has it. */
static struct claque_str
quoted(struct bundle *b, struct claque_str s)
{
	char *p;
	size_t len = 0;

	s = json_repaired(&b->out.perm, s);
	p = ARENA_NEW(&b->out.perm, char, s.len * 2 + 2);
	p[len++] = '\'';
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\\' || s.p[i] == '\'')
			p[len++] = '\\';
		p[len++] = s.p[i];
	}
	p[len++] = '\'';
	return (struct claque_str){ p, len };
}

static struct claque_str
account_pattern(struct bundle *b, struct claque_str platform, const char *property,
		struct claque_str value)
{
	return str_fmt(&b->out.perm, "[user-account:account_type = " STR_FMT " AND user-account:%s = "
		       STR_FMT "]", STR_ARG(quoted(b, account_type(platform))), property,
		       STR_ARG(quoted(b, value)));
}

struct clue {				/* what an indicator says */
	struct claque_str key, name, pattern, description, procedure;
	int64_t valid_from;
	const char *observable;		/* as OpenCTI names its type */
	const char *types;		/* of indicator-type-ov */
};

static const char *
emit_indicator(struct bundle *b, const struct clue *c)
{
	const char *id = stix_id_of(&b->out, "indicator", c->key);
	json_t *o = stix_domain(&b->out, "indicator", id);

	stix_put(o, "name", c->name);
	stix_put(o, "description", c->description);
	stix_put_list(o, "indicator_types", str_of(c->types));
	stix_put(o, "pattern", c->pattern);
	stix_put_z(o, "pattern_type", "stix");
	stix_put_time(&b->out, o, "valid_from", c->valid_from != CLAQUE_NO_TIME ?
		      c->valid_from : b->out.in->made_at);
	stix_put_phase(o, c->procedure);
	if (b->out.opencti)
		stix_put_z(o, "x_opencti_main_observable_type", c->observable);
	stix_emit(&b->out, o);
	return id;
}

static void
emit_account_indicator(struct bundle *b, const struct person *p, const char *campaign)
{
	bool amplifies = str_eq(p->role, STR("amplifier"));
	struct claque_str login = login_of(p->handle);
	struct clue c = {
		.key = str_fmt(&b->out.perm, "account " STR_FMT " " STR_FMT, STR_ARG(p->platform),
			       STR_ARG(p->id)),
		.name = login.len > 0 ? login : p->id,
		.pattern = account_pattern(b, p->platform, "user_id", p->id),
		.description = STR("Confirmed by an analyst. " CAVEAT),
		.procedure = str_of(technique_of_account(p->platform, amplifies)),
		.valid_from = p->first_seen, .observable = "User-Account", .types = "attribution",
	};
	const char *id;

	if (login.len > 0)
		c.pattern = str_fmt(&b->out.perm, STR_FMT " OR " STR_FMT, STR_ARG(c.pattern),
			STR_ARG(account_pattern(b, p->platform, "account_login", login)));
	id = emit_indicator(b, &c);
	if (campaign != NULL)
		stix_emit_relation(&b->out, "indicates", id, campaign, STR(""));
}

/* Number of the cluster, or the number of clusters. */
static size_t
group_number(const struct bundle *b, struct claque_str id)
{
	size_t i = 0;

	while (i < b->found.group_count && !str_eq(b->found.groups[i].id, id))
		i++;
	return i;
}

static void
emit_person(struct bundle *b, const struct person *p, json_t **members)
{
	struct arena whole = b->out.perm;
	size_t g = group_number(b, p->cluster);
	bool in_group = g < b->found.group_count;
	const char *id = emit_account(b, p);

	if (in_group) {
		stix_add_ref(members[g], id);
		stix_emit_relation(&b->out, "related-to", id, b->groups[g],
		       str_fmt(&b->out.perm, "Member of cluster " STR_FMT "%s" STR_FMT ".",
			       STR_ARG(p->cluster), p->role.len > 0 ? ", role " : "",
			       STR_ARG(p->role)));
	}
	if (p->confirmed && !p->pseudonym)
		emit_account_indicator(b, p, in_group ? b->campaigns[g] : NULL);
	b->out.perm = whole;
}

/* "actor:NAME" among the tags, or "". */
static struct claque_str
actor_of(struct claque_str tags)
{
	struct claque_str each;

	while (str_cut(&tags, ' ', &each)) {
		each = str_sub(each, each.len > 0 && each.p[0] == '#', each.len);
		if (str_starts(each, STR("actor:")))
			return str_sub(each, 6, each.len);
	}
	return STR("");
}

static void
emit_actor(struct bundle *b, const struct group *g, const char *group, const char *campaign)
{
	struct claque_str name = actor_of(g->tags);
	const char *id;
	json_t *o;

	if (name.len == 0)
		return;
	id = stix_id_of(&b->out, "threat-actor", name);
	o = stix_domain(&b->out, "threat-actor", id);
	stix_put(o, "name", name);
	stix_put_z(o, "description", "Named by an analyst with a tag on a cluster of the case.");
	stix_emit(&b->out, o);
	stix_emit_relation(&b->out, "attributed-to", group, id, STR(JUDGED));
	if (campaign != NULL)
		stix_emit_relation(&b->out, "attributed-to", campaign, id, STR(JUDGED));
}

/* ICD 203's words on STIX's scale (appendix A): None/Low/Med/High. */
static void
put_confidence(json_t *o, struct claque_str word)
{
	static const struct { const char *word; json_int_t value; } scale[] = {
		{ "low", 15 }, { "moderate", 50 }, { "high", 85 },
	};

	for (size_t i = 0; i < sizeof(scale) / sizeof(scale[0]); i++)
		if (str_eq(word, str_of(scale[i].word)))
			json_put(o, "confidence", json_integer(scale[i].value));
}

static void
emit_group(struct bundle *b, size_t number)
{
	const struct group *g = &b->found.groups[number];
	const char *id = stix_id_of(&b->out, "intrusion-set", g->id), *campaign = NULL;
	json_t *o = stix_domain(&b->out, "intrusion-set", id);

	stix_put(o, "name", str_fmt(&b->out.perm, "Cluster " STR_FMT " (unattributed)", STR_ARG(g->id)));
	stix_put(o, "description", str_fmt(&b->out.perm, "A group of accounts found by claque%s; a"
		 " label, and not the name of an actor. Score %.2f of 1: a lead, no probability. "
		 STR_FMT, g->confirmed ? " and confirmed by an analyst" : "", g->score,
		 STR_ARG(g->why)));
	stix_put_list(o, "aliases", g->id);
	stix_put_time(&b->out, o, "first_seen", g->first_seen);
	stix_put_time(&b->out, o, "last_seen", g->last_seen);
	put_confidence(o, g->confidence);
	stix_emit(&b->out, o);
	if (g->confirmed) {
		campaign = stix_id_of(&b->out, "campaign", g->id);
		o = stix_domain(&b->out, "campaign", campaign);
		stix_put(o, "name", str_fmt(&b->out.perm, "Joint action of cluster " STR_FMT,
					 STR_ARG(g->id)));
		stix_put_z(o, "description", "Confirmed by an analyst as coordinated. " CAVEAT);
		stix_put_time(&b->out, o, "first_seen", g->first_seen);
		stix_put_time(&b->out, o, "last_seen", g->last_seen);
		put_confidence(o, g->confidence);
		stix_emit(&b->out, o);
		stix_emit_relation(&b->out, "attributed-to", campaign, id, STR(""));
	}
	emit_actor(b, g, id, campaign);
	b->groups[number] = id;
	b->campaigns[number] = campaign;
}

static void
emit_observed(struct bundle *b, size_t number, json_t *members)
{
	const struct group *g = &b->found.groups[number];
	json_t *o;

	if (json_array_size(members) == 0 || g->first_seen == CLAQUE_NO_TIME ||
	    g->last_seen == CLAQUE_NO_TIME)
		return;
	o = stix_domain(&b->out, "observed-data", stix_id_of(&b->out, "observed-data", g->id));
	stix_put_time(&b->out, o, "first_observed", g->first_seen);
	stix_put_time(&b->out, o, "last_observed", g->last_seen);
	json_put(o, "number_observed", json_integer(g->posts > 0 && g->posts <= OBSERVED_MAX ?
						     g->posts : 1));
	json_put(o, "object_refs", json_incref(members));
	stix_emit(&b->out, o);
}

static void
add_reference(json_t *list, const char *source, const char *id)
{
	json_t *o = json_new_object();

	stix_put_z(o, "source_name", source);
	stix_put_z(o, "external_id", id);
	json_append(list, o);
}

static const char *
emit_technique(struct bundle *b, const struct technique *t)
{
	const struct killchain_step *step = killchain_find(str_of(t->procedure));
	const char *id = t->stix_id != NULL ? t->stix_id :
			 stix_id_of(&b->out, "attack-pattern", str_of(t->procedure));
	json_t *o = stix_domain(&b->out, "attack-pattern", id), *list = json_new_list();

	stix_put_z(o, "name", t->name != NULL ? t->name : step != NULL ? step->procedure : t->signal);
	if (t->disarm != NULL)
		add_reference(list, "DISARM", t->disarm);
	add_reference(list, STIX_KILL_CHAIN, t->procedure);
	json_put(o, "external_references", list);
	stix_put_phase(o, str_of(t->procedure));
	if (b->out.opencti)
		stix_put_z(o, "x_mitre_id", t->disarm != NULL ? t->disarm : t->procedure);
	stix_emit(&b->out, o);
	return id;
}

/* A kill chain number stands for itself, an id of DISARM for its row of the table. */
static const char *
emit_confirmed_technique(struct bundle *b, struct claque_str id)
{
	const struct technique *t = technique_find(id);
	const struct technique bare = { .procedure = str_z(&b->out.perm, id),
					.signal = str_z(&b->out.perm, id) };

	return emit_technique(b, t != NULL && t->disarm != NULL && str_eq(id, str_of(t->disarm)) ?
			      t : &bare);
}

static struct claque_str
cell(const struct gathered *g, const struct row *row, const char *names)
{
	const struct value *v = table_value(row, gathered_column(g, names));

	return v->type == VALUE_TEXT ? v->s : STR("");
}

/* Techniques that an analyst confirmed: of this cluster, or, for group_count, of the case. */
static void
emit_confirmed(struct bundle *b, size_t number)
{
	const struct gathered *g = &b->said.stated;
	bool of_case = number == b->found.group_count;
	struct claque_str name = of_case ? STR(ARGUED_CASE) : b->found.groups[number].id;

	for (size_t i = 0; i < g->count; i++) {
		const struct row *row = &g->rows[i];
		const char *id;

		if (!str_eq(cell(g, row, "kind"), STR("technique")) ||
		    !str_eq(cell(g, row, "target"), name))
			continue;
		id = emit_confirmed_technique(b, cell(g, row, "word"));
		if (!of_case)
			stix_emit_relation(&b->out, "uses", b->groups[number], id,
				str_fmt(&b->out.perm, "Confirmed by " STR_FMT ". " STR_FMT,
					STR_ARG(cell(g, row, "who")), STR_ARG(cell(g, row, "text"))));
	}
}

/* Claims about the clusters of the bundle, or about the case; see emit_notes(). */
static void
emit_claims(struct bundle *b)
{
	const struct gathered *g = &b->said.claims;
	const struct row **claims;
	size_t n = argued_claims(&b->said, &b->out.perm, &claims);

	for (size_t i = 0; i < n; i++) {
		struct claque_str target = cell(g, claims[i], "target");
		size_t k = group_number(b, target);

		if (k == b->found.group_count && !str_eq(target, STR(ARGUED_CASE)))
			continue;
		stix_emit_note(&b->out, str_fmt(&b->out.perm, "claim %lld", (long long)claims[i]->id),
			       stix_claim_text(&b->said, claims[i], &b->out.perm),
			       cell(g, claims[i], "who"),
			       k < b->found.group_count ? b->groups[k] : b->container);
	}
	for (size_t k = 0; k < b->found.group_count; k++) {
		struct claque_str id = b->found.groups[k].id;
		struct claque_str text = stix_ach_text(&b->said, id, &b->out.perm);

		if (text.len > 0)
			stix_emit_note(&b->out, str_fmt(&b->out.perm, "hypotheses " STR_FMT, STR_ARG(id)),
				       text, STR(""), b->groups[k]);
	}
}

/* Reasons of one cluster: a note of them all, and the techniques that they suggest. */
static void
emit_evidence(struct bundle *b, size_t number)
{
	const struct group *group = &b->found.groups[number];
	int odds = gathered_column(&b->evidence, "log_odds");
	struct buf text;

	buf_init(&text, NOTE_BYTES);
	for (size_t i = 0; i < b->evidence.count; i++) {
		const struct row *row = &b->evidence.rows[i];
		struct claque_str signal = cell(&b->evidence, row, "signal");
		struct claque_str says = cell(&b->evidence, row, "text");
		const struct technique *t = technique_of_signal(signal);
		double weight = value_number(table_value(row, odds), 0);

		if (!str_eq(cell(&b->evidence, row, "cluster"), group->id))
			continue;
		buf_addf(&text, "%s (" STR_FMT ", %+.2f): " STR_FMT "\n",
			 weight < 0 ? "against" : "for", STR_ARG(signal), weight, STR_ARG(says));
		if (t != NULL && weight > 0)
			stix_emit_relation(&b->out, "uses", b->groups[number], emit_technique(b, t),
			       str_fmt(&b->out.perm, "Suggested by the signal " STR_FMT ": " STR_FMT,
				       STR_ARG(signal), STR_ARG(says)));
	}
	if (group->disproof.len > 0)
		buf_addf(&text, "would speak against it: " STR_FMT "\n", STR_ARG(group->disproof));
	if (text.len > 0)
		stix_emit_note(&b->out, str_fmt(&b->out.perm, "evidence " STR_FMT, STR_ARG(group->id)),
			  buf_str(&text), STR(""), b->groups[number]);
	buf_done(&text);
}

/* An address that the analyst confirmed; hashtags and posts have no object in STIX. */
static void
emit_site(struct bundle *b, const struct site *s)
{
	bool domain = str_eq(s->kind, STR("domain"));
	struct clue c = {
		.key = str_fmt(&b->out.perm, STR_FMT " " STR_FMT, STR_ARG(s->kind), STR_ARG(s->key)),
		.name = s->key, .procedure = str_of(technique_of_source(s->kind)),
		.pattern = str_fmt(&b->out.perm, "[%s:value = " STR_FMT "]",
				   domain ? "domain-name" : "url", STR_ARG(quoted(b, s->key))),
		.description = STR("Confirmed by an analyst. " CAVEAT),
		.valid_from = s->first_seen, .types = "attribution",
		.observable = domain ? "Domain-Name" : "Url",
	};
	json_t *o;

	if (!domain && !str_eq(s->kind, STR("url")))
		return;
	o = stix_marked(&b->out, domain ? "domain-name" : "url", NULL);
	stix_put(o, "value", s->key);
	(void)stix_emit_observable(&b->out, o);
	(void)emit_indicator(b, &c);
}

/* A pattern for what others published, or "" where STIX has no object for it. */
static struct claque_str
published_pattern(struct bundle *b, const struct indicator_record *ioc)
{
	static const char *const paths[INDICATOR_KIND_COUNT] = {
		[INDICATOR_domain] = "domain-name:value", [INDICATOR_url] = "url:value",
		[INDICATOR_ip] = "ipv4-addr:value", [INDICATOR_email] = "email-addr:value",
		[INDICATOR_md5] = "file:hashes.MD5", [INDICATOR_sha256] = "file:hashes.'SHA-256'",
	};

	if (ioc->kind == INDICATOR_account)
		return account_pattern(b, ioc->platform, "account_login", ioc->value);
	if (paths[ioc->kind] == NULL)
		return STR("");
	return str_fmt(&b->out.perm, "[%s = " STR_FMT "]", paths[ioc->kind],
		       STR_ARG(quoted(b, ioc->value)));
}

/* What is near an indicator, or was it once, is for the analyst to look at: it is not it. */
static bool
is_sighting(struct claque_str how)
{
	return !str_eq(how, STR("near")) && !str_eq(how, STR("elsewhere")) &&
	       !str_eq(how, STR("former"));
}

static void
emit_sighting(struct bundle *b, const char *indicator, struct claque_str how,
	      const struct row *row)
{
	const struct value *acts = table_value(row, b->acts);
	const struct value *first = table_value(row, b->first_seen);
	const struct value *last = table_value(row, b->last_seen);
	struct claque_str name = str_fmt(&b->out.perm, "%s " STR_FMT, indicator, STR_ARG(how));
	json_t *o = stix_domain(&b->out, "sighting", stix_id_of(&b->out, "sighting", name));

	stix_put_z(o, "sighting_of_ref", indicator);
	stix_put(o, "description", str_fmt(&b->out.perm, "Seen in the posts of this case, how: "
		 STR_FMT ". " CAVEAT, STR_ARG(how)));
	stix_put_list(o, "where_sighted_refs", STR(STIX_MAKER));
	if (acts->type == VALUE_INT && acts->i > 0 && acts->i <= OBSERVED_MAX)
		json_put(o, "count", json_integer(acts->i));
	if (first->type == VALUE_INT && last->type == VALUE_INT) {
		stix_put_time(&b->out, o, "first_seen", first->i);
		stix_put_time(&b->out, o, "last_seen", last->i);
	}
	stix_emit(&b->out, o);
}

static void
each_match(void *ctx, const struct row *row)
{
	struct bundle *b = ctx;
	struct arena whole = b->out.perm;
	struct indicator_record ioc = ioc_of_row(&b->columns, row);
	struct clue c = {
		.key = str_fmt(&b->out.perm, "published %s " STR_FMT " " STR_FMT,
			       indicator_kind_name(ioc.kind), STR_ARG(ioc.platform),
			       STR_ARG(ioc.value)),
		.name = ioc.value, .pattern = published_pattern(b, &ioc),
		.description = str_fmt(&b->out.perm, "Published by others%s" STR_FMT ". " CAVEAT,
				       ioc.note.len > 0 ? ": " : "", STR_ARG(ioc.note)),
		.procedure = ioc.procedure, .valid_from = CLAQUE_NO_TIME, .types = "attribution",
	};

	const struct value *how = table_value(row, b->how);

	if (c.pattern.len > 0 && how->type == VALUE_TEXT && is_sighting(how->s))
		emit_sighting(b, emit_indicator(b, &c), how->s, row);
	b->out.perm = whole;
}

static enum claque_rc
emit_matches(struct bundle *b, struct claque_err *err)
{
	const struct rowset *table = table_find(b->out.in, "matches");

	if (table == NULL)
		return CLAQUE_OK;
	b->columns = ioc_columns(table);
	b->how = table_column(table, "how");
	b->acts = table_column(table, "acts");
	b->first_seen = table_column(table, "first_seen");
	b->last_seen = table_column(table, "last_seen");
	return sink_walk(b->out.sink, table, each_match, b, err);
}

/* "Verdict: confirmed, confidence moderate. Same nine domains." */
static struct claque_str
note_text(struct bundle *b, const struct gathered *notes, const struct row *row)
{
	struct claque_str text = cell(notes, row, "text"), word = cell(notes, row, "word");
	struct claque_str sure = cell(notes, row, "confidence");

	if (!str_eq(cell(notes, row, "kind"), STR("verdict")))
		return text;
	return str_fmt(&b->out.perm, "Verdict: " STR_FMT "%s" STR_FMT ". " STR_FMT, STR_ARG(word),
		       sure.len > 0 ? ", confidence " : "", STR_ARG(sure), STR_ARG(text));
}

/*
 * What the analyst wrote and judged on the clusters of the bundle. What is said of anybody
 * else stays in the case: a note why somebody was cleared would carry that name out.
 */
static enum claque_rc
emit_notes(struct bundle *b, struct claque_err *err)
{
	struct gathered notes;
	struct arena perm = b->out.perm;
	enum claque_rc rc = gather(b->out.in, "notes", NOTES_MAX, &perm, &notes, err);

	if (rc != CLAQUE_OK)
		return rc;
	b->out.perm = perm;
	for (size_t i = 0; i < notes.count; i++) {
		const struct row *row = &notes.rows[i];
		struct claque_str kind = cell(&notes, row, "kind");
		size_t g = group_number(b, cell(&notes, row, "target"));

		if (g < b->found.group_count &&
		    (str_eq(kind, STR("note")) || str_eq(kind, STR("verdict"))))
			stix_emit_note(&b->out, str_fmt(&b->out.perm, "note %lld", (long long)row->id),
				       note_text(b, &notes, row), cell(&notes, row, "who"),
				       b->groups[g]);
	}
	return CLAQUE_OK;
}

static void
emit_container(struct bundle *b)
{
	const struct export_input *in = b->out.in;
	const char *type = b->found.open ? "grouping" : "report";
	json_t *o = stix_domain(&b->out, type, b->container);

	stix_put(o, "name", str_fmt(&b->out.perm, "%s %s",
				    b->found.open ? "Open leads of case" : "Case", in->case_name));
	stix_put(o, "description", str_fmt(&b->out.perm, "%s. %zu clusters, %zu accounts, %zu sources%s. "
		 CAVEAT "%s" STR_FMT "%s Written by claque %s.", tlp_marking(in->tlp),
		 b->found.group_count, b->found.people_count, b->found.site_count,
		 b->found.open ? ", none of them confirmed by an analyst" : "",
		 in->redaction.len > 0 ? " Named: " : "", STR_ARG(in->redaction),
		 in->redaction.len > 0 ? "." : "", in->version));
	if (b->found.open) {
		stix_put_z(o, "context", "suspicious-activity");
	} else {
		stix_put_list(o, "report_types", STR("campaign"));
		stix_put_z(o, "published", b->out.modified);
	}
	json_put(o, "object_refs", json_incref(b->out.refs));
	stix_emit(&b->out, o);
}

static enum claque_rc
emit_case(struct bundle *b, struct claque_err *err)
{
	size_t groups = b->found.group_count;
	json_t **members = ARENA_NEW(&b->out.perm, json_t *, groups + 1);
	enum claque_rc rc;

	stix_emit_frame(&b->out);
	for (size_t i = 0; i < groups; i++) {
		members[i] = json_new_list();
		emit_group(b, i);
		emit_confirmed(b, i);
		emit_evidence(b, i);
	}
	emit_confirmed(b, groups);
	for (size_t i = 0; i < b->found.people_count; i++)
		emit_person(b, &b->found.people[i], members);
	for (size_t i = 0; i < groups; i++) {
		emit_observed(b, i, members[i]);
		json_decref(members[i]);
	}
	for (size_t i = 0; i < b->found.site_count; i++)
		emit_site(b, &b->found.sites[i]);
	rc = emit_matches(b, err);
	if (rc == CLAQUE_OK)
		rc = emit_notes(b, err);
	if (rc == CLAQUE_OK) {
		emit_claims(b);
		emit_container(b);
	}
	return rc;
}

/* When the case began, as far as its inputs tell: objects keep that over later exports. */
static int64_t
case_start(const struct gathered *inputs, int64_t made_at)
{
	int column = gathered_column(inputs, "started_at");
	int64_t start = made_at;

	for (size_t i = 0; i < inputs->count; i++) {
		const struct value *v = table_value(&inputs->rows[i], column);

		if (v->type == VALUE_INT && v->i < start)
			start = v->i;
	}
	return start;
}

static enum claque_rc
read_case(struct bundle *b, struct claque_err *err)
{
	struct gathered inputs;
	enum claque_rc rc = gather(b->out.in, "inputs", NOTES_MAX, &b->out.perm, &inputs, err);

	if (rc == CLAQUE_OK)
		rc = gather(b->out.in, "evidence", EVIDENCE_MAX, &b->out.perm, &b->evidence, err);
	if (rc == CLAQUE_OK)
		rc = reading_said(&b->said, b->out.in, &b->out.perm, err);
	if (rc == CLAQUE_OK)
		rc = confirmed_read(b->out.in, &b->out.perm, &b->found, err);
	if (rc != CLAQUE_OK)
		return rc;
	b->out.space = case_space(b->out.in);
	b->out.created = clock_text(&b->out.perm, case_start(&inputs, b->out.in->made_at),
				    CLOCK_RFC3339).p;
	b->out.modified = clock_text(&b->out.perm, b->out.in->made_at, CLOCK_RFC3339).p;
	b->groups = ARENA_NEW(&b->out.perm, const char *, b->found.group_count + 1);
	b->campaigns = ARENA_NEW(&b->out.perm, const char *, b->found.group_count + 1);
	b->container = stix_id_of(&b->out, b->found.open ? "grouping" : "report", str_of(b->out.modified));
	return CLAQUE_OK;
}

static enum claque_rc
write_bundle(const struct export_input *in, const char *path, bool opencti, struct claque_err *err)
{
	struct sink sink;
	struct arena room;
	struct bundle b = { .out = { .in = in, .sink = &sink, .opencti = opencti } };
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROOM_BYTES);
	b.out.perm = room;
	b.out.refs = json_new_list();
	map_init(&b.out.seen);
	rc = read_case(&b, err);
	if (rc == CLAQUE_OK) {
		buf_addf(&sink.buf, "{\"type\":\"bundle\",\"id\":\"%s\",\"objects\":[",
			 stix_id_of(&b.out, "bundle", str_of(b.out.modified)));
		rc = emit_case(&b, err);
		buf_addz(&sink.buf, "\n]}\n");
	}
	rc = sink_close(&sink, rc, err);
	confirmed_done(&b.found);
	map_done(&b.out.seen);
	json_decref(b.out.refs);
	arena_free(room);
	return rc;
}

enum claque_rc
stix_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_bundle(in, path, false, err);
}

enum claque_rc
stix_opencti_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_bundle(in, path, true, err);
}
