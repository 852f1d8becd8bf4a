/*
 * page.h - the case file as a page: what its parts share.
 *
 * Data reaches the page through page_text.h only, and stands between tags only: no element,
 * attribute, id or link is made of it. Links lead inside the page, to ids that are numbers.
 */
#ifndef EXPORT_PAGE_H
#define EXPORT_PAGE_H

#include "export/page_survey.h"
#include "export/page_text.h"
#include "export/reading.h"
#include "export/sink.h"
#include "model/claim.h"

struct page {
	const struct export_input *in;
	struct sink *sink;
	struct buf *out;
	struct arena perm, scratch;
	struct reading r;
	struct survey s;
	struct gathered sources, hashtags, sites;	/* that several accounts of groups shared */
	struct gathered innocents;
	size_t tied_groups;		/* that are no lead and have a tie to one */
};

/* How a cell is written. */
enum page_cell {
	CELL_DATA,	/* by the form of its column */
	CELL_EXACT,	/* a path: not defanged */
	CELL_LEAD	/* a cluster: a link to its card where it has one */
};

/* A column of a printed table; a head of NULL ends the list. */
struct page_column {
	const char *head, *names;	/* names as table_column() takes them */
	enum page_cell how;
};

enum { PAGE_CARDS_MAX = 20 };	/* leads that have a card */

/* The page up to its first part, and after its last. */
void page_open(struct page *h);
void page_close(struct page *h);

/* <p class="missing">: what the case holds nothing of, and how it is added (plain text). */
void page_missing(struct page *h, const char *what, const char *how);
/* The first `limit` rows, the columns that hold something, and how many more rows there are. */
void page_table(struct page *h, const struct gathered *g, const struct page_column *columns,
		size_t limit);
/* "and 12 more", if there are. */
void page_more(struct page *h, int64_t n);
/* The table if it has rows; else says that it is not in the export, or that it is empty. */
void page_table_or(struct page *h, const struct gathered *g, const struct page_column *columns,
		   size_t limit, const char *what, const char *how);
void page_cell(struct page *h, const struct gathered *g, const char *names, const struct row *row);
/* "C001", linked to its card where it has one. */
void page_lead(struct page *h, struct claque_str id);
void page_count(struct page *h, int64_t n);
/* <h3>; plain text of ours. */
void page_heading(struct page *h, const char *text);
/* A list of notes, tags and verdicts; returns how many. */
size_t page_notes(struct page *h, const struct gathered *notes, size_t limit);

/* What analysts argue (page_argued.c): claims with evidence, the matrix, ABCDE. */
void page_claims(struct page *h);
void page_hypotheses(struct page *h);
void page_headings(struct page *h);
/* A field of the case and of clusters, a paragraph each; returns how many. */
size_t page_field(struct page *h, enum field field);

/* Fills the tables of what groups shared. */
CLAQUE_CHECKED enum claque_rc page_gather_shared(struct page *h, struct claque_err *err);

/* Pictures as inline SVG. */
void page_days(struct page *h, bool leads);
void page_months(struct page *h);
void page_hours(struct page *h, bool leads);
CLAQUE_CHECKED enum claque_rc page_network(struct page *h, struct claque_err *err);
/* The evidence cards of the best leads. */
void page_cards(struct page *h);

/* The parts, in the order of the page; see html.c. */
#define PAGE_PART_LIST(X) \
	X(handling, "Handling") X(bottom_line, "Bottom line") X(scope, "Scope and data") \
	X(numbers, "Numbers") X(network, "Network and clusters") \
	X(personas, "Personas and profile changes") X(timeline, "Behaviour over time") \
	X(content, "Content") X(infrastructure, "Infrastructure") \
	X(techniques, "Tactics, techniques and procedures") X(reach, "Reach") \
	X(alternatives, "Alternative explanations tested") X(attribution, "Attribution") \
	X(confidence, "Confidence and key assumptions") X(indicators, "Indicators") \
	X(cleared, "Accounts considered and cleared") X(requests, "Requests to platforms and partners") \
	X(method, "Method") X(custody, "Custody") X(changes, "Change log")

#define X(name, title) \
	CLAQUE_CHECKED enum claque_rc page_part_##name(struct page *h, struct claque_err *err);
PAGE_PART_LIST(X)
#undef X

#endif
