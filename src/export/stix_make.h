/*
 * stix_make.h - objects of a bundle of STIX 2.1: made, marked, written as they come.
 */
#ifndef EXPORT_STIX_MAKE_H
#define EXPORT_STIX_MAKE_H

#include "base/map.h"
#include "base/uuid5.h"
#include "export/sink.h"
#include "export/stix.h"
#include "export/table.h"

/* The program itself, and the extension it defines: the same in all bundles. */
#define STIX_MAKER "identity--3f0d7f4c-8a51-5d0e-b6a4-5e0a4c1f7b21"
#define STIX_EXTENSION "extension-definition--b5ba5b58-4b9c-5a3f-9d0e-3e2c5b7d1a60"
#define STIX_KILL_CHAIN "meta-online-operations-kill-chain"

/* What all objects of one bundle share. */
struct stix_out {
	const struct export_input *in;
	struct sink *sink;
	struct arena perm;
	bool opencti;
	struct uuid space;		/* of ids of this case */
	const char *created, *modified;	/* of its objects */
	json_t *refs;			/* of the container: all that was written */
	struct map seen;		/* their ids */
};

/* object[key] = text; nothing where it is empty. */
void stix_put_z(json_t *o, const char *key, const char *z);
void stix_put(json_t *o, const char *key, struct claque_str s);
/* A list of one text. */
void stix_put_list(json_t *o, const char *key, struct claque_str only);
/* UTC ms; nothing for CLAQUE_NO_TIME. */
void stix_put_time(struct stix_out *b, json_t *o, const char *key, int64_t at);
/* The phase of a technique or procedure, by its number; nothing where it has none. */
void stix_put_phase(json_t *o, struct claque_str procedure);
void stix_add_ref(json_t *list, const char *id);
/* {"extension-definition--...":{"extension_type":"property-extension"}}; get it by its id. */
json_t *stix_extension(const char *id);

/* "TYPE--UUIDv5" of the case's own making, in b->perm. */
const char *stix_id_of(struct stix_out *b, const char *type, struct claque_str name);
/* With type, version, id (NULL: to come) and marking; domain objects also with their times. */
json_t *stix_marked(struct stix_out *b, const char *type, const char *id);
json_t *stix_domain(struct stix_out *b, const char *type, const char *id);
/* Writes the object, once for each id, and lets it go. */
void stix_emit(struct stix_out *b, json_t *o);
/* Gives it the id that it has by what it holds; in b->perm. */
const char *stix_emit_observable(struct stix_out *b, json_t *o);
/* The marking, the program and its extension. */
void stix_emit_frame(struct stix_out *b);
void stix_emit_relation(struct stix_out *b, const char *name, const char *from, const char *to,
			struct claque_str description);
/* author "": the program. */
void stix_emit_note(struct stix_out *b, struct claque_str name, struct claque_str content,
		    struct claque_str author, const char *about);

#endif
