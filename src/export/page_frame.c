/*
 * page_frame.c - what stands around the findings: handling, scope, confidence, indicators,
 * who was cleared, method, custody (parts 1 to 4 and 13 to 20).
 */
#include "config.h"

#include "export/page.h"

#include "base/clock.h"
#include "export/confirmed.h"

enum {
	INPUTS_SHOWN = 200, REFUSED_SHOWN = 15, ROWS_SHOWN = 100, LEDGER_SHOWN = 60,
	LEDGER_MAX = 200000, MATCHES_SHOWN = 100, MATCHES_MAX = 20000, DAY_MS = 86400000
};

enum claque_rc
page_part_handling(struct page *h, struct claque_err *err)
{
	const struct gathered *const written[] = { &h->r.notes, &h->r.claims, &h->r.stated };
	struct map who;
	struct arena scratch = h->scratch;

	(void)err;
	map_init(&who);
	for (size_t k = 0; k < sizeof(written) / sizeof(written[0]); k++)
		for (size_t i = 0; i < written[k]->count; i++)
			(void)map_add(&who, reading_text(&scratch, written[k], "who",
							 &written[k]->rows[i]), NULL);
	buf_addf(h->out, "<dl><dt>Marking</dt><dd>%s (Traffic Light Protocol 2.0, FIRST 2022), on "
		 "every sheet</dd>\n<dt>Case</dt><dd>", tlp_marking(h->in->tlp));
	page_exact(h->out, scratch, str_of(h->in->case_name));
	buf_addz(h->out, "</dd>\n<dt>Who wrote in it</dt><dd>");
	for (uint32_t i = 0; i < who.count; i++) {
		buf_addz(h->out, i > 0 ? ", " : "");
		page_text(h->out, scratch, map_key(&who, i));
	}
	buf_addz(h->out, who.count == 0 ? "nobody yet" : "");
	buf_addz(h->out, "</dd>\n<dt>Who is named</dt><dd>");
	if (h->in->redaction.len > 0)
		page_text(h->out, scratch, h->in->redaction);
	else
		buf_addz(h->out, "everybody; --redact pseudonymised names public accounts only");
	buf_addz(h->out, "</dd></dl>\n<p class=\"note\">Accounts in it belong to people until "
		 "somebody has shown otherwise. Do not contact, report in bulk or expose them on the "
		 "ground of this document alone.</p>\n");
	map_done(&who);
	return CLAQUE_OK;
}

enum claque_rc
page_part_bottom_line(struct page *h, struct claque_err *err)
{
	struct arena scratch = h->scratch;
	struct claque_str text = reading_bottom_line(&h->r, &scratch);

	(void)err;
	buf_addz(h->out, "<p class=\"bottom\">");
	page_text(h->out, scratch, text);
	buf_addz(h->out, "</p>\n");
	page_claims(h);
	page_headings(h);
	return CLAQUE_OK;
}

/* When there are posts, and the longest time without one. */
static void
add_period(struct page *h)
{
	const struct survey *s = &h->s;
	struct arena scratch = h->scratch;
	int64_t from = 0, gap;

	if (s->last_day < s->first_day)
		return;
	gap = survey_gap(s, &from);
	buf_addz(h->out, "<p>Posts from ");
	buf_add(h->out, clock_text(&scratch, s->first_day * DAY_MS, CLOCK_DATE));
	buf_addz(h->out, " to ");
	buf_add(h->out, clock_text(&scratch, s->last_day * DAY_MS, CLOCK_DATE));
	if (gap == 0)
		buf_addz(h->out, ", with some on every day");
	else {
		buf_addf(h->out, "; the longest time without one: %lld day%s from ", (long long)gap,
			 gap == 1 ? "" : "s");
		buf_add(h->out, clock_text(&scratch, from * DAY_MS, CLOCK_DATE));
	}
	if (s->undated > 0) {
		buf_addz(h->out, "; without a time: ");
		page_count(h, s->undated);
	}
	buf_addz(h->out, ".</p>\n");
}

static enum claque_rc
add_refused(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "file", "source_file", CELL_EXACT }, { "row", "row", CELL_DATA },
		{ "reason", "reason", CELL_DATA }, { NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered refused;
	enum claque_rc rc = gather(h->in, "refused", REFUSED_SHOWN, &h->perm, &refused, err);

	if (rc == CLAQUE_OK && refused.count > 0) {
		page_heading(h, "Rows refused");
		page_table(h, &refused, columns, REFUSED_SHOWN);
	}
	h->perm = keep;
	return rc;
}

enum claque_rc
page_part_scope(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "file", "path file name", CELL_EXACT }, { "format", "format", CELL_DATA },
		{ "bytes", "bytes", CELL_DATA }, { "rows", "rows", CELL_DATA },
		{ "taken", "taken", CELL_DATA }, { "duplicates", "duplicates", CELL_DATA },
		{ "refused", "refused", CELL_DATA }, { "SHA-256", "sha256", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};

	page_table_or(h, &h->r.inputs, columns, INPUTS_SHOWN, "Input files",
		      "claque import CASE FILE");
	add_period(h);
	buf_addz(h->out, "<p>Not in the data, and so not seen: posts and accounts taken down before "
		 "it was collected, and whatever the query did not ask for. Which query, when and "
		 "under which licence is not in the files: say it in the field gaps.</p>\n");
	(void)page_field(h, FIELD_gaps);
	return add_refused(h, err);
}

static void
add_number(struct page *h, const char *what, int64_t n)
{
	buf_addf(h->out, "<tr><td>%s</td><td class=\"n\">", what);
	page_count(h, n);
	buf_addz(h->out, "</td></tr>\n");
}

enum claque_rc
page_part_numbers(struct page *h, struct claque_err *err)
{
	static const struct {
		const char *table, *what;
	} counted[] = {
		{ "accounts", "accounts" }, { "posts", "posts" }, { "sources", "things shared" },
		{ "sites", "linked sites" }, { "hashtags", "hashtags" },
		{ "changes", "profile changes" }, { "clusters", "groups" }, { "leads", "leads" },
		{ "members", "accounts in groups" }, { "edges", "ties beyond chance" },
		{ "indicators", "published indicators" }, { "matches", "of these, matched here" },
		{ "notes", "notes, tags and verdicts" }, { "refused", "rows refused" },
	};
	enum claque_rc rc = CLAQUE_OK;

	buf_addz(h->out, "<div class=\"wide\">\n<table>\n<thead><tr><th scope=\"col\">what</th>"
		 "<th scope=\"col\" class=\"n\">how many</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]) && rc == CLAQUE_OK; i++) {
		const struct rowset *t = table_find(h->in, counted[i].table);
		int64_t n = 0;

		if (t == NULL)
			continue;
		rc = rowset_count(t, &n, err);
		add_number(h, counted[i].what, n);
	}
	if (h->s.has_accounts)
		add_number(h, "accounts of leads, exposed users left out", h->s.leads.accounts);
	if (h->s.has_posts)
		add_number(h, "posts by these", h->s.leads.posts);
	buf_addz(h->out, "</tbody>\n</table>\n</div>\n");
	page_missing(h, "Spend on advertising is not in the data.", "claque note CASE ...");
	return rc;
}

enum claque_rc
page_part_attribution(struct page *h, struct claque_err *err)
{
	(void)err;
	if (page_field(h, FIELD_attribution) > 0) {
		buf_addz(h->out, "<p class=\"note\">Written by an analyst, on the kinds of evidence "
			 "that stand with it; nothing of it is computed. Where accounts come from is "
			 "not who directs them.</p>\n");
		return CLAQUE_OK;
	}
	buf_addz(h->out, "<p><strong>Not assessed.</strong> Who runs the accounts does not follow "
		 "from how they act; it needs evidence of at least two other kinds (technical, "
		 "behavioural, contextual) and is a separate piece of work. Where accounts come from "
		 "is not who directs them.</p>\n");
	return CLAQUE_OK;
}

enum claque_rc
page_part_confidence(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "on", OF_TARGET, CELL_LEAD }, { "verdict", "word", CELL_DATA },
		{ "confidence", "confidence", CELL_DATA }, { "reason", "text", CELL_DATA },
		{ "who", "who", CELL_DATA }, { "when (UTC)", "at", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};
	int kind = gathered_column(&h->r.notes, "kind");
	struct arena keep = h->perm;
	struct gathered verdicts = kind < 0 ? (struct gathered){ .table = h->r.notes.table } :
				   gathered_where(&h->r.notes, kind, STR("verdict"), &h->perm);

	(void)err;
	page_table_or(h, &verdicts, columns, ROWS_SHOWN, "Verdicts", "claque verdict CASE cluster "
		      "C001 confirmed --reason '...' --confidence moderate");
	page_heading(h, "What all of it rests on");
	buf_addz(h->out, "<ul>\n<li>The times in the files are those of the acts, from one clock.</li>\n"
		 "<li>The collection did not choose accounts for acting alike; where it did, every "
		 "figure by chance is too low.</li>\n"
		 "<li>What the accounts share is not a common open cause that the data cannot show.</li>\n"
		 "<li>The chance that accounts act together before looking is that of the settings.</li>\n"
		 "</ul>\n");
	(void)page_field(h, FIELD_assumptions);
	h->perm = keep;
	return CLAQUE_OK;
}

static void
add_person(struct page *h, const struct person *p)
{
	struct arena scratch = h->scratch;

	buf_addz(h->out, "<tr><td>account</td><td class=\"id\">");
	page_text(h->out, scratch, p->handle.len > 0 ? p->handle : p->id);
	buf_addz(h->out, "</td><td>");
	page_text(h->out, scratch, p->platform);
	buf_addz(h->out, "</td><td>");
	page_text(h->out, scratch, p->role);
	buf_addz(h->out, "</td><td class=\"id\">");
	page_lead(h, p->cluster);
	buf_addz(h->out, "</td></tr>\n");
	(void)sink_flow(h->sink);
}

static void
add_site(struct page *h, const struct site *site)
{
	buf_addz(h->out, "<tr><td>");
	page_text(h->out, h->scratch, site->kind);
	buf_addz(h->out, "</td><td class=\"id\">");
	page_text(h->out, h->scratch, site->key);
	buf_addz(h->out, "</td><td>-</td><td>-</td><td>-</td></tr>\n");
}

static void
add_confirmed(struct page *h, const struct confirmed *c)
{
	size_t printed = c->people_count < ROWS_SHOWN ? c->people_count : ROWS_SHOWN;

	if (c->open || c->people_count + c->site_count == 0) {
		page_missing(h, "Nothing is confirmed, so nothing of this case indicates anything yet: "
			     "open leads are reasons to look.",
			     "claque verdict CASE cluster C001 confirmed --reason '...'");
		return;
	}
	buf_addz(h->out, "<div class=\"wide\">\n<table>\n<thead><tr><th scope=\"col\">kind</th>"
		 "<th scope=\"col\">indicator</th><th scope=\"col\">platform</th>"
		 "<th scope=\"col\">role</th><th scope=\"col\">group</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < c->site_count && i < ROWS_SHOWN; i++)
		add_site(h, &c->sites[i]);
	for (size_t i = 0; i < printed; i++)
		add_person(h, &c->people[i]);
	buf_addz(h->out, "</tbody>\n</table>\n</div>\n");
	if (c->people_count > printed)
		buf_addf(h->out, "<p class=\"more\">and %zu more accounts; killchain-csv, stix and misp "
			 "have all.</p>\n", c->people_count - printed);
}

static enum claque_rc
add_matches(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "kind", "kind", CELL_DATA }, { "published", "value", CELL_DATA },
		{ "how it matches", "how", CELL_DATA }, { "here", "here", CELL_DATA },
		{ "accounts", "accounts", CELL_DATA }, { "in groups", "cluster_accounts", CELL_DATA },
		{ "tactic", "tactic", CELL_DATA }, { "what it is worth", "caveat", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered matches;
	enum claque_rc rc = gather(h->in, "matches", MATCHES_MAX, &h->perm, &matches, err);

	if (rc == CLAQUE_OK) {
		page_heading(h, "Published indicators that something here matches");
		gathered_sort(&matches, gathered_column(&matches, "cluster_accounts"), false);
		page_table_or(h, &matches, columns, MATCHES_SHOWN, "Matches",
			      "claque import CASE indicators.csv");
	}
	h->perm = keep;
	return rc;
}

enum claque_rc
page_part_indicators(struct page *h, struct claque_err *err)
{
	struct arena keep = h->perm;
	struct confirmed c;
	enum claque_rc rc = confirmed_read(h->in, &h->perm, &c, err);

	if (rc == CLAQUE_OK)
		add_confirmed(h, &c);
	confirmed_done(&c);
	h->perm = keep;
	return rc == CLAQUE_OK ? add_matches(h, err) : rc;
}

enum claque_rc
page_part_cleared(struct page *h, struct claque_err *err)
{
	static const struct page_column account_columns[] = {
		{ "handle", "handle", CELL_DATA }, { "account", "account_id", CELL_DATA },
		{ "group", "cluster", CELL_LEAD }, { "verdict", "verdict status", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};
	static const struct page_column group_columns[] = {
		{ "group", OF_LEAD_ID, CELL_DATA }, { "score", "score", CELL_DATA },
		{ "overt", "overtness", CELL_DATA }, { "accounts", OF_ACCOUNTS, CELL_DATA },
		{ "kind", "kind", CELL_DATA }, { "why", "why", CELL_DATA },
		{ "verdict", "verdict", CELL_DATA }, { NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered others = reading_without_leads(&h->r, &h->r.clusters, OF_LEAD_ID, &h->perm);

	(void)err;
	page_table_or(h, &h->s.cleared, account_columns, ROWS_SHOWN, "Accounts cleared",
		      "claque verdict CASE account HANDLE cleared --reason '...'");
	page_heading(h, "Groups that are no leads");
	buf_addz(h->out, "<p>" READING_NOT_LEADS "</p>\n");
	page_table_or(h, &others, group_columns, ROWS_SHOWN, "Groups that are no leads", "claque "
		      "score CASE finds groups");
	h->perm = keep;
	return CLAQUE_OK;
}

enum claque_rc
page_part_requests(struct page *h, struct claque_err *err)
{
	struct arena keep = h->perm;
	int text = gathered_column(&h->r.notes, "text");
	struct gathered some = text < 0 ? (struct gathered){ .table = h->r.notes.table } :
			       gathered_where(&h->r.notes, text, STR("request"), &h->perm);

	(void)err;
	buf_addz(h->out, "<p>What a platform could answer and the data cannot: who else logs in from "
		 "the same devices, who pays, which accounts were taken down already.</p>\n");
	if (page_field(h, FIELD_requests) + page_notes(h, &some, ROWS_SHOWN) == 0)
		page_missing(h, "No requests are recorded.", "claque field CASE requests '...'");
	h->perm = keep;
	return CLAQUE_OK;
}

static enum claque_rc
add_runs(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "run", "run", CELL_DATA }, { "ended", "ended_at", CELL_DATA },
		{ "accounts", "accounts", CELL_DATA }, { "shares", "shares", CELL_DATA },
		{ "groups", "groups", CELL_DATA }, { "leads", "leads", CELL_DATA },
		{ "prior", "prior", CELL_DATA }, { "false discovery", "fdr", CELL_DATA },
		{ "cap", "object_cap", CELL_DATA }, { "least accounts", "min_accounts", CELL_DATA },
		{ "lead score", "lead_score", CELL_DATA }, { "seed", "seed", CELL_DATA },
		{ "surrogates", "surrogates", CELL_DATA }, { "cleared", "cleared", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered runs;
	enum claque_rc rc = gather(h->in, "runs", ROWS_SHOWN, &h->perm, &runs, err);

	if (rc == CLAQUE_OK) {
		page_heading(h, "Runs, the last first");
		page_table_or(h, &runs, columns, ROWS_SHOWN, "Runs", "claque score CASE");
	}
	h->perm = keep;
	return rc;
}

/* A name of a file as one word of a shell, whatever is in it: somebody will paste it. */
static void
add_argument(struct page *h, struct claque_str s)
{
	struct buf word;

	buf_init(&word, 64 << 10);
	buf_add_quoted(&word, s);
	page_exact(h->out, h->scratch, buf_str(&word));
	buf_done(&word);
}

enum claque_rc
page_part_method(struct page *h, struct claque_err *err)
{
	struct arena scratch = h->scratch;

	buf_addz(h->out, "<p>" READING_METHOD "</p>\n<p>Settings of the last run: ");
	if (h->in->settings.len > 0)
		page_exact(h->out, scratch, h->in->settings);
	else
		buf_addz(h->out, "none are given");
	buf_addz(h->out, ". Whoever has the input files, whose digests are under <a "
		 "href=\"#part-3\">Scope and data</a>, comes to the same groups, but for what "
		 "verdicts changed in them, by:</p>\n<pre>");
	for (size_t i = 0; i < h->r.inputs.count && i < INPUTS_SHOWN; i++) {
		buf_addz(h->out, "claque import new.claque ");
		add_argument(h, reading_text(&scratch, &h->r.inputs, "path file name",
					     &h->r.inputs.rows[i]));
		buf_addc(h->out, '\n');
	}
	buf_addz(h->out, "claque score new.claque\nclaque leads new.claque\nclaque why new.claque C001\n"
		 "claque verify new.claque</pre>\n<p class=\"note\">man claque-method tells each signal "
		 "with its formula and its source. Leads are numbered as they are found, in a new "
		 "case maybe otherwise.</p>\n");
	return add_runs(h, err);
}

enum claque_rc
page_part_custody(struct page *h, struct claque_err *err)
{
	(void)err;
	if (h->in->ledger_hash.len == 0) {
		page_missing(h, "The ledger has no entry.", "every act in the case is one");
		return CLAQUE_OK;
	}
	buf_addz(h->out, "<p>The ledger had ");
	page_count(h, h->in->ledger_entries);
	buf_addz(h->out, " entries when this was made, each with the hash of the one before. The "
		 "SHA-256 of the last:</p>\n<pre>");
	page_exact(h->out, h->scratch, h->in->ledger_hash);
	buf_addz(h->out, "</pre>\n<p>claque verify CASE proves the chain up to it and the digests of the "
		 "input files, which stand under <a href=\"#part-3\">Scope and data</a>. This page is "
		 "not signed by itself.</p>\n");
	return CLAQUE_OK;
}

enum claque_rc
page_part_changes(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "no", "seq", CELL_DATA }, { "when (UTC)", "at", CELL_DATA },
		{ "who", "who", CELL_DATA }, { "act", "action", CELL_DATA },
		{ "on", "target", CELL_EXACT }, { "reopen with", "command", CELL_EXACT },
		{ NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered ledger;
	enum claque_rc rc = gather(h->in, "ledger", LEDGER_MAX, &h->perm, &ledger, err);

	if (rc == CLAQUE_OK) {
		gathered_sort(&ledger, gathered_column(&ledger, "seq"), false);
		page_table_or(h, &ledger, columns, LEDGER_SHOWN, "Entries of the ledger",
			      "every act in the case is one");
	}
	h->perm = keep;
	return rc;
}
