#include "config.h"

#include "case/share.h"

#include "base/err.h"
#include "case/ledger.h"

enum { ANCESTORS_MAX = 32 };

struct sharing {
	struct store *store;
	struct buf *out;
	struct arena room;
	enum claque_rc rc;
	struct claque_err *err;
	bool rows;		/* subjects and annotations by their numbers here, too */
};

static enum claque_rc
put_native(struct sharing *sh, json_t *o, struct subject subject, struct arena *scratch)
{
	struct period p = { 0 };
	struct claque_str native;
	enum claque_rc rc = CLAQUE_OK;
	json_t *about;

	if (subject.kind == SUBJECT_period) {
		rc = period_get(sh->store, subject.id, scratch, &p, sh->err);
		json_put(o, "from_ms", json_integer(p.from));
		json_put(o, "to_ms", json_integer(p.to));
		subject = p.about;
	}
	if (sh->rows)
		json_put(o, "about_row", json_integer(subject.id));
	if (rc == CLAQUE_OK)
		rc = native_of(sh->store, subject, scratch, &native, sh->err);
	about = rc == CLAQUE_OK && native.len > 0 ? json_parse(native) : NULL;
	json_put(o, "about", about != NULL ? about : json_object());
	json_put(o, "about_kind", json_text(str_of(subject_kind_name(subject.kind))));
	return rc;
}

/*
 * What it belongs to, by the words, analyst and time of the first wording: numbers differ
 * between cases. Of a rating that is evidence, which belongs to a claim in its turn.
 */
static enum claque_rc
put_whole(struct sharing *sh, json_t *o, int64_t about, struct arena *scratch)
{
	struct annotation a;
	json_t *whole;
	enum claque_rc rc = annotation_get(sh->store, about, scratch, &a, sh->err);

	if (rc != CLAQUE_OK)
		return rc;
	whole = json_object();
	json_put(whole, "at_ms", json_integer(a.at));
	json_put(whole, "kind", json_text(str_of(annotation_kind_name(a.kind))));
	json_put(whole, "text", json_text(a.text));
	json_put(whole, "who", json_text(a.who));
	json_put(o, "belongs_to", whole);
	return rc;
}

/* What this one was put in the place of, the nearest first: whose it was and when. */
static enum claque_rc
put_ancestors(struct sharing *sh, json_t *o, int64_t id, struct arena *scratch)
{
	json_t *list = json_array();
	enum claque_rc rc = CLAQUE_OK;

	for (int i = 0; rc == CLAQUE_OK && id != 0 && i < ANCESTORS_MAX; i++) {
		struct annotation a;
		json_t *one = json_object();

		rc = annotation_get(sh->store, id, scratch, &a, sh->err);
		id = 0;
		if (rc == CLAQUE_OK) {
			json_put(one, "at_ms", json_integer(a.at));
			json_put(one, "text", json_text(a.text));
			json_put(one, "who", json_text(a.who));
			if (a.word.len > 0)
				json_put(one, "word", json_text(a.word));
			if (a.confidence.len > 0)
				json_put(one, "confidence", json_text(a.confidence));
			id = a.replaces;
		}
		if (json_array_append_new(list, one) != 0)
			base_oom();
	}
	json_put(o, "instead_of", list);
	return rc;
}

static bool
share_one(void *ctx, const struct annotation *a)
{
	struct sharing *sh = ctx;
	struct arena scratch = sh->room;
	json_t *o = case_act_payload(a, true);

	(void)json_object_del(o, "annotation");
	(void)json_object_del(o, "live");
	(void)json_object_del(o, "replaces");
	(void)json_object_del(o, "target");
	(void)json_object_del(o, "at");
	json_put(o, "at_ms", json_integer(a->at));
	sh->rc = put_native(sh, o, a->target, &scratch);
	if (sh->rc == CLAQUE_OK && a->about != 0)
		sh->rc = put_whole(sh, o, a->about, &scratch);
	if (sh->rc == CLAQUE_OK && a->replaces != 0)
		sh->rc = put_ancestors(sh, o, a->replaces, &scratch);
	if (sh->rc == CLAQUE_OK) {
		json_canonical(sh->out, o);
		buf_addc(sh->out, '\n');
	}
	json_decref(o);
	if (sh->rc == CLAQUE_OK && sh->out->over)
		sh->rc = err_set(sh->err, CLAQUE_ELIMIT, "annotations: more than %d MiB",
				 SHARE_BYTES_MAX >> 20);
	return sh->rc == CLAQUE_OK;
}

static enum claque_rc
share_head(struct store *store, struct buf *out, struct arena scratch, struct claque_err *err)
{
	struct ledger_entry last = { 0 };
	enum claque_rc rc = ledger_get(store, 0, &scratch, &last, err);
	json_t *o;

	if (rc != CLAQUE_OK && rc != CLAQUE_ENOTFOUND)
		return rc;
	o = json_object();
	json_put(o, "annotations", json_integer(1));
	json_put(o, "case", json_text(store_title(store_path(store))));
	json_put(o, "ledger_entries", json_integer(last.seq));
	json_put(o, "ledger_hash", json_text(last.hash));
	json_canonical(out, o);
	buf_addc(out, '\n');
	json_decref(o);
	return CLAQUE_OK;
}

static enum claque_rc
share_all(struct sharing *sh)
{
	enum claque_rc rc = annotation_walk(sh->store, (struct subject){ 0 }, share_one, sh, sh->err);

	return rc == CLAQUE_STOPPED && sh->rc != CLAQUE_OK ? sh->rc : rc;
}

enum claque_rc
case_share(struct store *store, struct buf *out, struct claque_err *err)
{
	struct sharing sh = { store, out, arena_new(CASE_ROOM_BYTES), CLAQUE_OK, err, false };
	enum claque_rc rc = share_head(store, out, sh.room, err);

	if (rc == CLAQUE_OK)
		rc = share_all(&sh);
	arena_free(sh.room);
	return rc;
}

enum claque_rc
case_share_rows(struct store *store, struct buf *out, struct claque_err *err)
{
	struct sharing sh = { store, out, arena_new(CASE_ROOM_BYTES), CLAQUE_OK, err, true };
	enum claque_rc rc = share_all(&sh);

	arena_free(sh.room);
	return rc;
}
