/*
 * session_impl.h - what the files of the session share. Nobody else includes it.
 */
#ifndef APP_SESSION_IMPL_H
#define APP_SESSION_IMPL_H

#include "app/console_impl.h"
#include "app/count_job.h"
#include "app/desk.h"
#include "app/jobs.h"
#include "app/lesson_run.h"
#include "app/mask.h"
#include "app/session.h"
#include "app/trail.h"
#include "base/buf.h"
#include "case/case.h"
#include "text/pattern.h"

enum { ANSWERS_MAX = 128, SETS_MAX = 100, PAGE_ROWS = 64 };
/* Address space of an answer; what one beside the work may take. */
enum { ANSWER_BYTES = 320 << 20, SOFT_MS = 300 };

enum answer_kind { ANSWER_NONE, ANSWER_ROWS, ANSWER_COUNT, ANSWER_DETAIL, ANSWER_BUCKETS,
		   ANSWER_MATRIX, ANSWER_EGO, ANSWER_COMPARE, ANSWER_WAVES, ANSWER_CONTROL,
		   ANSWER_FACET, ANSWER_EVENTS, ANSWER_NAMES };

/* What was asked of the case, and what came back. */
struct answer {
	enum answer_kind kind;
	struct list_query q;
	int64_t seed;			/* of a control */
	int64_t from, step, limit;	/* offset and limit, cap, id, buckets, or facet */
	struct arena whole, used;	/* rows and counts live here */
	struct row *rows;
	struct name_hit *names;
	size_t got;
	int64_t total;
	int64_t *counts;
	void *picture;
	struct facet_counts facet;
	bool late;			/* it was given up: soft questions have little time */
	bool covered;			/* its verdicts are */
	uint64_t last_used;
};

/* What was marked when a pivot was asked for; it never changes. */
struct marked_set {
	enum subject_kind kind;
	int64_t id;
	size_t count;
	char *json;		/* ids of what is in it, ascending */
	size_t len;
};

/* Where the answers of a workshop are shown. */
struct uncovered {
	bool on;
	enum screen_id screen;
	struct subject subject;
};

struct session {
	struct store *store;
	struct store_counts counts;
	bool writable;
	struct session_hooks hooks;
	struct claque_progress progress;	/* of what takes long; its tick may be NULL */
	struct claque_progress outer;		/* which that asks in its turn */
	struct job jobs[JOBS_MAX + 1];		/* the last of job_count, in a ring; one spare */
	size_t job_count;
	bool job_stop;				/* the last one is to stop, or has */
	struct arena perm;		/* path, name, who */
	const char *path, *name;
	struct claque_str who;

	struct trail_step steps[TRAIL_MAX];	/* a parent before its children */
	size_t step_count, at;

	struct answer answers[ANSWERS_MAX];
	uint64_t now;			/* counts questions: the age of answers */
	bool hurry, owes;
	bool soft, late, gave_way;
	bool quick, patient;		/* rows: some will do; all are waited for */
	bool some;	/* the row asked last is of a late answer */
	int64_t late_at;		/* of the soft question at hand; 0: none */
	struct claque_progress watch;

	struct subject *marks;		/* by kind, then id */
	size_t mark_count, mark_cap;

	struct marked_set sets[SETS_MAX];	/* the oldest first */
	size_t set_count;

	char *views;			/* saved ones, a line each */
	size_t views_len, views_cap;
	struct shape shapes[LIST_COUNT + 1];	/* count 0: as the list has it */

	struct mask *mask;		/* NULL: nobody looks on */
	struct uncovered uncovered;

	struct pattern *pattern;
	struct claque_str pattern_source;
	char pattern_bytes[PATTERN_BYTES_MAX];

	struct console console;
	struct lesson_run *lesson;	/* that is being taken, or NULL */
	struct argued *argued;		/* what is argued (app/argue.h); NULL: not read */
	struct merging *merging;	/* what is planned (app/merging.h); NULL: nothing */

	struct worker *counter;		/* NULL before it is asked anything */
	struct count_job *count;	/* what it was asked last */
	bool unsettled;

	char message[500];
	bool is_error;
	struct claque_err fault;	/* the first of the disk, of the file, or of a lock */
};

/* The query behind the active pane. */
struct list_query session_query(const struct session *s);
struct list_query session_place_query(const struct session *s, const struct place *p);
/* Who does what through which lens, for the ledger. */
struct case_context session_context(struct session *s, struct arena *perm);
/* The query behind rows of another list under the same lens. */
struct list_query session_side_query(const struct session *s, enum list_id list,
				     struct subject subject);
/* NULL only while it is owed. What failed is an empty answer, and is not asked again. */
struct answer *session_answer(struct session *s, const struct answer *question);
/*
 * What one waits for: some of it will do at once, unless patient. NULL: a key came in
 * between.
 */
struct answer *session_answer_now(struct session *s, const struct answer *question);
/* Answers those of the kinds that are pictures. */
CLAQUE_CHECKED enum claque_rc session_ask_picture(struct session *s, struct answer *a,
	struct claque_err *err);
/* How a subject is called in the case, whoever looks on. */
struct claque_str session_true_name(struct session *s, struct subject subject,
				    struct arena *perm);
/* --- workshop.c: masks what came back, and covers it if need be. */
void workshop_answer(const struct session *s, struct answer *a);
/* The same of one row, while somebody looks on. */
struct row workshop_row(const struct session *s, struct arena *perm, enum list_id list,
			const struct row *row);
/*
 * Columns in which no pattern is looked for, as list_query.without has them: numbers of a
 * row may cost more than all its texts.
 */
uint64_t session_not_searched(const struct session *s, const struct shape *shape);
/* The next hit from the row `start` on, if it is known already; -1: there is no other. */
bool session_known_hit(struct session *s, int64_t start, bool forward, int64_t *hit);
void session_drop_count(struct session *s);
/* Forgets every answer: something was written, or another order is asked. */
void session_forget(struct session *s);
void session_forget_all(struct session *s);	/* and gives the memory back */
/* The way as text, into the case; and from it. */
void session_save(struct session *s);
void session_load(struct session *s);
void desk_load(struct session *s);
void views_load(struct session *s);
void merging_free(struct session *s);
void argued_free(struct session *s);
/* --- jobs.c: begin and end of what may take long; keep: also if it did not. */
void jobs_begin(struct session *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void jobs_end(struct session *s, bool keep);
/* Something that took from then to now; only if that was long. */
void jobs_note(struct session *s, const char *name, int64_t began, bool whole);
bool jobs_tick(void *ctx, const char *stage, uint64_t done, uint64_t total);
/* --- sets.c: row ids (0: none) as a set of that kind; kind none if there are fewer than two. */
struct subject session_set_of(struct session *s, enum subject_kind kind, const int64_t *id,
			      size_t count);
/* --- sets.c: ids of a set as a JSON array; "" if there is none of this number. */
struct claque_str session_set_ids(const struct session *s, int64_t id);
void sets_save(struct session *s);
void sets_load(struct session *s);
void sets_free(struct session *s);
/* --- trail.c: a new step after the one at hand, or the one that it was already; saved. */
void trail_push(struct session *s, const struct place *p);
/* Saves, with what was counted of the rows so far. */
void trail_keep(struct session *s);
/* --- session_trail.c: a place as a line of the trail; false: not understood, or gone. */
void step_write(struct buf *out, struct arena scratch, const struct place *p);
bool step_read(struct arena perm, struct claque_str line, struct place *out);
bool step_is_there(struct session *s, struct arena perm, struct subject *subject);
/* One field of it with a tab behind, and back. */
void field_write(struct buf *out, struct claque_str s);
struct claque_str field_read(struct arena *perm, struct claque_str s);
/* A new step to that place, through this lens. */
void session_go_to(struct session *s, const struct place *place, const struct lens *lens);

#endif
