/*
 * listing.c - one table as CSV or NDJSON.
 *
 * Two kinds of CSV, because one cannot be both. The exact one is for machines:
 * the bytes as they are. The safe one is for spreadsheets, which run a cell
 * that starts with = + - @ as a formula (OWASP, "CSV Injection") and turn an
 * id of 16 digits or more into a rounded number. In this field most replies
 * start with @ and ids have 19 digits, so both happen in every file.
 *
 * The guard is one ' in front. It is also set after a line end, a semicolon
 * and a tab inside a cell, since half of Europe's spreadsheets part cells at
 * semicolons whatever the quotes say. Text that has a ' in such a place gets
 * one more, so that taking one away wherever one stands gives the data back.
 * Numbers of our own making are numbers and stay bare.
 *
 * A control character would be obeyed by a terminal that shows the file; the safe one
 * has \x1b instead, and twice the backslashes where the data itself says such a thing.
 */
#include "config.h"

#include "export/export.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "text/csvcell.h"
#include "text/json.h"

enum { ROUNDED_DIGITS = 16 };	/* a spreadsheet keeps 15 */

/* What a spreadsheet skips or does not show before it looks for a formula. */
static bool
is_blank(uint32_t code)
{
	return code <= 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0xad || code == 0x1680 ||
	       code == 0x180e || (code >= 0x2000 && code <= 0x200f) ||
	       (code >= 0x2028 && code <= 0x202f) || (code >= 0x205f && code <= 0x2069) ||
	       code == 0x3000 || code == 0xfeff;
}

static bool
starts_formula(uint32_t code)
{
	return code == '=' || code == '+' || code == '-' || code == '@' || code == 0xff1d ||
	       code == 0xff0b || code == 0xff0d || code == 0xff20;
}

static bool
parts_cells(char c)
{
	return c == '\n' || c == '\r' || c == ';' || c == '\t';
}

static struct claque_str
without_blanks(struct claque_str s)
{
	size_t used;

	while (s.len > 0 && !parts_cells(s.p[0]) && is_blank(utf8_next(s, &used)))
		s = str_sub(s, used, s.len);
	return s;
}

/* Would a spreadsheet run what starts here, or a reader take it for a guard? */
static bool
needs_guard(struct claque_str s)
{
	size_t used;

	if (s.len > 0 && s.p[0] == '\'')
		return true;
	s = without_blanks(s);
	return s.len > 0 && starts_formula(utf8_next(s, &used));
}

/* A long run of digits and nothing else but blanks. */
static bool
is_long_number(struct claque_str s)
{
	size_t digits = 0;

	s = without_blanks(s);
	while (digits < s.len && byte_is_digit(s.p[digits]))
		digits++;
	return digits >= ROUNDED_DIGITS && without_blanks(str_sub(s, digits, s.len)).len == 0;
}

static bool
needs_guard_first(struct claque_str s)
{
	return needs_guard(s) || is_long_number(s) ||
	       (s.len > 0 && s.p[0] != ';' && parts_cells(s.p[0]));
}

static bool
any_guard(struct claque_str s)
{
	bool any = needs_guard_first(s);

	for (size_t i = 0; i < s.len && !any; i++)
		any = parts_cells(s.p[i]) && needs_guard(str_sub(s, i + 1, s.len));
	return any;
}

/* What a terminal would obey: C0 but tab and line ends, DEL, and C1 (as UTF-8). 0: none. */
static size_t
control_at(struct claque_str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];

	if (c == 0xc2 && at + 1 < s.len)
		return (unsigned char)s.p[at + 1] < 0xa0 ? 2 : 0;
	return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

/* "\x1b" as the data itself has it. */
static bool
is_escape(struct claque_str s, size_t at)
{
	return s.len - at >= 4 && s.p[at] == '\\' && s.p[at + 1] == 'x' &&
	       byte_hex(s.p[at + 2]) >= 0 && byte_hex(s.p[at + 3]) >= 0;
}

static bool
has_control(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (control_at(s, i) > 0 || is_escape(s, i))
			return true;
	return false;
}

/*
 * A control as \xHH for each of its bytes; a run of backslashes is doubled where such a
 * thing follows, so that an odd number of them before xHH is a control.
 */
static struct claque_str
without_controls(struct claque_str s, struct buf *room)
{
	for (size_t i = 0, run = 0; i < s.len; i++) {
		size_t bytes = control_at(s, i);

		for (; (bytes > 0 || is_escape(s, i)) && run > 0; run--)
			buf_addc(room, '\\');
		if (is_escape(s, i))
			buf_addc(room, '\\');
		run = s.p[i] == '\\' && !is_escape(s, i) ? run + 1 : 0;
		for (size_t k = 0; k < bytes; k++)
			buf_addf(room, "\\x%02x", (unsigned)(unsigned char)s.p[i + k]);
		if (bytes == 0)
			buf_addc(room, s.p[i]);
		else
			i += bytes - 1;
	}
	return buf_str(room);
}

static void
add_guarded(struct buf *out, struct claque_str s)
{
	size_t from = 0;

	buf_addc(out, '"');
	if (needs_guard_first(s))
		buf_addc(out, '\'');
	for (size_t i = 0; i < s.len; i++) {
		if (!parts_cells(s.p[i]) || !needs_guard(str_sub(s, i + 1, s.len)))
			continue;
		csvcell_add_inner(out, str_sub(s, from, i + 1 - from));
		buf_addc(out, '\'');
		from = i + 1;
	}
	csvcell_add_inner(out, str_sub(s, from, s.len));
	buf_addc(out, '"');
}

void
listing_cell(struct buf *out, struct claque_str s, bool guard)
{
	struct buf plain;

	buf_init(&plain, s.len * 8 + 1);
	if (guard && has_control(s))
		s = without_controls(s, &plain);
	if (guard && any_guard(s))
		add_guarded(out, s);
	else
		csvcell_add(out, s);
	buf_done(&plain);
}

static json_t *
json_value(struct arena *scratch, const struct column *column, const struct value *v)
{
	if (v->type == VALUE_NULL)
		return json_null();
	if (v->type == VALUE_TEXT || column->form == FORM_TIME)
		return json_text(value_listing(scratch, column, v));
	return v->type == VALUE_INT ? json_integer(v->i) : json_number(v->r);
}

static void
json_row(struct buf *out, struct arena scratch, const struct column *columns, size_t count,
	 const struct row *row)
{
	json_t *object = json_object();

	for (size_t i = 0; i < count; i++)
		json_put(object, columns[i].name,
			 json_value(&scratch, &columns[i], &row->values[i]));
	json_line(out, object);
	json_decref(object);
}

void
listing_head(struct buf *out, enum listing_form form, const struct column *columns, size_t count)
{
	if (form == LISTING_JSON)
		return;
	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			buf_addc(out, ',');
		listing_cell(out, str_of(columns[i].name), form == LISTING_CSV_SAFE);
	}
	buf_addc(out, '\n');
}

/* A line that is empty would be no row at all to most readers. */
static void
add_lone_empty(struct buf *out, size_t before)
{
	if (out->len == before)
		buf_addz(out, "\"\"");
}

void
listing_row(struct buf *out, struct arena scratch, enum listing_form form,
	    const struct column *columns, size_t count, const struct row *row)
{
	size_t before = out->len;

	if (form == LISTING_JSON) {
		json_row(out, scratch, columns, count, row);
		return;
	}
	for (size_t i = 0; i < count; i++) {
		const struct value *v = &row->values[i];
		bool foreign = v->type == VALUE_TEXT || columns[i].form == FORM_ID;

		if (i > 0)
			buf_addc(out, ',');
		listing_cell(out, value_listing(&scratch, &columns[i], v),
			 form == LISTING_CSV_SAFE && foreign);
	}
	add_lone_empty(out, before);
	buf_addc(out, '\n');
}
