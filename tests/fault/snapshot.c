/*
 * snapshot.c - what is in a folder. A case is read as SQLite reads it, so that what a
 * killed process left in its log counts.
 */
#include "config.h"

#include "snapshot.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

void
die(const char *what)
{
	(void)fprintf(stderr, "sweep: %s: %s\n", what, strerror(errno));
	exit(99);
}

/* FNV-1a */
uint64_t
digest_bytes(uint64_t digest, const void *p, size_t n)
{
	const unsigned char *c = p;

	for (size_t i = 0; i < n; i++)
		digest = (digest ^ c[i]) * UINT64_C(0x100000001b3);
	return digest;
}

/* --- folders */

static void
each_entry(const char *dir, void (*each)(const char *dir, const char *name, void *ctx), void *ctx)
{
	struct dirent **names;
	int count = scandir(dir, &names, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		if (strcmp(names[i]->d_name, ".") != 0 && strcmp(names[i]->d_name, "..") != 0)
			each(dir, names[i]->d_name, ctx);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
}

static bool
is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void
remove_entry(const char *dir, const char *name, void *ctx)
{
	char path[PATH_BYTES];

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (is_folder(path)) {
		each_entry(path, remove_entry, ctx);
		(void)rmdir(path);
	} else {
		(void)unlink(path);
	}
}

static void
copy_entry(const char *dir, const char *name, void *ctx)
{
	char from[PATH_BYTES], to[PATH_BYTES];

	(void)snprintf(from, sizeof(from), "%s/%s", dir, name);
	(void)snprintf(to, sizeof(to), "%s/%s", (const char *)ctx, name);
	folder_copy(from, to);
}

void
folder_remove(const char *path)
{
	remove_entry(".", path, NULL);
}

void
folder_copy(const char *from, const char *to)
{
	static char chunk[CHUNK];
	char folder[PATH_BYTES];
	struct stat st;
	ssize_t n;
	int in, out;

	(void)snprintf(folder, sizeof(folder), "%s", to);
	if (is_folder(from)) {
		(void)mkdir(to, 0700);
		each_entry(from, copy_entry, folder);
		return;
	}
	in = open(from, O_RDONLY | O_CLOEXEC);
	if (in < 0 || fstat(in, &st) != 0)
		die(from);
	out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, st.st_mode & 0777);
	if (out < 0)
		die(to);
	while ((n = read(in, chunk, sizeof(chunk))) > 0)
		if (write(out, chunk, (size_t)n) != n)
			die(to);
	(void)close(in);
	(void)close(out);
}

/* --- what a case holds */

static uint64_t
digest_rows(sqlite3 *db, const char *sql, uint64_t digest)
{
	sqlite3_stmt *st = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		return 0;
	while (sqlite3_step(st) == SQLITE_ROW)
		for (int i = 0; i < sqlite3_column_count(st); i++) {
			int type = sqlite3_column_type(st, i);
			const void *p = sqlite3_column_blob(st, i);

			digest = digest_bytes(digest, &type, sizeof(type));
			digest = digest_bytes(digest, p, (size_t)sqlite3_column_bytes(st, i));
		}
	(void)sqlite3_finalize(st);
	return digest;
}

static bool
is_whole(sqlite3 *db)
{
	sqlite3_stmt *st = NULL;
	bool ok = sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL) == SQLITE_OK &&
		  sqlite3_step(st) == SQLITE_ROW &&
		  strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;

	(void)sqlite3_finalize(st);
	return ok;
}

static uint64_t
digest_tables(sqlite3 *db, const char *what, bool goes_on)
{
	sqlite3_stmt *st = NULL;
	uint64_t digest = DIGEST_START;

	if (sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql"
			       " NOT LIKE 'CREATE VIRTUAL%' ORDER BY name", -1, &st, NULL) != SQLITE_OK)
		return CASE_BROKEN;
	while (sqlite3_step(st) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(st, 0);
		char sql[128];

		if (goes_on && strstr(" ledger table_digest trail ", name) != NULL)
			continue;
		(void)snprintf(sql, sizeof(sql), "SELECT %s FROM \"%.100s\"", what, name);
		digest = digest_bytes(digest, name, strlen(name));
		digest = digest_rows(db, sql, digest);
	}
	(void)sqlite3_finalize(st);
	return digest;
}

/*
 * Of all rows of a case. The ledger of one that was cut off and went on
 * differs, and so does what it vouches with.
 */
static void
digest_case(struct file *f, bool goes_on)
{
	const char *path = f->path;
	sqlite3 *db = NULL;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK || !is_whole(db))
		f->digest = CASE_BROKEN;
	else if (digest_rows(db, "SELECT count(*) FROM sqlite_schema", DIGEST_START) ==
		 digest_rows(db, "SELECT 0", DIGEST_START))
		f->digest = CASE_EMPTY;
	else
		f->digest = digest_tables(db, "*", goes_on);
	if (f->digest != CASE_BROKEN)
		f->counts = digest_tables(db, "count(*)", goes_on);
	(void)sqlite3_close_v2(db);
}

static uint64_t
digest_file(const char *path)
{
	static char chunk[CHUNK];
	uint64_t digest = DIGEST_START;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n;

	while (fd >= 0 && (n = read(fd, chunk, sizeof(chunk))) > 0)
		digest = digest_bytes(digest, chunk, (size_t)n);
	if (fd >= 0)
		(void)close(fd);
	return digest;
}

bool
ends_with(const char *s, const char *ending)
{
	size_t n = strlen(s), e = strlen(ending);

	return n >= e && strcmp(s + n - e, ending) == 0;
}

struct looking {
	struct snapshot *out;
	bool goes_on;
};

static void
note_entry(const char *dir, const char *name, void *ctx)
{
	struct looking *l = ctx;
	struct file *f = &l->out->files[l->out->count];

	if (l->out->count == SNAPSHOT_FILES_MAX)
		die("too many files");
	(void)snprintf(f->path, sizeof(f->path), "%s/%s", dir, name);
	f->counts = 0;
	if (ends_with(name, ".claque-wal") || ends_with(name, ".claque-shm") ||
	    ends_with(name, ".claque-journal"))
		return;			/* SQLite's own, which it looks at the next time */
	l->out->count++;
	if (is_folder(f->path)) {
		f->digest = 1;
		each_entry(f->path, note_entry, ctx);
	} else if (ends_with(name, ".claque")) {
		digest_case(f, l->goes_on);
	} else {
		f->digest = digest_file(f->path);
	}
}

void
snapshot_take(struct snapshot *out, const char *folder, bool goes_on)
{
	struct looking l = { out, goes_on };

	out->count = 0;
	each_entry(folder, note_entry, &l);
}

const struct file *
snapshot_find(const struct snapshot *s, const char *path)
{
	for (size_t i = 0; i < s->count; i++)
		if (strcmp(s->files[i].path, path) == 0)
			return &s->files[i];
	return NULL;
}

/* What has not its name yet, or is below such: that it is left was said. */
bool
snapshot_is_part(const char *path)
{
	return strstr(path, ".part") != NULL;
}

static bool
are_equal(const struct snapshot *is, const struct snapshot *should, bool counts)
{
	size_t parts = 0;

	for (size_t i = 0; i < is->count; i++) {
		const struct file *f = &is->files[i], *other = snapshot_find(should, f->path);

		parts += other == NULL && snapshot_is_part(f->path);
		if (snapshot_is_part(f->path))
			continue;
		if (other == NULL || (counts && f->counts != 0 ? other->counts != f->counts
							       : other->digest != f->digest))
			return false;
	}
	return is->count - parts == should->count;
}

bool
snapshot_equal(const struct snapshot *is, const struct snapshot *should)
{
	return are_equal(is, should, false);
}

bool
snapshot_counts_equal(const struct snapshot *is, const struct snapshot *should)
{
	return are_equal(is, should, true);
}
