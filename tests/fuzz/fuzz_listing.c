/*
 * fuzz_listing.c - libFuzzer: any bytes as a row of three cells. As CSV they
 * come back byte for byte; as safe CSV no cell, and no part that a spreadsheet
 * may make a cell of, starts a formula, none holds a control character, and taking
 * guards and escapes away gives the bytes back; as NDJSON they are one line that parses.
 */
#include "config.h"

#include <stdlib.h>

#include "base/buf.h"
#include "export/export.h"
#include "text/json.h"

enum { CELLS = 3, OUT_MAX = 16 << 20, ROOM = 1 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

/* One cell off the line, unquoted into out; what is left. */
static struct claque_str
parse_cell(struct claque_str line, struct buf *out)
{
	bool quoted = line.len > 0 && line.p[0] == '"';
	size_t i = quoted ? 1 : 0;

	for (; i < line.len; i++) {
		char c = line.p[i];

		if (quoted && c == '"') {
			if (i + 1 == line.len || line.p[i + 1] != '"')
				break;
			i++;
		} else if (!quoted && (c == ',' || c == '\n')) {
			break;
		}
		must(quoted || (c != '"' && c != '\r'));
		buf_addc(out, c);
	}
	return str_sub(line, quoted ? i + 1 : i, line.len);
}

static bool
parts(char c)
{
	return c == '\n' || c == '\r' || c == ';' || c == '\t';
}

/* Does the first visible character start a formula? The commonest blanks will do. */
static bool
starts_formula(struct claque_str s)
{
	static const char *const formulas[] = {
		"=", "+", "-", "@", "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0",
	};

	while (s.len > 0 && (s.p[0] == ' ' || str_starts(s, STR("\xc2\xa0"))))
		s = str_sub(s, s.p[0] == ' ' ? 1 : 2, s.len);
	for (size_t i = 0; i < sizeof(formulas) / sizeof(formulas[0]); i++)
		if (str_starts(s, str_of(formulas[i])))
			return true;
	return false;
}

/* Control characters of the data are \xHH behind an odd number of backslashes. */
static void
add_unescaped(struct buf *out, struct claque_str s)
{
	for (size_t i = 0; i < s.len;) {
		size_t end = i, run;
		bool coded;

		while (end < s.len && s.p[end] == '\\')
			end++;
		run = end - i;
		coded = run > 0 && s.len - end >= 3 && s.p[end] == 'x' &&
			byte_hex(s.p[end + 1]) >= 0 && byte_hex(s.p[end + 2]) >= 0;
		for (size_t k = 0; k < (coded ? run / 2 : run); k++)
			buf_addc(out, '\\');
		if (coded && run % 2 == 1) {
			buf_addc(out, (char)(byte_hex(s.p[end + 1]) << 4 | byte_hex(s.p[end + 2])));
			end += 3;
		} else if (run == 0) {
			buf_addc(out, s.p[end++]);
		}
		i = end;
	}
}

static bool
is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7f;
}

static void
check_safe(struct claque_str safe, struct claque_str raw)
{
	struct buf bare, back;

	must(safe.len == 0 || safe.p[0] == ';' || !parts(safe.p[0]));
	buf_init(&bare, OUT_MAX);
	for (size_t i = 0; i < safe.len; i++) {
		bool starts = i == 0 || parts(safe.p[i - 1]);

		must(!is_control(safe.p[i]));
		must(!starts || !starts_formula(str_sub(safe, i, safe.len)));
		if (!starts || safe.p[i] != '\'')
			buf_addc(&bare, safe.p[i]);
	}
	buf_init(&back, OUT_MAX);
	add_unescaped(&back, buf_str(&bare));
	must(str_eq(buf_str(&back), raw));
	buf_done(&back);
	buf_done(&bare);
}

static void
check_csv(const struct buf *out, enum listing_form form, const struct value *values)
{
	struct claque_str rest = buf_str(out);
	struct buf cell;

	buf_init(&cell, OUT_MAX);
	for (size_t i = 0; i < CELLS; i++) {
		buf_clear(&cell);
		rest = parse_cell(rest, &cell);
		if (form == LISTING_CSV)
			must(str_eq(buf_str(&cell), values[i].s));
		else
			check_safe(buf_str(&cell), values[i].s);
		must(rest.len > 0 && rest.p[0] == (i + 1 < CELLS ? ',' : '\n'));
		rest = str_sub(rest, 1, rest.len);
	}
	must(rest.len == 0);
	buf_done(&cell);
}

static void
check_json(const struct buf *out)
{
	struct claque_str line = buf_str(out);
	json_t *row;

	must(line.len > 0 && str_find(line, STR("\n"), 0) == line.len - 1);
	row = json_parse(line);
	must(json_is_object(row) && json_object_size(row) == CELLS);
	json_decref(row);
}

static void
cut_cells(const uint8_t *data, size_t size, struct value *values)
{
	struct claque_str rest = { (const char *)data, size };

	for (size_t i = 0; i < CELLS; i++) {
		size_t len = rest.len > 0 ? (unsigned char)rest.p[0] : 0;

		rest = str_sub(rest, 1, rest.len);
		values[i] = (struct value){ .type = VALUE_TEXT };
		values[i].s = str_sub(rest, 0, i + 1 < CELLS ? len : rest.len);
		rest = str_sub(rest, values[i].s.len, rest.len);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct column columns[CELLS] = {
		{ .name = "id", .form = FORM_ID }, { .name = "text", .form = FORM_TEXT },
		{ .name = "at", .form = FORM_TIME },
	};
	struct arena room = arena_new(ROOM);
	struct value values[CELLS];
	struct row row = { 1, values };
	struct buf out;

	cut_cells(data, size, values);
	buf_init(&out, OUT_MAX);
	for (int form = LISTING_CSV; form <= LISTING_JSON; form++) {
		buf_clear(&out);
		listing_row(&out, room, (enum listing_form)form, columns, CELLS, &row);
		if (form == LISTING_JSON)
			check_json(&out);
		else
			check_csv(&out, (enum listing_form)form, values);
	}
	buf_done(&out);
	arena_free(room);
	return 0;
}
