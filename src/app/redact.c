#include "config.h"

#include "app/redact.h"

#include <stdlib.h>

#include "app/posts_of.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "store/bundle.h"
#include "store/desk.h"
#include "text/url.h"

enum { POST_NAME_BYTES = 12, CUT_BYTES = 60, LONG_NUMBER = 12, ROOM_BYTES = 64 << 20 };

struct redactor {
	struct redaction_plan plan;
	struct set64 hidden;		/* row ids of accounts */
	struct set64 posts;		/* ids of their posts, as hashes: full names those of strangers */
	struct set64 nameless;		/* row ids of accounts that came under a pseudonym */
	struct set64 small;		/* clusters of few accounts, as hashes of their names */
	unsigned char key[SECRET_BYTES];
	struct mask *mask;
};

static const char *const level_names[REDACTION_COUNT] = {
#define X(id, name, help) [REDACTION_##id] = name,
	REDACTION_LIST(X)
#undef X
};

const char *
redaction_name(enum redaction level)
{
	return level_names[level];
}

enum claque_rc
redaction_parse(struct claque_str name, enum redaction *out, struct claque_err *err)
{
	for (unsigned i = 0; i < REDACTION_COUNT; i++)
		if (str_eq(name, str_of(level_names[i]))) {
			*out = (enum redaction)i;
			return CLAQUE_OK;
		}
	return err_set(err, CLAQUE_EUSAGE, "no level of redaction '" STR_FMT "'; there are full, "
		       "pseudonymised and aggregate", STR_ARG(name));
}

/* --- who is hidden */

static bool
take_member(void *ctx, const struct row *row)
{
	struct redactor *r = ctx;
	const struct value *role = &row->values[list_column(LIST_MEMBERS, STR("role"))];

	if (role->type == VALUE_TEXT && str_eq(role->s, STR("exposed")) &&
	    !set64_has(&r->nameless, (uint64_t)row->id))
		(void)set64_add(&r->hidden, (uint64_t)row->id);
	return true;
}

static bool
take_account(void *ctx, const struct row *row)
{
	struct redactor *r = ctx;
	const struct value *followers = &row->values[list_column(LIST_ACCOUNTS, STR("followers"))];

	if ((followers->type != VALUE_INT || followers->i < r->plan.followers) &&
	    !set64_has(&r->nameless, (uint64_t)row->id))
		(void)set64_add(&r->hidden, (uint64_t)row->id);
	return true;
}

static bool
take_post(void *ctx, const struct row *row)
{
	struct redactor *r = ctx;
	const struct value *account = &row->values[list_column(LIST_POSTS, STR("account_id"))];
	const struct value *post = &row->values[list_column(LIST_POSTS, STR("post_id"))];

	if (post->type == VALUE_TEXT && account->type == VALUE_TEXT &&
	    mask_hides(r->mask, mask_owner(r->mask, account->s)))
		(void)set64_add(&r->posts, hash_bytes(post->s, 0));
	return true;
}

struct finding {		/* whose posts are looked for */
	const struct redactor *r;
	struct posts_of of;
};

static bool
take_author(void *ctx, const struct row *row)
{
	struct finding *f = ctx;
	const struct value *id = &row->values[list_column(LIST_ACCOUNTS, STR("account_id"))];
	const struct value *posts = &row->values[list_column(LIST_ACCOUNTS, STR("posts"))];

	if (id->type == VALUE_TEXT && mask_hides(f->r->mask, mask_owner(f->r->mask, id->s)))
		posts_of_add(&f->of, row->id, posts->i);
	return true;
}

static enum claque_rc
find_posts(struct redactor *r, struct store *store, struct claque_err *err)
{
	struct list_query q = { .list = LIST_ACCOUNTS, .lens = lens_open(), .sort = -1,
				.unordered = true };
	struct finding f = { .r = r };
	enum claque_rc rc;

	if (r->hidden.count == 0)
		return CLAQUE_OK;
	posts_of_init(&f.of);
	q.without = list_all_but(LIST_ACCOUNTS, "account_id posts");
	rc = list_walk(store, &q, take_author, &f, err);
	if (rc == CLAQUE_OK)
		rc = posts_of_walk(&f.of, store, take_post, r, err);
	posts_of_done(&f.of);
	return rc;
}

static bool
take_nameless(void *ctx, int64_t account)
{
	struct redactor *r = ctx;

	(void)set64_add(&r->nameless, (uint64_t)account);
	return true;
}

/* What stands for a name already stays, so that it is the same in every case it goes through. */
static enum claque_rc
find_hidden(struct redactor *r, struct store *store, struct claque_err *err)
{
	struct list_query q = { .list = LIST_MEMBERS, .lens = lens_open(), .sort = -1 };
	enum claque_rc rc;

	q.without = list_all_but(LIST_MEMBERS, "role");
	rc = bundle_pseudonyms(store, take_nameless, r, err);
	if (rc == CLAQUE_OK)
		rc = list_walk(store, &q, take_member, r, err);
	if (rc != CLAQUE_OK || r->plan.level == REDACTION_FULL)
		return rc;
	q.list = LIST_ACCOUNTS;
	q.without = list_all_but(LIST_ACCOUNTS, "followers");
	return list_walk(store, &q, take_account, r, err);
}

static bool
is_few(const struct value *accounts)
{
	return accounts->type != VALUE_INT || accounts->i < REDACTION_GROUP;
}

static bool
take_cluster(void *ctx, const struct row *row)
{
	struct redactor *r = ctx;

	if (is_few(&row->values[list_column(LIST_CLUSTERS, STR("accounts"))]))
		(void)set64_add(&r->small, hash_bytes(
			row->values[list_column(LIST_CLUSTERS, STR("id"))].s, 0));
	return true;
}

/* Of an aggregate: what is said of fewer is said of each of them. */
static enum claque_rc
find_small(struct redactor *r, struct store *store, struct claque_err *err)
{
	struct list_query q = { .list = LIST_CLUSTERS, .lens = lens_open(), .sort = -1 };

	if (r->plan.level != REDACTION_AGGREGATE)
		return CLAQUE_OK;
	q.without = list_all_but(LIST_CLUSTERS, "id accounts");
	return list_walk(store, &q, take_cluster, r, err);
}

static enum claque_rc
find_key(struct redactor *r, struct store *store, struct claque_err *err)
{
	struct arena perm = arena_new(ROOM_BYTES), scratch = perm;
	struct claque_str hex;
	enum claque_rc rc = desk_get(store, STR("pseudonym key"), &scratch, &hex, err);

	if (rc == CLAQUE_OK && !secret_from_hex(hex, r->key)) {
		secret_make(r->key);
		rc = desk_set(store, STR("pseudonym key"), secret_to_hex(&scratch, r->key), err);
	}
	arena_free(perm);
	return rc;
}

enum claque_rc
redactor_new(struct redactor **out, struct store *store, const struct redaction_plan *plan,
	     struct claque_err *err)
{
	struct redactor *r = calloc(1, sizeof(*r));
	struct mask_plan mask = { .strangers = plan->level != REDACTION_FULL };
	enum claque_rc rc;

	if (r == NULL)
		base_oom();
	r->plan = *plan;
	set64_init(&r->hidden);
	set64_init(&r->posts);
	set64_init(&r->nameless);
	set64_init(&r->small);
	mask.hidden = &r->hidden;
	mask.key = r->key;
	rc = find_hidden(r, store, err);
	if (rc == CLAQUE_OK)
		rc = find_key(r, store, err);
	if (rc == CLAQUE_OK && (r->hidden.count > 0 || mask.strangers))
		rc = mask_new(&r->mask, store, &mask, err);
	if (rc == CLAQUE_OK)
		rc = find_posts(r, store, err);
	if (rc == CLAQUE_OK)
		rc = find_small(r, store, err);
	*out = r;
	if (rc != CLAQUE_OK) {
		redactor_free(r);
		*out = NULL;
	}
	return rc;
}

void
redactor_free(struct redactor *r)
{
	if (r == NULL)
		return;
	mask_free(r->mask);
	set64_done(&r->hidden);
	set64_done(&r->posts);
	set64_done(&r->nameless);
	set64_done(&r->small);
	free(r);
}

bool
redactor_hides(const struct redactor *r, int64_t account)
{
	return set64_has(&r->hidden, (uint64_t)account);
}

size_t
redactor_hidden(const struct redactor *r)
{
	return r->hidden.count;
}

struct claque_str
redactor_hash(const struct redactor *r, struct arena *perm, struct claque_str hash)
{
	unsigned char digest[SECRET_BYTES];
	size_t zeros = 0;

	while (zeros < hash.len && hash.p[zeros] == '0')
		zeros++;
	if (r->plan.level == REDACTION_FULL || zeros == hash.len)	/* before the first: none */
		return hash;
	secret_digest(r->key, str_fmt(perm, "ledger " STR_FMT, STR_ARG(hash)), digest);
	return secret_to_hex(perm, digest);
}

struct claque_str
redactor_space(const struct redactor *r, struct arena *perm)
{
	unsigned char digest[SECRET_BYTES];

	if (r->plan.level == REDACTION_FULL)
		return STR("");
	secret_digest(r->key, str_fmt(perm, "ids %s %lld", redaction_name(r->plan.level),
				      (long long)r->plan.followers), digest);
	return secret_to_hex(perm, digest);
}

/* Columns by which rows of an aggregate stay or go: how many accounts, or of which cluster. */
static const struct {
	enum list_id list;
	const char *accounts, *cluster;
} thinned[] = {
	{ LIST_HASHTAGS, "accounts", NULL }, { LIST_SITES, "accounts", NULL },
	{ LIST_CLUSTERS, "accounts", NULL }, { LIST_LEADS, "accounts", NULL },
	{ LIST_EVIDENCE, NULL, "cluster" }, { LIST_INNOCENTS, NULL, "cluster" },
};

enum { THINNED = sizeof(thinned) / sizeof(thinned[0]) };

static size_t
find_thinned(const struct redactor *r, enum list_id list)
{
	size_t i = r->plan.level == REDACTION_AGGREGATE ? 0 : THINNED;

	while (i < THINNED && thinned[i].list != list)
		i++;
	return i;
}

bool
redactor_thins(const struct redactor *r, enum list_id list)
{
	return find_thinned(r, list) < THINNED;
}

bool
redactor_drops(const struct redactor *r, enum list_id list, const struct row *row)
{
	size_t i = find_thinned(r, list);

	if (i == THINNED)
		return false;
	if (thinned[i].accounts != NULL)
		return is_few(&row->values[list_column(list, str_of(thinned[i].accounts))]);
	return set64_has(&r->small, hash_bytes(
		row->values[list_column(list, str_of(thinned[i].cluster))].s, 0));
}

bool
redactor_keeps(const struct redactor *r, enum list_id list)
{
	static const enum list_id sums[] = {
		LIST_CLUSTERS, LIST_LEADS, LIST_EVIDENCE, LIST_INNOCENTS, LIST_HASHTAGS, LIST_SITES,
		LIST_INDICATORS, LIST_INPUTS, LIST_RUNS, LIST_EVENTS,
	};

	if (r->plan.level != REDACTION_AGGREGATE)
		return true;
	for (size_t i = 0; i < sizeof(sums) / sizeof(sums[0]); i++)
		if (sums[i] == list)
			return true;
	return false;
}

/* --- texts */

/* What stands for the id of a post, which alone leads to who wrote it. */
static struct claque_str
name_of_post(const struct redactor *r, struct arena *perm, struct claque_str id)
{
	unsigned char digest[SECRET_BYTES];
	char *name = ARENA_NEW(perm, char, 2 + POST_NAME_BYTES);

	secret_digest(r->key, str_fmt(perm, "post " STR_FMT, STR_ARG(id)), digest);
	memcpy(name, "p_", 2);
	secret_letters(digest, name + 2, POST_NAME_BYTES);
	return (struct claque_str){ name, 2 + POST_NAME_BYTES };
}

/* May who is named so be named? owner 0: the case does not know. */
static bool
is_shown(const struct redactor *r, int64_t owner)
{
	return owner != 0 ? !mask_hides(r->mask, owner) : r->plan.level == REDACTION_FULL;
}

static struct claque_str
account_name(const struct redactor *r, struct arena *perm, struct claque_str name)
{
	return mask_text(r->mask, perm, str_fmt(perm, "@" STR_FMT, STR_ARG(name)));
}

/* "[post p_... of @u_...]" for a link to a post or profile of somebody hidden. */
static bool
redact_link(const struct redactor *r, struct arena *perm, struct claque_str link, struct buf *out)
{
	struct url_profile at;
	int64_t owner;

	if (!url_profile(link, &at))
		return false;
	owner = mask_owner(r->mask, at.handle);
	if (is_shown(r, owner))
		return false;
	buf_addz(out, at.post.len > 0 ? "[post " : "[profile");
	if (at.post.len > 0)
		buf_add(out, name_of_post(r, perm, at.post));
	if (at.handle.len > 0) {
		buf_addz(out, at.post.len > 0 ? " of " : " ");
		buf_add(out, account_name(r, perm, at.handle));
	}
	buf_addf(out, " on %s]", at.platform);
	return true;
}

static bool
ends_link(char c)
{
	return (unsigned char)c <= ' ' || strchr("\"'<>()[]{}|,;", c) != NULL;
}

/* Where a run of digits ends that is as long as ids are, or 0. */
static size_t
end_of_number(struct claque_str s, size_t at)
{
	size_t end = at;

	if (at > 0 && (byte_is_digit(s.p[at - 1]) || byte_is_alpha(s.p[at - 1])))
		return 0;
	while (end < s.len && byte_is_digit(s.p[end]))
		end++;
	return end - at >= LONG_NUMBER && (end == s.len || !byte_is_alpha(s.p[end])) ? end : 0;
}

static size_t
end_of_link(struct claque_str s, size_t at)
{
	struct claque_str rest = str_sub(s, at, s.len);

	if (!str_starts(rest, STR("http://")) && !str_starts(rest, STR("https://")))
		return 0;
	while (at < s.len && !ends_link(s.p[at]))
		at++;
	return at;
}

/* Appends what stands for the link or number that begins at `at`; where it ends, or 0. */
static size_t
redact_id(const struct redactor *r, struct arena scratch, struct claque_str s, size_t at,
	  bool *changed, struct buf *out)
{
	size_t end = end_of_link(s, at);
	struct claque_str piece = str_sub(s, at, end > at ? end - at : 0);

	if (end > 0) {
		*changed = redact_link(r, &scratch, piece, out);
		return end;
	}
	end = end_of_number(s, at);
	piece = str_sub(s, at, end > at ? end - at : 0);
	*changed = end > 0 && mask_owner(r->mask, piece) == 0 &&
		   (r->plan.level != REDACTION_FULL || set64_has(&r->posts, hash_bytes(piece, 0)));
	if (*changed)
		buf_add(out, name_of_post(r, &scratch, piece));
	return end;
}

/* Links and numbers that lead to somebody hidden. */
static struct claque_str
redact_ids(const struct redactor *r, struct arena *perm, struct claque_str s)
{
	bool any = false;
	struct buf out;

	buf_init(&out, (s.len + 1) * 16);
	for (size_t at = 0, end; at < s.len; at = end) {
		bool changed;

		end = redact_id(r, *perm, s, at, &changed, &out);
		if (end == 0)
			end = at + 1;
		if (!changed)
			buf_add(&out, str_sub(s, at, end - at));
		any = any || changed;
	}
	if (any)
		s = str_dup(perm, buf_str(&out));
	buf_done(&out);
	return s;
}

struct claque_str
redactor_text(const struct redactor *r, struct arena *perm, struct claque_str text)
{
	if (r->mask == NULL || text.len == 0)
		return text;
	return mask_text(r->mask, perm, redact_ids(r, perm, text));
}

/* --- rows */

struct place {			/* a row being redacted */
	const struct redactor *r;
	struct arena *perm;
	const struct column *columns;
	size_t count;
	struct value *values;
	bool hidden;		/* whom the row is of */
};

static struct value *
cell(struct place *p, const char *name)
{
	size_t i = column_find(p->columns, p->count, str_of(name));

	return i < p->count ? &p->values[i] : NULL;
}

static struct claque_str
cell_text(struct place *p, const char *name)
{
	const struct value *v = cell(p, name);

	return v != NULL && v->type == VALUE_TEXT ? v->s : STR("");
}

static bool
is_of_hidden(struct place *p, enum list_id list, int64_t id)
{
	static const char *const names[] = { "account_id", "account", "neighbour" };

	if (list_subject(list) == SUBJECT_account)
		return mask_hides(p->r->mask, id);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct claque_str name = cell_text(p, names[i]);

		if (name.len > 0)
			return !is_shown(p->r, mask_owner(p->r->mask, name));
	}
	return false;
}

static void
withhold(struct place *p, const char *const *names)
{
	for (; *names != NULL; names++) {
		struct value *v = cell(p, *names);

		if (v != NULL)
			*v = (struct value){ .type = VALUE_NULL };
	}
}

/* Of a source that is a post the key leads to it. */
static void
redact_key(struct place *p)
{
	struct claque_str kind = cell_text(p, "kind"), author = cell_text(p, "author");
	struct value *key = cell(p, "key");

	if (key == NULL || key->type != VALUE_TEXT ||
	    !(str_eq(kind, STR("post")) || str_eq(kind, STR("object"))))
		return;
	if (!is_shown(p->r, author.len > 0 ? mask_owner(p->r->mask, author) : 0))
		key->s = name_of_post(p->r, p->perm, key->s);
}

/*
 * Where we name a post by its id, as in "post t3_1g7krrl" or "text match 1.00 of
 * 1234567890/3 on telegram", it may be shorter than what passes for an id in a text.
 */
static void
redact_named_post(struct place *p, const char *name)
{
	struct claque_str rest = cell_text(p, name), word;
	bool any = false, first = true;
	struct buf out;

	buf_init(&out, (rest.len + 1) * 16);
	for (; str_cut(&rest, ' ', &word); first = false) {
		bool hidden = set64_has(&p->r->posts, hash_bytes(word, 0));

		if (!first)
			buf_addc(&out, ' ');
		buf_add(&out, hidden ? name_of_post(p->r, p->perm, word) : word);
		any = any || hidden;
	}
	if (any)
		cell(p, name)->s = str_dup(p->perm, buf_str(&out));
	buf_done(&out);
}

/* A profile change tells what the profile was. */
static void
redact_change(struct place *p)
{
	static const char *const both[] = { "old", "new", NULL };
	struct claque_str field = cell_text(p, "field");

	if (!str_eq(field, STR("handle")) && !str_eq(field, STR("display_name")) &&
	    !str_eq(field, STR("verified")) && !str_eq(field, STR("status")))
		withhold(p, both);
}

static void
redact_hidden(struct place *p, enum list_id list)
{
	static const char *const profile[] = {
		"bio", "url", "extras", "urls", "avatar_hash", "client", "location", NULL
	};
	struct value *post = cell(p, "post_id");

	withhold(p, profile);
	if (post != NULL && post->type == VALUE_TEXT)
		post->s = name_of_post(p->r, p->perm, post->s);
	if (list == LIST_CHANGES)
		redact_change(p);
}

static void
redact_chain(struct place *p)
{
	static const char *const names[] = { "hash", "previous" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct value *v = cell(p, names[i]);

		if (v != NULL && v->type == VALUE_TEXT)
			v->s = redactor_hash(p->r, p->perm, v->s);
	}
}

/* Whole words of a private person are found by who searches for them. */
static void
cut_text(struct place *p)
{
	struct value *text = cell(p, "text");

	if (text != NULL && text->type == VALUE_TEXT && text->s.len > CUT_BYTES)
		text->s = str_fmt(p->perm, STR_FMT "... [cut]",
				  STR_ARG(str_head(text->s, CUT_BYTES)));
}

static void
redact_row(struct place *p, enum list_id list, const struct mask_table *table,
	   const struct row *row)
{
	static const char *const own[] = { "payload", "place", NULL };	/* of who made the case */
	static const char *const examples[] = { "rows", NULL };		/* single posts */
	struct value *file;

	if (p->hidden)
		redact_hidden(p, list);
	redact_key(p);
	redact_named_post(p, "copy_of");
	redact_named_post(p, "target");
	file = cell(p, "source_file");
	if (p->r->plan.level != REDACTION_FULL)
		withhold(p, own);
	if (p->r->plan.level == REDACTION_AGGREGATE && list == LIST_EVIDENCE)
		withhold(p, examples);
	if (list == LIST_LEDGER)
		redact_chain(p);
	for (size_t i = 0; i < p->count; i++)
		if (p->values[i].type == VALUE_TEXT && p->columns[i].form == FORM_TEXT)
			p->values[i].s = redact_ids(p->r, p->perm, p->values[i].s);
	mask_cells(p->r->mask, p->perm, table, row->id, p->values);
	if (file != NULL && file->type == VALUE_TEXT)	/* a file may be named after somebody */
		file->s = mask_text(p->r->mask, p->perm, file->s);
	if (p->hidden && list == LIST_POSTS)
		cut_text(p);
}

static void
copy_row(struct place *p, const struct mask_table *table, const struct row *row)
{
	p->columns = table->columns;
	p->count = table->count;
	p->values = ARENA_NEW(p->perm, struct value, p->count);
	memcpy(p->values, row->values, p->count * sizeof(*p->values));
}

struct row
redactor_row(const struct redactor *r, struct arena *perm, enum list_id list, const struct row *row)
{
	struct mask_table table = { .accounts = list_subject(list) == SUBJECT_account };
	struct place p = { .r = r, .perm = perm };

	if (r->mask == NULL)
		return *row;
	table.columns = list_columns(list, &table.count);
	copy_row(&p, &table, row);
	p.hidden = is_of_hidden(&p, list, row->id);
	redact_row(&p, list, &table, row);
	return (struct row){ row->id, p.values };
}

struct row
redactor_cells(const struct redactor *r, struct arena *perm, enum list_id list,
	       const struct mask_table *table, const struct row *row)
{
	struct place p = { .r = r, .perm = perm };

	if (r->mask == NULL)
		return *row;
	copy_row(&p, table, row);
	p.hidden = row->id < 0 || (row->id > 0 && mask_hides(r->mask, row->id));
	redact_row(&p, list, table, row);
	return (struct row){ row->id, p.values };
}

bool
redactor_is_idle(const struct redactor *r)
{
	return r->mask == NULL;
}
