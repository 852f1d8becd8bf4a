#include "config.h"

#include "cli/listing.h"

#include <stdio.h>
#include <unistd.h>

#include "app/mask.h"
#include "app/session.h"
#include "base/err.h"
#include "cli/output.h"
#include "store/matching.h"

enum { ROWS_ON_A_TERMINAL = 40 };

/* --cluster C017, --account @x, --source URL: the subject that narrows a list. */
static const struct { const char *option; enum subject_kind kind; } narrowing[] = {
	{ "cluster", SUBJECT_cluster }, { "account", SUBJECT_account }, { "source", SUBJECT_source },
};

static enum claque_rc
read_subject(const struct invocation *call, struct store *store, struct list_query *q,
	     struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < sizeof(narrowing) / sizeof(narrowing[0]); i++) {
		const char *name = args_value(call, narrowing[i].option);

		if (name == NULL)
			continue;
		if (q->subject.kind != SUBJECT_none)
			return err_set(err, CLAQUE_EUSAGE,
				       "one of --cluster, --account and --source at a time");
		if (!list_takes(q->list, narrowing[i].kind))
			return err_set(err, CLAQUE_EUSAGE, "%s cannot be narrowed to one %s",
				       list_name(q->list), narrowing[i].option);
		rc = list_find_subject(store, narrowing[i].kind, str_of(name), &q->subject, err);
	}
	return rc;
}

static enum claque_rc
read_sort(const struct invocation *call, struct list_query *q, struct claque_err *err)
{
	struct claque_str name = str_of(args_value(call, "sort"));
	size_t count;
	const struct column *columns = list_columns(q->list, &count);

	if (name.len == 0)
		return CLAQUE_OK;
	q->descending = name.p[0] == '-';
	name = str_sub(name, q->descending, name.len);
	q->sort = (int)column_find(columns, count, name);
	if (q->sort < (int)count)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EUSAGE, "%s has no column '" STR_FMT "' to sort by",
		       list_name(q->list), STR_ARG(name));
}

static enum claque_rc
read_query(const struct invocation *call, struct store *store, struct list_query *q,
	   struct claque_err *err)
{
	const char *lens = args_value(call, "lens");
	enum claque_rc rc = CLAQUE_OK;

	if (lens != NULL)
		rc = session_read_lens(str_of(lens), &q->lens, err);
	if (rc == CLAQUE_OK)
		rc = read_subject(call, store, q, err);
	return rc == CLAQUE_OK ? read_sort(call, q, err) : rc;
}

/* On a terminal a table stops after a screenful, and says so. */
static int64_t
default_limit(const struct invocation *call)
{
	return output_form(call) == OUTPUT_TABLE && isatty(STDOUT_FILENO) == 1 ? ROWS_ON_A_TERMINAL : 0;
}

/* What stands on a screen: the listing-only columns would fill the line. */
static size_t
screen_columns(const struct column *columns, size_t count, struct column *out, size_t *from)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (columns[i].title != NULL) {
			out[n] = columns[i];
			from[n++] = i;
		}
	return n;
}

enum { COLUMNS_MAX = 64, ROW_SCRATCH = 64 << 20 };

struct picker {			/* prints some columns of each row */
	struct output out;
	struct column columns[COLUMNS_MAX];
	size_t from[COLUMNS_MAX], count;
	enum list_id list;
	struct mask *mask;		/* NULL: names are printed */
	struct arena scratch;		/* of one row */
};

static struct row
mask_values(struct picker *p, struct arena *perm, const struct row *row)
{
	size_t count;
	struct value *values;

	(void)list_columns(p->list, &count);
	values = ARENA_NEW(perm, struct value, count);
	memcpy(values, row->values, count * sizeof(*values));
	mask_row(p->mask, perm, p->list, row->id, values);
	return (struct row){ row->id, values };
}

static bool
pick_row(void *ctx, const struct row *row)
{
	struct picker *p = ctx;
	struct value values[COLUMNS_MAX];
	struct arena perm = p->scratch;
	struct row masked;

	if (p->mask != NULL) {
		masked = mask_values(p, &perm, row);
		row = &masked;
	}
	for (size_t i = 0; i < p->count; i++)
		values[i] = row->values[p->from[i]];
	return output_row(&p->out, &(struct row){ row->id, values });
}

static void
pick_columns(struct picker *p, enum output_form form, enum list_id list, size_t column_count)
{
	size_t count;
	const struct column *columns = list_columns(list, &count);

	if (column_count > 0 && column_count < count)
		count = column_count;
	if (form == OUTPUT_TABLE && column_count == 0) {
		p->count = screen_columns(columns, count, p->columns, p->from);
		return;
	}
	for (p->count = 0; p->count < count; p->count++) {
		p->columns[p->count] = columns[p->count];
		p->from[p->count] = p->count;
	}
}

/* A row past the limit tells that there are more; masked, a cell depends on others of its row. */
static void
read_only_shown(struct list_query *q, const struct picker *p, int64_t limit)
{
	if (limit > 0 && limit < INT64_MAX)
		q->first = limit + 1;
	if (p->mask != NULL)
		return;
	q->without = ~UINT64_C(0);
	for (size_t i = 0; i < p->count; i++)
		q->without &= ~(UINT64_C(1) << p->from[i]);
}

static void
tell_rest(struct store *store, const struct list_query *q, int64_t shown)
{
	int64_t all;
	struct claque_err err;

	(void)fflush(stdout);
	if (list_count(store, q, 0, &all, &err) == CLAQUE_OK && all > shown)
		(void)fprintf(stderr, "%lld more; --limit 0 shows all %lld\n",
			      (long long)(all - shown), (long long)all);
}

/* An empty table leaves a newcomer alone with its header: say what fills it. */
static void
tell_empty(enum list_id list)
{
	static const char *const remedies[LIST_COUNT] = {
		[LIST_CLUSTERS] = "no groups: claque score looks for them",
		[LIST_LEADS] = "no leads: claque score looks for them, --all lists groups that are none",
		[LIST_POSTS] = "no posts here: claque import adds them, --lens may hide them",
		[LIST_RUNS] = "no runs: claque score makes one",
		[LIST_MOVERS] = "nobody: name a group that shares something with --cluster or --source",
		[LIST_MATCHES] = "no published indicator matches; claque indicators lists those of the case, claque import "
				 "takes more",
		[LIST_REUSED] = "no handle was seen with two accounts",
		[LIST_HANDLES] = "no account was seen with two handles",
		[LIST_EVENTS] = "no events: claque events CASE FILE.csv adds them",
		[LIST_CLAIMS] = "no claims: claque claim makes one, claque weigh adds evidence",
		[LIST_ACH] = "no evidence: claque weigh adds some to a claim",
		[LIST_NOTES] = "no notes, tags or pins: claque note, tag and pin make them",
	};

	(void)fflush(stdout);
	(void)fprintf(stderr, "%s\n", remedies[list] != NULL ? remedies[list] : "nothing to list");
}

enum claque_rc
listing_print(const struct invocation *call, struct store *store, enum list_id list,
	      size_t column_count, struct claque_err *err)
{
	struct list_query q = { .list = list, .lens = lens_open(), .sort = -1 };
	enum output_form form = output_form(call);
	int64_t limit = default_limit(call);
	struct picker picker = { .list = list };
	enum claque_rc rc = args_int(call, "limit", 0, INT64_MAX, &limit, err);

	if (rc == CLAQUE_OK)
		rc = read_query(call, store, &q, err);
	if (rc == CLAQUE_OK && args_flag(call, "mask"))
		rc = mask_new(&picker.mask, store, &(struct mask_plan){ .strangers = true }, err);
	if (rc != CLAQUE_OK)
		return rc;
	picker.scratch = arena_new(ROW_SCRATCH);
	pick_columns(&picker, form, list, column_count);
	read_only_shown(&q, &picker, limit);
	output_start(&picker.out, form, picker.columns, picker.count, limit);
	rc = list_walk(store, &q, pick_row, &picker, err);
	output_end(&picker.out);
	mask_free(picker.mask);
	arena_free(picker.scratch);
	if (form == OUTPUT_TABLE && list == LIST_MATCHES && picker.out.printed > 0)
		(void)printf("caveat of the publisher, for every row: " MATCH_CAVEAT "\n");
	if (rc == CLAQUE_OK && form == OUTPUT_TABLE && picker.out.printed == 0)
		tell_empty(list);
	if (rc == CLAQUE_STOPPED) {	/* by our own limit */
		if (form == OUTPUT_TABLE)
			tell_rest(store, &q, limit);
		rc = CLAQUE_OK;
	}
	return rc;
}

enum status
listing_run(const struct invocation *call, enum list_id list, size_t column_count)
{
	struct store *store = NULL;
	struct claque_err err = { 0 };
	enum claque_rc rc = store_open(&store, call->args[0], STORE_READ, &err);

	if (rc == CLAQUE_OK)
		rc = listing_print(call, store, list, column_count, &err);
	store_close(store);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}
