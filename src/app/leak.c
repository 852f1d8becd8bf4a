/*
 * leak.c - names as runs of words, and files as words, whatever a format wraps them in.
 *
 * A word is one of text/letters.h, and a name with '_' a run of words. Backslashes are
 * passed over (Markdown, JSON, DOT), %5F and &#95; are what they stand for, other
 * entities part words. Letters are compared folded (NFKC_Casefold), and what percent
 * signs and base64 stand for is read as well. A name of one plain word counts behind '@'
 * or '/' only, as "anna" is a word, too; a number from eight digits on. What a named
 * account is called as well, or as a part of its name, shows nobody: names are anybody's
 * to take.
 */
#include "config.h"

#include "app/leak.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/utf8.h"
#include "text/encoded.h"
#include "text/letters.h"
#include "text/normal.h"

enum { WORDS_MAX = 4, WORD_BYTES_MAX = 120, GAP_MAX = 8, LEAST_DIGITS = 8, LEAST_BYTES = 4,
       FOLDERS_DEEP = 4, SHOWN_BYTES = 60, PATH_BYTES = 4096, ROOM_BYTES = 1 << 16 };

struct leaks {
	const struct redactor *redactor;
	struct set64 sure;		/* words that nothing else is, and runs of words */
	struct set64 mentions;		/* plain words */
	struct set64 firsts;		/* first words of runs */
	struct set64 others;		/* names that somebody has who is named, and our columns' */
	struct set64 natives;		/* ids of hidden accounts */
	size_t too_short;
};

/* --- words */

struct word {
	char bytes[WORD_BYTES_MAX];
	size_t len;
	size_t at, end;			/* in the text */
	char before;			/* what stands before it, however written, or '\0' */
};

/* "&#95;" as its code, "&amp;" as a blank; false: nothing of the kind. */
static bool
read_entity(struct claque_str s, uint32_t *code, size_t *used)
{
	size_t end = 1;

	while (end < s.len && end < GAP_MAX && (byte_is_alpha(s.p[end]) || byte_is_digit(s.p[end]) ||
						s.p[end] == '#'))
		end++;
	if (end == s.len || s.p[end] != ';')
		return false;
	*used = end + 1;
	*code = ' ';
	if (s.p[1] == '#' && byte_is_digit(s.p[2])) {
		*code = 0;
		for (size_t i = 2; i < end && byte_is_digit(s.p[i]); i++)
			*code = *code * 10 + (uint32_t)(s.p[i] - '0');
	}
	return true;
}

/* What a text says at its beginning, and in how many bytes; a code of 0 says nothing. */
static uint32_t
next_code(struct claque_str s, size_t *used)
{
	uint32_t code;

	*used = 1;
	if (s.p[0] == '\\')
		return 0;
	if (s.p[0] == '&' && read_entity(s, &code, used))
		return code;
	if (s.p[0] == '%' && s.len > 2 && byte_is_digit(s.p[1]) && s.p[1] < '8' &&
	    byte_hex(s.p[2]) >= 0) {
		*used = 3;
		return (uint32_t)(byte_hex(s.p[1]) * 16 + byte_hex(s.p[2]));
	}
	return (unsigned char)s.p[0] < 0x80 ? (unsigned char)s.p[0] : utf8_next(s, used);
}

static void
word_add(struct word *w, struct claque_str s, uint32_t code)
{
	char one = byte_lower((char)code);
	struct claque_str bytes = code < 0x80 ? (struct claque_str){ &one, 1 } : s;

	if (bytes.len > sizeof(w->bytes) - w->len)
		return;
	memcpy(w->bytes + w->len, bytes.p, bytes.len);
	w->len += bytes.len;
}

/* As names are compared, whatever case and form of Unicode they are written in. */
static void
fold(struct word *w)
{
	char folded[WORD_BYTES_MAX];
	size_t len, i = 0;

	while (i < w->len && (unsigned char)w->bytes[i] < 0x80)
		i++;
	len = i < w->len ? text_fold_word((struct claque_str){ w->bytes, w->len }, folded,
					  sizeof(folded)) : FOLD_OVER;
	if (len == FOLD_OVER)
		return;
	memcpy(w->bytes, folded, len);
	w->len = len;
}

/* The first word at or after `from`; false if there is none. */
static bool
next_word(struct claque_str s, size_t from, struct word *out)
{
	size_t at = from, used = 0;
	enum letter kind = LETTER_NONE, next;
	uint32_t code;

	out->len = 0;
	out->before = '\0';
	for (; at < s.len; at += used) {
		code = next_code(str_sub(s, at, s.len), &used);
		if (letter_of(code) != LETTER_NONE)
			break;
		if (code != 0)
			out->before = code < 0x80 ? (char)code : ' ';
	}
	out->at = at;
	for (; at < s.len; at += used) {
		code = next_code(str_sub(s, at, s.len), &used);
		if (code == 0)
			continue;
		next = letter_of(code);
		if (out->len > 0 && letters_part(kind, next))
			break;
		kind = next == LETTER_MARK && out->len > 0 ? kind : next;
		word_add(out, str_sub(s, at, used), code);
	}
	out->end = at;
	fold(out);
	return out->len > 0;
}

static struct claque_str
word_str(const struct word *w)
{
	return (struct claque_str){ w->bytes, w->len };
}

/* Of words and whether a '_' ties them: "anna_k" is not "Anna K.". */
static uint64_t
hash_run(const struct word *words, size_t count)
{
	uint64_t hash = hash_bytes(word_str(&words[0]), 0);

	for (size_t i = 1; i < count; i++)
		hash = hash_mix(hash, hash_bytes(word_str(&words[i]), words[i].before == '_'));
	return hash;
}

/* --- names */

enum word_kind { WORD_SHORT, WORD_PLAIN, WORD_SURE };

static enum word_kind
kind_of(struct claque_str word)
{
	bool digit = false, letter = false, other = false;

	for (size_t i = 0; i < word.len; i++) {
		digit = digit || byte_is_digit(word.p[i]);
		letter = letter || byte_is_alpha(word.p[i]);
		other = other || (unsigned char)word.p[i] >= 0x80;
	}
	if (digit && !letter && !other)
		return word.len >= LEAST_DIGITS ? WORD_SURE : WORD_SHORT;
	if (word.len < LEAST_BYTES)
		return WORD_SHORT;
	return digit || other ? WORD_SURE : WORD_PLAIN;
}

/* Of a name of more words its first few. */
static size_t
split(struct claque_str name, struct word words[WORDS_MAX])
{
	size_t count = 0, at = 0;

	while (count < WORDS_MAX && next_word(name, at, &words[count]))
		at = words[count++].end;
	return count;
}

static void
add_name(struct leaks *l, struct claque_str name)
{
	struct word words[WORDS_MAX];
	size_t count = split(name, words);
	enum word_kind kind;

	if (count == 0)
		return;
	kind = kind_of(word_str(&words[0]));
	if (count > 1) {
		(void)set64_add(&l->firsts, hash_run(words, 1));
		(void)set64_add(&l->sure, hash_run(words, count));
	} else if (kind == WORD_SURE) {
		(void)set64_add(&l->sure, hash_run(words, 1));
	} else if (kind == WORD_PLAIN) {
		(void)set64_add(&l->mentions, hash_run(words, 1));
	} else {
		l->too_short++;
	}
}

/* What somebody else is called, too, tells of nobody; nor does a part of that. */
static void
add_other(struct leaks *l, struct claque_str name)
{
	struct word words[WORDS_MAX];
	size_t count = split(name, words);

	for (size_t from = 0; from < count; from++)
		for (size_t n = 1; from + n <= count; n++)
			(void)set64_add(&l->others, hash_run(words + from, n));
}

struct gathering {		/* arguments of the walks */
	struct leaks *l;
	enum list_id list;
};

static struct claque_str
cell(const struct gathering *g, const struct row *row, const char *name)
{
	size_t count;
	const struct column *columns = list_columns(g->list, &count);
	size_t i = column_find(columns, count, str_of(name));

	return i < count && row->values[i].type == VALUE_TEXT ? row->values[i].s : STR("");
}

static uint64_t
hash_native(const struct gathering *g, const struct row *row)
{
	return hash_mix(hash_bytes(cell(g, row, "platform"), 0),
			hash_bytes(cell(g, row, "account_id"), 0));
}

static bool
add_account(void *ctx, const struct row *row)
{
	struct gathering *g = ctx;

	static const char *const names[] = { "account_id", "handle", "display_name" };
	bool hidden = redactor_hides(g->l->redactor, row->id);

	if (hidden)
		(void)set64_add(&g->l->natives, hash_native(g, row));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (hidden)
			add_name(g->l, cell(g, row, names[i]));
		else
			add_other(g->l, cell(g, row, names[i]));
	return true;
}

static bool
add_change(void *ctx, const struct row *row)
{
	struct gathering *g = ctx;
	struct claque_str field = cell(g, row, "field");

	if (set64_has(&g->l->natives, hash_native(g, row)) &&
	    (str_eq(field, STR("handle")) || str_eq(field, STR("display_name")))) {
		add_name(g->l, cell(g, row, "old"));
		add_name(g->l, cell(g, row, "new"));
	}
	return true;
}

static bool
add_post(void *ctx, const struct row *row)
{
	struct gathering *g = ctx;

	if (set64_has(&g->l->natives, hash_native(g, row)))
		add_name(g->l, cell(g, row, "post_id"));
	return true;
}

/* An account called first_seen is in every table as the name of a column. */
static void
add_columns(struct leaks *l)
{
	size_t count;

	for (unsigned list = 0; list < LIST_COUNT; list++) {
		const struct column *columns = list_columns((enum list_id)list, &count);

		for (size_t i = 0; i < count; i++)
			add_other(l, str_of(columns[i].name));
	}
}

static enum claque_rc
gather(struct leaks *l, struct store *store, struct claque_err *err)
{
	static const struct {
		enum list_id list;
		const char *columns;
		bool (*each)(void *ctx, const struct row *row);
	} walks[] = {
		{ LIST_ACCOUNTS, "account_id platform handle display_name", add_account },
		{ LIST_CHANGES, "account_id platform field old new", add_change },
		{ LIST_POSTS, "account_id platform post_id", add_post },
	};
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(walks) / sizeof(walks[0]); i++) {
		struct gathering g = { l, walks[i].list };
		struct list_query q = { .list = walks[i].list, .lens = lens_open(), .sort = -1,
					.without = list_all_but(walks[i].list, walks[i].columns) };

		rc = list_walk(store, &q, walks[i].each, &g, err);
	}
	return rc;
}

enum claque_rc
leaks_new(struct leaks **out, const struct redactor *r, struct store *store,
	  struct claque_err *err)
{
	struct leaks *l = calloc(1, sizeof(*l));
	enum claque_rc rc;

	if (l == NULL)
		base_oom();
	l->redactor = r;
	set64_init(&l->sure);
	set64_init(&l->mentions);
	set64_init(&l->firsts);
	set64_init(&l->others);
	set64_init(&l->natives);
	add_columns(l);
	rc = redactor_hidden(r) > 0 ? gather(l, store, err) : CLAQUE_OK;
	*out = l;
	if (rc != CLAQUE_OK) {
		leaks_free(l);
		*out = NULL;
		(void)err_wrap(err, "reading the names that must not leave");
	}
	return rc;
}

void
leaks_free(struct leaks *l)
{
	if (l == NULL)
		return;
	set64_done(&l->sure);
	set64_done(&l->mentions);
	set64_done(&l->firsts);
	set64_done(&l->others);
	set64_done(&l->natives);
	free(l);
}

size_t
leaks_too_short(const struct leaks *l)
{
	return l->too_short;
}

/* --- files */

struct search {
	const struct leaks *l;
	const char *file;		/* that is being read */
	struct arena room;
	size_t encoded_at;		/* where a run stands whose meaning is read, from 1; or 0 */
	char first[SHOWN_BYTES + 200];	/* what was found first, and where; "" */
	size_t found;
};

static void
note_hit(struct search *s, struct claque_str text, const struct word *from, const struct word *to)
{
	struct claque_str name = str_sub(text, from->at, to->end - from->at);

	if (s->found++ == 0)
		(void)snprintf(s->first, sizeof(s->first), "'" STR_FMT "' in %s at byte %zu",
			       STR_ARG(str_head(name, SHOWN_BYTES)), s->file,
			       s->encoded_at > 0 ? s->encoded_at : from->at + 1);
}

static bool
is_leak(const struct leaks *l, const struct set64 *names, uint64_t hash)
{
	return set64_has(names, hash) && !set64_has(&l->others, hash);
}

/*
 * Two cells of a table, or an element and the next, are no name. What stands between is read
 * as words are, so that the ';' of "&#95;" parts nothing; that of "&amp;" does.
 */
static bool
is_apart(struct claque_str gap)
{
	bool spaced = str_find(gap, STR(" "), 0) < gap.len;
	size_t used;

	for (size_t i = 0; i < gap.len; i += used) {
		uint32_t code = next_code(str_sub(gap, i, gap.len), &used);

		if (code == ' ' && used > 1)
			code = ';';
		if (code != 0 && code < 0x80 && (strchr("\t\n\r|<>=\"", (int)code) != NULL ||
						 (!spaced && strchr(",;:", (int)code) != NULL)))
			return true;
	}
	return gap.len > GAP_MAX;
}

/* Is a name of several words here? Tries all its lengths. */
static bool
find_run(struct search *s, struct claque_str text, const struct word *first)
{
	struct word run[WORDS_MAX];

	run[0] = *first;
	for (size_t n = 1; n < WORDS_MAX && next_word(text, run[n - 1].end, &run[n]) &&
	     !is_apart(str_sub(text, run[n - 1].end, run[n].at - run[n - 1].end)); n++)
		if (is_leak(s->l, &s->l->sure, hash_run(run, n + 1))) {
			note_hit(s, text, first, &run[n]);
			return true;
		}
	return false;
}

static void
search_plain(struct search *s, struct claque_str text)
{
	struct word word;

	for (size_t at = 0; next_word(text, at, &word); at = word.end) {
		uint64_t hash = hash_run(&word, 1);
		bool host = word.before == '/' && word.at > 1 && text.p[word.at - 2] == '/';
		bool mention = word.before == '@' || (word.before == '/' && !host);

		if (is_leak(s->l, &s->l->sure, hash) ||
		    (mention && is_leak(s->l, &s->l->mentions, hash)))
			note_hit(s, text, &word, &word);
		else if (set64_has(&s->l->firsts, hash))
			(void)find_run(s, text, &word);
	}
}

/* And what runs of it stand for. */
static void
search_text(struct search *s, struct claque_str text)
{
	struct encoded e;

	search_plain(s, text);
	for (size_t at = 0; ; at = e.end) {
		struct arena room = s->room;

		if (!encoded_next(text, at, &room, &e))
			break;
		s->encoded_at = e.at + 1;
		search_plain(s, e.text);
		s->encoded_at = 0;
	}
}

static enum claque_rc
search_file(struct search *s, int fd, size_t size, const char *path, struct claque_err *err)
{
	void *bytes = size > 0 ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;

	if (bytes == MAP_FAILED)
		return err_set(err, CLAQUE_EIO, "cannot read '%s' again: %s", path, strerror(errno));
	if (bytes != NULL) {
		search_text(s, (struct claque_str){ bytes, size });
		(void)munmap(bytes, size);
	}
	return CLAQUE_OK;
}

static enum claque_rc search_place(struct search *s, const char *path, const char *name, int deep,
				   struct claque_err *err);

static enum claque_rc
search_folder(struct search *s, const char *path, int deep, struct claque_err *err)
{
	DIR *dir = opendir(path);
	const struct dirent *entry;
	enum claque_rc rc = CLAQUE_OK;

	if (dir == NULL)
		return err_set(err, CLAQUE_EIO, "cannot read '%s' again: %s", path, strerror(errno));
	while (rc == CLAQUE_OK && (entry = readdir(dir)) != NULL) {
		char inside[PATH_BYTES];

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if ((size_t)snprintf(inside, sizeof(inside), "%s/%s", path, entry->d_name) >=
		    sizeof(inside))
			rc = err_set(err, CLAQUE_EIO, "'%s' has a name too long to be read", path);
		else
			rc = search_place(s, inside, entry->d_name, deep + 1, err);
	}
	(void)closedir(dir);
	return rc;
}

static enum claque_rc
search_place(struct search *s, const char *path, const char *name, int deep, struct claque_err *err)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	enum claque_rc rc = CLAQUE_OK;

	if (fd < 0 || fstat(fd, &st) != 0)
		rc = err_set(err, CLAQUE_EIO, "cannot read '%s' again: %s", path, strerror(errno));
	s->file = "a file's name";
	search_text(s, str_of(name));
	s->file = name;
	if (rc == CLAQUE_OK && S_ISDIR(st.st_mode))
		rc = deep < FOLDERS_DEEP ? search_folder(s, path, deep, err) :
		     err_set(err, CLAQUE_EIO, "'%s' has folders too deep to be read", path);
	else if (rc == CLAQUE_OK)
		rc = search_file(s, fd, (size_t)st.st_size, path, err);
	if (fd >= 0)
		(void)close(fd);
	return rc;
}

enum claque_rc
leaks_find(const struct leaks *l, const char *path, const char *leaves_as, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM_BYTES);
	struct search s = { .l = l, .room = whole };
	const char *slash = strrchr(leaves_as, '/');
	enum claque_rc rc = search_place(&s, path, slash != NULL ? slash + 1 : leaves_as, 0, err);

	arena_free(whole);
	if (rc != CLAQUE_OK || s.found == 0)
		return rc;
	return err_set(err, CLAQUE_EUSAGE, "%zu times a hidden account would be named, first by %s: "
		       "nothing was written", s.found, s.first);
}
