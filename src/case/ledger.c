/*
 * ledger.c - one entry: what it says, how it is hashed, how it follows the one
 * before.
 *
 * The payload is hashed as the text that is stored, not as what it means, so
 * that a verifier needs no parser of ours and every byte counts. For the same
 * reason nothing is stored that is not valid UTF-8: JSON would repair it on
 * the way to the hash, and two texts would have one hash.
 */
#include "config.h"

#include "case/ledger.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/sha256.h"
#include "base/utf8.h"

enum { LINE_BYTES_MAX = 4 << 10, PAYLOAD_BYTES_MAX = 4 << 20, ENTRY_BYTES_MAX = 32 << 20 };

static const char first_previous[] =
	"0000000000000000000000000000000000000000000000000000000000000000";

_Static_assert(sizeof(first_previous) == SHA256_HEX + 1, "as long as a hash");

static const struct {
	const char *name;
	bool act;
} actions[] = {
#define X(name, act, live) [CASE_##name] = { #name, (act) },
	CASE_ACTION_LIST(X)
#undef X
};

enum case_action
case_action_of(struct claque_str action)
{
	for (unsigned i = 0; i < CASE_OTHER; i++)
		if (str_eq(action, str_of(actions[i].name)))
			return (enum case_action)i;
	return CASE_OTHER;
}

const char *
case_action_name(enum case_action action)
{
	return (unsigned)action < CASE_OTHER ? actions[action].name : "other";
}

bool
case_is_act(enum case_action action)
{
	return (unsigned)action < CASE_OTHER && actions[action].act;
}

struct claque_str
case_line(struct arena *perm, struct claque_str s, size_t max)
{
	char *p = ARENA_NEW(perm, char, max + 1), put[4];
	size_t len = 0, used;

	s = str_trim(s);
	while (s.len > 0) {
		uint32_t code = utf8_next(s, &used);
		size_t n;

		if (code == UTF8_BAD)
			code = 0xfffd;
		else if (code < 0x20 || code == 0x7f || code == 0x85 || code == 0x2028 ||
			 code == 0x2029)
			code = ' ';
		n = utf8_put(put, code);
		if (n > max - len)
			break;
		memcpy(p + len, put, n);
		len += n;
		s = str_sub(s, used, s.len);
	}
	return str_trim((struct claque_str){ p, len });
}

void
case_entry_hash(const struct ledger_entry *e, char out[65])
{
	json_t *o = json_object();
	struct sha256 digest;
	struct buf canonical;

	json_put(o, "seq", json_integer(e->seq));
	json_put(o, "at", json_integer(e->at));
	json_put(o, "who", json_text(e->who));
	json_put(o, "action", json_text(e->action));
	json_put(o, "target", json_text(e->target));
	json_put(o, "lens", json_text(e->lens));
	json_put(o, "command", json_text(e->command));
	json_put(o, "payload", json_text(e->payload));
	json_put(o, "previous", json_text(e->previous));
	buf_init(&canonical, ENTRY_BYTES_MAX);
	json_canonical(&canonical, o);
	sha256_start(&digest);
	sha256_add(&digest, e->previous);
	sha256_add(&digest, STR("\n"));
	sha256_add(&digest, buf_str(&canonical));
	sha256_end(&digest, out);
	buf_done(&canonical);
	json_decref(o);
}

/* Number and previous hash of the entry to come. */
static enum claque_rc
follow_last(struct store *store, struct arena *perm, struct ledger_entry *out,
	    struct claque_err *err)
{
	struct ledger_entry last;
	enum claque_rc rc = ledger_get(store, 0, perm, &last, err);

	if (rc == CLAQUE_ENOTFOUND) {
		out->seq = 1;
		out->previous = str_of(first_previous);
		return CLAQUE_OK;
	}
	if (rc == CLAQUE_OK) {
		out->seq = last.seq + 1;
		out->previous = last.hash;
	}
	return rc;
}

static enum claque_rc
append(const struct case_context *c, struct ledger_entry e, struct arena scratch,
       struct claque_err *err)
{
	char hash[SHA256_HEX + 1];
	enum claque_rc rc = follow_last(c->store, &scratch, &e, err);

	if (rc != CLAQUE_OK)
		return rc;
	e.at = clock_now();
	e.who = case_line(&scratch, c->who, WHO_BYTES_MAX);
	if (e.who.len == 0)
		e.who = STR("unknown");
	e.target = case_line(&scratch, e.target, LINE_BYTES_MAX);
	e.lens = case_line(&scratch, c->lens, LINE_BYTES_MAX);
	e.command = case_line(&scratch, c->command, LINE_BYTES_MAX);
	case_entry_hash(&e, hash);
	e.hash = str_of(hash);
	return ledger_append(c->store, &e, err);
}

enum claque_rc
case_entry_append(const struct case_context *c, const char *action, struct claque_str target,
		  const json_t *payload, struct claque_err *err)
{
	struct ledger_entry e = { .action = str_of(action), .target = target };
	struct arena room;
	struct buf text;
	enum claque_rc rc;

	buf_init(&text, PAYLOAD_BYTES_MAX);
	json_canonical(&text, payload);
	if (text.over) {
		buf_done(&text);
		return err_set(err, CLAQUE_ELIMIT, "ledger: an entry takes up to %d MiB",
			       PAYLOAD_BYTES_MAX >> 20);
	}
	e.payload = buf_str(&text);
	room = arena_new(CASE_ROOM_BYTES);
	rc = append(c, e, room, err);
	arena_free(room);
	buf_done(&text);
	return rc;
}

/* A verdict that was made as a tag, and brought forward as it was: its entry says so. */
static bool
is_old_tag(const struct annotation *a)
{
	return a->was_tag.len > 0 && a->kind == ANNOTATION_verdict && a->confidence.len == 0 &&
	       a->colour.len == 0 && a->quote.len == 0 && a->replaces == 0 &&
	       str_eq(a->word, STR(VERDICT_CLEARED)) && str_eq(a->text, STR(TAGGED_CLEARED));
}

/* Only what is set: entries of older cases have none of it. */
static void
put_more(json_t *o, const struct annotation *a)
{
	const struct {
		const char *name;
		struct claque_str text;
	} texts[] = {
		{ "colour", a->colour }, { "confidence", a->confidence }, { "quote", a->quote },
		{ "was_tag", a->was_tag }, { "word", a->word },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i].text.len > 0)
			json_put(o, texts[i].name, json_text(texts[i].text));
	if (a->kind == ANNOTATION_highlight)
		json_put(o, "first", json_integer(a->first));
	if (a->about != 0)
		json_put(o, "belongs_to", json_integer(a->about));
	if (a->replaces != 0)
		json_put(o, "replaces", json_integer(a->replaces));
}

json_t *
case_act_payload(const struct annotation *row, bool live)
{
	struct annotation as_tag = *row;
	const struct annotation *a = row;
	json_t *o = json_object();

	if (is_old_tag(row)) {
		as_tag.kind = ANNOTATION_tag;
		as_tag.text = row->was_tag;
		as_tag.word = as_tag.was_tag = STR("");
		a = &as_tag;
	}

	json_put(o, "annotation", json_integer(a->id));
	json_put(o, "at", json_integer(a->at));
	json_put(o, "kind", json_text(str_of(case_action_name((enum case_action)a->kind))));
	json_put(o, "live", json_boolean(live));
	json_put(o, "name", json_text(a->target_name));
	json_put(o, "target", json_integer(a->target.id));
	json_put(o, "target_kind", json_text(str_of(subject_kind_name(a->target.kind))));
	json_put(o, "text", json_text(a->text));
	json_put(o, "who", json_text(a->who));
	put_more(o, a);
	return o;
}

struct case_turn
case_turn_of(const json_t *payload)
{
	int64_t replaces = case_payload_int(payload, "replaces");

	return (struct case_turn){ case_payload_int(payload, "annotation"),
				   json_is_true(json_object_get(payload, "live")),
				   replaces > 0 ? replaces : 0 };
}

json_t *
case_undo_payload(int64_t act, const struct case_turn *turn)
{
	json_t *o = json_object();

	json_put(o, "act", json_integer(act));
	json_put(o, "annotation", json_integer(turn->annotation));
	json_put(o, "live", json_boolean(turn->live));
	if (turn->replaces != 0)
		json_put(o, "replaces", json_integer(turn->replaces));
	return o;
}

int64_t
case_payload_int(const json_t *payload, const char *key)
{
	const json_t *value = json_object_get(payload, key);

	return json_is_integer(value) ? json_integer_value(value) : -1;
}

struct claque_str
case_payload_text(const json_t *payload, const char *key)
{
	return json_string_of(json_object_get(payload, key));
}
