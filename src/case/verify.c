/*
 * verify.c - is the case what its ledger says?
 *
 * Six questions, in the order in which an answer makes the next one worth
 * asking: does SQLite find the file sound; does each entry follow the one
 * before, and hash to what it says; do the ledgers that came with bundles, and are
 * they what came (foreign.c); is each annotation what the entry that
 * made it says, live as the last entry about it left it, and is there none
 * without an entry; are the tables of posts, accounts and what was found in them what
 * the last entry about each digested; are the input files still the bytes that were
 * imported.
 *
 * What a chain cannot show: that its end was cut off together with what it
 * made. Against that the hash of the last entry must be kept elsewhere, and asked for.
 */
#include "config.h"

#include "case/foreign.h"
#include "case/forget.h"
#include "case/ledger.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/map.h"
#include "base/sha256.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "case/tables.h"
#include "store/list.h"

enum { FOLDER_BYTES = 1 << 30 };	/* of addresses, for the names of a million files */

/* What the ledger says of an annotation. */
struct claim {
	char digest[SHA256_HEX + 1];	/* of the payload that made it */
	int64_t id;
	int64_t made, last;		/* entries that made it and touched it last */
	bool live;
};

struct check {
	struct store *store;
	const struct claque_progress *progress;
	struct verify_report *report;
	struct arena room;
	int64_t seq;			/* of the entry before, 0 at first */
	char hash[SHA256_HEX + 1];	/* of the entry before */
	struct map ids;			/* 8 bytes of an annotation's id -> claim */
	struct claim *claims;
	size_t claim_cap;
	struct table_claims tables;
	struct claque_str last;		/* hash of an entry that must be there; "" : none */
	bool found;			/* it is */
	bool ended;			/* an each() wanted no more */
	enum claque_rc rc;		/* of what an each() could not return */
	struct claque_err *err;
	int path, digest, done;	/* columns of the list of inputs */
	struct set64 told;		/* ledgers of others that ours tells of */
	struct erasures erasures;	/* what the ledger says was erased of it */
};

static void __attribute__((format(printf, 2, 3)))
set_fault(struct check *c, const char *fmt, ...)
{
	va_list ap;

	if (c->report->fault[0] != '\0')
		return;
	va_start(ap, fmt);
	(void)vsnprintf(c->report->fault, sizeof(c->report->fault), fmt, ap);
	va_end(ap);
}

static bool
is_whole(const struct check *c)
{
	return c->report->fault[0] == '\0';
}

/* What an each() returns: remembers that it was we who stopped. */
static bool
go_on(struct check *c, bool more)
{
	c->ended = !more;
	return more;
}

static struct claque_str
id_key(const int64_t *id)
{
	return (struct claque_str){ (const char *)id, sizeof(*id) };
}

static bool
is_text(const struct ledger_entry *e)
{
	return utf8_valid(e->who) && utf8_valid(e->action) && utf8_valid(e->target) &&
	       utf8_valid(e->lens) && utf8_valid(e->command) && utf8_valid(e->payload) &&
	       utf8_valid(e->previous);
}

static bool
check_link(struct check *c, const struct ledger_entry *e)
{
	char hash[SHA256_HEX + 1];

	if (e->seq != c->seq + 1)
		set_fault(c, "ledger: entry %lld is missing; %lld follows %lld",
			  (long long)c->seq + 1, (long long)e->seq, (long long)c->seq);
	else if (!str_eq(e->previous, str_of(c->hash)))
		set_fault(c, "ledger entry %lld: its previous hash is not the hash of entry %lld",
			  (long long)e->seq, (long long)c->seq);
	case_entry_hash(e, hash);
	if (is_text(e) && !str_eq(e->hash, str_of(hash)) && e->hash.len == SHA256_HEX &&
	    erasures_have(&c->erasures, e->seq, hash)) {
		c->report->erased++;
		memcpy(hash, e->hash.p, SHA256_HEX);
	}
	if (!is_text(e) || !str_eq(e->hash, str_of(hash)))
		set_fault(c, "ledger entry %lld: its contents do not match its hash",
			  (long long)e->seq);
	c->seq = e->seq;
	memcpy(c->hash, hash, sizeof(hash));
	return is_whole(c);
}

/* An act, an undo or a redo, as what it says about one annotation. */
static void
note_claim(struct check *c, const struct ledger_entry *e, enum case_action action)
{
	json_t *payload = json_parse(e->payload);
	struct case_turn turn = case_turn_of(payload);
	int64_t id = turn.annotation;
	bool is_new, makes = (int)action < (int)ANNOTATION_COUNT;
	uint32_t number = map_add(&c->ids, id_key(&id), &is_new);
	struct claim *claim;

	GROW(c->claims, c->claim_cap, c->ids.count);
	claim = &c->claims[number];
	if (makes != is_new)
		set_fault(c, "ledger entry %lld: %s", (long long)e->seq, makes ?
			  "makes an annotation that is there" :
			  "is about an annotation that no entry made");
	if (is_new) {
		*claim = (struct claim){ .id = id, .made = e->seq };
		sha256_text(e->payload, claim->digest);
	}
	claim->last = e->seq;
	claim->live = turn.live;
	json_decref(payload);
	number = turn.replaces != 0 ? map_get(&c->ids, id_key(&turn.replaces)) : MAP_NONE;
	if (number != MAP_NONE) {
		c->claims[number].last = e->seq;
		c->claims[number].live = !turn.live;
	}
}

static bool
check_entry(void *ctx, const struct ledger_entry *e)
{
	struct check *c = ctx;
	enum case_action action = case_action_of(e->action);

	if (!check_link(c, e))
		return go_on(c, false);
	c->report->entries++;
	c->found = c->found || str_eq(str_of(c->hash), c->last);
	(void)snprintf(c->report->last_hash, sizeof(c->report->last_hash), "%s", c->hash);
	if (action != CASE_OTHER)
		note_claim(c, e, action);
	else
		tables_note(&c->tables, e);
	foreign_note(&c->told, e);
	return go_on(c, is_whole(c));
}

static bool
note_erasures(void *ctx, const struct ledger_entry *e)
{
	struct check *c = ctx;

	erasures_note(&c->erasures, e->seq, e->action, e->payload);
	return true;
}

static enum claque_rc
check_ledger(struct check *c, struct claque_err *err)
{
	enum claque_rc rc = ledger_walk(c->store, note_erasures, c, err);

	if (rc == CLAQUE_OK)
		rc = ledger_walk(c->store, check_entry, c, err);

	if (rc == CLAQUE_STOPPED && c->ended)
		return CLAQUE_OK;
	if (rc == CLAQUE_EINPUT)
		set_fault(c, "%s", err->msg);
	else if (rc != CLAQUE_OK)
		return rc;
	if (c->last.len > 0 && !c->found)
		set_fault(c, "ledger: none of its %lld entries has the hash " STR_FMT ": its end was "
			  "cut off, or it is another ledger", (long long)c->report->entries,
			  STR_ARG(str_head(c->last, SHA256_HEX)));
	return CLAQUE_OK;
}

/* Its times stand in a row of their own, and in the name that the entry hashed. */
static enum claque_rc
check_period(struct check *c, const struct annotation *a, struct arena scratch,
	     struct claque_err *err)
{
	struct claque_str name;
	enum claque_rc rc = list_subject_name(c->store, a->target, &scratch, &name, err);

	if (rc == CLAQUE_ENOTFOUND || (rc == CLAQUE_OK && !str_eq(name, a->target_name))) {
		set_fault(c, "annotation %lld: the period that it is about was altered",
			  (long long)a->id);
		rc = CLAQUE_OK;
	}
	return rc;
}

static enum claque_rc
check_claim(struct check *c, const struct claim *claim, struct claque_err *err)
{
	struct arena scratch = c->room;
	struct annotation a;
	char digest[SHA256_HEX + 1];
	struct buf text;
	json_t *payload;
	enum claque_rc rc = annotation_get(c->store, claim->id, &scratch, &a, err);

	if (rc == CLAQUE_ENOTFOUND) {
		set_fault(c, "annotation %lld is gone; ledger entry %lld made it",
			  (long long)claim->id, (long long)claim->made);
		return CLAQUE_OK;
	}
	if (rc != CLAQUE_OK)
		return rc;
	payload = case_act_payload(&a, true);
	buf_init(&text, CASE_ROOM_BYTES);
	json_canonical(&text, payload);
	sha256_text(buf_str(&text), digest);
	if (!utf8_valid(a.text) || !utf8_valid(a.target_name) || !utf8_valid(a.who) ||
	    strcmp(digest, claim->digest) != 0)
		set_fault(c, "annotation %lld is not what ledger entry %lld made: it was altered",
			  (long long)claim->id, (long long)claim->made);
	else if (a.live != claim->live)
		set_fault(c, "annotation %lld is %s; ledger entry %lld left it %s",
			  (long long)claim->id, a.live ? "live" : "not live",
			  (long long)claim->last, claim->live ? "live" : "not live");
	buf_done(&text);
	json_decref(payload);
	return a.target.kind == SUBJECT_period ? check_period(c, &a, scratch, err) :
	       CLAQUE_OK;
}

/* The other way round: what lives without an entry. */
static bool
check_note(void *ctx, const struct annotation *a)
{
	struct check *c = ctx;

	if (map_get(&c->ids, id_key(&a->id)) == MAP_NONE)
		set_fault(c, "annotation %lld has no ledger entry", (long long)a->id);
	return go_on(c, is_whole(c));
}

static enum claque_rc
walk_list(struct check *c, enum list_id list, bool (*each)(void *ctx, const struct row *row),
	  struct claque_err *err)
{
	struct list_query q = { .list = list, .lens = lens_open(), .sort = -1 };
	enum claque_rc rc = list_walk(c->store, &q, each, c, err);

	return rc == CLAQUE_STOPPED && c->ended ? c->rc : rc;
}

static enum claque_rc
check_annotations(struct check *c, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (uint32_t i = 0; i < c->ids.count && rc == CLAQUE_OK && is_whole(c); i++)
		rc = check_claim(c, &c->claims[i], err);
	if (rc == CLAQUE_OK && is_whole(c))
		rc = annotation_walk(c->store, (struct subject){ 0 }, check_note, c, err);
	return rc == CLAQUE_STOPPED && c->ended ? CLAQUE_OK : rc;
}

static enum claque_rc
check_tables(struct check *c, struct claque_err *err)
{
	return tables_check(c->store, &c->tables, c->report, err);
}

/* Of a folder of pictures, the digest of all its files. EIO: it is no folder. */
static enum claque_rc
digest_folder(struct check *c, const char *path, char digest[SHA256_HEX + 1],
	      struct claque_err *err)
{
	struct arena whole = arena_new(FOLDER_BYTES), perm = whole;
	struct tree_file *files;
	size_t count;
	uint64_t bytes;
	enum claque_rc rc = tree_list(path, &perm, &files, &count, err);

	if (rc == CLAQUE_OK)
		rc = tree_sha256(path, files, count, digest, &bytes, c->progress, err);
	arena_free(whole);
	return rc == CLAQUE_ELIMIT ? CLAQUE_EIO : rc;
}

static bool
check_input(void *ctx, const struct row *row)
{
	struct check *c = ctx;
	struct arena scratch = c->room;
	const char *path = str_z(&scratch, row->values[c->path].s);
	char digest[SHA256_HEX + 1];
	struct claque_err err;
	struct stat st;

	if (access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
		c->report->inputs_missing++;
		return true;
	}
	c->rc = sha256_file(path, digest, NULL, c->progress, &err);
	if (c->rc == CLAQUE_EIO && stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		c->rc = digest_folder(c, path, digest, &err);
	if (c->rc == CLAQUE_EIO) {	/* a bad disk, or not this user's */
		c->rc = CLAQUE_OK;
		if (c->report->inputs_unread++ == 0)
			(void)snprintf(c->report->unread, sizeof(c->report->unread), "%s", err.msg);
	} else if (c->rc == CLAQUE_OK && str_eq(row->values[c->digest].s, str_of(digest))) {
		c->report->inputs_same++;
	} else if (c->rc == CLAQUE_OK && row->values[c->done].i == 0) {
		c->report->inputs_missing++;	/* never read to its end: nobody waits for the rest */
	} else if (c->rc == CLAQUE_OK) {
		c->report->inputs_changed++;
		set_fault(c, "input file '%s' is not what was imported: its SHA-256 is now %s",
			  path, digest);
	} else {
		*c->err = err;
	}
	return go_on(c, c->rc == CLAQUE_OK);
}

static int
column_of(enum list_id list, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(columns[i].name, name) == 0)
			return (int)i;
	return -1;
}

static enum claque_rc
check_inputs(struct check *c, struct claque_err *err)
{
	c->path = column_of(LIST_INPUTS, "place");
	c->digest = column_of(LIST_INPUTS, "sha256");
	c->done = column_of(LIST_INPUTS, "done");
	if (c->path < 0 || c->digest < 0 || c->done < 0)
		return CLAQUE_OK;
	return walk_list(c, LIST_INPUTS, check_input, err);
}

static enum claque_rc
check_foreign(struct check *c, struct claque_err *err)
{
	struct foreign_verdict verdict;
	enum claque_rc rc = foreign_verify(c->store, &c->told, &verdict, err);

	c->report->foreign_ledgers = verdict.ledgers;
	c->report->foreign_entries = verdict.entries;
	c->report->foreign_interrupted = verdict.interrupted;
	if (rc == CLAQUE_OK && verdict.fault[0] != '\0')
		set_fault(c, "%s", verdict.fault);
	return rc;
}

static enum claque_rc
check_database(struct check *c, struct claque_err *err)
{
	enum claque_rc rc = store_check(c->store, err);

	if (rc != CLAQUE_EINPUT)
		return rc;
	set_fault(c, "%s", err->msg);
	return CLAQUE_OK;
}

enum claque_rc
case_verify(struct store *store, struct claque_str last, const struct claque_progress *progress,
	    struct verify_report *out, struct claque_err *err)
{
	enum claque_rc (*const steps[])(struct check *c, struct claque_err *err) = {
		check_database, check_ledger, check_foreign, check_annotations, check_tables,
	};
	struct check c = { .store = store, .last = last, .progress = progress, .report = out,
			   .err = err };
	enum claque_rc rc = store_hold(store, err);	/* all of it as at one moment */

	*out = (struct verify_report){ 0 };
	memset(c.hash, '0', SHA256_HEX);
	c.room = arena_new(CASE_ROOM_BYTES);
	map_init(&c.ids);
	set64_init(&c.told);
	erasures_init(&c.erasures);
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && rc == CLAQUE_OK; i++)
		if (is_whole(&c))
			rc = steps[i](&c, err);
	if (rc == CLAQUE_OK)
		rc = check_inputs(&c, err);
	store_rollback(store);
	map_done(&c.ids);
	set64_done(&c.told);
	erasures_done(&c.erasures);
	free(c.claims);
	arena_free(c.room);
	if (rc != CLAQUE_OK)
		*out = (struct verify_report){ 0 };
	return rc;
}
