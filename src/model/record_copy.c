/*
 * record_copy.c - a record that outlives the row it was read from.
 */
#include "config.h"

#include "model/record.h"

#define TEXT(field) offsetof(struct record, field)

static const size_t post_texts[] = {
	TEXT(post.platform), TEXT(post.id), TEXT(post.account_id), TEXT(post.handle),
	TEXT(post.text), TEXT(post.lang), TEXT(post.client), TEXT(post.urls),
};
static const size_t account_texts[] = {
	TEXT(account.platform), TEXT(account.id), TEXT(account.handle), TEXT(account.display_name),
	TEXT(account.location), TEXT(account.bio), TEXT(account.url), TEXT(account.avatar_hash),
	TEXT(account.avatar_tag), TEXT(account.lang),
};
static const size_t change_texts[] = {
	TEXT(change.platform), TEXT(change.account_id), TEXT(change.field),
	TEXT(change.old_value), TEXT(change.new_value),
};
static const size_t indicator_texts[] = {
	TEXT(indicator.value), TEXT(indicator.raw), TEXT(indicator.platform),
	TEXT(indicator.tactic), TEXT(indicator.technique), TEXT(indicator.procedure),
	TEXT(indicator.role), TEXT(indicator.note), TEXT(indicator.published),
};

static const size_t portrait_texts[] = {
	TEXT(portrait.platform), TEXT(portrait.account_id), TEXT(portrait.avatar_hash),
};

#define TEXTS(list) { list, sizeof(list) / sizeof(*list) }
static const struct {
	const size_t *offsets;
	size_t count;
} texts[] = {
	[RECORD_POST] = TEXTS(post_texts), [RECORD_ACCOUNT] = TEXTS(account_texts),
	[RECORD_CHANGE] = TEXTS(change_texts), [RECORD_INDICATOR] = TEXTS(indicator_texts),
	[RECORD_PORTRAIT] = TEXTS(portrait_texts),
};

/* Missing stays missing, and empty stays empty. */
static struct claque_str
copy_text(struct arena *perm, struct claque_str s)
{
	return s.p == NULL ? s : str_dup(perm, s);
}

static const struct share_record *
copy_shares(struct arena *perm, const struct share_record *shares, size_t count)
{
	struct share_record *copy = ARENA_NEW(perm, struct share_record, count);

	for (size_t i = 0; i < count; i++) {
		copy[i] = shares[i];
		copy[i].key = copy_text(perm, shares[i].key);
		copy[i].author = copy_text(perm, shares[i].author);
	}
	return copy;
}

struct record *
record_copy(struct arena *perm, const struct record *r)
{
	struct record *copy = ARENA_NEW(perm, struct record, 1);

	*copy = *r;
	copy->extras = copy_text(perm, r->extras);
	for (size_t i = 0; i < texts[r->type].count; i++) {
		size_t offset = texts[r->type].offsets[i];
		struct claque_str s;

		memcpy(&s, (const char *)r + offset, sizeof(s));
		s = copy_text(perm, s);
		memcpy((char *)copy + offset, &s, sizeof(s));
	}
	if (r->type == RECORD_POST)
		copy->post.shares = copy_shares(perm, r->post.shares, r->post.share_count);
	return copy;
}
