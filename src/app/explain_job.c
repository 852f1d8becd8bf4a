#include "config.h"

#include "app/explain_job.h"

#include <stdlib.h>

#include "app/value.h"
#include "base/arena.h"
#include "base/err.h"
#include "store/annotation.h"
#include "store/list.h"
#include "store/result.h"

enum { ROW_ARENA = 1 << 20 };

/* The number of a row id of the case; accounts come in the order of their ids. */
static uint32_t
number_of(const struct dataset *d, int64_t id)
{
	size_t lo = 0, hi = d->account_count;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (d->account_ids[mid] < id)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < d->account_count && d->account_ids[lo] == id ? (uint32_t)lo : UINT32_MAX;
}

enum claque_rc
explain_account(struct store *store, int64_t account, const struct claque_progress *progress,
		struct explained *out, struct claque_err *err)
{
	struct decisions decisions;
	struct decided decided = { .decisions = &decisions };
	enum claque_rc rc;

	*out = (struct explained){ 0 };
	decisions_init(&decisions);
	rc = result_last_settings(store, &out->settings, err);
	if (rc == CLAQUE_OK)
		rc = decisions_of_run(&decisions, store, err);
	decided.prior = out->settings.prior;
	if (rc == CLAQUE_OK)
		rc = dataset_load_decided(store, &decided, &out->data, progress, err);
	decisions_done(&decisions);
	if (rc == CLAQUE_OK)
		rc = claque_explain(out->data.columns, &out->settings,
				    number_of(&out->data, account), progress, &out->why, err);
	if (rc != CLAQUE_OK)
		explained_done(out);
	return rc;
}

void
explained_done(struct explained *e)
{
	claque_explanation_free(e->why);
	dataset_done(&e->data);
	*e = (struct explained){ 0 };
}

void
marked_add(struct marked_accounts *m, int64_t id)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->ids[i] == id)
			return;
	GROW(m->ids, m->cap, m->count + 1);
	m->ids[m->count++] = id;
}

static bool
take_tagged(void *ctx, int64_t id)
{
	marked_add(ctx, id);
	return true;
}

enum claque_rc
marked_add_tag(struct store *store, struct claque_str tag, struct marked_accounts *m,
	       struct claque_err *err)
{
	size_t before = m->count;
	enum claque_rc rc = annotation_tagged(store, SUBJECT_account, tag, take_tagged, m, err);

	if (rc == CLAQUE_OK && m->count == before && before == 0)
		return err_set(err, CLAQUE_ENOTFOUND, "no account is tagged #" STR_FMT,
			       STR_ARG(str_head(tag, 64)));
	return rc;
}

static const struct column columns[] = {
	{ .name = "account_id", .title = "account", .form = FORM_ID, .min = 10, .ideal = 20 },
	{ .name = "platform", .form = FORM_TEXT },
	{ .name = "handle", .title = "handle", .form = FORM_TEXT, .min = 8, .ideal = 16 },
	{ .name = "total", .title = "total", .form = FORM_ODDS, .min = 6, .ideal = 6 },
#define X(id, name_, help_) \
	{ .name = name_, .title = name_, .help = help_, .form = FORM_ODDS, .min = 6, .ideal = 8 },
	CLAQUE_LIKE_LIST(X)
#undef X
	{ .name = "common", .title = "common", .form = FORM_COUNT, .min = 6, .ideal = 6 },
	{ .name = "expected", .title = "expected", .form = FORM_REAL, .min = 8, .ideal = 8 },
	{ .name = "p", .title = "p", .form = FORM_PVALUE, .min = 7, .ideal = 7 },
};

enum { COLUMNS = sizeof(columns) / sizeof(columns[0]), PARTS_FROM = 4 };

struct names {
	size_t platform, handle;	/* columns of the list of accounts */
};

static enum claque_rc
put_alike(struct store *store, const struct dataset *d, const struct claque_alike *item,
	  const struct names *names, const struct row_sink *sink, struct arena scratch, bool *go_on,
	  struct claque_err *err)
{
	struct value values[COLUMNS];
	struct row account;
	size_t n = PARTS_FROM;
	enum claque_rc rc = list_row(store, LIST_ACCOUNTS, d->account_ids[item->account], &scratch,
				     &account, err);

	if (rc != CLAQUE_OK)
		return rc;
	values[0] = value_str(claque_dataset_account_id(d->columns, item->account));
	values[1] = account.values[names->platform];
	values[2] = account.values[names->handle];
	values[3] = value_real(item->total);
	for (int p = 0; p < CLAQUE_LIKE_PARTS; p++)
		values[n++] = value_real(item->parts[p]);
	values[n++] = value_int(item->common);
	values[n++] = value_real(item->expected);
	values[n] = value_real(item->p);
	*go_on = sink->each(sink->ctx, &(struct row){ account.id, values });
	return CLAQUE_OK;
}

static enum claque_rc
put_all(struct store *store, const struct dataset *d, const struct claque_alikes *alikes,
	const struct row_sink *sink, struct claque_err *err)
{
	struct arena room = arena_new(ROW_ARENA);
	enum claque_rc rc = CLAQUE_OK;
	bool go_on = true;
	size_t count;
	const struct column *list = list_columns(LIST_ACCOUNTS, &count);
	struct names names = { column_find(list, count, STR("platform")),
			       column_find(list, count, STR("handle")) };

	sink->head(sink->ctx, columns, COLUMNS);
	for (size_t i = 0; i < alikes->count && go_on && rc == CLAQUE_OK; i++)
		rc = put_alike(store, d, &alikes->items[i], &names, sink, room, &go_on, err);
	arena_free(room);
	return rc;
}

enum claque_rc
explain_like(struct store *store, const struct marked_accounts *marked,
	     const struct claque_progress *progress, const struct row_sink *sink,
	     struct claque_err *err)
{
	struct claque_score_settings settings = claque_score_defaults();
	struct claque_alikes alikes = { 0 };
	uint32_t *numbers = NULL;
	size_t cap = 0;
	struct dataset d;
	enum claque_rc rc = dataset_load(store, &d, progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	GROW(numbers, cap, marked->count + 1);
	for (size_t i = 0; i < marked->count; i++)
		numbers[i] = number_of(&d, marked->ids[i]);
	rc = claque_like(d.columns, numbers, marked->count, settings.object_cap, progress, &alikes,
			 err);
	if (rc == CLAQUE_OK)
		rc = put_all(store, &d, &alikes, sink, err);
	claque_alikes_done(&alikes);
	free(numbers);
	dataset_done(&d);
	return rc;
}
