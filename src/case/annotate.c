#include "config.h"

#include "case/ledger.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/utf8.h"

enum { NAME_BYTES_MAX = 1024 };

_Static_assert((int)ANNOTATION_note == (int)CASE_note && (int)ANNOTATION_tag == (int)CASE_tag &&
	       (int)ANNOTATION_pin == (int)CASE_pin, "an annotation's kind names its action");

/* A ledger that repairs text would hash what was not written. */
static enum claque_rc
check_bytes(const char *what, struct claque_str s, struct claque_err *err)
{
	if (!utf8_valid(s))
		return err_set(err, CLAQUE_EINPUT, "%s: not valid UTF-8", what);
	if (s.len > 0 && memchr(s.p, '\0', s.len) != NULL)
		return err_set(err, CLAQUE_EINPUT, "%s: holds a NUL byte", what);
	return CLAQUE_OK;
}

static enum claque_rc
check_note(struct claque_str *text, struct claque_err *err)
{
	if (str_trim(*text).len == 0)
		return err_set(err, CLAQUE_EUSAGE, "note: there is no text");
	if (text->len > NOTE_BYTES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "note: %zu bytes; up to %d are kept", text->len,
			       NOTE_BYTES_MAX);
	return check_bytes("note", *text, err);
}

static bool
has_space(struct claque_str s)
{
	size_t used;

	while (s.len > 0) {
		uint32_t code = utf8_next(s, &used);

		if (code <= 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0x1680 ||
		    (code >= 0x2000 && code <= 0x200f) || (code >= 0x2028 && code <= 0x202f) ||
		    (code >= 0x205f && code <= 0x206f) || code == 0x3000 || code == 0xfeff)
			return true;
		s = str_sub(s, used, s.len);
	}
	return false;
}

static enum claque_rc
check_tag(struct claque_str *text, struct claque_err *err)
{
	enum claque_rc rc;

	if (str_starts(*text, STR("#")))
		*text = str_sub(*text, 1, text->len);
	if (text->len == 0)
		return err_set(err, CLAQUE_EUSAGE, "tag: there is no text");
	if (text->len > TAG_BYTES_MAX)
		return err_set(err, CLAQUE_ELIMIT, "tag: %zu bytes; up to %d are kept", text->len,
			       TAG_BYTES_MAX);
	rc = check_bytes("tag", *text, err);
	if (rc == CLAQUE_OK && has_space(*text))
		return err_set(err, CLAQUE_EUSAGE,
			       "tag: one word without spaces or invisible characters");
	return rc;
}

static enum claque_rc
check_pin(struct claque_str *text, struct claque_err *err)
{
	return text->len == 0 ? CLAQUE_OK : err_set(err, CLAQUE_EUSAGE, "pin: takes no text");
}

static enum claque_rc
check_text(enum annotation_kind kind, struct claque_str *text, struct claque_err *err)
{
	static enum claque_rc (*const checks[])(struct claque_str *text, struct claque_err *err) = {
		[ANNOTATION_note] = check_note, [ANNOTATION_tag] = check_tag,
		[ANNOTATION_pin] = check_pin,
	};

	if ((unsigned)kind >= ANNOTATION_COUNT)
		return err_set(err, CLAQUE_EUSAGE, "no such kind of annotation: %d", (int)kind);
	return checks[kind](text, err);
}

static enum claque_rc
enter(const struct case_context *c, const struct annotation *a, enum case_action action, bool live,
      struct claque_err *err)
{
	json_t *payload = case_act_payload(a, live);
	enum claque_rc rc;

	rc = case_entry_append(c, case_action_name(action), a->target_name, payload, err);
	json_decref(payload);
	return rc;
}

/* The transaction's end, whichever it is. */
static enum claque_rc
finish(const struct case_context *c, enum claque_rc rc, struct claque_err *err)
{
	if (rc == CLAQUE_OK)
		rc = store_commit(c->store, err);
	if (rc != CLAQUE_OK)
		store_rollback(c->store);
	return rc;
}

static enum claque_rc
add_inside(const struct case_context *c, struct annotation *a, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	int64_t there = 0;

	if (a->kind != ANNOTATION_note)
		rc = annotation_find(c->store, a->kind, a->target, a->text, &there, err);
	if (rc != CLAQUE_OK || there != 0)
		return rc;
	rc = annotation_add(c->store, a, &a->id, err);
	return rc == CLAQUE_OK ? enter(c, a, (enum case_action)a->kind, true, err) : rc;
}

/* How the target is called; by kind and number where the caller has no name. */
static struct claque_str
target_name(struct arena *perm, struct subject target, struct claque_str name)
{
	struct claque_str line = case_line(perm, name, NAME_BYTES_MAX);

	if (line.len > 0)
		return line;
	return str_fmt(perm, "%s %lld", subject_kind_name(target.kind), (long long)target.id);
}

enum claque_rc
case_add(const struct case_context *c, enum annotation_kind kind, struct subject target,
	 struct claque_str name, struct claque_str text, struct claque_err *err)
{
	struct annotation a = { .kind = kind, .target = target, .live = true };
	struct arena room, scratch;
	enum claque_rc rc = check_text(kind, &text, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = scratch = arena_new(1 << 20);
	a.target_name = target_name(&scratch, target, name);
	a.text = text;
	a.who = case_line(&scratch, c->who, WHO_BYTES_MAX);
	if (a.who.len == 0)
		a.who = STR("unknown");
	rc = store_begin(c->store, err);
	if (rc == CLAQUE_OK) {
		a.at = clock_now();
		rc = finish(c, add_inside(c, &a, err), err);
	}
	arena_free(room);
	return rc;
}

static enum claque_rc
not_there(enum annotation_kind kind, struct claque_str text, struct claque_err *err)
{
	if (kind == ANNOTATION_pin)
		return err_set(err, CLAQUE_ENOTFOUND, "it is not pinned");
	return err_set(err, CLAQUE_ENOTFOUND, "it has no tag #" STR_FMT, STR_ARG(text));
}

static enum claque_rc
remove_inside(const struct case_context *c, enum annotation_kind kind, struct subject target,
	      struct claque_str text, struct claque_err *err)
{
	enum case_action action = kind == ANNOTATION_tag ? CASE_untag : CASE_unpin;
	struct arena room = arena_new(CASE_ROOM_BYTES), perm = room;
	struct annotation a;
	int64_t id = 0;
	enum claque_rc rc = annotation_find(c->store, kind, target, text, &id, err);

	if (rc == CLAQUE_OK && id == 0)
		rc = not_there(kind, text, err);
	if (rc == CLAQUE_OK)
		rc = annotation_get(c->store, id, &perm, &a, err);
	if (rc == CLAQUE_OK)
		rc = annotation_set_live(c->store, id, false, err);
	if (rc == CLAQUE_OK)
		rc = enter(c, &a, action, false, err);
	arena_free(room);
	return rc;
}

enum claque_rc
case_remove(const struct case_context *c, enum annotation_kind kind, struct subject target,
	    struct claque_str text, struct claque_err *err)
{
	enum claque_rc rc = check_text(kind, &text, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (kind == ANNOTATION_note)
		return err_set(err, CLAQUE_EUSAGE, "a note is not removed; undo takes back the last");
	rc = store_begin(c->store, err);
	return rc == CLAQUE_OK ? finish(c, remove_inside(c, kind, target, text, err), err) : rc;
}

static enum claque_rc
record_inside(const struct case_context *c, struct claque_str action, struct claque_str target,
	      const json_t *payload, struct claque_err *err)
{
	struct arena room = arena_new(1 << 20), scratch = room;
	struct claque_str name = case_line(&scratch, action, TAG_BYTES_MAX);
	enum claque_rc rc;

	if (name.len == 0 || case_action_of(name) != CASE_OTHER)
		rc = err_set(err, CLAQUE_EUSAGE, "ledger: '" STR_FMT "' is no action to record",
			     STR_ARG(name));
	else
		rc = case_entry_append(c, str_z(&scratch, name), target, payload, err);
	arena_free(room);
	return rc;
}

enum claque_rc
case_record(const struct case_context *c, struct claque_str action, struct claque_str target,
	    struct claque_str payload_json, struct claque_err *err)
{
	json_t *payload = json_parse(payload_json.len > 0 ? payload_json : STR("{}"));
	enum claque_rc rc;

	if (!json_is_object(payload)) {
		json_decref(payload);
		return err_set(err, CLAQUE_EUSAGE, "ledger: what is recorded is no JSON object");
	}
	rc = store_begin(c->store, err);
	if (rc == CLAQUE_OK)
		rc = finish(c, record_inside(c, action, target, payload, err), err);
	json_decref(payload);
	return rc;
}
