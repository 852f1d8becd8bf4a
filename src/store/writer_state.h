/*
 * writer_state.h - the writer as its four files see it: writer.c (batches), writer_input.c
 * (which input they are of), writer_put.c (records to rows), writer_known.c (what is there).
 */
#ifndef STORE_WRITER_STATE_H
#define STORE_WRITER_STATE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "store/bulk.h"
#include "store/forget.h"
#include "store/stmt.h"
#include "store/writer.h"

/* The profile columns, in the order of bind_profile() and of the tables. */
#define PROFILE_COLUMNS \
	"handle, display_name, location, bio, url, avatar_hash, avatar_tag, lang," \
	" created_at, observed_at, followers, following, posts_total, verified"
enum { PROFILE_COLUMN_COUNT = 14 };

/* Tables that get rows; ids run 1, 2, ... in each. X(id, table) */
#define WRITER_TABLE_LIST(X) \
	X(ACCOUNT, account) X(SOURCE, source) X(POST, post) X(SHARE, share) \
	X(CHANGE, profile_change) X(SNAPSHOT, profile_snapshot) X(INDICATOR, indicator)

enum writer_table {
#define X(id, table) TABLE_##id,
	WRITER_TABLE_LIST(X)
#undef X
	TABLE_COUNT
};

/* Prepared once. */
enum writer_stmt {
	ST_ACCOUNT_NEWER, ST_ACCOUNT_OLDER, ST_ACCOUNT_HANDLE, ST_ACCOUNT_PLATFORM,
	ST_SOURCE_AUTHOR, ST_CHANGE, ST_INDICATOR, ST_PORTRAIT, ST_REFUSED,
	ST_INPUT_PROGRESS, ST_DATA_VERSION, ST_LAST_IDS, ST_POSTERS, ST_COUNT
};

/* Tables that get most of the rows, many at a time. */
enum writer_bulk {
	BULK_ACCOUNT, BULK_SNAPSHOT, BULK_SOURCE, BULK_POST, BULK_SHARE, BULK_EXTRA, BULK_COUNT
};

struct known_account {		/* by number = row id - 1 */
	uint64_t platform_hash;
	uint64_t posts_seed;	/* the same when the writer met it: hashes of its posts stay */
	int64_t observed_at;	/* of the newest account record */
	bool profiled, has_handle;
};

struct writer_input {
	int64_t id;		/* 0: none is open */
	uint64_t last_row;	/* row_done() was called for it */
	uint64_t resume_row;	/* rows up to here were committed by an earlier run */
	struct input_totals totals;
	bool row_open, row_refused;
	unsigned row_taken, row_duplicates;	/* records of the current row */
};

struct writer {
	struct store *s;
	const struct claque_progress *progress;	/* of loading what is there */
	sqlite3_stmt *st[ST_COUNT];
	struct bulk bulk[BULK_COUNT];	/* empty between batches */
	int64_t last[TABLE_COUNT];	/* last id given */
	int64_t data_version;		/* changes when another connection commits */
	unsigned batch_rows;
	bool accounts_changed;		/* in this batch: accounts, profiles or indicators */
	bool of_known;			/* writer_tell_of_known() */
	bool broken;			/* a batch was rolled back: memory is ahead of the case */
	struct writer_input in;
	struct buf key;			/* room to build a map key */
	struct arena scratch;		/* for one share at a time */
	struct forgotten *forgotten;	/* who must not come back */

	struct map accounts;		/* platform, NUL, native id */
	struct map ids;			/* native id alone */
	uint32_t *with_id;		/* by that number: the account, MAP_NONE if several */
	size_t with_id_cap;
	struct known_account *known;
	size_t known_cap;
	struct map sources;		/* kind byte, key */
	bool *authored;			/* by source number */
	size_t authored_cap;
	/*
	 * Hashes of what is there. 64 bits: at 100 million posts the chance that
	 * any two collide is 1 in 3,700.
	 */
	struct set64 posts, changes, snapshots, shares;
	struct map post_numbers;	/* 8 bytes of post hash, for posts that accrue */
	int64_t *post_ids;		/* by that number */
	size_t post_ids_cap;
	bool knows_posts;		/* else those of this writer: the others are looked up */
	bool knows_unnamed, knows_changes, knows_snapshots, knows_shares;
};

/* Identities. Numbers are row ids less one. */
uint64_t writer_post_hash(const struct writer *w, uint32_t account, const struct post_record *r);
uint64_t writer_share_hash(int64_t post, int64_t source, unsigned act);
uint64_t writer_change_hash(uint32_t account, const struct change_record *r);
uint64_t writer_profile_hash(uint32_t account, const struct account_record *r);
enum account_news {
	ACCOUNT_KNOWN,
	ACCOUNT_NEW,
	ACCOUNT_PLACED		/* known, but its platform only now: the row must be told */
};
uint32_t writer_add_account(struct writer *w, struct claque_str platform, struct claque_str id,
			    enum account_news *news);
uint32_t writer_add_source(struct writer *w, enum claque_object_kind kind, struct claque_str key,
			   bool *is_new);
void writer_remember_post(struct writer *w, uint64_t hash, int64_t id);

/* At the start; then what only some inputs need: posts for a large one, the rest when the
   first record asks. */
CLAQUE_CHECKED enum claque_rc writer_load(struct writer *w, const struct claque_progress *progress,
	struct claque_err *err);
CLAQUE_CHECKED enum claque_rc writer_know_posts(struct writer *w,
	const struct claque_progress *progress, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc writer_know_unnamed(struct writer *w, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc writer_know_changes(struct writer *w, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc writer_know_snapshots(struct writer *w, struct claque_err *err);
CLAQUE_CHECKED enum claque_rc writer_know_shares(struct writer *w, struct claque_err *err);

/* What can be read again, between inputs: room for indexes and totals to be made in. */
void writer_forget(struct writer *w);

/* The input to go on with, or that is done; a new one where it was never seen. */
CLAQUE_CHECKED enum claque_rc writer_input_begin(struct writer *w, const struct input_info *input,
	bool *done_before, struct claque_err *err);
/* How far it is, with each batch. */
CLAQUE_CHECKED enum claque_rc writer_input_progress(struct writer *w, bool done,
	struct claque_err *err);

/* Every row of the open batch into its table. */
CLAQUE_CHECKED enum claque_rc writer_flush(struct writer *w, struct claque_err *err);

/* Is it of somebody whom the case forgot (store/forget.h)? */
bool writer_is_forgotten(const struct writer *w, const struct record *r);
/* One record into the open batch; *duplicate is set, counters of the row are not. */
CLAQUE_CHECKED enum claque_rc writer_put(struct writer *w, uint64_t row, const struct record *r,
	bool *duplicate, struct claque_err *err);

#endif
