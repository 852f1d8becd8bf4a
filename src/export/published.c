/*
 * published.c - indicators in the shapes in which Meta publishes them: rows along the
 * Online Operations Kill Chain (since 2023), and the flat list (until 2023).
 *
 * Whoever has a reader for facebook/threat-research reads these as well, ours included:
 * what came in that shape comes out of it as the same set. The shapes hold no more than
 * they do: a kill-chain row has no date and no type of its own (an Android package is then
 * read as the domain it looks like), a flat one no tactic.
 *
 * In front of these stands what the analyst confirmed in the case, counts first. A procedure
 * there is what a platform or kind suggests.
 *
 * They have no place for a marking either. It stands in a first row that has only a note,
 * or the type "tlp": no reader takes either for an indicator.
 */
#include "config.h"

#include "export/table.h"

#include "base/clock.h"
#include "export/confirmed.h"
#include "export/indicators.h"
#include "export/sink.h"
#include "model/techniques.h"
#include "model/killchain.h"
#include "text/url.h"

enum { SHAPE_CELLS = 5, DATE_LEN = 10, ROWS_BYTES = 1 << 30 };

struct shape {
	size_t count;
	const char *columns[SHAPE_CELLS];
	void (*cells)(struct arena *perm, const struct indicator_record *ioc,
		      struct claque_str out[SHAPE_CELLS]);
	/* TLP:AMBER, and of what case it is. */
	void (*marking)(const char *tlp, struct claque_str about,
			struct claque_str out[SHAPE_CELLS]);
	bool one_line;		/* its readers take a line for a row */
};

enum style { STYLE_CSV, STYLE_CSV_SAFE, STYLE_TSV };

struct rows {
	struct sink *sink;
	struct arena scratch;
	const struct shape *shape;
	enum style style;
	struct ioc_columns columns;
	struct claque_str today;
};

static void
chain_cells(struct arena *perm, const struct indicator_record *ioc,
	    struct claque_str out[SHAPE_CELLS])
{
	const struct killchain_step *step = killchain_find(ioc->procedure);

	out[0] = ioc->tactic;
	out[1] = ioc->technique;
	out[2] = step != NULL ? str_of(step->procedure) : ioc->procedure;
	out[3] = ioc_cell(perm, ioc);
	out[4] = ioc->note;
}

static void
chain_marking(const char *tlp, struct claque_str about, struct claque_str out[SHAPE_CELLS])
{
	(void)tlp;
	out[4] = about;
}

/* Meta's names of types; what it had none for is called as in the case. */
static struct claque_str
flat_type(struct arena *perm, const struct indicator_record *ioc)
{
	static const char *const names[INDICATOR_KIND_COUNT] = {
		[INDICATOR_domain] = "domain_name", [INDICATOR_url] = "url",
		[INDICATOR_account] = "cib_url", [INDICATOR_post] = "cib_url",
		[INDICATOR_android_package] = "android_package_name",
		[INDICATOR_ios_app] = "ios_app_id",
	};
	struct url_profile profile;
	struct claque_str link = url_refang(perm, ioc->raw);

	if (ioc->kind == INDICATOR_account && str_eq(ioc->platform, STR("telegram")))
		return STR("telegram_url");
	/* An account that is listed by one of its posts: of a cib_url the post would count. */
	if (ioc->kind == INDICATOR_account && url_profile(link, &profile) && profile.post.len > 0)
		return STR("social media account");
	return str_of(names[ioc->kind] != NULL ? names[ioc->kind] :
						 indicator_kind_name(ioc->kind));
}

static void
flat_cells(struct arena *perm, const struct indicator_record *ioc,
	   struct claque_str out[SHAPE_CELLS])
{
	out[0] = flat_type(perm, ioc);
	out[1] = ioc_cell(perm, ioc);
	out[2] = ioc->note;
	out[3] = ioc->published;
}

static void
flat_marking(const char *tlp, struct claque_str about, struct claque_str out[SHAPE_CELLS])
{
	out[0] = STR("tlp");
	out[1] = str_of(tlp);
	out[2] = about;
}

static const struct shape chain = {
	5, { "Tactic", "Technique", "Procedure", "Indicator", "Notes" },
	chain_cells, chain_marking, false,
};

static const struct shape flat = {
	4, { "indicator_type", "indicator_value", "comment", "ds" },
	flat_cells, flat_marking, true,
};

/* The cell on one line and without tabs: a line end is one space, whatever it is made of. */
static struct claque_str
on_one_line(struct arena *perm, struct claque_str s)
{
	char *p = ARENA_NEW(perm, char, s.len + 1);
	size_t len = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == '\r' && i + 1 < s.len && s.p[i + 1] == '\n')
			continue;
		p[len++] = s.p[i] == '\t' || s.p[i] == '\n' || s.p[i] == '\r' ? ' ' : s.p[i];
	}
	return (struct claque_str){ p, len };
}

static void
put_row(struct rows *r, const struct claque_str cells[SHAPE_CELLS])
{
	struct buf *out = &r->sink->buf;
	struct arena perm = r->scratch;

	for (size_t i = 0; i < r->shape->count; i++) {
		struct claque_str cell = cells[i];

		if (i > 0)
			buf_addc(out, r->style == STYLE_TSV ? '\t' : ',');
		if (r->shape->one_line || r->style == STYLE_TSV)
			cell = on_one_line(&perm, cell);
		if (r->style == STYLE_TSV)
			buf_add(out, cell);
		else
			listing_cell(out, cell, r->style == STYLE_CSV_SAFE);
	}
	buf_addz(out, "\r\n");
}

static void
put_head(struct rows *r, const struct export_input *in)
{
	struct arena whole = r->scratch;
	struct claque_str cells[SHAPE_CELLS] = { 0 }, marking[SHAPE_CELLS] = { 0 };
	struct claque_str about = str_fmt(&r->scratch, "%s; case %s, %s, claque %s%s" STR_FMT,
					  tlp_marking(in->tlp), in->case_name,
					  clock_text(&r->scratch, in->made_at, CLOCK_RFC3339).p,
					  in->version, in->redaction.len > 0 ? "; named: " : "",
					  STR_ARG(in->redaction));

	for (size_t i = 0; i < r->shape->count; i++)
		cells[i] = str_of(r->shape->columns[i]);
	put_row(r, cells);
	r->shape->marking(tlp_marking(in->tlp), about, marking);
	put_row(r, marking);
	r->scratch = whole;
}

static void
put_ioc(struct rows *r, const struct indicator_record *ioc)
{
	struct arena whole = r->scratch;
	struct claque_str cells[SHAPE_CELLS] = { 0 };

	r->shape->cells(&r->scratch, ioc, cells);
	put_row(r, cells);
	r->scratch = whole;
}

/* An indicator of our own: labels of the taxonomy, defanged. */
static struct indicator_record
own_ioc(const char *procedure, struct claque_str note)
{
	const struct killchain_step *step = killchain_find(str_of(procedure));
	struct indicator_record ioc = { .procedure = str_of(procedure), .note = note,
					.count = COUNT_UNKNOWN };

	if (step != NULL) {
		ioc.tactic = str_of(step->tactic);
		ioc.technique = str_of(step->technique);
	} else {	/* an amplifier where the taxonomy knows no such platform */
		ioc.tactic = STR("6. Indiscriminate engagement");
		ioc.technique = STR("6.2 Amplifying with likely fake accounts on social media");
	}
	return ioc;
}

static struct claque_str
seen_note(struct arena *perm, struct claque_str cluster, int64_t first, int64_t last)
{
	struct claque_str note = STR("confirmed by an analyst");

	if (cluster.len > 0)
		note = str_fmt(perm, STR_FMT "; " STR_FMT, STR_ARG(note), STR_ARG(cluster));
	if (first != CLAQUE_NO_TIME)
		note = str_fmt(perm, STR_FMT "; first seen " STR_FMT, STR_ARG(note),
			       STR_ARG(clock_text(perm, first, CLOCK_RFC3339)));
	if (last != CLAQUE_NO_TIME)
		note = str_fmt(perm, STR_FMT "; last seen " STR_FMT, STR_ARG(note),
			       STR_ARG(clock_text(perm, last, CLOCK_RFC3339)));
	return note;
}

static void
put_person(struct rows *r, const struct person *p)
{
	struct arena whole = r->scratch;
	bool amplifies = str_eq(p->role, STR("amplifier"));
	struct indicator_record ioc = own_ioc(technique_of_account(p->platform, amplifies),
		seen_note(&r->scratch, p->cluster, p->first_seen, p->last_seen));

	ioc.kind = INDICATOR_account;
	ioc.value = p->handle.len > 0 ? p->handle : p->id;
	/* No link by a number, nor to somebody whose real name is the pseudonym. */
	ioc.platform = p->handle.len > 0 && !p->pseudonym ? p->platform : STR("");
	ioc.published = r->today;
	put_ioc(r, &ioc);
	r->scratch = whole;
}

static void
put_site(struct rows *r, const struct site *s)
{
	struct arena whole = r->scratch;
	struct indicator_record ioc = own_ioc(technique_of_source(s->kind),
		seen_note(&r->scratch, STR(""), s->first_seen, s->last_seen));

	if (ioc.procedure.len > 0 && indicator_kind_parse(s->kind, &ioc.kind)) {
		ioc.value = s->key;
		ioc.raw = ioc.kind == INDICATOR_hashtag ?
			  str_fmt(&r->scratch, "#" STR_FMT, STR_ARG(s->key)) :
			  url_defang(&r->scratch, s->key);
		ioc.published = r->today;
		put_ioc(r, &ioc);
	}
	r->scratch = whole;
}

/* "13 accounts", for each platform in the order in which one of it comes first. */
static void
put_counts(struct rows *r, const struct confirmed *c)
{
	for (size_t i = 0; i < c->people_count; i++) {
		struct claque_str platform = c->people[i].platform;
		struct arena whole = r->scratch;
		struct indicator_record ioc;
		size_t n = 0;

		for (size_t k = 0; k < c->people_count && n != SIZE_MAX; k++)
			if (str_eq(c->people[k].platform, platform))
				n = k < i ? SIZE_MAX : n + 1;
		if (n == SIZE_MAX)
			continue;
		ioc = own_ioc(technique_of_account(platform, false), STR("confirmed by an analyst"));
		ioc.kind = INDICATOR_count;
		ioc.value = str_fmt(&r->scratch, "%zu account%s", n, n == 1 ? "" : "s");
		ioc.published = r->today;
		put_ioc(r, &ioc);
		r->scratch = whole;
	}
}

static void
put_confirmed(struct rows *r, const struct confirmed *c)
{
	if (c->open)
		return;
	put_counts(r, c);
	for (size_t i = 0; i < c->people_count; i++)
		put_person(r, &c->people[i]);
	for (size_t i = 0; i < c->site_count; i++)
		put_site(r, &c->sites[i]);
}

static void
put_published(void *ctx, const struct row *row)
{
	struct rows *r = ctx;
	struct indicator_record ioc = ioc_of_row(&r->columns, row);

	put_ioc(r, &ioc);
}

static enum claque_rc
write_rows(struct rows *r, const struct export_input *in, struct claque_err *err)
{
	const struct rowset *table = table_find(in, "indicators");
	struct confirmed found;
	enum claque_rc rc;

	r->columns = ioc_columns(table);
	r->today = str_sub(clock_text(&r->scratch, in->made_at, CLOCK_RFC3339), 0, DATE_LEN);
	rc = confirmed_read(in, &r->scratch, &found, err);
	if (rc == CLAQUE_OK) {
		put_head(r, in);
		put_confirmed(r, &found);
		if (table != NULL)
			rc = sink_walk(r->sink, table, put_published, r, err);
	}
	confirmed_done(&found);
	return rc;
}

static enum claque_rc
write_shape(const struct export_input *in, const char *path, const struct shape *shape,
	    enum style style, struct claque_err *err)
{
	struct rows r = { .shape = shape, .style = style };
	struct sink sink;
	struct arena room;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROWS_BYTES);
	r.sink = &sink;
	r.scratch = room;
	rc = sink_close(&sink, write_rows(&r, in, err), err);
	arena_free(room);
	return rc;
}

enum claque_rc
killchain_csv_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_shape(in, path, &chain, STYLE_CSV, err);
}

enum claque_rc
killchain_safe_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_shape(in, path, &chain, STYLE_CSV_SAFE, err);
}

enum claque_rc
killchain_tsv_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_shape(in, path, &chain, STYLE_TSV, err);
}

enum claque_rc
indicators_csv_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_shape(in, path, &flat, STYLE_CSV, err);
}

enum claque_rc
indicators_safe_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	return write_shape(in, path, &flat, STYLE_CSV_SAFE, err);
}
