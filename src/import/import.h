/*
 * import.h - files that investigators have, as records.
 *
 * The format is told by content, never by name. A row that cannot be taken is
 * refused alone, with its number and the reason; a file that is no known
 * format is refused whole, naming the nearest format and what is missing.
 * Tables (CSV, TSV) and JSON (an object a line, or documents) are told apart by
 * their first byte. Plain, .gz, .zst, .xz and .zip are read alike (libarchive); nothing is ever
 * unpacked to disk, so a member's path cannot go anywhere.
 */
#ifndef IMPORT_IMPORT_H
#define IMPORT_IMPORT_H

#include "model/record.h"

struct import_format {
	const char *name;	/* "native-posts", "coortweet", "toolkit", ... */
	const char *help;	/* one line */
	const char *columns;	/* what its header holds, for the man page */
};

/* The table of formats, for help and man pages. */
const struct import_format *import_formats(size_t *count);

struct import_options {
	const char *format;		/* NULL: sniff. ENOTFOUND lists the known ones */
	const struct claque_str *map;	/* "column=field" overrides of header names, or NULL */
	size_t map_count;
	uint64_t skip;			/* data rows already done: read, not put, not refused */
};

enum { IMPORT_UNKNOWN_MAX = 256 };

struct import_totals {
	uint64_t rows;		/* data rows seen, without header and blank rows */
	uint64_t refused;
	uint64_t bytes;		/* unpacked */
	/* Columns that no field of the format takes, "a, b"; "" if none: say so once a file.
	   The cells of a table are kept with the row as they are; of JSON these are keys,
	   and what is under them is lost. Cut where the list is long. */
	char unknown_columns[IMPORT_UNKNOWN_MAX];
	bool unknown_lost;
	/* Posts whose id tells its time, those where the file says another (by over five
	   minutes), and by how much the first did: a time zone that the file does not tell. */
	uint64_t id_times, id_times_off;
	int64_t id_off_ms;
};

/*
 * Which format the file is, without taking rows. EINPUT: none (the message
 * names the nearest and what it lacks); EIO: unreadable, a directory, a FIFO.
 */
CLAQUE_CHECKED enum claque_rc import_sniff(const char *path, const struct import_options *options,
	const struct import_format **out, struct claque_err *err);

/*
 * Reads one file into the sink. progress: done and total are bytes of the file
 * on disk. Refused rows do not fail it. CLAQUE_STOPPED when cancelled: what
 * the sink committed stays.
 */
CLAQUE_CHECKED enum claque_rc import_file(const char *path, const struct import_options *options,
	const struct record_sink *sink, const struct claque_progress *progress,
	struct import_totals *out, struct claque_err *err);

/* The same over bytes in memory; name stands for the path in messages. */
CLAQUE_CHECKED enum claque_rc import_bytes(struct claque_str bytes, const char *name,
	const struct import_options *options, const struct record_sink *sink,
	struct import_totals *out, struct claque_err *err);

/*
 * The files behind a path, in the order they must be imported: the file itself,
 * or for a folder its accounts.csv, posts.csv, profile_changes.csv (also packed)
 * if it holds any, else every file in it with a known ending, by name.
 */
CLAQUE_CHECKED enum claque_rc import_expand(const char *path, struct arena *perm,
	const char ***out, size_t *count, struct claque_err *err);

#endif
