#include "config.h"

#include "export/gather.h"

#include <math.h>
#include <stdlib.h>

struct gathering {
	struct gathered *out;
	struct arena *perm;
	const struct gather_filter *filter;
	size_t limit, spare;
};

static size_t
bytes_of(const struct gathered *g, const struct row *row)
{
	size_t bytes = 0;

	for (size_t i = 0; i < g->table->column_count; i++)
		bytes += sizeof(struct value) + row->values[i].s.len + 1;
	return bytes;
}

static bool
gather_row(void *ctx, const struct row *row)
{
	struct gathering *g = ctx;
	size_t columns = g->out->table->column_count;
	struct value *values;

	if (!g->filter->keep(g->filter->ctx, g->out->table, row))
		return true;
	g->out->total++;
	if (g->out->count == g->limit ||
	    bytes_of(g->out, row) + g->spare > (size_t)(g->perm->end - g->perm->beg))
		return true;
	values = ARENA_NEW(g->perm, struct value, columns);
	for (size_t i = 0; i < columns; i++) {
		values[i] = row->values[i];
		if (values[i].type == VALUE_TEXT)
			values[i].s = str_dup(g->perm, values[i].s);
	}
	g->out->rows[g->out->count++] = (struct row){ row->id, values };
	return true;
}

static bool
keep_all(void *ctx, const struct rowset *table, const struct row *row)
{
	(void)ctx;
	(void)table;
	(void)row;
	return true;
}

static const struct gather_filter all = { .keep = keep_all };

struct choosing {		/* ids of the rows that are kept */
	struct gathered *out;
	const struct gather_filter *filter;
	int64_t *ids;
	size_t count, limit;
};

static bool
choose_row(void *ctx, const struct row *row)
{
	struct choosing *c = ctx;

	if (!c->filter->keep(c->filter->ctx, c->out->table, row))
		return true;
	c->out->total++;
	if (c->count < c->limit)
		c->ids[c->count++] = row->id;
	return true;
}

/* Few rows of many: which ones by a few columns, then those whole. */
static enum claque_rc
gather_chosen(struct gathering *g, struct claque_err *err)
{
	const struct rowset *t = g->out->table;
	struct choosing c = { .out = g->out, .filter = g->filter, .limit = g->limit };
	int64_t total;
	enum claque_rc rc;

	c.ids = ARENA_NEW(g->perm, int64_t, g->limit);
	rc = t->walk_some(t->ctx, g->filter->columns, choose_row, &c, err);
	g->filter = &all;
	total = g->out->total;
	if (rc == CLAQUE_OK)
		rc = t->walk_ids(t->ctx, c.ids, c.count, gather_row, g, err);
	g->out->total = total;
	return rc;
}

enum claque_rc
gather_if(const struct export_input *in, const char *name, size_t limit,
	  const struct gather_filter *filter, struct arena *perm, struct gathered *out,
	  struct claque_err *err)
{
	struct gathering g = { out, perm, filter, limit, (size_t)(perm->end - perm->beg) / 4 };

	*out = (struct gathered){ .table = table_find(in, name) };
	if (out->table == NULL)
		return CLAQUE_OK;
	out->rows = ARENA_NEW(perm, struct row, limit);
	if (filter->columns != NULL && out->table->walk_ids != NULL)
		return gather_chosen(&g, err);
	return out->table->walk(out->table->ctx, gather_row, &g, err);
}

enum claque_rc
gather(const struct export_input *in, const char *name, size_t limit, struct arena *perm,
       struct gathered *out, struct claque_err *err)
{

	return gather_if(in, name, limit, &all, perm, out, err);
}

int
gathered_column(const struct gathered *g, const char *names)
{
	return table_column(g->table, names);
}

struct gathered
gathered_where(const struct gathered *g, int column, struct claque_str key, struct arena *perm)
{
	struct gathered some = { .table = g->table };

	some.rows = ARENA_NEW(perm, struct row, g->count + 1);
	for (size_t i = 0; i < g->count; i++) {
		struct arena scratch = *perm;
		const struct value *v = table_value(&g->rows[i], column);

		if (column < 0 ||
		    str_eq(value_listing(&scratch, &g->table->columns[column], v), key))
			some.rows[some.count++] = g->rows[i];
	}
	some.total = (int64_t)some.count;
	return some;
}

struct place {
	struct row row;
	double key;
	size_t at;
};

static int
by_key(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->key != y->key)
		return x->key > y->key ? -1 : 1;
	return (x->at > y->at) - (x->at < y->at);
}

void
gathered_order(struct gathered *g, double (*key)(void *ctx, const struct row *row), void *ctx)
{
	struct place *places = NULL;
	size_t cap = 0;

	if (g->count < 2)
		return;
	GROW(places, cap, g->count);
	for (size_t i = 0; i < g->count; i++)
		places[i] = (struct place){ g->rows[i], key(ctx, &g->rows[i]), i };
	qsort(places, g->count, sizeof(*places), by_key);
	for (size_t i = 0; i < g->count; i++)
		g->rows[i] = places[i].row;
	free(places);
}

struct number_key {
	int column;
	bool absolute;
};

static double
number_key(void *ctx, const struct row *row)
{
	const struct number_key *k = ctx;
	double key = value_number(table_value(row, k->column), -HUGE_VAL);

	return k->absolute ? fabs(key) : key;
}

void
gathered_sort(struct gathered *g, int column, bool absolute)
{
	struct number_key k = { column, absolute };

	if (column >= 0)
		gathered_order(g, number_key, &k);
}
