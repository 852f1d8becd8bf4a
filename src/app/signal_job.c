#include "config.h"

#include "app/signal_job.h"

#include <math.h>
#include <stdlib.h>

#include "app/dataset.h"
#include "app/value.h"
#include "base/arena.h"
#include "base/buf.h"
#include "store/list.h"

enum { ROW_ARENA = 1 << 20, PARAMS_BYTES_MAX = 4096 };

static const struct column list_of_signals[] = {
	{ .name = "id", .form = FORM_ID }, { .name = "name", .form = FORM_ID },
	{ .name = "shape", .form = FORM_TEXT }, { .name = "axis", .form = FORM_TEXT },
	{ .name = "family", .form = FORM_TEXT }, { .name = "unit", .form = FORM_TEXT },
	{ .name = "needs", .form = FORM_TEXT }, { .name = "cost", .form = FORM_TEXT },
	{ .name = "source", .form = FORM_TEXT }, { .name = "help", .form = FORM_TEXT },
	{ .name = "params", .form = FORM_TEXT },
};

static const struct column list_of_accounts[] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "value", .form = FORM_REAL },
	{ .name = "expected", .form = FORM_REAL }, { .name = "log_odds", .form = FORM_ODDS },
	{ .name = "n", .form = FORM_COUNT }, { .name = "post", .form = FORM_ID },
};

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

const char *
signal_axis_name(enum claque_axis axis)
{
	static const char *const names[CLAQUE_AXIS_COUNT] = {
		[CLAQUE_COORDINATION] = "coordination", [CLAQUE_DECEPTION] = "deception",
		[CLAQUE_OVERTNESS] = "overtness",
	};

	return names[axis];
}

const char *
signal_family_name(enum claque_family family)
{
	static const char *const names[CLAQUE_FAMILY_COUNT] = {
		[CLAQUE_FAMILY_TIME] = "time", [CLAQUE_FAMILY_CONTENT] = "content",
		[CLAQUE_FAMILY_LINK] = "link", [CLAQUE_FAMILY_PROFILE] = "profile",
		[CLAQUE_FAMILY_INFRASTRUCTURE] = "infrastructure",
	};

	return names[family];
}

const char *
signal_shape_name(enum claque_shape shape)
{
	static const char *const names[CLAQUE_SHAPE_COUNT] = {
		[CLAQUE_EDGES] = "edges", [CLAQUE_ACCOUNTS] = "accounts",
	};

	return names[shape];
}

/* "distance=10 bits (0..15); ..." */
static struct claque_str
params_text(const struct claque_signal_info *info, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < info->param_count; i++) {
		const struct claque_param *p = &info->params[i];

		buf_addf(out, "%s%s=%g %s (%g..%g)", i > 0 ? "; " : "", p->name, p->usual,
			 p->unit, p->least, p->most);
	}
	return buf_str(out);
}

static bool
put_signal(const struct claque_signal_info *info, struct buf *room, const struct row_sink *sink)
{
	const struct value values[LENGTH(list_of_signals)] = {
		value_str(str_of(info->id)), value_str(str_of(info->name)),
		value_str(str_of(signal_shape_name(info->shape))),
		value_str(str_of(signal_axis_name(info->axis))),
		value_str(str_of(signal_family_name(info->family))),
		value_str(str_of(info->unit)), value_str(str_of(info->needs)),
		value_str(str_of(info->cost)), value_str(str_of(info->source)),
		value_str(str_of(info->help)), value_str(params_text(info, room)),
	};

	return sink->each(sink->ctx, &(struct row){ 0, values });
}

void
signal_list(const struct row_sink *sink)
{
	struct buf room;

	buf_init(&room, PARAMS_BYTES_MAX);
	sink->head(sink->ctx, list_of_signals, LENGTH(list_of_signals));
	for (unsigned s = 0; s < CLAQUE_SIGNAL_COUNT; s++) {
		const struct claque_signal_info *info = claque_signal_info((enum claque_signal)s);

		if (info != NULL && !put_signal(info, &room, sink))
			break;
	}
	buf_done(&room);
}

struct measured {
	struct store *store;
	const struct dataset *d;
	const struct claque_trait *traits;
	const struct row_sink *sink;
	size_t id_column;	/* of the list of posts */
};

static struct value
real_or_nothing(double r)
{
	return isnan(r) ? (struct value){ 0 } : value_real(r);
}

/* Native id of the post that shows it, if there is one. */
static enum claque_rc
post_id(const struct measured *m, uint32_t row, struct arena *perm, struct value *out,
	struct claque_err *err)
{
	struct row post;
	enum claque_rc rc;

	*out = (struct value){ 0 };
	if (row >= m->d->post_count)
		return CLAQUE_OK;
	rc = list_row(m->store, LIST_POSTS, m->d->post_ids[row], perm, &post, err);
	if (rc == CLAQUE_OK)
		*out = post.values[m->id_column];
	return rc;
}

static enum claque_rc
put_account(const struct measured *m, uint32_t account, struct arena scratch, bool *go_on,
	    struct claque_err *err)
{
	const struct claque_trait *t = &m->traits[account];
	struct value post;
	enum claque_rc rc = post_id(m, t->row, &scratch, &post, err);
	const struct value values[LENGTH(list_of_accounts)] = {
		value_str(claque_dataset_account_id(m->d->columns, account)),
		real_or_nothing(t->value), real_or_nothing(t->expected),
		real_or_nothing(t->log_odds), value_int(t->n), post,
	};

	if (rc == CLAQUE_OK)
		*go_on = m->sink->each(m->sink->ctx, &(struct row){ account, values });
	return rc;
}

static enum claque_rc
put_accounts(struct measured *m, struct claque_err *err)
{
	struct arena room = arena_new(ROW_ARENA);
	enum claque_rc rc = CLAQUE_OK;
	bool go_on = true;
	size_t count;
	const struct column *columns = list_columns(LIST_POSTS, &count);

	m->id_column = column_find(columns, count, STR("post_id"));
	m->sink->head(m->sink->ctx, list_of_accounts, LENGTH(list_of_accounts));
	for (uint32_t a = 0; a < m->d->account_count && go_on && rc == CLAQUE_OK; a++)
		rc = put_account(m, a, room, &go_on, err);
	arena_free(room);
	return rc;
}

enum claque_rc
signal_accounts(struct store *store, enum claque_signal signal, const double *params,
		const struct claque_progress *progress, const struct row_sink *sink,
		struct claque_err *err)
{
	struct dataset d;
	struct claque_trait *traits = NULL;
	size_t cap = 0;
	enum claque_rc rc = dataset_load(store, &d, progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	GROW(traits, cap, d.account_count + 1);
	rc = claque_signal_measure(d.columns, signal, params, progress, traits, err);
	if (rc == CLAQUE_OK)
		rc = put_accounts(&(struct measured){ .store = store, .d = &d, .traits = traits,
						      .sink = sink }, err);
	free(traits);
	dataset_done(&d);
	return rc;
}
