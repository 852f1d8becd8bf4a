#include "config.h"

#include "import/rows.h"

#include <stdlib.h>

struct rows *
rows_new(void *ctx,
	 enum claque_rc (*take)(void *ctx, const struct row_cells *row, struct claque_err *err),
	 struct claque_err *err)
{
	struct rows *r = calloc(1, sizeof(*r));

	if (r == NULL)
		base_oom();
	r->ctx = ctx;
	r->take = take;
	r->err = err;
	buf_init(&r->bytes, ROW_BYTES_MAX);
	return r;
}

void
rows_free(struct rows *r)
{
	if (r == NULL)
		return;
	buf_done(&r->bytes);
	free(r);
}

void
rows_fault(struct rows *r, const char *fault)
{
	if (r->fault == NULL)
		r->fault = fault;
}

/* The room must grow, or the cell is none to keep. */
static void
add_slowly(struct rows *r, struct claque_str cell)
{
	if (cell.len > CELL_BYTES_MAX)
		rows_fault(r, "a cell is over 1 MiB");
	else
		buf_add(&r->bytes, cell);
	if (r->bytes.over)
		rows_fault(r, "the row is over 4 MiB");
}

void
rows_cell(struct rows *r, struct claque_str cell)
{
	if (cell.len > CELL_BYTES_MAX || cell.len > r->bytes.cap - r->bytes.len) {
		add_slowly(r, cell);
	} else if (cell.len > 0) {
		memcpy(r->bytes.p + r->bytes.len, cell.p, cell.len);
		r->bytes.len += cell.len;
	}
	if (r->count < ROW_CELLS_MAX)
		r->ends[r->count] = r->bytes.len;
	r->count++;
}

/* Makes the views, now that the bytes no longer move. */
static bool
lay_out(struct rows *r)
{
	size_t from = 0, kept = r->count < ROW_CELLS_MAX ? r->count : ROW_CELLS_MAX;
	const char *bytes = r->bytes.p != NULL ? r->bytes.p : "";
	bool blank = r->fault == NULL;

	for (size_t i = 0; i < kept; i++) {
		r->cells[i] = (struct claque_str){ bytes + from, r->ends[i] - from };
		blank = blank && str_trim(r->cells[i]).len == 0;
		from = r->ends[i];
	}
	return !blank;
}

void
rows_end(struct rows *r)
{
	struct row_cells row = { .number = ++r->number, .cells = r->cells, .count = r->count };

	row.fault = r->fault;
	if (r->rc == CLAQUE_OK && lay_out(r))
		r->rc = r->take(r->ctx, &row, r->err);
	buf_clear(&r->bytes);
	r->count = 0;
	r->fault = NULL;
}
