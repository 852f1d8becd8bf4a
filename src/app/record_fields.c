/* record_fields.c - a record as names and values, for people and programs alike. */
#include "config.h"

#include "app/import_look.h"

#include "base/clock.h"

struct telling {
	struct arena scratch;
	void *ctx;
	void (*each)(void *ctx, const char *name, struct claque_str value);
};

static void
tell_text(struct telling *t, const char *name, struct claque_str value)
{
	if (value.p != NULL)
		t->each(t->ctx, name, value);
}

static void
tell_number(struct telling *t, const char *name, int64_t n, int64_t unknown)
{
	struct arena scratch = t->scratch;

	if (n != unknown)
		t->each(t->ctx, name, str_fmt(&scratch, "%lld", (long long)n));
}

static void
tell_time(struct telling *t, const char *name, int64_t ms, int64_t unknown)
{
	struct arena scratch = t->scratch;

	if (ms != unknown)
		t->each(t->ctx, name, clock_text(&scratch, ms, CLOCK_RFC3339));
}

/* An id needs no word. */
static const char *
basis_words(enum share_basis basis)
{
	static const char *const words[SHARE_BASIS_COUNT] = {
		[SHARE_BASIS_text] = " (known by its text)",
		[SHARE_BASIS_picture] = " (known by its picture)",
	};

	return words[basis] != NULL ? words[basis] : "";
}

static void
tell_share(struct telling *t, const struct share_record *s)
{
	struct arena scratch = t->scratch;

	t->each(t->ctx, "shares", str_fmt(&scratch, "%s %s " STR_FMT "%s" STR_FMT "%s",
		act_name(s->act), object_kind_name(s->kind), STR_ARG(s->key),
		s->author.len > 0 ? " by " : "", STR_ARG(s->author),
		basis_words(s->basis)));
}

static void
tell_post(struct telling *t, const struct post_record *p)
{
	static const char *const precisions[] = {
		[TIME_MILLISECOND] = "millisecond", [TIME_SECOND] = "second",
		[TIME_MINUTE] = "minute", [TIME_DAY] = "day",
	};

	tell_text(t, "platform", p->platform);
	tell_text(t, "post_id", p->id);
	tell_text(t, "account_id", p->account_id);
	tell_text(t, "handle", p->handle);
	tell_time(t, "created_at", p->at, CLAQUE_NO_TIME);
	tell_text(t, "exact_to_the", str_of(precisions[p->precision]));
	tell_time(t, "deleted_at", p->deleted_at, 0);
	tell_text(t, "text", p->text);
	tell_text(t, "lang", p->lang);
	tell_text(t, "client", p->client);
	tell_number(t, "likes", p->likes, COUNT_UNKNOWN);
	tell_number(t, "shared", p->shares_count, COUNT_UNKNOWN);
	tell_number(t, "replies", p->replies, COUNT_UNKNOWN);
	for (size_t i = 0; i < p->share_count; i++)
		tell_share(t, &p->shares[i]);
}

static void
tell_account(struct telling *t, const struct account_record *a)
{
	tell_text(t, "platform", a->platform);
	tell_text(t, "account_id", a->id);
	tell_text(t, "handle", a->handle);
	tell_text(t, "display_name", a->display_name);
	tell_text(t, "location", a->location);
	tell_text(t, "bio", a->bio);
	tell_text(t, "profile_url", a->url);
	tell_text(t, "avatar", a->avatar_hash);
	tell_text(t, "avatar_tag", a->avatar_tag);
	tell_text(t, "account_lang", a->lang);
	tell_time(t, "account_created", a->created_at, CLAQUE_NO_TIME);
	tell_time(t, "observed_at", a->observed_at, CLAQUE_NO_TIME);
	tell_number(t, "followers", a->followers, COUNT_UNKNOWN);
	tell_number(t, "following", a->following, COUNT_UNKNOWN);
	tell_number(t, "posts_total", a->posts_total, COUNT_UNKNOWN);
	tell_number(t, "verified", a->verified, COUNT_UNKNOWN);
}

static void
tell_change(struct telling *t, const struct change_record *c)
{
	tell_text(t, "platform", c->platform);
	tell_text(t, "account_id", c->account_id);
	tell_text(t, "field", c->field);
	tell_text(t, "old_value", c->old_value);
	tell_text(t, "new_value", c->new_value);
	tell_time(t, "changed_at", c->at, CLAQUE_NO_TIME);
}

static void
tell_indicator(struct telling *t, const struct indicator_record *i)
{
	tell_text(t, "kind", str_of(indicator_kind_name(i->kind)));
	tell_text(t, "value", i->value);
	tell_text(t, "as_published", i->raw);
	tell_text(t, "platform", i->platform);
	tell_text(t, "tactic", i->tactic);
	tell_text(t, "technique", i->technique);
	tell_text(t, "procedure", i->procedure);
	tell_text(t, "role", i->role);
	tell_text(t, "note", i->note);
	tell_text(t, "published", i->published);
	tell_number(t, "count", i->count, COUNT_UNKNOWN);
}

static void
tell_portrait(struct telling *t, const struct portrait_record *p)
{
	tell_text(t, "platform", p->platform);
	tell_text(t, "account_id", p->account_id);
	tell_text(t, "avatar", p->avatar_hash);
}

void
record_fields(const struct record *r, struct arena scratch, void *ctx,
	      void (*each)(void *ctx, const char *name, struct claque_str value))
{
	struct telling t = { scratch, ctx, each };

	switch (r->type) {
	case RECORD_POST:
		tell_post(&t, &r->post);
		break;
	case RECORD_ACCOUNT:
		tell_account(&t, &r->account);
		break;
	case RECORD_CHANGE:
		tell_change(&t, &r->change);
		break;
	case RECORD_INDICATOR:
		tell_indicator(&t, &r->indicator);
		break;
	case RECORD_PORTRAIT:
		tell_portrait(&t, &r->portrait);
		break;
	}
	tell_text(&t, "extras", r->extras);
}

const char *
record_kind(const struct record *r)
{
	static const char *const kinds[] = {
		[RECORD_ACCOUNT] = "account", [RECORD_CHANGE] = "change",
		[RECORD_INDICATOR] = "indicator", [RECORD_PORTRAIT] = "portrait",
	};

	return r->type == RECORD_POST ? post_kind_name(r->post.kind) : kinds[r->type];
}
