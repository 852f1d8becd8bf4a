#include "config.h"

#include "app/table_file.h"

#include "base/err.h"
#include "import/reader.h"
#include "import/rows.h"

struct reading {
	const struct table_file *table;
	size_t count;				/* of the columns asked for */
	size_t places[TABLE_FILE_COLUMNS];	/* in the file; SIZE_MAX: not there */
	bool has_header;
};

static enum claque_rc
take_header(struct reading *r, const struct row_cells *row, struct claque_err *err)
{
	const struct table_file *t = r->table;

	for (size_t i = 0; i < r->count; i++) {
		r->places[i] = SIZE_MAX;
		for (size_t c = 0; c < row->count && r->places[i] == SIZE_MAX; c++)
			if (str_eq(str_trim(row->cells[c]), str_of(t->columns[i])))
				r->places[i] = c;
		if (r->places[i] == SIZE_MAX && i < t->required)
			return err_set(err, CLAQUE_EINPUT, "%s has no column '%s'; name the columns in "
				       "its first row", t->path, t->columns[i]);
	}
	r->has_header = true;
	return CLAQUE_OK;
}

static enum claque_rc
take(void *ctx, const struct row_cells *row, struct claque_err *err)
{
	struct reading *r = ctx;
	struct claque_str cells[TABLE_FILE_COLUMNS];

	if (row->fault != NULL)
		return err_set(err, CLAQUE_EINPUT, "%s, row %llu: %s", r->table->path,
			       (unsigned long long)row->number, row->fault);
	if (!r->has_header)
		return take_header(r, row, err);
	for (size_t i = 0; i < r->count; i++)
		cells[i] = r->places[i] < row->count ? row->cells[r->places[i]] : STR("");
	return r->table->each(r->table->ctx, cells, row->number, err);
}

static enum claque_rc
feed_all(struct csv_rows *csv, struct reader *reader, struct claque_err *err)
{
	char room[FEED_BYTES / 4];
	size_t got = 1;
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && got > 0) {
		rc = reader_read(reader, room, sizeof(room), &got, err);
		if (rc == CLAQUE_OK && got > 0)
			rc = csv_rows_feed(csv, (struct claque_str){ room, got });
	}
	return rc == CLAQUE_OK ? csv_rows_finish(csv) : rc;
}

enum claque_rc
table_file_read(const struct table_file *t, struct claque_err *err)
{
	struct reading reading = { .table = t };
	struct rows *rows = rows_new(&reading, take, err);
	struct csv_rows *csv = csv_rows_new(rows, ',');
	struct reader *reader = NULL;
	enum claque_rc rc;

	while (reading.count < TABLE_FILE_COLUMNS && t->columns[reading.count] != NULL)
		reading.count++;
	rc = reader_open(t->path, &reader, err);
	if (rc == CLAQUE_OK)
		rc = feed_all(csv, reader, err);
	if (rc == CLAQUE_OK && !reading.has_header)
		rc = err_set(err, CLAQUE_EINPUT, "%s is empty: not even a header", t->path);
	reader_close(reader);
	csv_rows_free(csv);
	rows_free(rows);
	return rc;
}
