#include "config.h"

#include "cli/printer.h"

#include "cli/progress.h"

static void
print_head(void *ctx, const struct column *columns, size_t count)
{
	struct printer *p = ctx;
	enum output_form form = output_form(p->call);

	if (form == OUTPUT_CSV && p->csv_columns > 0)
		count = p->csv_columns;
	if (form == OUTPUT_TABLE && p->table_columns > 0)
		count = p->table_columns;
	progress_hide();
	output_start(&p->out, form, columns, count, p->limit);
	p->started = true;
}

static bool
print_row(void *ctx, const struct row *row)
{
	return output_row(&((struct printer *)ctx)->out, row);
}

enum claque_rc
printer_init(struct printer *p, const struct invocation *call, int64_t limit,
	     struct claque_err *err)
{
	*p = (struct printer){ .call = call, .limit = limit };
	return args_int(call, "limit", 0, INT64_MAX, &p->limit, err);
}

struct row_sink
printer_sink(struct printer *p)
{
	return (struct row_sink){ p, print_head, print_row };
}

void
printer_end(struct printer *p)
{
	if (p->started)
		output_end(&p->out);
}
