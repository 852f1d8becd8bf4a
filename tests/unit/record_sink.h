/*
 * record_sink.h - a sink that writes down what it is given, one line a call,
 * so that a test compares whole imports with a text.
 *
 * "2 post id=p1 account=a1 at=1000 ..."; a missing field is not printed, an
 * empty one prints as name=''.
 */
#ifndef TESTS_UNIT_RECORD_SINK_H
#define TESTS_UNIT_RECORD_SINK_H

#include "base/buf.h"
#include "model/record.h"

struct recording {
	struct buf text;
	size_t put, refused, done;
	size_t kinds[INDICATOR_KIND_COUNT];
	enum claque_rc answer;		/* of put() */
	struct record_sink sink;
};

static void
note_text(struct buf *b, const char *name, struct claque_str s)
{
	if (s.p == NULL)
		return;
	buf_addf(b, " %s=", name);
	buf_addz(b, s.len == 0 ? "''" : "");
	buf_add(b, s);
}

static void
note_number(struct buf *b, const char *name, int64_t n, int64_t unknown)
{
	if (n != unknown)
		buf_addf(b, " %s=%lld", name, (long long)n);
}

static void
note_post(struct buf *b, const struct post_record *p)
{
	buf_addf(b, "%s", post_kind_name(p->kind));
	note_text(b, "platform", p->platform);
	note_text(b, "id", p->id);
	note_text(b, "account", p->account_id);
	note_text(b, "handle", p->handle);
	buf_addf(b, " at=%lld/%d", (long long)p->at, (int)p->precision);
	note_number(b, "deleted", p->deleted_at, 0);
	note_text(b, "text", p->text);
	note_text(b, "lang", p->lang);
	note_text(b, "client", p->client);
	note_text(b, "urls", p->urls);
	note_number(b, "likes", p->likes, COUNT_UNKNOWN);
	note_number(b, "shares", p->shares_count, COUNT_UNKNOWN);
	note_number(b, "replies", p->replies, COUNT_UNKNOWN);
	buf_addz(b, p->shares_accrue ? " accrue" : "");
	for (size_t i = 0; i < p->share_count; i++) {
		const struct share_record *s = &p->shares[i];

		buf_addf(b, " [%s %s", act_name(s->act), object_kind_name(s->kind));
		note_text(b, "key", s->key);
		note_text(b, "by", s->author);
		buf_addz(b, s->basis == SHARE_BASIS_text ? " by its text" : "");
		buf_addc(b, ']');
	}
}

static void
note_account(struct buf *b, const struct account_record *a)
{
	buf_addz(b, "account");
	note_text(b, "platform", a->platform);
	note_text(b, "id", a->id);
	note_text(b, "handle", a->handle);
	note_text(b, "name", a->display_name);
	note_text(b, "location", a->location);
	note_text(b, "bio", a->bio);
	note_text(b, "url", a->url);
	note_text(b, "hash", a->avatar_hash);
	note_text(b, "tag", a->avatar_tag);
	note_text(b, "lang", a->lang);
	note_number(b, "created", a->created_at, CLAQUE_NO_TIME);
	note_number(b, "observed", a->observed_at, CLAQUE_NO_TIME);
	note_number(b, "followers", a->followers, COUNT_UNKNOWN);
	note_number(b, "following", a->following, COUNT_UNKNOWN);
	note_number(b, "posts", a->posts_total, COUNT_UNKNOWN);
	note_number(b, "verified", a->verified, COUNT_UNKNOWN);
}

static void
note_change(struct buf *b, const struct change_record *c)
{
	buf_addz(b, "change");
	note_text(b, "platform", c->platform);
	note_text(b, "account", c->account_id);
	note_text(b, "field", c->field);
	note_text(b, "old", c->old_value);
	note_text(b, "new", c->new_value);
	note_number(b, "at", c->at, CLAQUE_NO_TIME);
}

static void
note_indicator(struct buf *b, const struct indicator_record *i)
{
	buf_addz(b, indicator_kind_name(i->kind));
	note_text(b, "value", i->value);
	note_text(b, "raw", i->raw);
	note_text(b, "platform", i->platform);
	note_text(b, "tactic", i->tactic);
	note_text(b, "technique", i->technique);
	note_text(b, "procedure", i->procedure);
	note_text(b, "role", i->role);
	note_text(b, "note", i->note);
	note_text(b, "published", i->published);
	note_number(b, "count", i->count, COUNT_UNKNOWN);
}

static enum claque_rc
recording_put(void *ctx, uint64_t row, const struct record *r, bool *duplicate,
	      struct claque_err *err)
{
	struct recording *rec = ctx;

	*duplicate = false;
	if (rec->answer != CLAQUE_OK) {
		*err = (struct claque_err){ rec->answer, "the sink is full" };
		return rec->answer;
	}
	rec->put++;
	buf_addf(&rec->text, "%llu ", (unsigned long long)row);
	if (r->type == RECORD_POST)
		note_post(&rec->text, &r->post);
	else if (r->type == RECORD_ACCOUNT)
		note_account(&rec->text, &r->account);
	else if (r->type == RECORD_CHANGE)
		note_change(&rec->text, &r->change);
	else
		note_indicator(&rec->text, &r->indicator);
	note_text(&rec->text, "extras", r->extras);
	if (r->type == RECORD_INDICATOR)
		rec->kinds[r->indicator.kind]++;
	buf_addc(&rec->text, '\n');
	return CLAQUE_OK;
}

static enum claque_rc
recording_refuse(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	struct recording *rec = ctx;

	(void)err;
	rec->refused++;
	buf_addf(&rec->text, "%llu refused: ", (unsigned long long)row);
	buf_add(&rec->text, reason);
	buf_addc(&rec->text, '\n');
	return CLAQUE_OK;
}

static enum claque_rc
recording_row_done(void *ctx, uint64_t row, struct claque_err *err)
{
	struct recording *rec = ctx;

	(void)row;
	(void)err;
	rec->done++;
	return CLAQUE_OK;
}

static void
recording_start(struct recording *rec)
{
	*rec = (struct recording){ 0 };
	buf_init(&rec->text, 1 << 20);
	rec->sink = (struct record_sink){ rec, recording_put, recording_refuse,
					  recording_row_done };
}

/* Of a test whose state is a recording: cmocka_unit_test_prestate_setup_teardown(). */
static inline int
recording_set_up(void **state)
{
	recording_start(*state);
	return 0;
}

static inline int
recording_tear_down(void **state)
{
	struct recording *rec = *state;

	buf_done(&rec->text);
	return 0;
}

#endif
