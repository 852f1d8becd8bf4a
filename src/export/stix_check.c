/*
 * stix_check.c - the object as a whole: what it is, what it refers to, what it may hold.
 * Values are looked at in stix_value.c.
 */
#include "config.h"

#include "export/stix_check.h"

#include <stdio.h>

#include "base/err.h"
#include "base/file.h"
#include "base/map.h"
#include "base/uuid5.h"
#include "export/stix_value.h"

/* The four markings of TLP 1 that the standard itself defines: nobody needs to send them. */
static const char *const given[] = {
	"marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",
	"marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da",
	"marking-definition--f88d31f6-486f-44da-b317-01333bde0b82",
	"marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed",
};

/* Extensions whose definition is known to everybody: TLP 2.0 and OpenCTI's two. */
static const char *const known_extensions[] = {
	"extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d",
	"extension-definition--ea279b3e-5c71-4632-ac08-831c66a786ba",
	"extension-definition--f93e2c80-4231-4f9a-af8b-95c9bd566a82",
};

static const char *const predefined_extensions[] = {
	"archive-ext", "ntfs-ext", "pdf-ext", "raster-image-ext", "windows-pebinary-ext",
	"http-request-ext", "icmp-ext", "socket-ext", "tcp-ext", "windows-process-ext",
	"windows-service-ext", "unix-account-ext",
};

static const char *const opencti_types[] = {
	"channel", "narrative", "event", "case-incident", "case-rfi", "task", "media-content",
	"persona", "text", "hostname",
};

#define LISTED(list, s) is_listed(list, sizeof(list) / sizeof((list)[0]), s)

static bool
is_listed(const char *const *list, size_t count, struct claque_str s)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(s, str_of(list[i])))
			return true;
	return false;
}

static struct claque_str
type_of_id(struct claque_str id)
{
	return str_sub(id, 0, str_find(id, STR("--"), 0));
}

static void
check_id(struct stix_object *o)
{
	struct claque_str type = stix_text(o->json, "type"), uuid;
	struct uuid parsed;

	uuid = str_sub(o->id, type.len + 2, o->id.len);
	if (!str_eq(type_of_id(o->id), type))
		stix_tell(o, "id", "it begins with another type than '" STR_FMT "'; an id is"
			  " TYPE--UUID", STR_ARG(type));
	else if (!uuid_parse(uuid, &parsed) || uuid_version(parsed) == 0)
		stix_tell(o, "id", "'" STR_FMT "' is no UUID in lower case (RFC 9562)",
			  STR_ARG(stix_quote(uuid)));
}

/* Of an observable the id is a digest of what it is: two tools must come to the same. */
static void
check_identity(struct stix_object *o)
{
	char want[STIX_ID_MAX];
	struct uuid uuid;

	if (o->type->family != STIX_OBSERVABLE)
		return;
	if (stix_observable_id(o->type, o->json, want)) {
		if (!str_eq(o->id, str_of(want)))
			stix_tell(o, "id", "of %s it is %s (UUIDv5, chapter 2.9)",
				  o->type->identity, want);
	} else if (uuid_parse(str_sub(o->id, strlen(o->type->name) + 2, o->id.len), &uuid) &&
		   uuid_version(uuid) != 4) {
		stix_tell(o, "id", "with none of '%s' it has to be a UUIDv4", o->type->identity);
	}
}

static bool
is_allowed_reference(struct claque_str property, struct claque_str to)
{
	static const struct {
		const char *property, *types;
	} rules[] = {
		{ "created_by_ref", "identity" },
		{ "object_marking_refs", "marking-definition" },
		{ "observed_data_refs", "observed-data" },
		{ "where_sighted_refs", "identity location" },
	};
	const struct stix_type *type = stix_type_find(to);
	bool end = str_eq(property, STR("source_ref")) || str_eq(property, STR("target_ref")) ||
		   str_eq(property, STR("sighting_of_ref"));

	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (str_eq(property, str_of(rules[i].property)))
			return stix_has_word(str_of(rules[i].types), to);
	/* A relationship holds between things, not between relationships. */
	return !end || type == NULL || type->family == STIX_DOMAIN ||
	       type->family == STIX_OBSERVABLE;
}

static void
check_reference(struct stix_object *o, const char *property, struct claque_str id)
{
	if (!is_allowed_reference(str_of(property), type_of_id(id)))
		stix_tell(o, property, "it may not refer to '" STR_FMT "'",
			  STR_ARG(stix_quote(id)));
	else if (map_get(o->run->ids, id) == MAP_NONE && !LISTED(given, id))
		stix_tell(o, property, "'" STR_FMT "' is not in the bundle; add the object or"
			  " take the reference out", STR_ARG(stix_quote(id)));
}

static void
check_references(struct stix_object *o, const char *key, const json_t *value)
{
	struct claque_str name = str_of(key);
	const json_t *each;
	size_t i;

	if (name.len > 4 && str_eq(str_sub(name, name.len - 4, 4), STR("_ref")) &&
	    json_is_string(value))
		check_reference(o, key, json_string_of(value));
	if (name.len > 5 && str_eq(str_sub(name, name.len - 5, 5), STR("_refs")))
		json_array_foreach(value, i, each)
			if (json_is_string(each))
				check_reference(o, key, json_string_of(each));
}

static bool
is_top_level_extended(const json_t *object)
{
	const char *key;
	json_t *each;

	json_object_foreach(json_object_get(object, "extensions"), key, each)
		if (str_eq(stix_text(each, "extension_type"), STR("toplevel-property-extension")))
			return true;
	return false;
}

static bool
find_property(const struct stix_object *o, struct claque_str name, struct stix_property *out)
{
	const char *lists[] = { o->type->properties, stix_common_properties(o->type->family) };

	for (size_t i = 0; i < 2; i++) {
		struct claque_str rest = str_of(lists[i]);

		while (stix_property_next(&rest, out))
			if (str_eq(out->name, name))
				return true;
	}
	return false;
}

static void
check_required(struct stix_object *o, const char *list)
{
	struct claque_str rest = str_of(list);
	struct stix_property p;
	char key[STIX_ID_MAX];

	while (stix_property_next(&rest, &p)) {
		(void)snprintf(key, sizeof(key), STR_FMT, STR_ARG(p.name));
		if (p.required && json_object_get(o->json, key) == NULL)
			stix_tell(o, key, "it is missing; every %s has it", o->type->name);
	}
}

static void
check_properties(struct stix_object *o)
{
	bool extended = is_top_level_extended(o->json);
	struct stix_property p;
	const char *key;
	json_t *value;

	check_required(o, stix_common_properties(o->type->family));
	check_required(o, o->type->properties);
	json_object_foreach((json_t *)(uintptr_t)o->json, key, value) {
		bool foreign = o->run->run->opencti && (strcmp(key, "x_mitre_id") == 0 ||
			       str_starts(str_of(key), STR("x_opencti_")));

		if (find_property(o, str_of(key), &p))
			stix_check_value(o, key, p.kind, value);
		else if (!extended && !foreign)
			stix_tell(o, key, "%s has no such property; put it into an extension"
				  " with a definition (chapter 7.3)", o->type->name);
		check_references(o, key, value);
	}
	stix_check_order(o);
}

static void
check_relationship(struct stix_object *o)
{
	struct claque_str name = stix_text(o->json, "relationship_type");
	struct claque_str from = type_of_id(stix_text(o->json, "source_ref"));
	struct claque_str to = type_of_id(stix_text(o->json, "target_ref"));

	if (strcmp(o->type->name, "relationship") == 0 && !stix_may_relate(name, from, to))
		stix_tell(o, "relationship_type", "'" STR_FMT "' does not lead from " STR_FMT " to "
			  STR_FMT " (appendix B); related-to leads from all to all",
			  STR_ARG(stix_quote(name)), STR_ARG(stix_quote(from)),
			  STR_ARG(stix_quote(to)));
}

static void
check_extensions(struct stix_object *o)
{
	const char *key;
	json_t *each;

	json_object_foreach(json_object_get(o->json, "extensions"), key, each) {
		struct claque_str id = str_of(key);
		bool defined = str_starts(id, STR("extension-definition--"));

		if (!defined && !LISTED(predefined_extensions, id))
			stix_tell(o, "extensions", "'" STR_FMT "' is no extension of STIX, and no"
				  " extension-definition--UUID", STR_ARG(stix_quote(id)));
		if (defined && !LISTED(known_extensions, id) &&
		    map_get(o->run->ids, id) == MAP_NONE)
			stix_tell(o, "extensions", "'" STR_FMT "' is not defined in the bundle",
				  STR_ARG(stix_quote(id)));
		if (defined && !json_is_string(json_object_get(each, "extension_type")))
			stix_tell(o, "extensions", "'" STR_FMT "' has no extension_type",
				  STR_ARG(stix_quote(id)));
	}
}

static void
check_object(struct stix_object *o)
{
	struct claque_str type = stix_text(o->json, "type");

	o->type = stix_type_find(type);
	if (o->type == NULL) {
		if (!o->run->run->opencti || !LISTED(opencti_types, type))
			stix_tell(o, "type", "'" STR_FMT "' is no type of STIX 2.1",
				  STR_ARG(stix_quote(type)));
		return;
	}
	check_id(o);
	check_identity(o);
	check_properties(o);
	check_relationship(o);
	check_extensions(o);
}

/* Every id first: references point forwards as well. A version is told by its modified. */
static void
note_ids(struct stix_bundle *b, const json_t *objects)
{
	struct set64 versions;
	const json_t *each;
	size_t i;

	set64_init(&versions);
	json_array_foreach(objects, i, each) {
		struct stix_object o = { b, each, NULL, stix_text(each, "id") };
		uint64_t modified = hash_bytes(stix_text(each, "modified"), 0);

		if (o.id.len == 0)
			continue;
		if (!set64_add(&versions, hash_mix(hash_bytes(o.id, 0), modified)))
			stix_tell(&o, "id", "it is in the bundle twice");
		(void)map_add(b->ids, o.id, NULL);
	}
	set64_done(&versions);
}

static void
check_bundle(struct stix_bundle *b, const json_t *root)
{
	const json_t *objects = json_object_get(root, "objects"), *each;
	struct stix_object whole = { b, root, NULL, stix_text(root, "id") };
	struct uuid uuid;
	const char *key;
	json_t *value;
	size_t i;

	if (!str_starts(whole.id, STR("bundle--")) ||
	    !uuid_parse(str_sub(whole.id, 8, whole.id.len), &uuid))
		stix_tell(&whole, "id", "of a bundle it is bundle--UUID");
	json_object_foreach((json_t *)(uintptr_t)root, key, value)
		if (!stix_has_word(STR("type id objects"), str_of(key)))
			stix_tell(&whole, key, "a bundle of STIX 2.1 has no such property");
	if (objects != NULL && json_array_size(objects) == 0)
		stix_tell(&whole, "objects", "it is empty; take it out");
	note_ids(b, objects);
	json_array_foreach(objects, i, each) {
		struct stix_object o = { b, each, NULL, stix_text(each, "id") };

		b->run->objects++;
		check_object(&o);
	}
}

enum claque_rc
stix_check(struct claque_str json, struct stix_checking *run, struct claque_err *err)
{
	struct map ids;
	struct stix_bundle b = { .run = run, .ids = &ids };
	json_error_t where = { 0 };
	json_t *root = json_read(json, &where);
	enum claque_rc rc = CLAQUE_OK;

	run->objects = run->problems = 0;
	if (root == NULL)
		return err_set(err, CLAQUE_EINPUT, "line %d: no JSON: %s", where.line, where.text);
	if (!str_eq(stix_text(root, "type"), STR("bundle")) ||
	    json_array_size(json_object_get(root, "objects")) > STIX_OBJECTS_MAX) {
		rc = err_set(err, CLAQUE_EINPUT, "no bundle of STIX: an object with the type"
			     " 'bundle' and at most %d objects is expected", STIX_OBJECTS_MAX);
	} else {
		map_init(&ids);
		check_bundle(&b, root);
		map_done(&ids);
	}
	json_decref(root);
	return rc;
}

enum claque_rc
stix_check_file(const char *path, struct stix_checking *run, struct claque_err *err)
{
	struct buf bytes;
	enum claque_rc rc;

	buf_init(&bytes, STIX_FILE_MAX);
	rc = file_read(path, &bytes, err);
	if (rc == CLAQUE_OK && bytes.over)
		rc = err_set(err, CLAQUE_EINPUT, "'%s' is over %d MiB", path, STIX_FILE_MAX >> 20);
	if (rc == CLAQUE_OK) {
		rc = stix_check(buf_str(&bytes), run, err);
		if (rc != CLAQUE_OK)
			(void)err_wrap(err, "'%s'", path);
	}
	buf_done(&bytes);
	return rc;
}
