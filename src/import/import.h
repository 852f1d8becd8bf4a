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

/* Formats that users write: claque-formats(7). Never changes while it is used. */
struct import_maps;

/* The words that a line of a mapping file may begin with. X(name, values, help) */
#define MAP_WORD_LIST(X) \
	X(name, "NAME", "what it is called: small letters, digits and -") \
	X(help, "TEXT", "one line that says whose files these are") \
	X(shape, "table|tsv|json", "table: CSV, by commas or by semicolons; tsv: the same, " \
	  "and by tabs, where a quote is a quote; json: an object a line, or an array of them") \
	X(platform, "WORD", "where all of it was posted, if no fact says it: x, telegram") \
	X(times, "x|tiktok|mastodon|bluesky|none", "whose ids these are, if they tell when " \
	  "they were given: what has minutes only gets its seconds from them") \
	X(links, "text|facts", "text: links and hashtags stand in the text, where no fact has " \
	  "them") \
	X(need, "PLACE, ...", "the columns or paths by which such a file is told from others; " \
	  "all of them must be there")

/*
 * Every *.map of the folders (NULL or absent: none), by name; of two formats of one
 * name the first counts. A file that is none or cannot be read is left out and is a
 * fault. EIO: a folder cannot be read. Ownership: free it, after whatever uses it.
 */
CLAQUE_CHECKED enum claque_rc import_maps_read(const char *const *folders, size_t count,
	struct import_maps **out, struct claque_err *err);
/* Why a file of the folders was left out, naming it and its line; NULL past the last. */
const char *import_maps_fault(const struct import_maps *maps, size_t i);
/* EINPUT names file and line, EIO: it cannot be read. Adds one file before all others; *name: of its format, good as long as the maps. */
CLAQUE_CHECKED enum claque_rc import_maps_add(struct import_maps *maps, const char *path,
	const char **name, struct claque_err *err);
/* Adds a file's bytes; the path is for messages. */
CLAQUE_CHECKED enum claque_rc import_maps_parse(struct import_maps *maps, const char *path,
	struct claque_str bytes, const char **name, struct claque_err *err);
void import_maps_free(struct import_maps *maps);	/* takes NULL */
/* The formats of mapping files, as of the table. NULL past the end. */
const struct import_format *import_maps_about(const struct import_maps *maps, size_t i);

struct import_options {
	const char *format;		/* NULL: sniff. ENOTFOUND lists the known ones */
	const struct claque_str *map;	/* "column=field" overrides of header names, or NULL */
	size_t map_count;
	uint64_t skip;			/* data rows already done: read, not put, not refused */
	const struct import_maps *maps;	/* besides the table of formats, or NULL */
};

enum { IMPORT_UNKNOWN_MAX = 1024 };

struct import_totals {
	uint64_t rows;		/* data rows seen, without header and blank rows */
	uint64_t refused;	/* rows of which nothing was taken */
	uint64_t partly;	/* rows (a page of posts) of which a part was refused */
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

enum { IMPORT_PLACES_MAX = 64, IMPORT_PLACE_NAME = 128 };

/* A place that a format knows, and what it is taken for. */
struct import_place {
	char place[IMPORT_PLACE_NAME];	/* the column as the file has it, or a path of JSON */
	const char *fact;		/* of claque-formats(7), or the field of an older format */
	const char *inside;		/* path within a cell that holds JSON, or "" */
	const char *how;		/* how it is written, or "": as it is */
	bool needed;			/* without it the file is none of the format */
	bool found;			/* in the header; of JSON in one of the rows that were read */
	bool otherwise;			/* counts where the places before it of this fact say nothing */
};

struct import_explained {
	const struct import_format *format;	/* NULL: none fits */
	char separator;			/* of a table: comma, semicolon, tab, | of Markdown; else 0 */
	size_t columns;			/* of a table */
	const char *const *told;	/* places by which it is told, to NULL; NULL: by all it knows */
	struct import_place places[IMPORT_PLACES_MAX];
	size_t place_count;
	struct import_totals totals;	/* of the rows that were read */
};

/*
 * How the file is understood: as import_sniff(), and its first rows are read into the
 * sink, as import_file() would. out: as long as options->maps.
 */
CLAQUE_CHECKED enum claque_rc import_explain(const char *path,
	const struct import_options *options, uint64_t rows, const struct record_sink *sink,
	struct import_explained *out, struct claque_err *err);

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
 * Bytes that are made while they are read, in place of a file that would hold them. The
 * case names it as it would name the file.
 */
struct import_stream {
	const char *name;	/* as of a path */
	const char *format;	/* of the table of formats */
	const char *sha256;	/* hex; of all its bytes */
	uint64_t bytes;
	void *ctx;
	void (*start)(void *ctx);	/* from the first byte */
	size_t (*read)(void *ctx, char *room, size_t size);	/* as of read(2); 0: the end */
};

/* As import_file(). */
CLAQUE_CHECKED enum claque_rc import_streamed(const struct import_stream *stream,
	const struct import_options *options, const struct record_sink *sink,
	const struct claque_progress *progress, struct import_totals *out, struct claque_err *err);

/*
 * The files behind a path, in the order they must be imported: the file itself,
 * or for a folder its accounts.csv, posts.csv, profile_changes.csv (also packed)
 * if it holds any, else every file in it with a known ending, by name.
 */
CLAQUE_CHECKED enum claque_rc import_expand(const char *path, struct arena *perm,
	const char ***out, size_t *count, struct claque_err *err);

#endif
