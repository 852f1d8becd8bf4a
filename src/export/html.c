/*
 * html.c - the case file as one page that fetches nothing: parts in the order of published
 * reports on influence operations, from handling to change log.
 *
 * A part for which the case holds nothing says so and how it is added: a reader must be able
 * to tell "looked, and there is none" from "nobody looked". Attribution is never claimed.
 * Long lists are cut at a stated number; the CSV export has the whole of each.
 */
#include "config.h"

#include "export/page.h"

enum { ROOM_BYTES = 768 << 20, WORK_BYTES = 64 << 20 };

static const struct part {
	const char *title;
	enum claque_rc (*write)(struct page *h, struct claque_err *err);
} parts[] = {
#define X(name, title) { title, page_part_##name },
	PAGE_PART_LIST(X)
#undef X
};

enum { PART_COUNT = sizeof(parts) / sizeof(parts[0]) };
_Static_assert(PART_COUNT == 20, "the references to #part-3 and #part-18 count them");

static enum claque_rc
gather_tables(struct page *h, struct claque_err *err)
{
	enum claque_rc rc = reading_gather(&h->r, h->in, &h->perm, err);

	if (rc == CLAQUE_OK)
		rc = survey_make(&h->s, &h->r, h->in, &h->perm, err);
	return rc == CLAQUE_OK ? page_gather_shared(h, err) : rc;
}

static enum claque_rc
add_page(struct page *h, struct claque_err *err)
{
	enum claque_rc rc = gather_tables(h, err);

	if (rc != CLAQUE_OK)
		return rc;
	page_open(h);
	for (size_t i = 0; i < PART_COUNT && rc == CLAQUE_OK; i++) {
		buf_addf(h->out, "<section>\n<h2 id=\"part-%zu\">%zu. %s</h2>\n", i + 1, i + 1,
			 parts[i].title);
		rc = parts[i].write(h, err);
		buf_addz(h->out, "</section>\n");
		(void)sink_flow(h->sink);
	}
	page_close(h);
	return rc;
}

enum claque_rc
html_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	struct sink sink;
	struct page h = { .in = in, .sink = &sink, .out = &sink.buf };
	struct arena room, work;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROOM_BYTES);
	work = arena_new(WORK_BYTES);
	h.perm = room;
	h.scratch = work;
	rc = sink_close(&sink, add_page(&h, err), err);
	survey_done(&h.s);
	reading_done(&h.r);
	arena_free(work);
	arena_free(room);
	return rc;
}
