/*
 * page_card.c - a lead on a card: the claim in one line, each reason with what chance would
 * give, what speaks against it, what was tested, the rows it can be checked on.
 *
 * After practice in threat reports: never the score alone, counter-evidence beside evidence.
 */
#include "config.h"

#include "export/page.h"

enum { MEMBERS_SHOWN = 25, NOTES_SHOWN = 20, EXAMPLES_SHOWN = 5, INNOCENTS_SHOWN = 40,
       ROWS_NAMED = 3 };

struct card {
	const struct row *lead;
	struct claque_str id;
	struct gathered evidence, members, notes, innocents;
};

/* What it was measured on, and the first rows it can be checked on, without their folders. */
static void
add_basis(struct page *h, const struct gathered *g, const struct row *row)
{
	struct arena scratch = h->scratch;
	struct claque_str rest = reading_text(&scratch, g, "rows", row), one;
	size_t count = 0;

	buf_addz(h->out, "<br><span class=\"note\">measured on ");
	page_cell(h, g, "n", row);
	while (str_cut(&rest, ' ', &one)) {
		const char *slash = memrchr(one.p, '/', one.len);

		if (count++ >= ROWS_NAMED)
			continue;
		buf_addz(h->out, count > 1 ? ", " : "; ");
		if (slash != NULL)
			one = str_sub(one, (size_t)(slash - one.p) + 1, one.len);
		page_exact(h->out, scratch, one);
	}
	if (count > ROWS_NAMED)
		buf_addf(h->out, " and %zu more", count - ROWS_NAMED);
	buf_addz(h->out, "</span>");
}

static void
add_reason(struct page *h, const struct gathered *g, const struct row *row)
{
	static const char *const figures[] = { "observed", "expected", "p", "log_odds" };

	buf_addz(h->out, "<tr><td class=\"w\">");
	page_cell(h, g, "signal", row);
	buf_addz(h->out, "</td>");
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++) {
		buf_addz(h->out, "<td class=\"n\">");
		page_cell(h, g, figures[i], row);
		buf_addz(h->out, "</td>");
	}
	buf_addz(h->out, "<td class=\"text\">");
	page_cell(h, g, "text why", row);
	add_basis(h, g, row);
	buf_addz(h->out, "</td></tr>\n");
	(void)sink_flow(h->sink);
}

static void
add_reasons(struct page *h, const struct card *c, int sign, const char *head, const char *class)
{
	struct arena keep = h->perm;
	struct gathered some = reading_with_sign(&c->evidence, sign, &h->perm);

	if (some.count > 0 || sign != 0)
		buf_addf(h->out, "<h4%s>%s</h4>\n", class, head);
	if (some.count == 0 && sign != 0)
		buf_addz(h->out, "<p class=\"missing\">None found in the data at hand.</p>\n");
	if (some.count > 0) {
		buf_addz(h->out, "<div class=\"wide\">\n<table>\n<thead><tr>"
			 "<th scope=\"col\">signal</th><th scope=\"col\" class=\"n\">observed</th>"
			 "<th scope=\"col\" class=\"n\">by chance</th>"
			 "<th scope=\"col\" class=\"n\">how rare (p)</th>"
			 "<th scope=\"col\" class=\"n\">log odds</th>"
			 "<th scope=\"col\" class=\"text\">reason</th></tr></thead>\n<tbody>\n");
		for (size_t i = 0; i < some.count; i++)
			add_reason(h, &some, &some.rows[i]);
		buf_addz(h->out, "</tbody>\n</table>\n</div>\n");
	}
	h->perm = keep;
}

/* How many kinds of reason there are, which is more than how many reasons. */
static void
add_independence(struct page *h, const struct card *c)
{
	struct map signals, axes;

	map_init(&signals);
	map_init(&axes);
	for (size_t i = 0; i < c->evidence.count; i++) {
		struct arena scratch = h->scratch;
		const struct row *row = &c->evidence.rows[i];

		if (reading_number(&c->evidence, "log_odds", row) <= 0)
			continue;
		(void)map_add(&signals, reading_text(&scratch, &c->evidence, "signal", row), NULL);
		(void)map_add(&axes, reading_text(&scratch, &c->evidence, "axis", row), NULL);
	}
	buf_addf(h->out, "<dt>Signals for it</dt><dd>%u, on %u of three axes</dd>\n", signals.count,
		 axes.count);
	map_done(&signals);
	map_done(&axes);
}

static void
add_figure(struct page *h, const char *head, const char *names, const struct row *lead)
{
	struct arena scratch = h->scratch;

	if (reading_text(&scratch, &h->r.leads, names, lead).len == 0)
		return;
	buf_addf(h->out, "<dt>%s</dt><dd>", head);
	page_cell(h, &h->r.leads, names, lead);
	buf_addz(h->out, "</dd>\n");
}

static void
add_figures(struct page *h, const struct card *c)
{
	const struct row *lead = c->lead;

	buf_addf(h->out, "<dl><dt>Score</dt><dd>%.2f, of coordination %.2f, deception %.2f and "
		 "overtness %.2f, which speaks against it</dd>\n",
		 reading_number(&h->r.leads, "score", lead),
		 reading_number(&h->r.leads, "coordination", lead),
		 reading_number(&h->r.leads, "deception", lead),
		 reading_number(&h->r.leads, "overtness", lead));
	add_independence(h, c);
	add_figure(h, "Accounts", OF_ACCOUNTS, lead);
	add_figure(h, "Posts", "posts post_count", lead);
	add_figure(h, "First joint act", "first_seen", lead);
	add_figure(h, "Last joint act", "last_seen", lead);
	add_figure(h, "As good by chance", "surrogate", lead);
	buf_addz(h->out, "<dt>Status</dt><dd>");
	if (str_trim(reading_text(&h->perm, &h->r.leads, "status", lead)).len == 0)
		buf_addz(h->out, "new: nobody has decided on it");
	else
		page_cell(h, &h->r.leads, "verdict status", lead);
	buf_addf(h->out, "</dd>\n<dt>Sharing</dt><dd>%s</dd></dl>\n", tlp_marking(h->in->tlp));
}

static void
add_claim(struct page *h, const struct card *c)
{
	struct arena scratch = h->scratch;
	struct claque_str accounts = reading_count(&scratch,
		(int64_t)reading_number(&h->r.leads, OF_ACCOUNTS, c->lead), "account acts",
		"accounts act");
	const struct row *best = reading_strongest(&c->evidence, scratch);

	buf_addf(h->out, "<p class=\"claim\">" STR_FMT " together more than chance explains",
		 STR_ARG(accounts));
	if (best != NULL) {
		buf_addz(h->out, ": ");
		page_cell(h, &c->evidence, "text why", best);
	}
	buf_addz(h->out, "</p>\n");
}

/* Is this "file:row" named by a reason of the card? */
static bool
names_row(struct page *h, const struct card *c, const struct row *post)
{
	struct arena scratch = h->scratch;
	struct claque_str file = reading_text(&scratch, &h->s.examples, "source_file", post), one;
	struct claque_str key = str_fmt(&scratch, STR_FMT ":%.0f", STR_ARG(file),
					reading_number(&h->s.examples, "row", post));

	for (size_t i = 0; i < c->evidence.count; i++) {
		struct claque_str rest = reading_text(&scratch, &c->evidence, "rows",
						      &c->evidence.rows[i]);

		while (str_cut(&rest, ' ', &one))
			if (str_eq(one, key))
				return true;
	}
	return false;
}

static void
add_examples(struct page *h, const struct card *c)
{
	static const struct page_column columns[] = {
		{ "time (UTC)", "at", CELL_DATA }, { "account", "account", CELL_DATA },
		{ "kind", "kind", CELL_DATA }, { "text", "text", CELL_DATA },
		{ "file", "source_file", CELL_EXACT }, { "row", "row", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered some = { .table = h->s.examples.table };

	some.rows = ARENA_NEW(&h->perm, struct row, EXAMPLES_SHOWN);
	for (size_t i = 0; i < h->s.examples.count && some.count < EXAMPLES_SHOWN; i++)
		if (names_row(h, c, &h->s.examples.rows[i]))
			some.rows[some.count++] = h->s.examples.rows[i];
	some.total = (int64_t)some.count;
	if (some.count > 0) {
		buf_addz(h->out, "<h4>Posts to check it on</h4>\n");
		page_table(h, &some, columns, EXAMPLES_SHOWN);
	}
	h->perm = keep;
}

static void
add_innocents(struct page *h, const struct card *c)
{
	static const struct page_column columns[] = {
		{ "explanation", "explanation", CELL_DATA }, { "accounts for", "score", CELL_DATA },
		{ "measured on", "n", CELL_DATA }, { "numbers", "text", CELL_DATA },
		{ "leaves unexplained", "unexplained", CELL_DATA }, { NULL, NULL, CELL_DATA },
	};

	if (c->innocents.count == 0)
		return;
	buf_addz(h->out, "<h4>Innocent explanations tested</h4>\n");
	page_table(h, &c->innocents, columns, INNOCENTS_SHOWN);
}

static void
add_members(struct page *h, struct card *c)
{
	static const struct page_column columns[] = {
		{ "handle", "handle", CELL_DATA }, { "account", "account_id account", CELL_DATA },
		{ "platform", "platform", CELL_DATA }, { "role", "role", CELL_DATA },
		{ "score", "score", CELL_DATA }, { "ties", "degree", CELL_DATA },
		{ "posts", "posts", CELL_DATA }, { "status", "status", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};

	buf_addz(h->out, "<h4>Accounts, by score</h4>\n");
	gathered_sort(&c->members, gathered_column(&c->members, "score"), false);
	page_table_or(h, &c->members, columns, MEMBERS_SHOWN, "Accounts", "");
}

static void
add_disproof(struct page *h, const struct card *c)
{
	buf_addz(h->out, "<h4>What would disprove it</h4>\n<p>");
	page_cell(h, &h->r.leads, "disproof", c->lead);
	buf_addz(h->out, " " READING_DISPROOF "</p>\n");
}

static void
add_card(struct page *h, struct card *c, size_t number)
{
	buf_addf(h->out, "<article id=\"lead-%zu\">\n<h3>Lead ", number);
	page_text(h->out, h->scratch, c->id);
	buf_addz(h->out, "</h3>\n");
	add_claim(h, c);
	add_figures(h, c);
	add_reasons(h, c, 1, "Evidence for", " class=\"for\"");
	add_reasons(h, c, -1, "Evidence against", " class=\"against\"");
	add_reasons(h, c, 0, "Tested, of no weight", "");
	add_innocents(h, c);
	add_examples(h, c);
	add_members(h, c);
	add_disproof(h, c);
	buf_addz(h->out, "<h4>Notes and decisions</h4>\n");
	if (page_notes(h, &c->notes, NOTES_SHOWN) == 0)
		buf_addz(h->out, "<p class=\"missing\">None. Attribution: not assessed.</p>\n");
	buf_addz(h->out, "</article>\n");
	(void)sink_flow(h->sink);
}

void
page_cards(struct page *h)
{
	for (size_t i = 0; i < h->r.leads.count && i < PAGE_CARDS_MAX; i++) {
		struct arena keep = h->perm;
		struct card c = { .lead = &h->r.leads.rows[i] };

		c.id = reading_text(&h->perm, &h->r.leads, OF_LEAD_ID, c.lead);
		c.evidence = reading_of_group(&h->r.evidence, OF_CLUSTER, c.id, &h->perm);
		c.members = reading_of_group(&h->r.members, OF_CLUSTER, c.id, &h->perm);
		c.notes = reading_of_group(&h->r.notes, OF_TARGET, c.id, &h->perm);
		c.innocents = reading_of_group(&h->innocents, OF_CLUSTER, c.id, &h->perm);
		gathered_sort(&c.evidence, gathered_column(&c.evidence, "log_odds"), true);
		add_card(h, &c, i + 1);
		h->perm = keep;
	}
}
