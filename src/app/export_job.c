#include "config.h"

#include "app/export_job.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "case/case.h"
#include "store/list.h"
#include "store/result.h"
#include "text/json.h"

enum { JOB_ARENA = 1 << 20 };

struct table_source {
	struct store *store;
	struct list_query query;
};

static enum claque_rc
walk_list(void *ctx, bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
	  struct claque_err *err)
{
	struct table_source *t = ctx;

	return list_walk(t->store, &t->query, each, row_ctx, err);
}

static enum claque_rc
count_list(void *ctx, int64_t *out, struct claque_err *err)
{
	struct table_source *t = ctx;

	return list_count(t->store, &t->query, 0, out, err);
}

static struct rowset
list_table(struct store *store, enum list_id list, struct table_source *source)
{
	struct rowset set = { .name = list_name(list), .ctx = source, .walk = walk_list,
			      .count = count_list };

	*source = (struct table_source){ store, { .list = list, .lens = lens_open(), .sort = -1 } };
	set.columns = list_columns(list, &set.column_count);
	return set;
}

/* "cases/demo-2016.claque" is called "demo-2016". */
static const char *
case_name(struct arena *perm, const char *path)
{
	struct claque_str name = str_of(path);
	const char *slash = memrchr(path, '/', name.len);

	if (slash != NULL)
		name = str_of(slash + 1);
	if (name.len > 7 && str_eq(str_sub(name, name.len - 7, 7), STR(".claque")))
		name.len -= 7;
	return str_z(perm, name);
}

static enum claque_rc
write_ledger(struct store *store, const struct export_request *q, struct claque_err *err)
{
	struct case_context c = { .store = store, .who = q->who };
	struct buf payload;
	json_t *o = json_object();
	enum claque_rc rc;

	if (o == NULL)
		base_oom();
	json_put(o, "format", json_text(q->format));
	json_put(o, "path", json_text(str_of(q->path)));
	json_put(o, "tlp", json_text(str_of(tlp_marking(q->tlp))));
	buf_init(&payload, 1 << 16);
	json_canonical(&payload, o);
	rc = case_record(&c, STR("export"), str_of(store_path(store)), buf_str(&payload), err);
	buf_done(&payload);
	json_decref(o);
	return rc;
}

enum claque_rc
export_job(struct store *store, const struct export_request *q, struct claque_err *err)
{
	struct arena whole = arena_new(JOB_ARENA), perm = whole;
	struct table_source sources[LIST_COUNT];
	struct rowset tables[LIST_COUNT];
	const struct export_format *format;
	struct export_input in = {
		.case_name = case_name(&perm, store_path(store)), .made_at = clock_now(),
		.tlp = q->tlp, .version = PACKAGE_VERSION,
		.tables = tables, .table_count = LIST_COUNT,
	};
	enum claque_rc rc = export_find(q->format, &format, err);

	for (unsigned i = 0; i < LIST_COUNT; i++)
		tables[i] = list_table(store, (enum list_id)i, &sources[i]);
	if (rc == CLAQUE_OK)
		rc = result_settings(store, &perm, &in.settings, err);
	if (rc == CLAQUE_OK)
		rc = export_write(format, &in, q->path, q->replace, err);
	if (rc == CLAQUE_OK)
		rc = write_ledger(store, q, err);
	arena_free(whole);
	return rc;
}
