#include "config.h"

#include "app/identity_job.h"

#include <stdio.h>

#include "app/dataset.h"
#include "app/value.h"
#include "base/err.h"
#include "base/file.h"

enum { LIST_MAX = 16 << 20, TARGETS_ARENA = 32 << 20, ROW_ARENA = 1 << 16 };

#define COLUMNS(list) (sizeof(list) / sizeof((list)[0]))

static struct value
value_time(int64_t at)
{
	return at == CLAQUE_NO_TIME ? (struct value){ 0 } : value_int(at);
}

static const struct column look_alike_columns[] = {
	{ .name = "domain", .form = FORM_ID }, { .name = "target", .form = FORM_ID },
	{ .name = "score", .form = FORM_SCORE }, { .name = "accounts", .form = FORM_COUNT },
	{ .name = "target_accounts", .form = FORM_COUNT },
	{ .name = "expected", .form = FORM_PVALUE },
	{ .name = "first_seen", .form = FORM_TIME }, { .name = "last_seen", .form = FORM_TIME },
	{ .name = "reason", .form = FORM_TEXT },
};

static void
put_look_alikes(const struct claque_look_alikes *found, const struct outlets *outlets,
		struct arena scratch, const struct row_sink *sink)
{
	sink->head(sink->ctx, look_alike_columns, COLUMNS(look_alike_columns));
	for (size_t i = 0; i < found->count; i++) {
		const struct claque_look_alike *f = &found->items[i];
		struct arena perm = scratch;
		const struct value values[COLUMNS(look_alike_columns)] = {
			value_str(f->domain), value_str(f->target), value_real(f->score),
			value_int(f->accounts), value_int(f->target_accounts),
			value_real(f->expected), value_time(f->first_seen),
			value_time(f->last_seen),
			value_str(outlets_say(outlets, &perm, f->target, str_of(f->text))),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

/* The case's own list first, then the outlets. */
static struct claque_str *
all_targets(const struct identity_hunt *hunt, struct arena *perm, size_t *count)
{
	struct claque_str *all;

	*count = hunt->host_count + hunt->outlets->domain_count;
	all = ARENA_NEW(perm, struct claque_str, *count + 1);
	if (hunt->host_count > 0)
		memcpy(all, hunt->hosts, hunt->host_count * sizeof(*all));
	if (hunt->outlets->domain_count > 0)
		memcpy(all + hunt->host_count, hunt->outlets->domains,
		       hunt->outlets->domain_count * sizeof(*all));
	return all;
}

enum claque_rc
identity_look_alikes(struct store *store, const struct identity_hunt *hunt,
		     const struct row_sink *sink, struct claque_err *err)
{
	struct claque_look_alike_settings settings = claque_look_alike_defaults();
	struct arena whole = arena_new(TARGETS_ARENA), perm = whole;
	struct claque_look_alikes found = { 0 };
	struct dataset d;
	enum claque_rc rc = dataset_load_any(store, &d, hunt->progress, err);

	if (rc != CLAQUE_OK)
		goto out;
	settings.min_score = hunt->min_score;
	settings.targets = all_targets(hunt, &perm, &settings.target_count);
	rc = claque_look_alikes_find(d.columns, &settings, hunt->progress, &found, err);
	if (rc == CLAQUE_OK)
		put_look_alikes(&found, hunt->outlets, perm, sink);
	claque_look_alikes_done(&found);
	dataset_done(&d);
out:
	arena_free(whole);
	return rc;
}

static const struct column handle_columns[] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "handle", .form = FORM_ID },
	{ .name = "target", .form = FORM_ID }, { .name = "expected", .form = FORM_PVALUE },
	{ .name = "reason", .form = FORM_TEXT },
};

static void
put_handles(const struct claque_dataset *ds, const struct claque_handle_alikes *found,
	    const struct outlets *outlets, const struct row_sink *sink)
{
	struct arena whole = arena_new(ROW_ARENA);

	sink->head(sink->ctx, handle_columns, COLUMNS(handle_columns));
	for (size_t i = 0; i < found->count; i++) {
		const struct claque_handle_alike *f = &found->items[i];
		struct arena perm = whole;
		struct claque_str how = f->close == CLAQUE_CLOSE_EMBEDDED ?
			STR("whole handle inside another") : str_of(claque_close_text(f->close));
		const struct value values[COLUMNS(handle_columns)] = {
			value_str(claque_dataset_account_id(ds, f->account)),
			value_str(f->handle), value_str(f->target), value_real(f->expected),
			value_str(outlets_say(outlets, &perm, f->target, how)),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			break;
	}
	arena_free(whole);
}

enum claque_rc
identity_handles(struct store *store, const struct identity_hunt *hunt,
		 const struct row_sink *sink, struct claque_err *err)
{
	struct claque_handle_alike_settings settings = claque_handle_alike_defaults();
	struct claque_handle_alikes found = { 0 };
	struct dataset d;
	enum claque_rc rc = dataset_load_any(store, &d, hunt->progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	settings.targets = hunt->outlets->handles;
	settings.target_count = hunt->outlets->handle_count;
	rc = claque_handle_alikes_find(d.columns, &settings, hunt->progress, &found, err);
	if (rc == CLAQUE_OK)
		put_handles(d.columns, &found, hunt->outlets, sink);
	claque_handle_alikes_done(&found);
	dataset_done(&d);
	return rc;
}

static const struct column twin_columns[] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "twin_account_id", .form = FORM_ID },
	{ .name = "score", .form = FORM_SCORE }, { .name = "reason", .form = FORM_TEXT },
};

static void
put_twins(const struct claque_dataset *ds, const struct claque_twins *found,
	  const struct row_sink *sink)
{
	sink->head(sink->ctx, twin_columns, COLUMNS(twin_columns));
	for (size_t i = 0; i < found->count; i++) {
		const struct claque_twin *f = &found->items[i];
		const struct value values[COLUMNS(twin_columns)] = {
			value_str(claque_dataset_account_id(ds, f->account)),
			value_str(claque_dataset_account_id(ds, f->twin)), value_real(f->score),
			value_str(str_of(f->text)),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

enum claque_rc
identity_twins(struct store *store, const struct claque_twins_settings *settings,
	       const struct claque_progress *progress, const struct row_sink *sink,
	       struct claque_err *err)
{
	struct claque_twins found = { 0 };
	struct dataset d;
	enum claque_rc rc = dataset_load_any(store, &d, progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = claque_twins_find(d.columns, settings, progress, &found, err);
	if (rc == CLAQUE_OK)
		put_twins(d.columns, &found, sink);
	claque_twins_done(&found);
	dataset_done(&d);
	return rc;
}

static const struct column makeover_columns[] = {
	{ .name = "account_id", .form = FORM_ID }, { .name = "changed_at", .form = FORM_TIME },
	{ .name = "score", .form = FORM_SCORE }, { .name = "reason", .form = FORM_TEXT },
};

static void
put_makeovers(const struct claque_dataset *ds, const struct claque_makeovers *found,
	      const struct row_sink *sink)
{
	sink->head(sink->ctx, makeover_columns, COLUMNS(makeover_columns));
	for (size_t i = 0; i < found->count; i++) {
		const struct claque_makeover *f = &found->items[i];
		const struct value values[COLUMNS(makeover_columns)] = {
			value_str(claque_dataset_account_id(ds, f->account)), value_time(f->at),
			value_real(f->score), value_str(str_of(f->text)),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

enum claque_rc
identity_makeovers(struct store *store, const struct claque_makeover_settings *settings,
		   const struct claque_progress *progress, const struct row_sink *sink,
		   struct claque_err *err)
{
	struct claque_makeovers found = { 0 };
	struct dataset d;
	enum claque_rc rc = dataset_load_any(store, &d, progress, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = claque_makeovers_find(d.columns, settings, progress, &found, err);
	if (rc == CLAQUE_OK)
		put_makeovers(d.columns, &found, sink);
	claque_makeovers_done(&found);
	dataset_done(&d);
	return rc;
}

static enum claque_rc
read_whole(const char *path, struct arena *perm, struct claque_str *out, struct claque_err *err)
{
	struct buf text;
	enum claque_rc rc;

	buf_init(&text, LIST_MAX);
	rc = file_read(path, &text, err);
	if (rc == CLAQUE_OK && text.over)
		rc = err_set(err, CLAQUE_ELIMIT, "%s: a list of more than %d MB", path,
			     LIST_MAX >> 20);
	if (rc == CLAQUE_OK)
		*out = str_dup(perm, buf_str(&text));
	buf_done(&text);
	return rc;
}

static struct claque_str
host_in_line(struct arena *perm, struct claque_str line)
{
	line = str_lower(perm, str_trim(str_sub(line, 0, str_find(line, STR("#"), 0))));
	return str_starts(line, STR("www.")) ? str_sub(line, 4, line.len) : line;
}

enum claque_rc
identity_read_hosts(const char *path, struct arena *perm, struct claque_str **out, size_t *count,
		    struct claque_err *err)
{
	struct claque_str text, rest, line;
	size_t lines = 1;
	enum claque_rc rc = read_whole(path, perm, &text, err);

	*count = 0;
	if (rc != CLAQUE_OK)
		return rc;
	for (size_t i = 0; i < text.len; i++)
		lines += text.p[i] == '\n';
	*out = ARENA_NEW(perm, struct claque_str, lines);
	for (rest = text; str_cut(&rest, '\n', &line);) {
		(*out)[*count] = host_in_line(perm, line);
		*count += (*out)[*count].len > 0;
	}
	return CLAQUE_OK;
}
