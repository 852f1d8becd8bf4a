/*
 * export.h - the case, out of the case.
 *
 * Each format is one file and one table entry. It is handed rows by name and
 * knows nothing of where they come from. An export appears whole or not at
 * all: it is written beside its place and renamed; an existing file is only
 * replaced when asked.
 */
#ifndef EXPORT_EXPORT_H
#define EXPORT_EXPORT_H

#include "model/column.h"

/* Traffic Light Protocol 2.0 (FIRST 2022). X(id, name, marking) */
#define TLP_LIST(X) \
	X(CLEAR, "clear", "TLP:CLEAR") X(GREEN, "green", "TLP:GREEN") \
	X(AMBER, "amber", "TLP:AMBER") X(AMBER_STRICT, "amber+strict", "TLP:AMBER+STRICT") \
	X(RED, "red", "TLP:RED")

enum tlp {
#define X(id, name, marking) TLP_##id,
	TLP_LIST(X)
#undef X
	TLP_COUNT
};

const char *tlp_marking(enum tlp tlp);
/* By name or marking, case-blind; EUSAGE lists them. */
CLAQUE_CHECKED enum claque_rc tlp_parse(struct claque_str name, enum tlp *out,
	struct claque_err *err);

/* An input file that is to come along. */
struct export_copy {
	const char *path;
	struct claque_str sha256;	/* hex, when it was imported */
};

/* What only a bag is asked for. */
struct sign_key;
struct export_bag {
	struct claque_str who;		/* one line */
	const struct sign_key *key;	/* NULL: not signed */
	bool stamp;			/* the request of a time stamp with it */
	struct claque_str annotations;	/* lines of case/share.h; "" : none */
	const struct export_copy *inputs;
	size_t input_count;
	const struct claque_progress *progress;
};

/* What only a case bundle is asked for; a table's name is the type of its lines. */
struct export_bundle {
	const struct rowset *tables;
	size_t table_count;
	struct claque_str annotations;	/* a JSON object a line, "" : none */
	const struct rowset *ledgers;	/* the case's own and those of others, and their entries */
	size_t ledger_count;
};

/* Posts by the hour, of some accounts or of all. */
struct export_hours {
	const int64_t *accounts;	/* ids of their rows; NULL: of all */
	size_t account_count;
	int64_t *counts;		/* of each hour since 1970 */
	size_t count;
	int64_t posts;			/* with those in no such hour */
};

struct export_input {
	const char *case_name;		/* file name without folder and ending */
	int64_t made_at;		/* UTC ms */
	enum tlp tlp;
	const char *version;		/* of claque */
	struct claque_str settings;	/* of the last run, one line; "" if none */
	struct claque_str ledger_hash;	/* of the last entry of the ledger; "" if none */
	int64_t ledger_entries;
	/* Called with what is about to take its name; what it returns ends the export. NULL: none. */
	enum claque_rc (*inspect)(void *ctx, const char *path, const char *leaves_as,
				  struct claque_err *err);
	void *inspect_ctx;
	struct claque_str redaction;	/* who is named, in words; "" : everybody */
	/* Ids that an export makes begin with it: those of another level of redaction are
	   others, or the two would name whom one of them hides. "" : everybody is named. */
	struct claque_str id_space;
	/* A folder leaves as one file that it opens (base/cipher.h); "" : as it is. */
	struct claque_str passphrase;
	struct claque_progress encrypting;
	const struct export_bag *bag;	/* NULL: nothing of it */
	const struct export_bundle *bundle;	/* NULL: nothing of it */
	/*
	 * What a page tells of posts, without a walk over all of them: how many there are, and
	 * the rows of "posts", in order of time, that these reasons name (ids of rows of
	 * "evidence"). NULL, both: no posts.
	 */
	enum claque_rc (*hours)(void *ctx, struct export_hours *hours, struct claque_err *err);
	enum claque_rc (*examples)(void *ctx, const int64_t *evidence, size_t count,
				   bool (*each)(void *row_ctx, const struct row *row),
				   void *row_ctx, struct claque_err *err);
	void *posts_ctx;
	const struct rowset *tables;	/* found by name: "leads", "accounts", "members",
					   "edges", "evidence", "notes", "inputs", ... */
	size_t table_count;
};

struct export_format {
	const char *name;		/* "csv", "csv-safe", "graphml", "markdown" */
	const char *help;
	const char *ending;		/* ".graphml"; "" for a folder of files */
	enum claque_rc (*write)(const struct export_input *in, const char *path,
				struct claque_err *err);
};

const struct export_format *export_formats(size_t *count);
/* ENOTFOUND lists the known ones. */
CLAQUE_CHECKED enum claque_rc export_find(struct claque_str name, const struct export_format **out,
	struct claque_err *err);
/*
 * EUSAGE if `path` exists and replace is false, or if it is not what an export
 * of this format left there. Files are 0600, folders 0700: who reads an export
 * is the analyst's decision. Every error names the path.
 */
CLAQUE_CHECKED enum claque_rc export_write(const struct export_format *format,
	const struct export_input *in, const char *path, bool replace, struct claque_err *err);

/* One table as CSV (RFC 4180, LF) or NDJSON: every listing. */
enum listing_form { LISTING_CSV, LISTING_CSV_SAFE, LISTING_JSON };
/*
 * The table into a new file of mode 0600; EIO if there is one already. What fails or is
 * stopped leaves no file.
 */
CLAQUE_CHECKED enum claque_rc export_one(const struct rowset *table, enum listing_form form,
	const char *path, int64_t *rows, struct claque_err *err);
/*
 * Appends one row; head() first. CSV_SAFE guards cells a spreadsheet would run
 * or round: a ' in front, which taken away gives the exact text. In NDJSON null
 * is null, numbers are numbers, times are RFC 3339 text.
 */
struct buf;
void listing_head(struct buf *out, enum listing_form form, const struct column *columns,
		  size_t count);
void listing_cell(struct buf *out, struct claque_str s, bool guarded);
void listing_row(struct buf *out, struct arena scratch, enum listing_form form,
		 const struct column *columns, size_t count, const struct row *row);

#endif
