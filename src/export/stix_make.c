/*
 * stix_make.c - an object is written as soon as it is made: a network of 100,000 accounts
 * must not stand in memory as JSON. Only its id is kept, for the container that comes last.
 */
#include "config.h"

#include "export/stix_make.h"

#include "claque/dataset.h"

#include "base/clock.h"
#include "model/killchain.h"

#define MAKER_SINCE "2026-11-01T00:00:00.000Z"

/* TLP 2.0 as FIRST and OASIS number it. */
static const char *const markings[TLP_COUNT] = {
	[TLP_CLEAR] = "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",
	[TLP_GREEN] = "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb",
	[TLP_AMBER] = "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421",
	[TLP_AMBER_STRICT] = "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003",
	[TLP_RED] = "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1",
};

static const char *const tlp_words[TLP_COUNT] = {
#define X(id, name, marking) [TLP_##id] = name,
	TLP_LIST(X)
#undef X
};

void
stix_put_z(json_t *o, const char *key, const char *z)
{
	if (z != NULL && z[0] != '\0')
		json_put(o, key, json_text(str_of(z)));
}

void
stix_put(json_t *o, const char *key, struct claque_str s)
{
	if (s.len > 0)
		json_put(o, key, json_text(s));
}

void
stix_put_time(struct stix_out *b, json_t *o, const char *key, int64_t at)
{
	struct arena scratch = b->perm;

	if (at != CLAQUE_NO_TIME)
		stix_put(o, key, clock_text(&scratch, at, CLOCK_RFC3339));
}

void
stix_put_list(json_t *o, const char *key, struct claque_str only)
{
	json_t *list = json_new_list();

	json_append(list, json_text(only));
	json_put(o, key, list);
}

void
stix_add_ref(json_t *list, const char *id)
{
	json_append(list, json_text(str_of(id)));
}

/* An id of this case's own making. */
const char *
stix_id_of(struct stix_out *b, const char *type, struct claque_str name)
{
	struct arena scratch = b->perm;
	char uuid[UUID_TEXT + 1];
	const char *id;

	uuid_text(uuid_of_name(b->space, str_fmt(&scratch, "%s:" STR_FMT, type, STR_ARG(name))), uuid);
	id = str_fmt(&b->perm, "%s--%s", type, uuid).p;
	return id;
}

/* Writes the object and lets it go; the container will refer to it. Once for each id. */
void
stix_emit(struct stix_out *b, json_t *o)
{
	const char *id = json_string_value(json_object_get(o, "id"));
	bool is_new;

	(void)map_add(&b->seen, str_of(id), &is_new);
	if (is_new) {
		buf_addz(&b->sink->buf, b->seen.count > 1 ? ",\n" : "\n");
		json_canonical(&b->sink->buf, o);
		(void)sink_flow(b->sink);
		if (strncmp(id, "marking-definition--", 20) != 0)
			stix_add_ref(b->refs, id);
	}
	json_decref(o);
}

json_t *
stix_marked(struct stix_out *b, const char *type, const char *id)
{
	json_t *o = json_new_object();

	stix_put_z(o, "type", type);
	stix_put_z(o, "spec_version", "2.1");
	stix_put_z(o, "id", id);
	stix_put_list(o, "object_marking_refs", str_of(markings[b->in->tlp]));
	return o;
}

json_t *
stix_domain(struct stix_out *b, const char *type, const char *id)
{
	json_t *o = stix_marked(b, type, id);

	stix_put_z(o, "created_by_ref", STIX_MAKER);
	stix_put_z(o, "created", b->created);
	stix_put_z(o, "modified", b->modified);
	return o;
}

json_t *
stix_extension(const char *id)
{
	json_t *inner = json_new_object(), *outer = json_new_object();

	stix_put_z(inner, "extension_type", "property-extension");
	json_put(outer, id, inner);
	return outer;
}

static void
emit_marking(struct stix_out *b)
{
	static const char tlp[] = "extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d";
	json_t *o = json_new_object(), *extensions = stix_extension(tlp);

	stix_put_z(o, "type", "marking-definition");
	stix_put_z(o, "spec_version", "2.1");
	stix_put_z(o, "id", markings[b->in->tlp]);
	stix_put_z(o, "created", "2022-10-01T00:00:00.000Z");
	stix_put_z(o, "name", tlp_marking(b->in->tlp));
	stix_put_z(json_object_get(extensions, tlp), "tlp_2_0", tlp_words[b->in->tlp]);
	json_put(o, "extensions", extensions);
	stix_emit(b, o);
}

/* The program, and the extension that it defines: the same in every bundle. */
static void
emit_maker(struct stix_out *b)
{
	json_t *o = stix_marked(b, "identity", STIX_MAKER);

	stix_put_z(o, "created", MAKER_SINCE);
	stix_put_z(o, "modified", MAKER_SINCE);
	stix_put_z(o, "name", "claque");
	stix_put_z(o, "identity_class", "system");
	stix_put_z(o, "description", "The program that wrote this bundle out of a case. Who judged is"
	      " told by the notes, and by the ledger of the case.");
	stix_emit(b, o);
	o = stix_marked(b, "extension-definition", STIX_EXTENSION);
	stix_put_z(o, "created_by_ref", STIX_MAKER);
	stix_put_z(o, "created", MAKER_SINCE);
	stix_put_z(o, "modified", MAKER_SINCE);
	stix_put_z(o, "name", "Account in a case of coordinated behaviour");
	stix_put_z(o, "description", "Facts about a social-media account that user-account has no"
	      " property for.");
	stix_put_z(o, "schema", "platform, cluster, role: text; posts, followers: whole numbers;"
		   " score: per cent, a lead and no probability; first_seen, last_seen: times of"
		   " posts in the case; named: how, if not by its own name.");
	stix_put_z(o, "version", "1.0.0");
	stix_put_list(o, "extension_types", STR("property-extension"));
	stix_emit(b, o);
}

void
stix_emit_relation(struct stix_out *b, const char *name, const char *from, const char *to,
       struct claque_str description)
{
	struct claque_str called = str_fmt(&b->perm, "%s %s %s", from, name, to);
	json_t *o = stix_domain(b, "relationship", stix_id_of(b, "relationship", called));

	stix_put_z(o, "relationship_type", name);
	stix_put_z(o, "source_ref", from);
	stix_put_z(o, "target_ref", to);
	stix_put(o, "description", description);
	stix_emit(b, o);
}

void
stix_emit_note(struct stix_out *b, struct claque_str name, struct claque_str content,
	  struct claque_str author, const char *about)
{
	json_t *o = stix_domain(b, "note", stix_id_of(b, "note", name));

	stix_put(o, "content", content);
	stix_put_list(o, "authors", author.len > 0 ? author : STR("claque"));
	stix_put_list(o, "object_refs", str_of(about));
	stix_emit(b, o);
}

/* An observable, whose id is made of what it holds. */
const char *
stix_emit_observable(struct stix_out *b, json_t *o)
{
	const struct stix_type *type = stix_type_find(
		str_of(json_string_value(json_object_get(o, "type"))));
	char id[STIX_ID_MAX] = "";
	const char *kept;

	(void)stix_observable_id(type, o, id);
	kept = str_fmt(&b->perm, "%s", id).p;
	stix_put_z(o, "id", kept);
	stix_emit(b, o);
	return kept;
}

void
stix_put_phase(json_t *o, struct claque_str procedure)
{
	const char *name = killchain_phase(procedure);
	json_t *phase, *list;

	if (name == NULL)
		return;
	phase = json_new_object();
	list = json_new_list();
	stix_put_z(phase, "kill_chain_name", STIX_KILL_CHAIN);
	stix_put_z(phase, "phase_name", name);
	json_append(list, phase);
	json_put(o, "kill_chain_phases", list);
}

void
stix_emit_frame(struct stix_out *b)
{
	emit_marking(b);
	emit_maker(b);
}
