/*
 * stix_types.c - the tables of STIX 2.1: chapters 3 to 7, appendix B (relationships).
 */
#include "config.h"

#include "export/stix.h"

#include <stdio.h>

#include "base/uuid5.h"

enum { IDENTITY_BYTES_MAX = 8 << 20 };

/* Of identifiers of observables (chapter 2.9). */
static const struct uuid observables_space = { {
	0x00, 0xab, 0xed, 0xb4, 0xaa, 0x42, 0x46, 0x6c,
	0x9c, 0x01, 0xfe, 0xd2, 0x33, 0x15, 0xa9, 0xb7,
} };

#define SEEN "first_seen<last_seen"
#define TEXTS "name!s description:s "

static const struct stix_type types[] = {
	{ "attack-pattern", STIX_DOMAIN, TEXTS "aliases:S kill_chain_phases:k", NULL, NULL },
	{ "campaign", STIX_DOMAIN, TEXTS "aliases:S first_seen:t last_seen:t objective:s", NULL,
	  SEEN },
	{ "course-of-action", STIX_DOMAIN, TEXTS, NULL, NULL },
	{ "grouping", STIX_DOMAIN, "name:s description:s context!s object_refs!R", NULL, NULL },
	{ "identity", STIX_DOMAIN, TEXTS "roles:S identity_class:s sectors:S"
	  " contact_information:s", NULL, NULL },
	{ "incident", STIX_DOMAIN, TEXTS, NULL, NULL },
	{ "indicator", STIX_DOMAIN, "name:s description:s indicator_types:S pattern!p"
	  " pattern_type!s pattern_version:s valid_from!t valid_until:t kill_chain_phases:k", NULL,
	  "valid_from<valid_until" },
	{ "infrastructure", STIX_DOMAIN, TEXTS "infrastructure_types:S aliases:S"
	  " kill_chain_phases:k first_seen:t last_seen:t", NULL, SEEN },
	{ "intrusion-set", STIX_DOMAIN, TEXTS "aliases:S first_seen:t last_seen:t goals:S"
	  " resource_level:s primary_motivation:s secondary_motivations:S", NULL, SEEN },
	{ "location", STIX_DOMAIN, "name:s description:s latitude:n longitude:n precision:n"
	  " region:s country:s administrative_area:s city:s street_address:s postal_code:s", NULL,
	  NULL },
	{ "malware", STIX_DOMAIN, "name:s description:s malware_types:S is_family!b aliases:S"
	  " kill_chain_phases:k first_seen:t last_seen:t operating_system_refs:R"
	  " architecture_execution_envs:S implementation_languages:S capabilities:S"
	  " sample_refs:R", NULL, SEEN },
	{ "malware-analysis", STIX_DOMAIN, "product!s version:s host_vm_ref:r"
	  " operating_system_ref:r installed_software_refs:R configuration_version:s modules:S"
	  " analysis_engine_version:s analysis_definition_version:s submitted:t"
	  " analysis_started:t analysis_ended:t result_name:s result:s analysis_sco_refs:R"
	  " sample_ref:r", NULL, "analysis_started<analysis_ended" },
	{ "note", STIX_DOMAIN, "abstract:s content!s authors:S object_refs!R", NULL, NULL },
	{ "observed-data", STIX_DOMAIN, "first_observed!t last_observed!t number_observed!i"
	  " objects:o object_refs:R", NULL, "first_observed<last_observed" },
	{ "opinion", STIX_DOMAIN, "explanation:s authors:S opinion!e object_refs!R", NULL, NULL },
	{ "report", STIX_DOMAIN, TEXTS "report_types:S published!t object_refs!R", NULL, NULL },
	{ "threat-actor", STIX_DOMAIN, TEXTS "threat_actor_types:S aliases:S first_seen:t"
	  " last_seen:t roles:S goals:S sophistication:s resource_level:s primary_motivation:s"
	  " secondary_motivations:S personal_motivations:S", NULL, SEEN },
	{ "tool", STIX_DOMAIN, TEXTS "tool_types:S aliases:S kill_chain_phases:k tool_version:s",
	  NULL, NULL },
	{ "vulnerability", STIX_DOMAIN, TEXTS, NULL, NULL },

	{ "relationship", STIX_RELATION, "relationship_type!s description:s source_ref!r"
	  " target_ref!r start_time:t stop_time:t", NULL, "start_time<stop_time" },
	{ "sighting", STIX_RELATION, "description:s first_seen:t last_seen:t count:i"
	  " sighting_of_ref!r observed_data_refs:R where_sighted_refs:R summary:b", NULL, SEEN },

	{ "marking-definition", STIX_META, "created!m name:s definition_type:s definition:o", NULL,
	  NULL },
	{ "language-content", STIX_META, "created!m modified!m object_ref!r object_modified:m"
	  " contents!o revoked:b labels:S confidence:c", NULL, NULL },
	{ "extension-definition", STIX_META, "created!m modified!m name!s description:s schema!s"
	  " version!s extension_types!S extension_properties:S revoked:b labels:S", NULL, NULL },

	{ "artifact", STIX_OBSERVABLE, "mime_type:s payload_bin:s url:s hashes:h"
	  " encryption_algorithm:s decryption_key:s", "hashes payload_bin", NULL },
	{ "autonomous-system", STIX_OBSERVABLE, "number!i name:s rir:s", "number", NULL },
	{ "directory", STIX_OBSERVABLE, "path!s path_enc:s ctime:t mtime:t atime:t"
	  " contains_refs:R", "path", NULL },
	{ "domain-name", STIX_OBSERVABLE, "value!s resolves_to_refs:R", "value", NULL },
	{ "email-addr", STIX_OBSERVABLE, "value!s display_name:s belongs_to_ref:r", "value", NULL },
	{ "email-message", STIX_OBSERVABLE, "is_multipart!b date:t content_type:s from_ref:r"
	  " sender_ref:r to_refs:R cc_refs:R bcc_refs:R message_id:s subject:s received_lines:S"
	  " additional_header_fields:o body:s body_multipart:O raw_email_ref:r",
	  "from_ref subject body", NULL },
	{ "file", STIX_OBSERVABLE, "hashes:h size:i name:s name_enc:s magic_number_hex:s"
	  " mime_type:s ctime:t mtime:t atime:t parent_directory_ref:r contains_refs:R"
	  " content_ref:r", "hashes name extensions parent_directory_ref", NULL },
	{ "ipv4-addr", STIX_OBSERVABLE, "value!s resolves_to_refs:R belongs_to_refs:R", "value",
	  NULL },
	{ "ipv6-addr", STIX_OBSERVABLE, "value!s resolves_to_refs:R belongs_to_refs:R", "value",
	  NULL },
	{ "mac-addr", STIX_OBSERVABLE, "value!s", "value", NULL },
	{ "mutex", STIX_OBSERVABLE, "name!s", "name", NULL },
	{ "network-traffic", STIX_OBSERVABLE, "start:t end:t is_active:b src_ref:r dst_ref:r"
	  " src_port:i dst_port:i protocols!S src_byte_count:i dst_byte_count:i src_packets:i"
	  " dst_packets:i ipfix:o src_payload_ref:r dst_payload_ref:r encapsulates_refs:R"
	  " encapsulated_by_ref:r",
	  "start end src_ref dst_ref src_port dst_port protocols extensions", "start<end" },
	{ "process", STIX_OBSERVABLE, "is_hidden:b pid:i created_time:t cwd:s command_line:s"
	  " environment_variables:o opened_connection_refs:R creator_user_ref:r image_ref:r"
	  " parent_ref:r child_refs:R", "", NULL },
	{ "software", STIX_OBSERVABLE, "name!s cpe:s swid:s languages:S vendor:s version:s",
	  "name cpe swid vendor version", NULL },
	{ "url", STIX_OBSERVABLE, "value!s", "value", NULL },
	{ "user-account", STIX_OBSERVABLE, "user_id:s credential:s account_login:s account_type:s"
	  " display_name:s is_service_account:b is_privileged:b can_escalate_privs:b"
	  " is_disabled:b account_created:t account_expires:t credential_last_changed:t"
	  " account_first_login:t account_last_login:t", "account_type user_id account_login",
	  "account_first_login<account_last_login" },
	{ "windows-registry-key", STIX_OBSERVABLE, "key:s values:O modified_time:t"
	  " creator_user_ref:r number_of_subkeys:i", "key values", NULL },
	{ "x509-certificate", STIX_OBSERVABLE, "is_self_signed:b hashes:h version:s"
	  " serial_number:s signature_algorithm:s issuer:s validity_not_before:t"
	  " validity_not_after:t subject:s subject_public_key_algorithm:s"
	  " subject_public_key_modulus:s subject_public_key_exponent:i x509_v3_extensions:o",
	  "hashes serial_number", "validity_not_before<validity_not_after" },
};

#define MARKS " object_marking_refs:R granular_markings:O extensions:x"

static const char *const common[] = {
	[STIX_DOMAIN] = "type!s spec_version!v id!d created_by_ref:r created!m modified!m revoked:b"
		" labels:S confidence:c lang:s external_references:l" MARKS,
	[STIX_RELATION] = "type!s spec_version!v id!d created_by_ref:r created!m modified!m"
		" revoked:b labels:S confidence:c lang:s external_references:l" MARKS,
	[STIX_META] = "type!s spec_version!v id!d created_by_ref:r external_references:l" MARKS,
	[STIX_OBSERVABLE] = "type!s spec_version:v id!d defanged:b" MARKS,
};

/* "name: from1 from2 > to1 to2", as appendix B lists them. */
static const char *const relations[] = {
	"analysis-of: malware-analysis > malware",
	"attributed-to: campaign > intrusion-set threat-actor",
	"attributed-to: intrusion-set > threat-actor",
	"attributed-to: threat-actor > identity",
	"authored-by: malware > threat-actor intrusion-set",
	"based-on: indicator > observed-data",
	"beacons-to: malware > infrastructure",
	"belongs-to: ipv4-addr ipv6-addr > autonomous-system",
	"characterizes: malware-analysis > malware",
	"communicates-with: infrastructure > infrastructure ipv4-addr ipv6-addr domain-name url",
	"communicates-with: malware > ipv4-addr ipv6-addr domain-name url",
	"compromises: campaign intrusion-set threat-actor > infrastructure",
	"consists-of: infrastructure > *",
	"controls: infrastructure malware > infrastructure malware",
	"delivers: attack-pattern infrastructure tool > malware",
	"downloads: malware > malware tool file",
	"drops: malware tool > malware tool file",
	"dynamic-analysis-of: malware-analysis > malware",
	"exfiltrates-to: malware > infrastructure",
	"exploits: malware > vulnerability",
	"has: infrastructure tool > vulnerability",
	"hosts: infrastructure > tool malware",
	"hosts: intrusion-set threat-actor > infrastructure",
	"impersonates: threat-actor > identity",
	"indicates: indicator > attack-pattern campaign infrastructure intrusion-set malware"
		" threat-actor tool",
	"investigates: course-of-action > indicator",
	"located-at: identity threat-actor infrastructure > location",
	"mitigates: course-of-action > attack-pattern indicator malware tool vulnerability",
	"originates-from: campaign intrusion-set malware > location",
	"owns: intrusion-set threat-actor > infrastructure",
	"remediates: course-of-action > malware vulnerability",
	"resolves-to: domain-name > domain-name ipv4-addr ipv6-addr",
	"resolves-to: ipv4-addr ipv6-addr > mac-addr",
	"static-analysis-of: malware-analysis > malware",
	"targets: attack-pattern campaign intrusion-set threat-actor > identity location"
		" vulnerability",
	"targets: malware tool > identity infrastructure location vulnerability",
	"uses: attack-pattern > malware tool",
	"uses: campaign intrusion-set threat-actor malware > attack-pattern infrastructure malware"
		" tool",
	"uses: infrastructure > infrastructure",
	"uses: tool > infrastructure",
	"variant-of: malware > malware",
};

const struct stix_type *
stix_type_find(struct claque_str name)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_eq(name, str_of(types[i].name)))
			return &types[i];
	return NULL;
}

const char *
stix_common_properties(enum stix_family family)
{
	return common[family];
}

bool
stix_property_next(struct claque_str *rest, struct stix_property *out)
{
	struct claque_str word;

	do {
		if (!str_cut(rest, ' ', &word))
			return false;
	} while (word.len < 3);
	*out = (struct stix_property){
		.name = str_sub(word, 0, word.len - 2),
		.required = word.p[word.len - 2] == '!', .kind = word.p[word.len - 1],
	};
	return true;
}

static bool
has_word(struct claque_str words, struct claque_str word)
{
	struct claque_str each;

	while (str_cut(&words, ' ', &each))
		if (str_eq(each, word) || str_eq(each, STR("*")))
			return true;
	return false;
}

bool
stix_may_relate(struct claque_str name, struct claque_str from, struct claque_str to)
{
	bool known = false;

	if (str_eq(name, STR("derived-from")) || str_eq(name, STR("duplicate-of")))
		return str_eq(from, to);
	for (size_t i = 0; i < sizeof(relations) / sizeof(relations[0]); i++) {
		struct claque_str rest = str_of(relations[i]), called, sources;

		(void)str_cut(&rest, ':', &called);
		if (!str_eq(called, name))
			continue;
		known = true;
		(void)str_cut(&rest, '>', &sources);
		if (has_word(sources, from) && has_word(rest, to))
			return true;
	}
	return !known;
}

/* One hash counts, the first of these that is there (chapter 2.9). */
static json_t *
chosen_hash(const json_t *hashes)
{
	static const char *const order[] = { "MD5", "SHA-1", "SHA-256", "SHA-512" };
	json_t *one = json_new_object();

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		json_t *hash = json_object_get(hashes, order[i]);

		if (hash != NULL) {
			json_put(one, order[i], json_incref(hash));
			return one;
		}
	}
	json_decref(one);
	return json_incref((json_t *)(uintptr_t)hashes);
}

static json_t *
identity_of(const struct stix_type *type, const json_t *object)
{
	struct claque_str names = str_of(type->identity), name;
	json_t *out = json_new_object();

	while (str_cut(&names, ' ', &name)) {
		char key[STIX_ID_MAX] = "";
		json_t *value;

		if (name.len == 0 || name.len >= sizeof(key))
			continue;
		memcpy(key, name.p, name.len);
		value = json_object_get(object, key);
		if (value != NULL && strcmp(key, "hashes") == 0)
			json_put(out, key, chosen_hash(value));
		else if (value != NULL)
			json_put(out, key, json_incref(value));
	}
	return out;
}

bool
stix_observable_id(const struct stix_type *type, const json_t *object, char out[STIX_ID_MAX])
{
	json_t *identity = identity_of(type, object);
	struct buf canonical;
	char uuid[UUID_TEXT + 1];
	bool made;

	buf_init(&canonical, IDENTITY_BYTES_MAX);
	made = json_object_size(identity) > 0 && json_jcs(&canonical, identity) &&
	       !canonical.over;
	if (made) {
		uuid_text(uuid_of_name(observables_space, buf_str(&canonical)), uuid);
		(void)snprintf(out, STIX_ID_MAX, "%s--%s", type->name, uuid);
	}
	buf_done(&canonical);
	json_decref(identity);
	return made;
}
