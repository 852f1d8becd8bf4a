#include "config.h"

#include "cli/look.h"

#include <stdio.h>

#include "cli/output.h"
#include "text/json.h"

enum { LOOK_WORK = 64 << 20, LIST_MAX = 4096, REPORT_MAX = 64 << 20, HANG = 4, VALUE_SHOWN = 500 };

static const char *
shape_of(const struct import_explained *what)
{
	static const struct {
		char separator;
		const char *words;
	} shapes[] = {
		{ ',', "a table by commas" }, { ';', "a table by semicolons" },
		{ '\t', "a table by tabs" }, { '|', "a table in Markdown" },
	};

	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++)
		if (shapes[i].separator == what->separator)
			return shapes[i].words;
	return what->columns == 0 && what->place_count == 0 ? "a shape of its own" : "JSON";
}

static size_t
count_found(const struct import_explained *what)
{
	size_t count = 0;

	for (size_t i = 0; i < what->place_count; i++)
		count += what->places[i].found;
	return count;
}

/* The format's signature; without one, what it cannot do without. */
static void
list_told(struct buf *line, const struct import_explained *what)
{
	const char *before = "; told by ";

	for (size_t i = 0; what->told != NULL && what->told[i] != NULL; i++, before = ", ")
		buf_addf(line, "%s%s", before, what->told[i] + (what->told[i][0] == '^'));
	for (size_t i = 0; what->told == NULL && i < what->place_count; i++)
		if (what->places[i].needed) {
			buf_addf(line, "%s%s", before, what->places[i].place);
			before = ", ";
		}
}

static void
tell_why(const struct import_explained *what)
{
	struct buf line;

	buf_init(&line, LIST_MAX);
	buf_addf(&line, "    %s", shape_of(what));
	if (what->separator != 0)
		buf_addf(&line, ", %zu of its %zu columns known", count_found(what), what->columns);
	else if (what->place_count > 0)
		buf_addf(&line, ", %zu of %zu places found", count_found(what), what->place_count);
	list_told(&line, what);
	say_under(HANG, STR_FMT, STR_ARG(buf_str(&line)));
	if (what->place_count == 0)
		say_under(HANG, "    takes %s", what->format->columns);
	buf_done(&line);
}

static void
tell_places(const struct import_explained *what)
{
	struct buf absent;

	buf_init(&absent, LIST_MAX);
	for (size_t i = 0; i < what->place_count; i++) {
		const struct import_place *p = &what->places[i];

		if (!p->found)
			buf_addf(&absent, "%s%s", absent.len > 0 ? ", " : "", p->place);
		else
			say_cut("    %-16s = %s%s%s%s%s", p->otherwise ? "  or else" : p->fact,
				p->place,
				p->inside[0] != '\0' ? " > " : "", p->inside,
				p->how[0] != '\0' ? " : " : "", p->how);
	}
	if (absent.len > 0)
		say_under(HANG, "    not in %s: " STR_FMT, what->separator != 0 ? "this file" :
			  "these rows", STR_ARG(buf_str(&absent)));
	buf_done(&absent);
	if (what->totals.unknown_columns[0] != '\0')
		say_under(HANG, "    %s: %s", what->totals.unknown_lost ? "not kept" :
			  "not taken, kept as extras", what->totals.unknown_columns);
}

static void
tell_field(void *ctx, const char *name, struct claque_str value)
{
	struct claque_str shown = value.len > 0 ? str_head(value, VALUE_SHOWN) :
						  STR("(there, and empty)");

	(void)ctx;
	say_cut("        %-16s " STR_FMT, name, STR_ARG(shown));
}

static void
tell_records(const struct import_look *look)
{
	struct arena whole = arena_new(LOOK_WORK);

	for (size_t i = 0; i < look->record_count; i++) {
		const struct look_record *r = &look->records[i];
		unsigned long long row = (unsigned long long)r->row;

		if (r->record == NULL) {
			say_under(HANG, "    row %llu is refused: " STR_FMT, row,
				  STR_ARG(r->refused));
			continue;
		}
		say("    row %llu: %s", row, record_kind(r->record));
		record_fields(r->record, whole, NULL, tell_field);
	}
	arena_free(whole);
}

void
look_text(void *ctx, const struct import_look *look)
{
	const struct import_explained *what = &look->what;
	bool *told_failure = ctx;

	if (look->rc != CLAQUE_OK) {
		/* The importer's messages begin with the file. */
		if (str_starts(str_of(look->message), str_of(look->path)))
			say_under(HANG, "%s", look->message);
		else
			say_under(HANG, "%s: %s", look->path, look->message);
		*told_failure = true;
		return;
	}
	say("%s (%s): %s", look->path, what->format->name, what->format->help);
	tell_why(what);
	tell_places(what);
	say("    refused: %llu of the first %llu rows",
	    (unsigned long long)what->totals.refused, (unsigned long long)what->totals.rows);
	tell_records(look);
}

static json_t *
places_json(const struct import_explained *what)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < what->place_count; i++) {
		const struct import_place *p = &what->places[i];
		json_t *o = json_object();

		json_put(o, "fact", json_text(str_of(p->fact)));
		json_put(o, "place", json_text(str_of(p->place)));
		json_put(o, "inside", json_text(str_of(p->inside)));
		json_put(o, "how", json_text(str_of(p->how)));
		json_put(o, "needed", json_boolean(p->needed));
		json_put(o, "found", json_boolean(p->found));
		json_put(o, "otherwise", json_boolean(p->otherwise));
		(void)json_array_append_new(list, o);
	}
	return list;
}

/* What a record says more than once becomes a list. */
static void
put_field(void *ctx, const char *name, struct claque_str value)
{
	json_t *o = ctx, *list = json_object_get(o, name);

	if (strcmp(name, "shares") != 0) {
		json_put(o, name, json_text(value));
		return;
	}
	if (list == NULL) {
		list = json_array();
		json_put(o, name, list);
	}
	(void)json_array_append_new(list, json_text(value));
}

static json_t *
records_json(const struct import_look *look)
{
	struct arena whole = arena_new(LOOK_WORK);
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < look->record_count; i++) {
		const struct look_record *r = &look->records[i];
		json_t *o = json_object();

		json_put(o, "row", json_integer((json_int_t)r->row));
		if (r->record == NULL) {
			json_put(o, "refused", json_text(r->refused));
		} else {
			json_put(o, "record", json_text(str_of(record_kind(r->record))));
			record_fields(r->record, whole, o, put_field);
		}
		(void)json_array_append_new(list, o);
	}
	arena_free(whole);
	return list;
}

static json_t *
told_json(const struct import_explained *what)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && what->told != NULL && what->told[i] != NULL; i++)
		(void)json_array_append_new(list, json_text(str_of(what->told[i])));
	return list;
}

static void
put_format(json_t *o, const struct import_explained *what)
{
	json_put(o, "format", json_text(str_of(what->format->name)));
	json_put(o, "help", json_text(str_of(what->format->help)));
	json_put(o, "shape", json_text(str_of(shape_of(what))));
	json_put(o, "columns", json_integer((json_int_t)what->columns));
	json_put(o, "told_by", told_json(what));
	json_put(o, "places", places_json(what));
	json_put(o, "not_taken", json_text(str_of(what->totals.unknown_columns)));
	json_put(o, "not_taken_lost", json_boolean(what->totals.unknown_lost));
	json_put(o, "rows_read", json_integer((json_int_t)what->totals.rows));
	json_put(o, "rows_refused", json_integer((json_int_t)what->totals.refused));
}

void
look_json(void *ctx, const struct import_look *look)
{
	json_t *o = json_object();
	bool *told_failure = ctx;
	struct buf line;

	*told_failure |= look->rc != CLAQUE_OK;
	json_put(o, "file", json_text(str_of(look->path)));
	json_put(o, "result", json_text(str_of(claque_rc_text(look->rc))));
	if (look->rc != CLAQUE_OK)
		json_put(o, "message", json_text(str_of(look->message)));
	else
		put_format(o, &look->what);
	json_put(o, "records", records_json(look));
	buf_init(&line, REPORT_MAX);
	json_line(&line, o);
	(void)fwrite(line.p, 1, line.len, stdout);
	buf_done(&line);
	json_decref(o);
}
