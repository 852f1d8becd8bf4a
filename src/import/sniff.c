/*
 * sniff.c - formats by the names in the header.
 *
 * The format that knows most of the columns must be complete. Taking the first
 * complete one instead would read a posts table without its time column as a
 * table of accounts: a quiet mistake where a message is due.
 *
 * Exports of one collector share most of their columns whatever the platform.
 * Their formats have a signature: columns by which they are told. Without all of
 * it such a format is no candidate, however many columns it knows.
 */
#include "config.h"

#include "import/sniff.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/err.h"
#include "base/utf8.h"

enum { LIST_MAX = 1000 };

/* A header as it applies to one format. */
struct match {
	const struct format *format;
	int column[FIELDS_MAX];
	size_t known, required, missing;
	size_t told, untold;	/* columns of its signature: there, not there */
};

static void
list_add(struct buf *list, struct claque_str name)
{
	buf_addz(list, list->len > 0 ? ", " : "");
	buf_add(list, name);
}

static struct claque_str
column_name(const struct row_cells *header, size_t column)
{
	return str_trim(header->cells[column]);
}

/* "column=field": a field name holds no equals sign, a column may. */
static bool
cut_override(struct claque_str s, struct claque_str *column, struct claque_str *field)
{
	const char *equals = s.len > 0 ? memrchr(s.p, '=', s.len) : NULL;

	if (equals == NULL)
		return false;
	*column = str_trim(str_sub(s, 0, (size_t)(equals - s.p)));
	*field = str_trim(str_sub(s, (size_t)(equals - s.p) + 1, s.len));
	return column->len > 0 && field->len > 0;
}

static bool
find_field(const struct format *format, struct claque_str name, size_t *out)
{
	for (*out = 0; *out < format->field_count; (*out)++)
		if (str_eq_nocase(str_of(format->fields[*out].name), name))
			return true;
	return false;
}

static bool
find_column(const struct row_cells *header, struct claque_str name, size_t *out)
{
	for (*out = 0; *out < header->count; (*out)++)
		if (str_eq_nocase(column_name(header, *out), name))
			return true;
	return false;
}

static bool
is_claimed(const struct match *m, size_t column)
{
	for (size_t f = 0; f < m->format->field_count; f++)
		if (m->column[f] == (int)column)
			return true;
	return false;
}

static void
claim(struct match *m, size_t field, size_t column)
{
	if (m->column[field] < 0 && !is_claimed(m, column)) {
		m->column[field] = (int)column;
		m->known++;
	}
}

/* Overrides first: they take a column away from the name it bears. */
static void
claim_overrides(struct match *m, const struct row_cells *header,
		const struct import_options *options)
{
	struct claque_str name, target;
	size_t field, column;

	for (size_t i = 0; i < options->map_count; i++)
		if (cut_override(options->map[i], &name, &target) &&
		    find_field(m->format, target, &field) && find_column(header, name, &column))
			claim(m, field, column);
}

static void
count_required(struct match *m)
{
	for (size_t f = 0; f < m->format->field_count; f++) {
		if (m->format->fields[f].need != FIELD_REQUIRED)
			continue;
		m->required += m->column[f] >= 0;
		m->missing += m->column[f] < 0;
	}
}

static void
count_signature(struct match *m, const struct row_cells *header)
{
	const char *const *told = m->format->signature;
	size_t column;

	for (size_t i = 0; told != NULL && told[i] != NULL; i++) {
		bool there = find_column(header, str_of(told[i]), &column);

		m->told += there;
		m->untold += !there;
	}
}

static struct match
match_format(const struct format *format, const struct row_cells *header,
	     const struct import_options *options)
{
	struct match m = { .format = format };
	size_t field;

	for (size_t f = 0; f < FIELDS_MAX; f++)
		m.column[f] = -1;
	claim_overrides(&m, header, options);
	for (size_t c = 0; c < header->count; c++)
		if (find_field(format, column_name(header, c), &field))
			claim(&m, field, c);
	count_required(&m);
	count_signature(&m, header);
	return m;
}

/* A column that nothing else wants, for the one field that takes any name. */
static void
claim_any(struct match *m, const struct row_cells *header)
{
	for (size_t f = 0; f < m->format->field_count; f++)
		for (size_t c = 0; c < header->count; c++)
			if (m->format->fields[f].need == FIELD_ANY)
				claim(m, f, c);
}

static bool
is_complete(const struct match *m)
{
	return m->missing == 0 && m->untold == 0 && m->known >= m->format->known_min;
}

static bool
is_required(const struct format *format, struct claque_str name)
{
	size_t field;

	return find_field(format, name, &field) && format->fields[field].need == FIELD_REQUIRED;
}

static void
list_missing(struct buf *list, const struct match *m, const struct row_cells *header)
{
	const char *const *told = m->format->signature;
	size_t column;

	for (size_t f = 0; f < m->format->field_count; f++)
		if (m->format->fields[f].need == FIELD_REQUIRED && m->column[f] < 0)
			list_add(list, str_of(m->format->fields[f].name));
	for (size_t i = 0; told != NULL && told[i] != NULL; i++)
		if (!is_required(m->format, str_of(told[i])) &&
		    !find_column(header, str_of(told[i]), &column))
			list_add(list, str_of(told[i]));
	if (m->missing + m->untold > 0)
		return;
	buf_addz(list, "one or more of ");
	for (size_t f = 0, n = 0; f < m->format->field_count; f++)
		if (m->format->fields[f].need != FIELD_REQUIRED && m->column[f] < 0)
			buf_addf(list, "%s%s", n++ > 0 ? ", " : "", m->format->fields[f].name);
}

static enum claque_rc
refuse_header(const struct match *nearest, const struct row_cells *header, bool asked,
	      struct claque_err *err)
{
	struct buf list;
	enum claque_rc rc;

	if (nearest->known == 0 && !asked)
		return err_set(err, CLAQUE_EINPUT, "no known format: the first row has no column "
			       "name of any; `--map column=field` tells what is what");
	buf_init(&list, LIST_MAX);
	list_missing(&list, nearest, header);
	rc = err_set(err, CLAQUE_EINPUT, asked ? "format %s also needs " STR_FMT :
		     "no known format; nearest is %s, which also needs " STR_FMT,
		     nearest->format->about.name, STR_ARG(buf_str(&list)));
	buf_done(&list);
	return rc;
}

static bool
is_better(const struct match *a, const struct match *b)
{
	if (a->known != b->known)
		return a->known > b->known;
	if (is_complete(a) != is_complete(b))
		return is_complete(a);
	return a->told > b->told;
}

static bool
is_nearer(const struct match *a, const struct match *b)
{
	if (a->required + a->told != b->required + b->told)
		return a->required + a->told > b->required + b->told;
	return a->missing + a->untold < b->missing + b->untold;
}

static enum claque_rc
choose_asked(const struct format *format, const struct row_cells *header,
	     const struct import_options *options, struct match *out, struct claque_err *err)
{
	if (format->row == NULL)
		return sniff_refuse_shape(format, "a table", err);
	*out = match_format(format, header, options);
	out->untold = 0;
	return out->missing == 0 ? CLAQUE_OK : refuse_header(out, header, true, err);
}

/* What is no candidate for lack of its signature may still be the nearest. */
static enum claque_rc
choose(const struct row_cells *header, const struct import_options *options, struct match *out,
       struct claque_err *err)
{
	const struct format *format = format_find(options, options->format);
	struct match nearest = { 0 }, told = { 0 }, posts;

	if (format != NULL)
		return choose_asked(format, header, options, out, err);
	*out = nearest = posts = match_format(&format_native_posts, header, options);
	for (size_t i = 0; (format = format_at(options, i)) != NULL; i++) {
		struct match m, *best = format->signature != NULL ? &told : out;

		if (format->row == NULL)
			continue;
		m = match_format(format, header, options);
		if (is_nearer(&m, &nearest))
			nearest = m;
		if ((best == out || is_complete(&m)) &&
		    (best->format == NULL || is_better(&m, best)))
			*best = m;
	}
	/* Rows with ids of posts are posts, whatever they say of who wrote them. */
	if (out->format == &format_native_accounts && is_complete(&posts))
		*out = posts;
	if (told.format != NULL && (!is_complete(out) || !is_better(out, &told)))
		*out = told;
	return is_complete(out) ? CLAQUE_OK : refuse_header(&nearest, header, false, err);
}

static enum claque_rc
check_names(const struct row_cells *header, struct claque_err *err)
{
	if (header->fault != NULL)
		return err_set(err, CLAQUE_EINPUT, "header: %s", header->fault);
	if (header->count > ROW_CELLS_MAX)
		return err_set(err, CLAQUE_EINPUT, "header: %zu columns; %d are read",
			       header->count, (int)ROW_CELLS_MAX);
	if (header->count > 0 && str_starts(header->cells[0], STR("# ")))
		return err_set(err, CLAQUE_EINPUT, "a text in Markdown without a table: nothing in "
			       "prose is taken for an indicator");
	for (size_t i = 0; i < header->count; i++) {
		struct claque_str name = column_name(header, i);

		for (size_t k = 0; k < i && name.len > 0; k++)
			if (str_eq_nocase(name, column_name(header, k)))
				return err_set(err, CLAQUE_EINPUT, "header: columns %zu and %zu "
					       "are both called '%.*s'; rename one", k + 1, i + 1,
					       QUOTED(name));
	}
	return CLAQUE_OK;
}

/* An override that does nothing is a slip of the pen that must be seen. */
static enum claque_rc
check_overrides(const struct match *m, const struct row_cells *header,
		const struct import_options *options, struct claque_err *err)
{
	struct claque_str name, target;
	size_t field, column;

	for (size_t i = 0; i < options->map_count; i++) {
		if (!cut_override(options->map[i], &name, &target))
			return sniff_check(options, err);
		if (!find_column(header, name, &column))
			return err_set(err, CLAQUE_EINPUT, "--map: there is no column '%.*s'",
				       QUOTED(name));
		if (!find_field(m->format, target, &field))
			return err_set(err, CLAQUE_EINPUT, "--map: %s has no field '%.*s'; it "
				       "has %s", m->format->about.name, QUOTED(target),
				       m->format->about.columns);
		if (m->column[field] != (int)column)
			return err_set(err, CLAQUE_EINPUT, "--map: '%.*s' or its column is "
				       "mapped twice", QUOTED(target));
	}
	return CLAQUE_OK;
}

static void
list_unknown(const struct match *m, const struct row_cells *header, char *out, size_t size)
{
	struct buf list;
	struct claque_str text;

	buf_init(&list, size - sizeof("..."));
	for (size_t c = 0; c < header->count; c++)
		if (!is_claimed(m, c) && column_name(header, c).len > 0)
			list_add(&list, column_name(header, c));
	text = buf_str(&list);
	if (text.len > 0)
		memcpy(out, text.p, text.len);
	memcpy(out + text.len, list.over ? "..." : "", list.over ? 4 : 1);
	buf_done(&list);
}

static void
keep_names(const struct match *m, const struct row_cells *header, struct mapping *out)
{
	for (size_t f = 0; f < m->format->field_count; f++)
		if (m->column[f] >= 0)
			(void)snprintf(out->names[f], IMPORT_PLACE_NAME, STR_FMT,
				       STR_ARG(str_head(column_name(header, (size_t)m->column[f]),
							IMPORT_PLACE_NAME - 1)));
}

static int
by_name(const void *a, const void *b)
{
	const struct extra_column *x = a, *y = b;

	return str_cmp(x->name, y->name);
}

/* Columns and their names, sorted by these; a header of thousands of them is cut, and that is said. */
static void
list_extras(const struct match *m, const struct row_cells *header, struct mapping *out)
{
	size_t used = 0;

	for (size_t c = 0; c < header->count && out->extra_count < EXTRA_COLUMNS_MAX; c++) {
		struct claque_str name = column_name(header, c);

		/* A JSON key is text: no NUL, nothing that is not UTF-8. */
		if (is_claimed(m, c) || name.len == 0 || name.len > EXTRA_NAMES_MAX - used ||
		    memchr(name.p, '\0', name.len) != NULL || !utf8_valid(name))
			continue;
		memcpy(out->extra_names + used, name.p, name.len);
		out->extras[out->extra_count].column = c;
		out->extras[out->extra_count++].name =
			(struct claque_str){ out->extra_names + used, name.len };
		used += name.len;
	}
	if (out->extra_count > 1)
		qsort(out->extras, out->extra_count, sizeof(*out->extras), by_name);
}

enum claque_rc
sniff_check(const struct import_options *options, struct claque_err *err)
{
	struct claque_str column, field;
	struct buf list;
	enum claque_rc rc;

	for (size_t i = 0; i < options->map_count; i++)
		if (!cut_override(options->map[i], &column, &field))
			return err_set(err, CLAQUE_EUSAGE, "--map '%.*s': write column=field",
				       QUOTED(options->map[i]));
	if (options->format == NULL || format_find(options, options->format) != NULL)
		return CLAQUE_OK;
	buf_init(&list, LIST_MAX);
	for (size_t i = 0; format_at(options, i) != NULL; i++)
		list_add(&list, str_of(format_at(options, i)->about.name));
	rc = err_set(err, CLAQUE_ENOTFOUND, "no format '%.60s'; there are " STR_FMT,
		     options->format, STR_ARG(buf_str(&list)));
	buf_done(&list);
	return rc;
}

enum claque_rc
sniff_header(const struct row_cells *header, bool tabs, const struct import_options *options,
	     struct mapping *out, struct claque_err *err)
{
	struct match m;
	enum claque_rc rc = check_names(header, err);

	if (rc == CLAQUE_OK)
		rc = choose(header, options, &m, err);
	if (rc == CLAQUE_OK)
		rc = check_overrides(&m, header, options, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (tabs && !m.format->tabs)
		return err_set(err, CLAQUE_EINPUT, "tab-separated %s are not read, for nobody "
			       "agrees on quotes there; save the table as CSV",
			       m.format->about.name);
	claim_any(&m, header);
	*out = (struct mapping){ .format = m.format, .columns = header->count };
	memcpy(out->column, m.column, sizeof(out->column));
	keep_names(&m, header, out);
	list_unknown(&m, header, out->unknown, sizeof(out->unknown));
	list_extras(&m, header, out);
	return CLAQUE_OK;
}
