/*
 * indicator_stix1.c - packages of STIX 1.2, XML, as Meta published them until 2023:
 * stix:Indicator with a title, a type ("Domain Watchlist") and the values of
 * its CybOX objects.
 *
 * Names are compared without their prefix, which any writer may choose. expat
 * fetches no external entity, and a document type is refused: indicators need
 * none, and it is what XML is attacked with.
 */
#include "config.h"

#include <expat.h>
#include <stdlib.h>

#include "base/err.h"
#include "import/indicator.h"
#include "import/job.h"

enum { VALUES_MAX = 256, PART_BYTES_MAX = 1 << 20 };

static const struct {
	const char *type;
	enum indicator_kind kind;
} types[] = {
	{ "Domain Watchlist", INDICATOR_domain }, { "URL Watchlist", INDICATOR_url },
	{ "IP Watchlist", INDICATOR_ip },
};

/* What is kept of an indicator, and the elements whose text it is. */
enum part { PART_TITLE, PART_TYPE, PART_VALUE, PART_NONE };

static const struct {
	const char *element;
	enum part part;
} elements[] = {
	{ "Title", PART_TITLE }, { "Type", PART_TYPE }, { "Value", PART_VALUE },
	{ "Address_Value", PART_VALUE }, { "Simple_Hash_Value", PART_VALUE },
};

struct xml_file {
	struct import_run *run;
	struct claque_err *err;
	enum claque_rc rc;
	XML_Parser parser;
	uint64_t number;			/* of the indicator */
	bool inside;				/* an indicator is open */
	enum part part;				/* of the element that is open */
	struct buf parts[PART_NONE];		/* values with a line end after each */
	size_t values;
};

static struct claque_str
local_name(const char *name)
{
	const char *colon = strrchr(name, ':');

	return str_of(colon != NULL ? colon + 1 : name);
}

static void
stop(struct xml_file *f, enum claque_rc rc)
{
	if (f->rc == CLAQUE_OK)
		f->rc = rc;
	(void)XML_StopParser(f->parser, XML_FALSE);
}

static void
on_doctype(void *ctx, const char *name, const char *system, const char *public, int internal)
{
	struct xml_file *f = ctx;

	(void)name, (void)system, (void)public, (void)internal;
	stop(f, err_set(f->err, CLAQUE_EINPUT, "the XML declares a document type, which no "
			"package of indicators needs; take it out"));
}

/* The root decides: it is a package of STIX 1, or nothing that is read. */
static void
decide(struct xml_file *f, struct claque_str root)
{
	const char *asked = f->run->options->format;

	if (asked != NULL && strcmp(asked, format_indicator_stix1.about.name) != 0) {
		stop(f, sniff_refuse_shape(format_find(f->run->options, asked), "XML", f->err));
		return;
	}
	if (!str_eq(root, STR("STIX_Package"))) {
		stop(f, err_set(f->err, CLAQUE_EINPUT, "no known format of XML: '%.*s' is not "
				"STIX_Package", QUOTED(root)));
		return;
	}
	f->run->mapping.format = &format_indicator_stix1;
	f->run->mapped = true;
	if (f->run->sink == NULL)
		stop(f, CLAQUE_DONE);
}

static void
on_start(void *ctx, const char *name, const char **attributes)
{
	struct xml_file *f = ctx;
	struct claque_str local = local_name(name);

	(void)attributes;
	if (!f->run->mapped) {
		decide(f, local);
		return;
	}
	f->part = PART_NONE;
	if (str_eq(local, STR("Indicator"))) {
		f->inside = true;
		f->values = 0;
		for (size_t i = 0; i < PART_NONE; i++)
			buf_clear(&f->parts[i]);
	}
	for (size_t i = 0; f->inside && i < sizeof(elements) / sizeof(elements[0]); i++)
		if (str_eq(local, str_of(elements[i].element)))
			f->part = elements[i].part;
}

static void
on_text(void *ctx, const char *text, int len)
{
	struct xml_file *f = ctx;

	if (f->part != PART_NONE)
		buf_add(&f->parts[f->part], (struct claque_str){ text, (size_t)len });
}

static void
classify(struct claque_str type, struct claque_str value, struct arena *scratch,
	 struct indicator_record *out)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (str_eq_nocase(type, str_of(types[i].type))) {
			indicator_of_kind(types[i].kind, types[i].kind == INDICATOR_url, value,
					  scratch, out);
			return;
		}
	}
	indicator_classify(value, scratch, out);
}

static enum claque_rc
put_values(struct xml_file *f, struct input_row *row)
{
	struct claque_str values = buf_str(&f->parts[PART_VALUE]), value;
	size_t put = 0;
	enum claque_rc rc = CLAQUE_OK;

	while (rc == CLAQUE_OK && str_cut(&values, '\n', &value)) {
		struct record record = { .type = RECORD_INDICATOR };

		value = str_trim(value);
		if (value.len == 0)
			continue;
		classify(str_trim(buf_str(&f->parts[PART_TYPE])), value, &row->scratch,
			 &record.indicator);
		record.indicator.note = str_trim(buf_str(&f->parts[PART_TITLE]));
		rc = input_put(row, &record, f->err);
		put++;
	}
	if (rc != CLAQUE_OK || put > 0)
		return rc;
	return input_refuse(row, f->err, "the indicator has no value");
}

static void
end_indicator(struct xml_file *f)
{
	struct input_row row = run_row(f->run, f->run->mapping.format, ++f->number);
	bool over = false;
	enum claque_rc rc;

	f->inside = false;
	if (f->run->totals.rows++ < f->run->options->skip)
		return;
	for (size_t i = 0; i < PART_NONE; i++)
		over |= f->parts[i].over;
	rc = over || f->values > VALUES_MAX ?
	     input_refuse(&row, f->err, "it is over 1 MiB or has over %d values", VALUES_MAX) :
	     put_values(f, &row);
	rc = run_row_done(f->run, &row, rc, f->err);
	if (rc != CLAQUE_OK)
		stop(f, rc);
}

static void
on_end(void *ctx, const char *name)
{
	struct xml_file *f = ctx;

	if (f->part == PART_VALUE) {
		buf_addc(&f->parts[PART_VALUE], '\n');
		f->values++;
	}
	f->part = PART_NONE;
	if (f->inside && str_eq(local_name(name), STR("Indicator")))
		end_indicator(f);
}

static void *
xml_open(struct import_run *run, struct claque_str first, struct claque_err *err)
{
	struct xml_file *f = calloc(1, sizeof(*f));

	(void)first;
	if (f == NULL || (f->parser = XML_ParserCreate(NULL)) == NULL)
		base_oom();
	f->run = run;
	f->err = err;
	f->rc = CLAQUE_OK;
	f->part = PART_NONE;
	for (size_t i = 0; i < PART_NONE; i++)
		buf_init(&f->parts[i], PART_BYTES_MAX);
	XML_SetUserData(f->parser, f);
	XML_SetElementHandler(f->parser, on_start, on_end);
	XML_SetCharacterDataHandler(f->parser, on_text);
	XML_SetStartDoctypeDeclHandler(f->parser, on_doctype);
	return f;
}

static enum claque_rc
parse(struct xml_file *f, struct claque_str bytes, bool last)
{
	enum XML_Status status = XML_Parse(f->parser, bytes.p != NULL ? bytes.p : "",
					   (int)bytes.len, last);

	if (f->rc == CLAQUE_OK && status != XML_STATUS_OK)
		f->rc = err_set(f->err, CLAQUE_EINPUT, "line %lu: no XML: %s",
				XML_GetCurrentLineNumber(f->parser),
				XML_ErrorString(XML_GetErrorCode(f->parser)));
	return f->rc;
}

static enum claque_rc
xml_feed(void *parser, struct claque_str bytes)
{
	return parse(parser, bytes, false);
}

static enum claque_rc
xml_finish(void *parser)
{
	return parse(parser, STR(""), true);
}

static void
xml_close(void *parser)
{
	struct xml_file *f = parser;

	if (f == NULL)
		return;
	XML_ParserFree(f->parser);
	for (size_t i = 0; i < PART_NONE; i++)
		buf_done(&f->parts[i]);
	free(f);
}

const struct shape shape_xml = { xml_open, xml_feed, xml_finish, xml_close };

const struct format format_indicator_stix1 = {
	.about = {
		.name = "stix1",
		.help = "a package of STIX 1.2: its indicators",
		.columns = "stix:Indicator: Title, Type, observable values",
	},
};
