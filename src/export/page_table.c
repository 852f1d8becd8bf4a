#include "config.h"

#include "export/page.h"

void
page_heading(struct page *h, const char *text)
{
	buf_addf(h->out, "<h3>%s</h3>\n", text);
}

void
page_missing(struct page *h, const char *what, const char *how)
{
	buf_addf(h->out, "<p class=\"missing\">%s <code>%s</code></p>\n", what, how);
}

void
page_count(struct page *h, int64_t n)
{
	struct arena scratch = h->scratch;

	buf_add(h->out, count_grouped(&scratch, n));
}

void
page_lead(struct page *h, struct claque_str id)
{
	uint32_t number = map_get(&h->r.lead_ids, id);
	bool carded = number != MAP_NONE && number < PAGE_CARDS_MAX;

	if (carded)
		buf_addf(h->out, "<a href=\"#lead-%u\">", number + 1);
	page_text(h->out, h->scratch, id);
	if (carded)
		buf_addz(h->out, "</a>");
}

static bool
is_number(enum column_form form)
{
	return form != FORM_TEXT && form != FORM_ID && form != FORM_TIME;
}

static void
add_value(struct page *h, const struct column *column, const struct value *v)
{
	struct arena scratch = h->scratch;
	struct claque_str text;

	if (v->type == VALUE_NULL)
		text = STR("-");
	else if (v->type == VALUE_TEXT)
		text = v->s;
	else if (v->type == VALUE_INT && column->form == FORM_COUNT)
		text = count_grouped(&scratch, v->i);
	else
		text = value_screen(&scratch, column, v);
	if (v->type == VALUE_TEXT)
		page_text(h->out, scratch, text);
	else
		page_inline(h->out, scratch, text);
}

static void
add_cell(struct page *h, const struct gathered *g, int at, const struct row *row,
	 enum page_cell how)
{
	const struct value *v = table_value(row, at);
	const struct column *column = &g->table->columns[at];

	if (v->type != VALUE_TEXT || how == CELL_DATA)
		add_value(h, column, v);
	else if (how == CELL_LEAD)
		page_lead(h, v->s);
	else
		page_exact(h->out, h->scratch, v->s);
}

void
page_cell(struct page *h, const struct gathered *g, const char *names, const struct row *row)
{
	int at = gathered_column(g, names);

	if (at >= 0)
		add_cell(h, g, at, row, CELL_DATA);
}

/* Words that are ours or short are not broken; long texts get the room. */
static const char *
class_of(const struct column *column, enum page_cell how)
{
	static const char *const short_ones[] = {
		"signal", "unit", "kind", "field", "role", "platform", "format", "status", "axis",
		"explanation", "how", "action", "who", "confidence", "word",
	};

	if (is_number(column->form))
		return " class=\"n\"";
	if (column->form == FORM_TIME || how == CELL_LEAD)
		return " class=\"w\"";
	if (column->form == FORM_ID)
		return " class=\"id\"";
	for (size_t i = 0; i < sizeof(short_ones) / sizeof(short_ones[0]); i++)
		if (str_eq(str_of(column->name), str_of(short_ones[i])))
			return " class=\"w\"";
	if (strcmp(column->name, "author") == 0 || strcmp(column->name, "handle") == 0)
		return " class=\"id\"";
	return str_eq(str_of(column->name), STR("text")) ? " class=\"text\"" : "";
}

/* A column with nothing in it tells less than the room it takes. */
static int
column_of(const struct gathered *g, const struct page_column *c, size_t printed)
{
	int at = gathered_column(g, c->names);

	for (size_t i = 0; i < printed && at >= 0; i++) {
		const struct value *v = table_value(&g->rows[i], at);

		if (v->type != VALUE_NULL && !(v->type == VALUE_TEXT && v->s.len == 0))
			return at;
	}
	return -1;
}

static void
add_row(struct page *h, const struct gathered *g, const struct page_column *columns,
	const struct row *row, size_t printed)
{
	buf_addz(h->out, "<tr>");
	for (const struct page_column *c = columns; c->head != NULL; c++) {
		int at = column_of(g, c, printed);

		if (at < 0)
			continue;
		buf_addf(h->out, "<td%s>", class_of(&g->table->columns[at], c->how));
		add_cell(h, g, at, row, c->how);
		buf_addz(h->out, "</td>");
	}
	buf_addz(h->out, "</tr>\n");
	(void)sink_flow(h->sink);
}

void
page_more(struct page *h, int64_t n)
{
	if (n <= 0)
		return;
	buf_addz(h->out, "<p class=\"more\">and ");
	page_count(h, n);
	buf_addz(h->out, " more; the CSV export has all.</p>\n");
}

void
page_table(struct page *h, const struct gathered *g, const struct page_column *columns,
	   size_t limit)
{
	size_t printed = g->count < limit ? g->count : limit;

	buf_addz(h->out, "<div class=\"wide\">\n<table>\n<thead><tr>");
	for (const struct page_column *c = columns; c->head != NULL; c++) {
		int at = column_of(g, c, printed);

		if (at >= 0)
			buf_addf(h->out, "<th scope=\"col\"%s>%s</th>",
				 class_of(&g->table->columns[at], c->how), c->head);
	}
	buf_addz(h->out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < printed; i++)
		add_row(h, g, columns, &g->rows[i], printed);
	buf_addz(h->out, "</tbody>\n</table>\n</div>\n");
	page_more(h, g->total - (int64_t)printed);
}

void
page_table_or(struct page *h, const struct gathered *g, const struct page_column *columns,
	      size_t limit, const char *what, const char *how)
{
	if (g->table == NULL)
		buf_addf(h->out, "<p class=\"missing\">%s: not in this export.</p>\n", what);
	else if (g->count == 0)
		buf_addf(h->out, "<p class=\"missing\">%s: none. <code>%s</code></p>\n", what, how);
	else
		page_table(h, g, columns, limit);
}

static void
add_note(struct page *h, const struct gathered *notes, const struct row *row)
{
	struct arena scratch = h->scratch;
	struct claque_str text = reading_text(&scratch, notes, "text", row), line;

	buf_addz(h->out, "<li>");
	page_cell(h, notes, "kind", row);
	buf_addz(h->out, " on ");
	page_lead(h, reading_text(&scratch, notes, OF_TARGET, row));
	if (reading_text(&scratch, notes, "word", row).len > 0) {
		buf_addz(h->out, ": ");
		page_cell(h, notes, "word", row);
	}
	buf_addz(h->out, ", by ");
	page_cell(h, notes, "who", row);
	buf_addz(h->out, ", ");
	page_cell(h, notes, "at", row);
	while (str_cut(&text, '\n', &line)) {
		buf_addz(h->out, "<br>");
		page_text(h->out, scratch, line);
	}
	buf_addz(h->out, "</li>\n");
	(void)sink_flow(h->sink);
}

size_t
page_notes(struct page *h, const struct gathered *notes, size_t limit)
{
	if (notes->count == 0)
		return 0;
	buf_addz(h->out, "<ul>\n");
	for (size_t i = 0; i < notes->count && i < limit; i++)
		add_note(h, notes, &notes->rows[i]);
	buf_addz(h->out, "</ul>\n");
	page_more(h, (int64_t)notes->count - (int64_t)limit);
	return notes->count;
}
