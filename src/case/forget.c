#include "config.h"

#include "case/forget.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/sha256.h"
#include "case/tables.h"

enum { TEXT_BYTES_MAX = 32 << 20 };

struct forgetting {
	const struct case_context *c;
	const struct forget_plan *plan;
	struct forget *forget;
	struct forget_result *out;
	struct arena perm;		/* what stands instead */
	struct ledger_entry *entries;	/* erased */
	size_t count, cap;
	struct set64 about;		/* annotations on who is forgotten */
	enum claque_rc rc;
	struct claque_err *err;
};

/* The text without the names; the same bytes where there are none. */
static struct claque_str
without_names(struct forgetting *f, struct claque_str s)
{
	struct claque_str out = s;
	struct buf text;

	buf_init(&text, TEXT_BYTES_MAX);
	if (forget_names_take_out(forget_names_of(f->forget), s, &text) > 0)
		out = str_dup(&f->perm, buf_str(&text));
	buf_done(&text);
	return out;
}

/* Of what is on them, all words; of the rest, their names. */
static struct claque_str
instead(struct forgetting *f, struct claque_str s, bool about)
{
	return about && s.len > 0 ? STR(FORGOTTEN_TEXT) : without_names(f, s);
}

/* --- the analyst's work */

static bool
take_note(void *ctx, const struct annotation *a)
{
	struct forgetting *f = ctx;
	struct annotation now = *a;
	bool about;

	f->rc = forget_concerns(f->forget, a->target, &about, f->err);
	if (f->rc != CLAQUE_OK)
		return false;
	if (about)
		(void)set64_add(&f->about, (uint64_t)a->id);
	now.target_name = instead(f, a->target_name, about);
	now.text = instead(f, a->text, about);
	now.quote = instead(f, a->quote, about);
	now.word = without_names(f, a->word);
	now.was_tag = without_names(f, a->was_tag);
	if (!about && str_eq(now.target_name, a->target_name) && str_eq(now.text, a->text) &&
	    str_eq(now.quote, a->quote) && str_eq(now.word, a->word) &&
	    str_eq(now.was_tag, a->was_tag))
		return true;
	f->out->notes++;
	if (f->plan->note != NULL)
		f->plan->note(f->plan->ctx, a);
	if (f->plan->replace_notes)
		f->rc = forget_annotation(f->c->store, &now, f->err);
	return f->rc == CLAQUE_OK;
}

static enum claque_rc
take_notes(struct forgetting *f)
{
	enum claque_rc rc = annotation_walk_all(f->c->store, (struct subject){ 0 }, take_note, f,
						f->err);

	if (f->rc != CLAQUE_OK)
		return f->rc;
	if (rc == CLAQUE_OK && f->out->notes > 0 && !f->plan->replace_notes && !f->plan->dry_run)
		return err_set(f->err, CLAQUE_EUSAGE, "%lld notes, tags or verdicts are on who is to be "
			       "forgotten, or name them: --dry-run lists them; --notes replace puts "
			       FORGOTTEN_TEXT " in their place", (long long)f->out->notes);
	return rc;
}

/* --- the ledger */

/* Of an act, the same words as of its annotation, or verify would find them altered. */
static json_t *
payload_instead(struct forgetting *f, const json_t *payload, bool about)
{
	static const char *const all[] = { "name", "quote", "text" };
	json_t *now = json_deep_copy(payload);
	const char *key;
	json_t *value;
	void *next;

	json_object_foreach_safe(now, next, key, value) {
		bool words = false;

		for (size_t i = 0; i < sizeof(all) / sizeof(*all); i++)
			words = words || strcmp(key, all[i]) == 0;
		if (json_is_string(value) && strcmp(key, "who") != 0)
			json_put(now, key, json_text(instead(f, json_string_of(value),
							     about && words)));
	}
	return now;
}

static struct claque_str
canonical(struct forgetting *f, const json_t *payload)
{
	struct claque_str out;
	struct buf text;

	buf_init(&text, TEXT_BYTES_MAX);
	json_canonical(&text, payload);
	out = str_dup(&f->perm, buf_str(&text));
	buf_done(&text);
	return out;
}

static bool
take_entry(void *ctx, const struct ledger_entry *e)
{
	struct forgetting *f = ctx;
	struct arena before = f->perm;
	struct ledger_entry now = *e;
	json_t *payload = json_parse(e->payload), *instead_of;
	int64_t id = case_payload_int(payload, "annotation");
	bool about = id > 0 && set64_has(&f->about, (uint64_t)id);

	now.target = instead(f, e->target, about);
	now.lens = without_names(f, e->lens);
	now.command = without_names(f, e->command);
	instead_of = json_is_object(payload) ? payload_instead(f, payload, about) : NULL;
	now.payload = instead_of != NULL ? canonical(f, instead_of) : e->payload;
	json_decref(instead_of);
	json_decref(payload);
	if (str_eq(now.target, e->target) && str_eq(now.lens, e->lens) &&
	    str_eq(now.command, e->command) && str_eq(now.payload, e->payload)) {
		f->perm = before;
		return true;
	}
	now.target = str_dup(&f->perm, now.target);
	now.lens = str_dup(&f->perm, now.lens);
	now.command = str_dup(&f->perm, now.command);
	now.who = str_dup(&f->perm, e->who);
	now.action = str_dup(&f->perm, e->action);
	now.previous = str_dup(&f->perm, e->previous);
	now.hash = str_dup(&f->perm, e->hash);
	GROW(f->entries, f->cap, f->count + 1);
	f->entries[f->count++] = now;
	return true;
}

static json_t *
list_erased(const struct forgetting *f)
{
	json_t *list = json_new_list();
	char hash[SHA256_HEX + 1];

	for (size_t i = 0; i < f->count; i++) {
		json_t *one = json_new_object();

		case_entry_hash(&f->entries[i], hash);
		json_put(one, "now", json_text(str_of(hash)));
		json_put(one, "seq", json_integer(f->entries[i].seq));
		json_append(list, one);
	}
	return list;
}

static json_t *
new_payload(struct forgetting *f)
{
	const struct forget_counts *n = &f->out->rows;
	const struct {
		const char *name;
		int64_t count;
	} counts[] = {
		{ "accounts", n->accounts }, { "posts", n->posts }, { "profiles", n->profiles },
		{ "changes", n->changes }, { "shares", n->shares }, { "sources", n->sources },
		{ "found", n->found }, { "others", n->others }, { "texts", n->texts },
		{ "notes", f->out->notes },
	};
	json_t *o = json_new_object(), *rows = json_new_object();

	for (size_t i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		json_put(rows, counts[i].name, json_integer(counts[i].count));
	json_put(o, "rows", rows);
	json_put(o, "erased", list_erased(f));
	json_put(o, "reason", json_text(without_names(f, f->plan->reason)));
	if (f->plan->fault.len > 0)
		json_put(o, "fault", json_text(without_names(f, f->plan->fault)));
	return o;
}

/* The tables as they are now, and the entry that vouches for them and for what was erased. */
static enum claque_rc
record(struct forgetting *f)
{
	struct store *s = f->c->store;
	struct digests *digests = digests_new();
	json_t *payload = new_payload(f);
	bool whole = false;
	enum claque_rc rc = digest_is_whole(s, &whole, f->err);

	if (rc == CLAQUE_OK)
		rc = digests_take_all(digests, s, DIGEST_IMPORT | DIGEST_EVENTS | DIGEST_RUNS, f->err);
	if (rc == CLAQUE_OK)
		rc = tables_put(s, digests, payload, f->err);
	if (rc == CLAQUE_OK && !whole)	/* an import was interrupted, and still is */
		rc = digest_not_whole(s, f->err);
	if (rc == CLAQUE_OK)
		rc = case_entry_append(f->c, "forget", STR(""), payload, f->err);
	json_decref(payload);
	digests_free(digests);
	return rc;
}

static enum claque_rc
forget_inside(struct forgetting *f)
{
	enum claque_rc rc = forget_new(&f->forget, f->c->store, f->plan->accounts, f->plan->count,
				       f->err);

	if (rc == CLAQUE_OK)
		rc = take_notes(f);
	if (rc == CLAQUE_OK)
		rc = ledger_walk(f->c->store, take_entry, f, f->err);
	f->out->entries = (int64_t)f->count;
	if (rc == CLAQUE_OK)
		rc = forget_rows(f->forget, &f->out->rows, f->err);
	if (rc == CLAQUE_OK)
		rc = forget_entries(f->c->store, f->entries, f->count, f->err);
	return rc == CLAQUE_OK ? record(f) : rc;
}

enum claque_rc
case_forget(const struct case_context *c, const struct forget_plan *plan,
	    struct forget_result *out, struct claque_err *err)
{
	struct arena whole = arena_new(CASE_ROOM_BYTES);
	struct forgetting f = { .c = c, .plan = plan, .out = out, .perm = whole, .err = err };
	enum claque_rc rc = forget_begin(c->store, err);

	*out = (struct forget_result){ .notes = 0 };
	set64_init(&f.about);
	if (rc == CLAQUE_OK)
		rc = store_begin(c->store, err);
	if (rc == CLAQUE_OK)
		rc = forget_inside(&f);
	if (rc == CLAQUE_OK && !plan->dry_run)
		rc = store_commit(c->store, err);
	store_rollback(c->store);
	forget_free(f.forget);
	set64_done(&f.about);
	free(f.entries);
	arena_free(whole);
	return rc;
}
