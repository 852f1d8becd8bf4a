/*
 * old_case.c - old_case PATH: a case as claque 0.1 made it, with format 1 and some posts, to
 * be brought forward while calls fail.
 */
#include "config.h"

#include <sqlite3.h>
#include <stdio.h>

#include "store/schema_steps.h"

static const char rows[] =
	"PRAGMA application_id = 1668051301; PRAGMA user_version = 1;"
	"INSERT INTO term VALUES('act', 1, 'link'), ('post_kind', 0, 'original'),"
	" ('object_kind', 1, 'url');"
	"INSERT INTO input_file(id, path, sha256, bytes, format, importer, started_at, done, rows)"
	" VALUES(1, 'old.csv', 'ab', 100, 'native-posts', '0.1', 1, 1, 4);"
	"INSERT INTO account(id, platform, native_id, handle, post_count, share_count,"
	" input_file, row) VALUES(1, 'x', 'a1', 'one', 100, 100, 1, 2),"
	" (2, 'x', 'a2', 'two', 100, 100, 1, 3);"
	"INSERT INTO source(id, kind, key, share_count, account_count, input_file, row)"
	" VALUES(1, 1, 'n.example/1', 200, 2, 1, 2);"
	"WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 200)"
	"INSERT INTO post(id, account, native_id, at, precision, kind, text, input_file, row)"
	" SELECT i, 1 + i % 2, 'p' || i, 1000 * i, 1, 0, 'post ' || i, 1, i + 1 FROM n;"
	"INSERT INTO share(id, post, account, source, act, at, input_file, row)"
	" SELECT id, id, account, 1, 1, at, 1, row FROM post;";

int
main(int argc, char **argv)
{
	sqlite3 *db = NULL;
	int failed;

	if (argc != 2 || sqlite3_open(argv[1], &db) != SQLITE_OK)
		return 2;
	failed = 0;
	for (int i = 0; i < SCHEMA_STEP_PARTS && failed == 0; i++)
		failed = sqlite3_exec(db, schema_steps[0][i], NULL, NULL, NULL);
	if (failed == 0)
		failed = sqlite3_exec(db, rows, NULL, NULL, NULL);
	if (failed != 0)
		(void)fprintf(stderr, "old_case: %s\n", sqlite3_errmsg(db));
	(void)sqlite3_close(db);
	return failed != 0;
}
