/*
 * store.c - opening, closing and transactions of a case.
 *
 * A case may come from a stranger: the schema is not trusted, nothing can be
 * attached, and SQLite's defensive mode is on. A new file is made by us, with
 * mode 0600, before SQLite sees it; its -wal and -shm files take that mode.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

#include "base/array.h"
#include "base/buf.h"
#include "base/err.h"
#include "store/digest.h"
#include "store/forget.h"
#include "store/match.h"
#include "store/schema.h"
#include "store/stmt.h"

/*
 * No text or row that claque writes is near it; in a case from a stranger one
 * may be, and would fill whatever room a reader has.
 */
enum { VALUE_BYTES_MAX = 16 << 20 };

void (*store_tell)(const char *path, const char *line);

void
store_say(const struct store *s, const char *line)
{
	if (store_tell != NULL)
		store_tell(s->path, line);
}

static enum claque_rc
make_file(const char *path, struct claque_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno != EEXIST)
		return err_set(err, CLAQUE_EIO, "%s: cannot make the case: %s", path,
			       strerror(errno));
	if (fd >= 0)
		(void)close(fd);
	return CLAQUE_OK;
}

static enum claque_rc
check_file(const char *path, enum store_mode mode, struct claque_err *err)
{
	struct stat st;

	if (stat(path, &st) < 0) {
		if (errno != ENOENT)
			return err_set(err, CLAQUE_EIO, "%s: %s", path, strerror(errno));
		if (mode == STORE_CREATE)
			return make_file(path, err);
		return err_set(err, CLAQUE_ENOTFOUND, "%s: there is no such case;"
			       " `claque import` makes one", path);
	}
	if (!S_ISREG(st.st_mode))
		return err_set(err, CLAQUE_EINPUT, "%s: not a file, so not a claque case", path);
	return CLAQUE_OK;
}

static const char *
folder_of(const char *path, struct arena *perm)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? "." : str_fmt(perm, "%.*s", (int)(slash - path) + 1, path).p;
}

enum claque_rc
store_writable(const char *path, struct claque_err *err)
{
	struct arena whole = arena_new(strlen(path) + 64), scratch = whole;
	const char *folder = folder_of(path, &scratch);
	enum claque_rc rc = CLAQUE_OK;

	if (access(path, F_OK) == 0 && access(path, W_OK) != 0)
		rc = err_set(err, CLAQUE_EIO, "%s: the case cannot be written: %s; copy it to where"
			     " you may write, and work on the copy", path, strerror(errno));
	else if (access(path, F_OK) == 0 && access(folder, W_OK) != 0)
		rc = err_set(err, CLAQUE_EIO, "%s: the case cannot be written: its journal has to be"
			     " in the folder %s: %s; copy the case to where you may write, and"
			     " work on the copy", path, folder, strerror(errno));
	arena_free(whole);
	return rc;
}

/*
 * A case on a medium or in a folder that nobody here can write to: SQLite wants
 * a -shm file beside it unless it is told that the file stays as it is. With a
 * -wal beside it, it would be told a lie.
 */
static bool
stays_as_it_is(const char *path, struct arena scratch)
{
	const char *folder = folder_of(path, &scratch);

	return access(path, W_OK) != 0 && access(folder, W_OK) != 0 &&
	       access(str_fmt(&scratch, "%s-wal", path).p, F_OK) != 0;
}

/* As SQLite's URI: a path of any bytes, and that it stays as it is. */
static const char *
fixed_uri(struct arena *perm, const char *name)
{
	struct claque_str uri;
	struct buf text;

	buf_init(&text, 3 * strlen(name) + 64);
	buf_addz(&text, "file:");
	for (const char *c = name; *c != '\0'; c++)
		buf_addf(&text, byte_is_alpha(*c) || *c == '/' || *c == '.' ? "%c" : "%%%02x",
			 (unsigned char)*c);
	buf_addz(&text, "?immutable=1");
	uri = str_dup(perm, buf_str(&text));
	buf_done(&text);
	return uri.p;
}

static const char *
folder_to_outgrow(const char *path, struct arena *perm)
{
	const char *told = getenv("SQLITE_TMPDIR");

	return told != NULL ? told : folder_of(path, perm);
}

/*
 * What SQLite sorts outside memory has rows of the case in it, and so have the engine's
 * columns where they outgrow memory: they go beside the case, where somebody decided that
 * such rows may lie, and not on whatever disk /var/tmp is. Said once, before the first
 * connection and so before any thread; SQLITE_TMPDIR decides otherwise, and where the
 * folder cannot be written SQLite looks on by itself, and columns stay in memory.
 */
static void
outgrow_beside(const char *name, struct arena scratch)
{
	static atomic_flag said = ATOMIC_FLAG_INIT;
	uint64_t pages = (uint64_t)sysconf(_SC_PHYS_PAGES), page = (uint64_t)sysconf(_SC_PAGESIZE);
	const char *folder;

	if (atomic_flag_test_and_set(&said))
		return;
	folder = folder_to_outgrow(name, &scratch);
	sqlite3_temp_directory = sqlite3_mprintf("%s", folder);
	(void)array_limit(pages * page / 2, folder);
}

/*
 * SQLite gives names such as ":memory:" a meaning; a path with a slash has none.
 * A reader, too, opens for writing where the file allows, and then forbids it
 * (query_only): a connection that may not write leaves its -wal and -shm behind.
 */
static enum claque_rc
open_database(struct store *s, enum store_mode mode, struct claque_err *err)
{
	bool may_write = mode != STORE_READ || access(s->path, W_OK) == 0;
	int flags = may_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	struct arena whole = arena_new(8 * strlen(s->path) + 256), scratch = whole;
	const char *name;
	int code;

	name = str_fmt(&scratch, "%s%s", s->path[0] == '/' ? "" : "./", s->path).p;
	outgrow_beside(name, scratch);
	if (!may_write && stays_as_it_is(name, scratch)) {
		name = fixed_uri(&scratch, name);
		flags |= SQLITE_OPEN_URI;
	}
	code = sqlite3_open_v2(name, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	arena_free(whole);
	if (s->db == NULL)
		base_oom();
	return code == SQLITE_OK ? CLAQUE_OK : stmt_fail(s, "opening the case", err);
}

static enum claque_rc
set_up(struct store *s, struct claque_err *err)
{
	(void)sqlite3_extended_result_codes(s->db, 1);
	(void)sqlite3_busy_timeout(s->db, STORE_BUSY_MS);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	(void)sqlite3_db_config(s->db, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_ATTACHED, 0);
	(void)sqlite3_limit(s->db, SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX);
	if (!s->writing)
		(void)sqlite3_exec(s->db, "PRAGMA query_only = ON", NULL, NULL, NULL);
	return match_register(s, err);
}

static enum claque_rc
open_for_writing(struct store *s, int64_t version, struct claque_err *err)
{
	enum claque_rc rc;

	/* The page size takes effect in an empty file only. */
	rc = store_exec(s, "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL;"
			"PRAGMA synchronous = NORMAL", err);
	if (rc == CLAQUE_OK && version < SCHEMA_VERSION)
		rc = schema_migrate(s, err);
	if (rc == CLAQUE_OK)
		rc = store_begin(s, err);	/* EBUSY now rather than later */
	store_rollback(s);
	if (rc == CLAQUE_OK)
		rc = schema_repair(s, err);
	return rc == CLAQUE_OK ? forget_finish(s, err) : rc;
}

static enum claque_rc
check_version(struct store *s, enum store_mode mode, int64_t *version, struct claque_err *err)
{
	enum claque_rc rc;

	rc = schema_version(s, version, err);
	if (rc != CLAQUE_OK || mode == STORE_CREATE)
		return rc;
	if (*version == 0)
		return err_set(err, CLAQUE_EINPUT, "%s: empty, no case yet; claque import makes"
			       " one of it", s->path);
	if (mode == STORE_READ && *version < SCHEMA_VERSION)
		return err_set(err, CLAQUE_EVERSION,
			       "%s: the case has the older format %lld, this claque reads %d;"
			       " opening it in the workbench (claque open) or scoring it brings it"
			       " forward for good: work on a copy if an older claque is to read it"
			       " or nobody may write it", s->path, (long long)*version,
			       SCHEMA_VERSION);
	return CLAQUE_OK;
}

enum claque_rc
store_open(struct store **out, const char *path, enum store_mode mode, struct claque_err *err)
{
	struct store *s;
	int64_t version;
	enum claque_rc rc;

	*out = NULL;
	rc = check_file(path, mode, err);
	if (rc == CLAQUE_OK && mode != STORE_READ)
		rc = store_writable(path, err);
	if (rc != CLAQUE_OK)
		return rc;
	s = calloc(1, sizeof(*s));
	if (s == NULL || (s->path = strdup(path)) == NULL)
		base_oom();
	s->writing = mode != STORE_READ;
	s->claim = -1;
	rc = open_database(s, mode, err);
	if (rc == CLAQUE_OK)
		rc = set_up(s, err);
	if (rc == CLAQUE_OK)
		rc = check_version(s, mode, &version, err);
	if (rc == CLAQUE_OK && s->writing)
		rc = open_for_writing(s, version, err);
	if (rc == CLAQUE_OK)
		*out = s;
	else
		store_close(s);
	return rc;
}

bool
store_is_older(const char *path)
{
	struct store s = { .claim = -1, .path = (char *)(uintptr_t)path };	/* only read */
	struct claque_err err;
	int64_t version = 0;
	bool opened;

	if (check_file(path, STORE_READ, &err) != CLAQUE_OK)
		return false;
	opened = open_database(&s, STORE_READ, &err) == CLAQUE_OK &&
		 schema_version(&s, &version, &err) == CLAQUE_OK;
	(void)sqlite3_close_v2(s.db);
	return opened && version > 0 && version < SCHEMA_VERSION;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	store_rollback(s);
	digest_watch_stop(s);
	(void)sqlite3_close_v2(s->db);
	if (s->claim >= 0)	/* after SQLite: closing any descriptor ends its locks */
		(void)close(s->claim);
	free(s->path);
	free(s);
}

enum claque_rc
store_claim(struct store *s, struct claque_err *err)
{
	int fd = open(s->path, O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
		(void)close(fd);
		return err_set(err, CLAQUE_EBUSY, "%s: open in another workbench", s->path);
	}
	s->claim = fd;
	return CLAQUE_OK;
}

enum claque_rc
store_is_there(struct store *s, struct claque_err *err)
{
	int moved = 0;

	if (sqlite3_file_control(s->db, NULL, SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK ||
	    moved == 0)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EIO, "%s: deleted, moved or replaced while it was open: nothing can be"
		       " kept; put it back, or export what you see", s->path);
}

enum claque_rc
store_version(struct store *s, int64_t *out, struct claque_err *err)
{
	return store_number(s, "PRAGMA data_version", 0, out, err);
}

bool
store_changed(struct store *s)
{
	int64_t before = s->seen_version;
	struct claque_err err;

	if (store_version(s, &s->seen_version, &err) != CLAQUE_OK)
		s->seen_version = before;
	return before != 0 && s->seen_version != before;
}

struct store_spent
store_spent(const struct store *s)
{
	return s->spent;
}

const char *
store_path(const struct store *s)
{
	return s->path;
}

enum claque_rc
store_limit_memory(const struct store *s, uint64_t bytes, struct claque_err *err)
{
	struct arena whole = arena_new(strlen(s->path) + 64), perm = whole;
	enum claque_rc rc = array_limit_in(bytes, folder_to_outgrow(s->path, &perm), "leave --memory "
					   "away, or set SQLITE_TMPDIR to a folder that can be "
					   "written", err);

	arena_free(whole);
	return rc;
}

struct claque_str
store_stem(const char *path)
{
	struct claque_str stem = str_of(path), ending = STR(".claque");

	if (stem.len > ending.len &&
	    str_eq(str_sub(stem, stem.len - ending.len, ending.len), ending))
		stem.len -= ending.len;
	return stem;
}

struct claque_str
store_title(const char *path)
{
	const char *slash = strrchr(path, '/');

	return store_stem(slash != NULL ? slash + 1 : path);
}

enum claque_rc
store_begin(struct store *s, struct claque_err *err)
{
	enum claque_rc rc;

	if (!s->writing || s->in_transaction)
		return err_set(err, CLAQUE_EUSAGE, "%s: %s", s->path, s->writing ?
			       "a transaction is open already" : "opened for reading only");
	rc = store_is_there(s, err);
	if (rc == CLAQUE_OK)
		rc = store_exec(s, "BEGIN IMMEDIATE", err);
	s->in_transaction = rc == CLAQUE_OK;
	return rc;
}

enum claque_rc
store_hold(struct store *s, struct claque_err *err)
{
	enum claque_rc rc;

	if (s->in_transaction)
		return err_set(err, CLAQUE_EUSAGE, "%s: a transaction is open already", s->path);
	rc = store_exec(s, "BEGIN", err);
	s->in_transaction = rc == CLAQUE_OK;
	return rc;
}

enum claque_rc
store_commit(struct store *s, struct claque_err *err)
{
	enum claque_rc rc = s->watch != NULL ? digest_watch_settle(s->watch, err) : CLAQUE_OK;

	if (rc == CLAQUE_OK)
		rc = store_exec(s, "COMMIT", err);
	if (rc != CLAQUE_OK)
		store_rollback(s);
	s->in_transaction = false;
	return rc == CLAQUE_OK ? store_is_there(s, err) : rc;	/* else it went nowhere */
}

void
store_rollback(struct store *s)
{
	enum { TRIES = 2 };	/* the first may have found no memory, and freed some */

	for (int i = 0; s->in_transaction && i < TRIES && sqlite3_get_autocommit(s->db) == 0; i++)
		(void)sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	s->in_transaction = false;
}

void
store_interrupt(struct store *s)
{
	sqlite3_interrupt(s->db);
}

/* Ids run 1, 2, ..., and what was forgotten is counted: the last tells how many. */
static const struct {
	const char *sql;
	size_t offset;
	int64_t none;
} counts[] = {
#define COUNT(field, sql, none) { sql, offsetof(struct store_counts, field), none },
	COUNT(posts, "SELECT max(id) FROM post", 0)
	COUNT(accounts, "SELECT max(id) FROM account", 0)
	COUNT(sources, "SELECT max(id) FROM source", 0)
	COUNT(shares, "SELECT max(id) - " GAPS("share") " FROM share", 0)
	COUNT(changes, "SELECT max(id) - " GAPS("change") " FROM profile_change", 0)
	COUNT(indicators, "SELECT max(id) FROM indicator", 0)
	COUNT(clusters, "SELECT count(*) FROM cluster WHERE run = (SELECT max(id) FROM run)", 0)
	COUNT(first_post, "SELECT min(at) FROM post", CLAQUE_NO_TIME)
	COUNT(last_post, "SELECT max(at) FROM post", CLAQUE_NO_TIME)
#undef COUNT
};

enum claque_rc
store_count_all(struct store *s, struct store_counts *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	int64_t n;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(counts) / sizeof(*counts); i++) {
		rc = store_number(s, counts[i].sql, counts[i].none, &n, err);
		memcpy((char *)out + counts[i].offset, &n, sizeof(n));
	}
	return rc;
}

enum claque_rc
store_check(struct store *s, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc;

	rc = stmt_prepare(s, "PRAGMA integrity_check(1)", &st, err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = stmt_step(s, st, err);
	if (rc == CLAQUE_OK && !str_eq(column_str(st, 0), STR("ok")))
		rc = err_set(err, CLAQUE_EINPUT, "%s: damaged: " STR_FMT, s->path,
			     STR_ARG(column_str(st, 0)));
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
