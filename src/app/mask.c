/*
 * mask.c - an index of names as runs of words, so that one pass over a text finds
 * all of them. Punctuation parts words: «Anna», @anna and anna's are the name.
 *
 * Keys of the index: "@" and the words of a handle; "#" and a native id, for cells
 * that hold nothing else; "=" and a name that could be a plain word, as its owner
 * spells it; and without a prefix what no plain word is. All but "#" and "=" in
 * small letters.
 */
#include "config.h"

#include "app/mask.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/secret.h"
#include "text/encoded.h"
#include "text/letters.h"
#include "text/normal.h"
#include "text/safe.h"

enum { WORDS_MAX = 8, KEY_MAX = 240, GAP_MAX = 4, SHORT = 3, SHORT_NUMBER = 5, LEAST_DIGITS = 3,
       GROWTH = 16, STAND_IN_BYTES = 16 };

struct mask {
	struct map names;
	int64_t *owners;	/* by number of the name: account; SEVERAL */
	size_t owner_cap;
	struct set64 firsts;	/* first words of names of several */
	int digits;
	struct mask_plan plan;
	char (*stand_ins)[STAND_IN_BYTES];	/* by account, where there is a key */
	size_t stand_in_cap;
};

#define SEVERAL INT64_C(-1)

/* One word of a text (text/letters.h). A name with '_' is a run of them. */
struct word {
	size_t at, end;
};

/* The first word at or after `from`; false if there is none. */
static bool
next_word(struct claque_str s, size_t from, struct word *out)
{
	return letters_word(s, from, '\0', &out->at, &out->end);
}

/* What no ordinary word looks like. */
static bool
is_distinct(struct claque_str word)
{
	bool digit = false, other = false, letter = false;

	for (size_t i = 0; i < word.len; i++) {
		digit = digit || byte_is_digit(word.p[i]);
		letter = letter || byte_is_alpha(word.p[i]);
		other = other || (unsigned char)word.p[i] >= 0x80;
	}
	if (digit && !letter && !other)
		return word.len >= SHORT_NUMBER;
	return (digit || other) && word.len >= SHORT;
}

/* --- keys */

struct key {
	char bytes[KEY_MAX];
	size_t len;
	bool over;
};

static bool
is_ascii(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

/* lower: as names are compared, whatever case and form of Unicode they are written in. */
static void
key_add(struct key *k, struct claque_str s, bool lower)
{
	size_t used;

	if (lower && !is_ascii(s)) {
		used = text_fold_word(s, k->bytes + k->len, KEY_MAX - k->len);
		k->over = k->over || used == FOLD_OVER;
		k->len += used == FOLD_OVER ? 0 : used;
		return;
	}
	if (s.len > KEY_MAX - k->len) {
		k->over = true;
		return;
	}
	for (size_t i = 0; i < s.len; i++)
		k->bytes[k->len++] = lower ? byte_lower(s.p[i]) : s.p[i];
}

static struct claque_str
key_str(const struct key *k)
{
	return (struct claque_str){ k->bytes, k->len };
}

static struct claque_str
word_str(struct claque_str s, struct word w)
{
	return str_sub(s, w.at, w.end - w.at);
}

static bool
is_tied(struct claque_str s, struct word a, struct word b)
{
	return b.at - a.end == 1 && s.p[a.end] == '_';
}

/* "prefix" and the words, parted by blanks, or by '_' where that is all between them. */
static struct key
join(const char *prefix, struct claque_str s, const struct word *words, size_t count)
{
	struct key k;

	k.len = 0;
	k.over = false;
	key_add(&k, str_of(prefix), false);
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			key_add(&k, is_tied(s, words[i - 1], words[i]) ? STR("_") : STR(" "), false);
		key_add(&k, word_str(s, words[i]), prefix[0] != '=');
	}
	return k;
}

static uint64_t
first_hash(struct claque_str s, struct word w)
{
	struct key k = join("", s, &w, 1);

	return hash_bytes(key_str(&k), 0);
}

static size_t
split(struct claque_str s, struct word words[WORDS_MAX])
{
	size_t n = 0, at = 0;

	while (n < WORDS_MAX && next_word(s, at, &words[n]))
		at = words[n++].end;
	return n;
}

/* --- the index */

bool
mask_hides(const struct mask *m, int64_t id)
{
	return m->plan.hidden == NULL || id == SEVERAL || set64_has(m->plan.hidden, (uint64_t)id);
}

/* shared: as often as not several have it, and then it tells of none. */
static void
put(struct mask *m, const struct key *k, int64_t owner, bool shared)
{
	bool is_new;
	uint32_t number;

	if (k->over || k->len == 0)
		return;
	number = map_add(&m->names, key_str(k), &is_new);
	GROW(m->owners, m->owner_cap, (size_t)number + 1);
	if (is_new || (mask_hides(m, owner) && !mask_hides(m, m->owners[number])))
		m->owners[number] = owner;
	else if (shared && m->owners[number] != owner)
		m->owners[number] = SEVERAL;
}

static void
put_name(struct mask *m, struct claque_str name, int64_t owner, bool shared)
{
	struct word words[WORDS_MAX];
	size_t n = split(name, words);
	struct claque_str one;
	struct key k;

	if (n == 0)
		return;
	one = word_str(name, words[0]);
	if (n > 1)
		(void)set64_add(&m->firsts, first_hash(name, words[0]));
	else if (!is_distinct(one) && one.len < SHORT)
		return;
	k = join(n > 1 || is_distinct(one) ? "" : "=", name, words, n);
	put(m, &k, owner, shared);
}

/* As it is, and as it looks once it was made safe. */
static void
put_display(struct mask *m, struct arena scratch, struct claque_str name, int64_t owner)
{
	struct claque_str safe = safe_text(&scratch, str_head(name, KEY_MAX));

	put_name(m, name, owner, true);
	if (!str_eq(safe, name))
		put_name(m, safe, owner, true);
}

static void
put_handle(struct mask *m, struct claque_str handle, int64_t owner)
{
	struct word words[WORDS_MAX];
	size_t n = split(handle, words);
	struct key k = join("@", handle, words, n);

	if (n > 0)
		put(m, &k, owner, false);
	put_name(m, handle, owner, false);
}

/* One of several words is no plain word: a DID without a digit, a channel's title. */
static void
put_native(struct mask *m, struct claque_str id, int64_t owner)
{
	struct word words[WORDS_MAX];
	struct key k = { .len = 0 };

	key_add(&k, STR("#"), false);
	key_add(&k, id, false);
	put(m, &k, owner, false);
	if (is_distinct(id) || split(id, words) > 1)
		put_name(m, id, owner, false);
}

static int64_t
owner_of(const struct mask *m, const struct key *k)
{
	uint32_t number = k->over ? MAP_NONE : map_get(&m->names, key_str(k));

	return number == MAP_NONE ? 0 : m->owners[number];
}

static int64_t
owner_of_native(const struct mask *m, struct claque_str id)
{
	struct key k = { .len = 0 };

	key_add(&k, STR("#"), false);
	key_add(&k, id, false);
	return owner_of(m, &k);
}

/* --- reading */

struct reading {
	struct mask *m;
	struct arena scratch;
	size_t handle, display, native, platform, field, old, new;
};

/* "u_" and so many bits of the digest that two of a million accounts rarely meet. */
static void
make_stand_in(const struct mask *m, struct claque_str platform, struct claque_str native,
	      char out[STAND_IN_BYTES])
{
	unsigned char digest[SECRET_BYTES];
	char text[KEY_MAX];
	size_t len = (size_t)snprintf(text, sizeof(text), STR_FMT " " STR_FMT,
				      STR_ARG(str_head(platform, KEY_MAX / 4)), STR_ARG(native));

	secret_digest(m->plan.key, (struct claque_str){ text, len < KEY_MAX ? len : KEY_MAX - 1 },
		      digest);
	memcpy(out, "u_", 2);
	secret_letters(digest + 2, out + 2, STAND_IN_BYTES - 3);
	out[STAND_IN_BYTES - 1] = '\0';
}

static struct claque_str
text_of(const struct row *row, size_t column)
{
	return row->values[column].type == VALUE_TEXT ? row->values[column].s : STR("");
}

static bool
take_account(void *ctx, const struct row *row)
{
	struct reading *r = ctx;

	if (r->m->plan.key != NULL) {
		GROW(r->m->stand_ins, r->m->stand_in_cap, (size_t)row->id + 1);
		make_stand_in(r->m, text_of(row, r->platform), text_of(row, r->native),
			      r->m->stand_ins[row->id]);
	}
	put_native(r->m, text_of(row, r->native), row->id);
	put_handle(r->m, text_of(row, r->handle), row->id);
	put_display(r->m, r->scratch, text_of(row, r->display), row->id);
	for (int64_t n = row->id, digits = 0; n > 0; n /= 10)
		if (++digits > r->m->digits)
			r->m->digits = (int)digits;
	return true;
}

/* What it was called before it was called that, or will be. */
static bool
take_change(void *ctx, const struct row *row)
{
	struct reading *r = ctx;
	struct claque_str field = text_of(row, r->field);
	struct claque_str names[] = { text_of(row, r->old), text_of(row, r->new) };
	int64_t owner = owner_of_native(r->m, text_of(row, r->native));

	for (size_t i = 0; i < 2; i++)
		if (str_eq(field, STR("handle")))
			put_handle(r->m, names[i], owner);
		else if (str_eq(field, STR("display_name")))
			put_display(r->m, r->scratch, names[i], owner);
	return true;
}

static enum claque_rc
read_names(struct mask *m, struct store *store, struct arena scratch, struct claque_err *err)
{
	struct list_query q = { .list = LIST_ACCOUNTS, .lens = lens_open(), .sort = -1 };
	struct reading r = {
		.m = m, .scratch = scratch,
		.handle = list_column(LIST_ACCOUNTS, STR("handle")),
		.display = list_column(LIST_ACCOUNTS, STR("display_name")),
		.native = list_column(LIST_ACCOUNTS, STR("account_id")),
		.platform = list_column(LIST_ACCOUNTS, STR("platform")),
	};
	enum claque_rc rc;

	q.without = list_all_but(LIST_ACCOUNTS, "handle display_name account_id platform");
	rc = list_walk(store, &q, take_account, &r, err);
	q.list = LIST_CHANGES;
	r.native = list_column(LIST_CHANGES, STR("account_id"));
	r.field = list_column(LIST_CHANGES, STR("field"));
	r.old = list_column(LIST_CHANGES, STR("old"));
	r.new = list_column(LIST_CHANGES, STR("new"));
	q.without = list_all_but(LIST_CHANGES, "account_id field old new");
	return rc == CLAQUE_OK ? list_walk(store, &q, take_change, &r, err) : rc;
}

enum claque_rc
mask_new(struct mask **out, struct store *store, const struct mask_plan *plan,
	 struct claque_err *err)
{
	enum { SCRATCH_BYTES = 1 << 20 };
	struct arena scratch = arena_new(SCRATCH_BYTES);
	struct mask *m = calloc(1, sizeof(*m));
	enum claque_rc rc;

	if (m == NULL)
		base_oom();
	map_init(&m->names);
	set64_init(&m->firsts);
	m->digits = LEAST_DIGITS;
	m->plan = *plan;
	rc = read_names(m, store, scratch, err);
	arena_free(scratch);
	*out = m;
	if (rc != CLAQUE_OK) {
		mask_free(m);
		*out = NULL;
		(void)err_wrap(err, "reading the names to mask");
	}
	return rc;
}

void
mask_free(struct mask *m)
{
	if (m == NULL)
		return;
	map_done(&m->names);
	set64_done(&m->firsts);
	free(m->owners);
	free(m->stand_ins);
	free(m);
}

/* --- masking */

int64_t
mask_owner(const struct mask *m, struct claque_str name)
{
	struct claque_str bare = str_starts(name, STR("@")) ? str_sub(name, 1, name.len) : name;
	struct word words[WORDS_MAX];
	struct key k = join("@", bare, words, split(bare, words));
	int64_t owner = owner_of(m, &k);

	return owner != 0 ? owner : owner_of_native(m, name);
}

struct claque_str
mask_account(const struct mask *m, struct arena *perm, int64_t id)
{
	if (id == SEVERAL)
		return STR("[name]");
	if (m->plan.key != NULL && id > 0)
		return str_of(m->stand_ins[id]);
	return id > 0 ? str_fmt(perm, "@acct-%0*lld", m->digits, (long long)id) : STR("@someone");
}

/* Of an account, or of a name that no account of the case has. */
static struct claque_str
stand_in(const struct mask *m, struct arena *perm, int64_t owner, struct claque_str name)
{
	char *text;

	if (owner != 0 || m->plan.key == NULL)
		return mask_account(m, perm, owner);
	text = ARENA_NEW(perm, char, STAND_IN_BYTES);
	make_stand_in(m, STR("?"), str_lower(perm, name), text);
	return str_of(text);
}

/* Where the '@' of a mention stands, or `at`; that of an address of mail is none. */
static size_t
start_of_mention(struct claque_str s, size_t at)
{
	size_t first = at;
	char before;

	while (first > 0 && s.p[first - 1] == '_')
		first--;
	before = first > 1 ? s.p[first - 2] : ' ';
	return first > 0 && s.p[first - 1] == '@' && !byte_is_alpha(before) &&
	       !byte_is_digit(before) ? first - 1 : at;
}

/* Of a mention of nobody known all that could be the handle. */
static size_t
end_of_handle(struct claque_str s, size_t at)
{
	while (at < s.len && (byte_is_alpha(s.p[at]) || byte_is_digit(s.p[at]) || s.p[at] == '_'))
		at++;
	return at;
}

/*
 * "@acct-017", "@someone": what stands for a name is none, but @someone_else is one. Returns
 * where it ends, or 0.
 */
static size_t
end_of_mask(struct claque_str s, struct word w)
{
	struct claque_str word = word_str(s, w);
	size_t at = w.end + 1, end = 0;

	if (s.p[w.at - 1] != '@')	/* of a mention, there is something before */
		return 0;
	if (str_eq(word, STR("someone"))) {
		end = w.end;
	} else if (str_eq(word, STR("acct")) && w.end < s.len && s.p[w.end] == '-') {
		while (at < s.len && byte_is_digit(s.p[at]))
			at++;
		end = at > w.end + 1 ? at : 0;
	}
	return end_of_handle(s, end) == end ? end : 0;
}

/* The words from w on that could be one name: nothing but a little stands between them. */
static size_t
run_of(const struct mask *m, struct claque_str s, struct word w, struct word run[WORDS_MAX])
{
	size_t n = 1;

	run[0] = w;
	if (!set64_has(&m->firsts, first_hash(s, w)))
		return n;
	while (n < WORDS_MAX && next_word(s, run[n - 1].end, &run[n]) &&
	       run[n].at - run[n - 1].end <= GAP_MAX)
		n++;
	return n;
}

/* The account whose name begins with the word, the longest first; *end: where it ends. */
static int64_t
find_name(const struct mask *m, struct claque_str s, struct word w, bool sure, size_t *end)
{
	struct word run[WORDS_MAX];
	bool mention = start_of_mention(s, w.at) < w.at;

	for (size_t n = run_of(m, s, w, run); n > 0; n--) {
		bool plain = n == 1 && !is_distinct(word_str(s, w));
		struct key handle = join("@", s, run, n), name = join(plain ? "=" : "", s, run, n);
		int64_t owner = mention ? owner_of(m, &handle) : 0;

		if (owner == 0 && !(plain && sure))
			owner = owner_of(m, &name);
		*end = run[n - 1].end;
		if (owner != 0)
			return owner;
	}
	return 0;
}

static struct claque_str
masked(const struct mask *m, struct arena *perm, struct claque_str s, bool sure)
{
	size_t at = 0, copied = 0, end;
	struct word w;
	struct buf out;

	buf_init(&out, s.len * GROWTH + KEY_MAX);
	for (; next_word(s, at, &w); at = end) {
		size_t start = start_of_mention(s, w.at);
		bool mention = start < w.at;
		struct arena room = *perm;
		int64_t owner;

		end = mention ? end_of_mask(s, w) : 0;
		if (end > 0)
			continue;
		owner = find_name(m, s, w, sure, &end);
		if (owner == 0 ? !mention || sure || !m->plan.strangers : !mask_hides(m, owner))
			continue;
		if (owner == 0)
			end = end_of_handle(s, end);
		buf_add(&out, str_sub(s, copied, start - copied));
		if (mention && m->plan.key != NULL)
			buf_addc(&out, '@');
		buf_add(&out, stand_in(m, &room, owner, str_sub(s, w.at, end - w.at)));
		copied = end;
	}
	if (copied > 0) {
		buf_add(&out, str_sub(s, copied, s.len));
		s = str_dup(perm, buf_str(&out));
	}
	buf_done(&out);
	return s;
}

/* Where a run of the text stands for one with a name in it, that one, masked. */
static struct claque_str
mask_encoded(const struct mask *m, struct arena *perm, struct claque_str s)
{
	struct encoded e;
	struct buf out;
	size_t copied = 0;

	buf_init(&out, s.len * GROWTH + KEY_MAX);
	for (size_t at = 0; ; at = e.end) {
		struct arena room = *perm;
		struct claque_str shown;

		if (!encoded_next(s, at, s.len, &room, &e))
			break;
		shown = masked(m, &room, e.text, false);
		if (str_eq(shown, e.text))
			continue;
		buf_add(&out, str_sub(s, copied, e.at - copied));
		buf_add(&out, shown);
		copied = e.end;
	}
	if (copied > 0) {
		buf_add(&out, str_sub(s, copied, s.len));
		s = str_dup(perm, buf_str(&out));
	}
	buf_done(&out);
	return s;
}

struct claque_str
mask_text(const struct mask *m, struct arena *perm, struct claque_str text)
{
	return masked(m, perm, mask_encoded(m, perm, text), false);
}

struct claque_str
mask_words(const struct mask *m, struct arena *perm, struct claque_str text)
{
	return masked(m, perm, text, true);
}

/* --- rows */

static bool
is_among(const char *name, struct claque_str names)
{
	struct claque_str one;

	while (str_cut(&names, ' ', &one))
		if (str_eq(one, str_of(name)))
			return true;
	return false;
}

/* A cell that is nothing but a name. */
static struct claque_str
mask_cell(const struct mask *m, struct arena *perm, struct claque_str name)
{
	struct claque_str bare = str_starts(name, STR("@")) ? str_sub(name, 1, name.len) : name;
	int64_t owner = mask_owner(m, name);

	if (owner == 0 ? !m->plan.strangers : !mask_hides(m, owner))
		return name;
	return stand_in(m, perm, owner, bare);
}

/*
 * Cells that hold a name and nothing else, and cells whose words are a few fixed
 * ones of ours; all other text may hold a name.
 */
void
mask_cells(const struct mask *m, struct arena *perm, const struct mask_table *table, int64_t id,
	   struct value *values)
{
	const struct claque_str own = STR("account_id handle display_name");
	const struct claque_str names = STR("account account_id handle display_name neighbour a b"
					    " a_handle b_handle author leader looks_like copied_account"
					    " whose");
	const struct claque_str fixed = STR("platform lang kind role field signal axis unit action"
					    " cluster hash previous time post_id source_file"
					    " target_kind");

	for (size_t i = 0; i < table->count; i++) {
		const char *name = table->columns[i].name;
		struct value *v = &values[i];

		if (v->type != VALUE_TEXT || v->s.len == 0 || is_among(name, fixed) ||
		    table->columns[i].form == FORM_FLAG)
			continue;
		if (table->accounts && is_among(name, own)) {
			if (mask_hides(m, id))
				v->s = mask_account(m, perm, id);
		}
		else if (is_among(name, names))
			v->s = mask_cell(m, perm, v->s);
		else if (strcmp(name, "target") == 0)	/* "post ID": a handle may be called "post" */
			v->s = mask_words(m, perm, v->s);
		else
			v->s = mask_text(m, perm, v->s);
	}
}

void
mask_row(const struct mask *m, struct arena *perm, enum list_id list, int64_t id,
	 struct value *values)
{
	struct mask_table table = { .accounts = list_subject(list) == SUBJECT_account };

	table.columns = list_columns(list, &table.count);
	mask_cells(m, perm, &table, id, values);
}
