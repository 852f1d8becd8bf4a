#include "config.h"

#include "export/table.h"

static const char *const expected[] = {
	"leads", "clusters", "accounts", "members", "edges", "evidence", "notes", "inputs",
};

const struct rowset *
table_find(const struct export_input *in, const char *name)
{
	for (size_t i = 0; i < in->table_count; i++)
		if (strcmp(in->tables[i].name, name) == 0)
			return &in->tables[i];
	return NULL;
}

int
table_column(const struct rowset *t, const char *names)
{
	struct claque_str rest = str_of(names), name;

	while (t != NULL && str_cut(&rest, ' ', &name))
		for (size_t i = 0; i < t->column_count; i++)
			if (str_eq(name, str_of(t->columns[i].name)))
				return (int)i;
	return -1;
}

const struct value *
table_value(const struct row *row, int column)
{
	static const struct value null = { .type = VALUE_NULL };

	return column < 0 ? &null : &row->values[column];
}

double
value_number(const struct value *v, double otherwise)
{
	if (v->type == VALUE_INT)
		return (double)v->i;
	return v->type == VALUE_REAL ? v->r : otherwise;
}

static bool
count_row(void *ctx, const struct row *row)
{
	int64_t *n = ctx;

	(void)row;
	(*n)++;
	return true;
}

enum claque_rc
table_walk_some(const struct rowset *t, const char *columns,
		bool (*each)(void *row_ctx, const struct row *row), void *row_ctx,
		struct claque_err *err)
{
	return t->walk_some != NULL ? t->walk_some(t->ctx, columns, each, row_ctx, err) :
				      t->walk(t->ctx, each, row_ctx, err);
}

enum claque_rc
rowset_count(const struct rowset *t, int64_t *out, struct claque_err *err)
{
	*out = 0;
	return t->count != NULL ? t->count(t->ctx, out, err) : t->walk(t->ctx, count_row, out, err);
}

void
tables_absent(struct buf *out, const struct export_input *in)
{
	const char *lead = "";

	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
		if (table_find(in, expected[i]) == NULL) {
			buf_addf(out, "%s%s", lead, expected[i]);
			lead = ", ";
		}
}
