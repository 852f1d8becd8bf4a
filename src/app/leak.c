/*
 * leak.c - names as runs of words, and files as words (leak_words.h).
 *
 * A name with '_' is a run of words. What percent signs and base64 stand for is read as
 * well. A name of one plain word counts behind '@' or '/' only, as "anna" is a word, too; a
 * number from eight digits on. What a named account is called as well, or as a part of its
 * name, shows nobody: names are anybody's to take.
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

#include "app/leak_words.h"
#include "app/posts_of.h"
#include "base/err.h"
#include "text/encoded.h"

enum { WORDS_MAX = 4, LEAST_DIGITS = 8, LEAST_BYTES = 4, FOLDERS_DEEP = 4, SHOWN_BYTES = 60,
       PATH_BYTES = 4096, ROOM_BYTES = 1 << 16, PIECE_BYTES = 4 << 20 };

struct leaks {
	const struct redactor *redactor;
	struct set64 sure;		/* words that nothing else is, and runs of words */
	struct set64 mentions;		/* plain words */
	struct set64 firsts;		/* first words of runs */
	struct set64 others;		/* names that somebody has who is named, and our columns' */
	struct set64 natives;		/* ids of hidden accounts */
	struct leak_sieve sieve;	/* what a name can begin with */
	size_t too_short;
};

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
split(struct claque_str name, struct leak_word words[WORDS_MAX])
{
	size_t count = 0, at = 0;

	while (count < WORDS_MAX && leak_next(name, at, &words[count]))
		at = words[count++].end;
	return count;
}

static void
add_name(struct leaks *l, struct claque_str name)
{
	struct leak_word words[WORDS_MAX];
	size_t count = split(name, words);
	enum word_kind kind;

	if (count == 0)
		return;
	kind = kind_of(leak_str(&words[0]));
	if (count > 1) {
		(void)set64_add(&l->firsts, leak_hash(words, 1));
		(void)set64_add(&l->sure, leak_hash(words, count));
	} else if (kind == WORD_SURE) {
		(void)set64_add(&l->sure, leak_hash(words, 1));
	} else if (kind == WORD_PLAIN) {
		(void)set64_add(&l->mentions, leak_hash(words, 1));
	} else {
		l->too_short++;
	}
}

/* What somebody else is called, too, tells of nobody; nor does a part of that. */
static void
add_other(struct leaks *l, struct claque_str name)
{
	struct leak_word words[WORDS_MAX];
	size_t count = split(name, words);

	for (size_t from = 0; from < count; from++)
		for (size_t n = 1; from + n <= count; n++)
			(void)set64_add(&l->others, leak_hash(words + from, n));
}

struct gathering {		/* arguments of the walks */
	struct leaks *l;
	enum list_id list;
	struct posts_of *posts;		/* of the hidden */
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

	if (hidden) {
		(void)set64_add(&g->l->natives, hash_native(g, row));
		posts_of_add(g->posts, row->id,
			     row->values[list_column(LIST_ACCOUNTS, STR("posts"))].i);
	}
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
walk(struct gathering *g, struct store *store, const char *columns,
     bool (*each)(void *ctx, const struct row *row), struct claque_err *err)
{
	struct list_query q = { .list = g->list, .lens = lens_open(), .sort = -1, .unordered = true,
				.without = list_all_but(g->list, columns) };

	return list_walk(store, &q, each, g, err);
}

static enum claque_rc
gather(struct leaks *l, struct store *store, struct claque_err *err)
{
	struct posts_of posts;
	struct gathering accounts = { l, LIST_ACCOUNTS, &posts };
	struct gathering changes = { l, LIST_CHANGES, &posts }, theirs = { l, LIST_POSTS, &posts };
	enum claque_rc rc;

	posts_of_init(&posts);
	rc = walk(&accounts, store, "account_id platform handle display_name posts", add_account, err);
	if (rc == CLAQUE_OK)
		rc = walk(&changes, store, "account_id platform field old new", add_change, err);
	if (rc == CLAQUE_OK)
		rc = posts_of_walk(&posts, store, add_post, &theirs, err);
	posts_of_done(&posts);
	return rc;
}

static void
make_sieve(struct leaks *l)
{
	const struct set64 *sets[] = { &l->sure, &l->mentions, &l->firsts };
	size_t words = 0;

	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		words += sets[i]->count;
	leak_sieve_init(&l->sieve, words);
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++)
		for (size_t k = 0; k < sets[i]->slot_count; k++)
			if (sets[i]->slots[k] != 0)
				leak_sieve_add(&l->sieve, sets[i]->slots[k]);
	leak_sieve_add(&l->sieve, 0);	/* which a set has no slot for */
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
	make_sieve(l);
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
	leak_sieve_done(&l->sieve);
	free(l);
}

size_t
leaks_too_short(const struct leaks *l)
{
	return l->too_short;
}

/* --- files */

enum { AS_IT_STANDS, BY_ITS_MEANING, WAYS };	/* of reading a text */

struct search {
	const struct leaks *l;
	const struct claque_progress *progress;
	const char *file;		/* that is being read */
	struct arena room;
	size_t encoded_at;		/* where a run stands whose meaning is read, from 1; or 0 */
	char here[WAYS][SHOWN_BYTES + 200];	/* what was found first in this text; "" */
	char first[SHOWN_BYTES + 200];	/* what was found first, and where; "" */
	size_t found;
	uint64_t done;			/* bytes of files */
	bool stopped;
};

/* A text that is read both ways side by side, so that it comes from the disk once. */
struct reader {
	struct claque_str text;
	size_t at[WAYS];
};

static void
note_hit(struct search *s, struct claque_str text, const struct leak_word *from,
	 const struct leak_word *to)
{
	struct claque_str name = str_sub(text, from->at, to->end - from->at);
	char *here = s->here[s->encoded_at > 0 ? BY_ITS_MEANING : AS_IT_STANDS];

	s->found++;
	if (here[0] == '\0')
		(void)snprintf(here, sizeof(s->here[0]), "'" STR_FMT "' in %s at byte %zu",
			       STR_ARG(str_head(name, SHOWN_BYTES)), s->file,
			       s->encoded_at > 0 ? s->encoded_at : from->at + 1);
}

static bool
is_leak(const struct leaks *l, const struct set64 *names, uint64_t hash)
{
	return set64_has(names, hash) && !set64_has(&l->others, hash);
}

/* Is a name of several words here? Tries all its lengths. */
static bool
find_run(struct search *s, struct claque_str text, const struct leak_word *first)
{
	struct leak_word run[WORDS_MAX];

	run[0] = *first;
	for (size_t n = 1; n < WORDS_MAX && leak_next(text, run[n - 1].end, &run[n]) &&
	     !leak_is_apart(str_sub(text, run[n - 1].end, run[n].at - run[n - 1].end)); n++)
		if (is_leak(s->l, &s->l->sure, leak_hash(run, n + 1))) {
			note_hit(s, text, first, &run[n]);
			return true;
		}
	return false;
}

static void
look_at(struct search *s, struct claque_str text, const struct leak_word *word)
{
	uint64_t hash = leak_hash(word, 1);
	bool host = word->before == '/' && word->at > 1 && text.p[word->at - 2] == '/';
	bool mention = word->before == '@' || (word->before == '/' && !host);

	if (is_leak(s->l, &s->l->sure, hash) ||
	    (mention && is_leak(s->l, &s->l->mentions, hash)))
		note_hit(s, text, word, word);
	else if (set64_has(&s->l->firsts, hash))
		(void)find_run(s, text, word);
}

/* The words that begin before `until`; returns where to go on. */
static size_t
search_plain(struct search *s, struct claque_str text, size_t from, size_t until)
{
	struct leak_word word;

	while ((from = leak_skip(&s->l->sieve, text, from, until)) < until &&
	       leak_next(text, from, &word)) {
		look_at(s, text, &word);
		from = word.end;
	}
	return from;
}

/* What runs of it stand for. */
static size_t
search_encoded(struct search *s, struct claque_str text, size_t from, size_t until)
{
	struct encoded e;

	for (;; from = e.end) {
		struct arena room = s->room;

		if (!encoded_next(text, from, until, &room, &e))
			return e.end;
		s->encoded_at = e.at + 1;
		(void)search_plain(s, e.text, 0, e.text.len);
		s->encoded_at = 0;
	}
}

static void
search_piece(struct search *s, struct reader *r, size_t until)
{
	r->at[AS_IT_STANDS] = search_plain(s, r->text, r->at[AS_IT_STANDS], until);
	r->at[BY_ITS_MEANING] = search_encoded(s, r->text, r->at[BY_ITS_MEANING], until);
}

static void
end_text(struct search *s)
{
	const char *here = s->here[s->here[AS_IT_STANDS][0] != '\0' ? AS_IT_STANDS : BY_ITS_MEANING];

	if (s->first[0] == '\0')
		memcpy(s->first, here, sizeof(s->first));
	for (size_t i = 0; i < WAYS; i++)
		s->here[i][0] = '\0';
}

static void
search_name(struct search *s, struct claque_str name)
{
	struct reader r = { .text = name };

	s->file = "a file's name";
	search_piece(s, &r, name.len);
	end_text(s);
}

static bool
tick(struct search *s, size_t bytes)
{
	s->done += bytes;
	if (s->progress->tick != NULL)
		s->stopped = !s->progress->tick(s->progress->ctx, "looking for hidden names",
						s->done, 0);
	return !s->stopped;
}

/* What was read leaves memory again: a file may be larger than that. */
static void
search_mapped(struct search *s, char *bytes, size_t size)
{
	struct reader r = { .text = { bytes, size } };

	(void)madvise(bytes, size, MADV_SEQUENTIAL);
	for (size_t at = 0, len; at < size && !s->stopped; at += len) {
		len = size - at < PIECE_BYTES ? size - at : PIECE_BYTES;
		search_piece(s, &r, at + len);
		(void)madvise(bytes + at, len, MADV_DONTNEED);
		(void)tick(s, len);
	}
	end_text(s);
}

static enum claque_rc
search_file(struct search *s, int fd, size_t size, const char *path, struct claque_err *err)
{
	void *bytes = size > 0 ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;

	if (bytes == MAP_FAILED)
		return err_set(err, CLAQUE_EIO, "cannot read '%s' again: %s", path, strerror(errno));
	if (bytes != NULL) {
		search_mapped(s, bytes, size);
		(void)munmap(bytes, size);
	}
	return s->stopped ? CLAQUE_STOPPED : CLAQUE_OK;
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
	search_name(s, str_of(name));
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
leaks_find(const struct leaks *l, const char *path, const char *leaves_as,
	   const struct claque_progress *progress, struct claque_err *err)
{
	struct arena whole = arena_new(ROOM_BYTES);
	struct search s = { .l = l, .room = whole, .progress = progress };
	const char *slash = strrchr(leaves_as, '/');
	enum claque_rc rc = search_place(&s, path, slash != NULL ? slash + 1 : leaves_as, 0, err);

	arena_free(whole);
	if (rc != CLAQUE_OK || s.found == 0)
		return rc;
	return err_set(err, CLAQUE_EUSAGE, "%zu times a hidden account would be named, first by %s: "
		       "nothing was written", s.found, s.first);
}
