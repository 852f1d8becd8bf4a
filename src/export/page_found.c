/*
 * page_found.c - what was found: networks, personas, behaviour, content, infrastructure,
 * techniques, reach, and what else would explain it (parts 5 to 12).
 */
#include "config.h"

#include "export/page.h"

#include "export/argued.h"
#include "model/killchain.h"
#include "model/techniques.h"

enum {
	LEADS_SHOWN = 80, OTHERS_SHOWN = 20, SHARED_SHOWN = 25, CHANGES_SHOWN = 40,
	SHARED_MAX = 50000, CHANGES_MAX = 50000, INNOCENTS_MAX = 50000, LEADS_NAMED = 6
};

static bool
is_shared(void *ctx, const struct rowset *table, const struct row *row)
{
	const struct value *kind = table_value(row, table_column(table, "kind"));

	(void)ctx;
	if (kind->type == VALUE_TEXT && (str_eq(kind->s, STR("hashtag")) ||
					 str_eq(kind->s, STR("domain"))))
		return false;
	return value_number(table_value(row, table_column(table, "cluster_accounts")), 0) >= 2;
}

static bool
is_of_groups(void *ctx, const struct rowset *table, const struct row *row)
{
	const struct value *imitates = table_value(row, table_column(table, "imitates"));

	(void)ctx;
	return value_number(table_value(row, table_column(table, "cluster_accounts")), 0) >= 2 ||
	       imitates->type == VALUE_TEXT;
}

/* Many accounts of groups, and few others: n * n / all. */
static double
own_key(void *ctx, const struct row *row)
{
	const struct gathered *g = ctx;
	double own = reading_number(g, "cluster_accounts", row), all = reading_number(g, "accounts", row);

	return all > 0 ? own * own / all : 0;
}

enum claque_rc
page_gather_shared(struct page *h, struct claque_err *err)
{
	const struct gather_filter shared = { is_shared, NULL, "kind cluster_accounts" };
	const struct gather_filter groups = { is_of_groups, NULL, "cluster_accounts imitates" };
	enum claque_rc rc = gather_if(h->in, "sources", SHARED_MAX, &shared, &h->perm, &h->sources,
				      err);

	if (rc == CLAQUE_OK)
		rc = gather_if(h->in, "hashtags", SHARED_MAX, &groups, &h->perm, &h->hashtags, err);
	if (rc == CLAQUE_OK)
		rc = gather_if(h->in, "sites", SHARED_MAX, &groups, &h->perm, &h->sites, err);
	if (rc == CLAQUE_OK)
		rc = gather(h->in, "innocents", INNOCENTS_MAX, &h->perm, &h->innocents, err);
	gathered_order(&h->sources, own_key, &h->sources);
	gathered_order(&h->hashtags, own_key, &h->hashtags);
	gathered_order(&h->sites, own_key, &h->sites);
	return rc;
}

static const struct page_column group_columns[] = {
	{ "id", OF_LEAD_ID, CELL_LEAD }, { "score", "score", CELL_DATA },
	{ "coord.", "coordination", CELL_DATA }, { "decep.", "deception", CELL_DATA },
	{ "overt", "overtness", CELL_DATA }, { "accounts", OF_ACCOUNTS, CELL_DATA },
	{ "posts", "posts post_count", CELL_DATA }, { "kind", "kind", CELL_DATA },
	{ "first seen", "first_seen", CELL_DATA }, { "last seen", "last_seen", CELL_DATA },
	{ "status", "status", CELL_DATA }, { NULL, NULL, CELL_DATA },
};

/* How many members of each lead have each role. */
static void
add_roles(struct page *h)
{
	static const char *const roles[] = { "core", "seed", "amplifier", "exposed" };

	page_heading(h, "Core and periphery");
	buf_addz(h->out, "<div class=\"wide\">\n<table>\n<thead><tr><th scope=\"col\">lead</th>"
		 "<th scope=\"col\" class=\"n\">core</th><th scope=\"col\" class=\"n\">seed</th>"
		 "<th scope=\"col\" class=\"n\">amplifier</th><th scope=\"col\" class=\"n\">exposed"
		 "</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < h->r.leads.count && i < PAGE_CARDS_MAX; i++) {
		struct arena keep = h->perm;
		struct claque_str id = reading_text(&h->perm, &h->r.leads, OF_LEAD_ID,
						    &h->r.leads.rows[i]);
		struct gathered members = reading_of_group(&h->r.members, OF_CLUSTER, id, &h->perm);
		int role = gathered_column(&members, "role");

		buf_addz(h->out, "<tr><td class=\"id\">");
		page_lead(h, id);
		buf_addz(h->out, "</td>");
		for (size_t k = 0; k < 4; k++) {
			struct arena perm = h->perm;
			struct gathered some = gathered_where(&members, role, str_of(roles[k]), &perm);

			buf_addf(h->out, "<td class=\"n\">%zu</td>", role < 0 ? 0 : some.count);
		}
		buf_addz(h->out, "</tr>\n");
		h->perm = keep;
	}
	buf_addz(h->out, "</tbody>\n</table>\n</div>\n<p class=\"note\">Exposed are people who only "
		 "reshared it; no export names them.</p>\n");
}

enum claque_rc
page_part_network(struct page *h, struct claque_err *err)
{
	enum claque_rc rc;

	buf_addz(h->out, "<p>" READING_LEAD "</p>\n<p>" READING_METHOD " The settings of the run, "
		 "with its thresholds, are under <a href=\"#part-18\">Method</a>; windows and the "
		 "baseline of each signal stand with its reasons.</p>\n");
	page_table_or(h, &h->r.leads, group_columns, LEADS_SHOWN, "Leads",
		      "claque score CASE finds groups; a lead needs a score above its limit");
	if (h->r.leads.count == 0)
		return CLAQUE_OK;
	if (h->r.members.table == NULL) {
		page_missing(h, "The picture and the roles need the tables of members and edges, "
			     "which this export has not.", "--redact full or pseudonymised has them");
	} else {
		rc = page_network(h, err);
		if (rc != CLAQUE_OK)
			return rc;
		add_roles(h);
	}
	page_heading(h, "Evidence cards");
	page_cards(h);
	if (h->r.leads.total > PAGE_CARDS_MAX)
		buf_addf(h->out, "<p class=\"more\">and %lld more leads without a card here; claque "
			 "why CASE ID prints any.</p>\n",
			 (long long)(h->r.leads.total - PAGE_CARDS_MAX));
	return CLAQUE_OK;
}

/* The reasons of leads that rest on these signals, strongest first. */
static void
add_signals(struct page *h, const char *signals, const char *head)
{
	static const struct page_column columns[] = {
		{ "lead", OF_CLUSTER, CELL_LEAD }, { "signal", "signal", CELL_DATA },
		{ "observed", "observed", CELL_DATA }, { "by chance", "expected", CELL_DATA },
		{ "of", "unit", CELL_DATA }, { "log odds", "log_odds", CELL_DATA },
		{ "reason", "text why", CELL_DATA }, { NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered some = { .table = h->r.evidence.table };

	some.rows = ARENA_NEW(&h->perm, struct row, h->r.evidence.count + 1);
	for (size_t i = 0; i < h->r.evidence.count; i++) {
		struct arena scratch = h->scratch;
		const struct row *row = &h->r.evidence.rows[i];
		struct claque_str signal = reading_text(&scratch, &h->r.evidence, "signal", row);
		struct claque_str rest = str_of(signals), one;
		bool hit = false;

		while (!hit && str_cut(&rest, ' ', &one))
			hit = str_eq(one, signal);
		if (hit && reading_is_lead(&h->r, reading_text(&scratch, &h->r.evidence,
							       OF_CLUSTER, row)))
			some.rows[some.count++] = *row;
	}
	some.total = (int64_t)some.count;
	gathered_sort(&some, gathered_column(&some, "log_odds"), true);
	if (some.count > 0) {
		page_heading(h, head);
		page_table(h, &some, columns, SHARED_SHOWN);
	}
	h->perm = keep;
}

static bool
is_change_of_lead(void *ctx, const struct rowset *table, const struct row *row)
{
	const struct page *h = ctx;
	const struct value *platform = table_value(row, table_column(table, "platform"));
	const struct value *id = table_value(row, table_column(table, "account_id"));
	uint32_t who = id->type != VALUE_TEXT ? MAP_NONE :
		survey_person(&h->s, h->scratch,
			      platform->type == VALUE_TEXT ? platform->s : STR(""), id->s);

	return who != MAP_NONE && h->s.in_lead[who];
}

static void
add_change(struct page *h, const struct gathered *g, const struct row *row)
{
	struct arena scratch = h->scratch;

	buf_addz(h->out, "<tr><td>");
	page_cell(h, g, "at", row);
	buf_addz(h->out, "</td><td class=\"id\">");
	page_cell(h, g, "account", row);
	buf_addz(h->out, "</td><td>");
	page_cell(h, g, "field", row);
	buf_addz(h->out, "</td>");
	page_diff(h->out, scratch, reading_text(&scratch, g, "old", row),
		  reading_text(&scratch, g, "new", row));
	buf_addz(h->out, "<td class=\"n\">");
	page_cell(h, g, "with", row);
	buf_addz(h->out, "</td></tr>\n");
	(void)sink_flow(h->sink);
}

static void
add_changes(struct page *h, const struct gathered *g)
{
	buf_addz(h->out, "<div class=\"wide\">\n<table>\n<thead><tr><th scope=\"col\">when (UTC)</th>"
		 "<th scope=\"col\">account</th><th scope=\"col\">field</th>"
		 "<th scope=\"col\">before</th><th scope=\"col\">after</th>"
		 "<th scope=\"col\" class=\"n\">others within 6 h</th></tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < g->count && i < CHANGES_SHOWN; i++)
		add_change(h, g, &g->rows[i]);
	buf_addz(h->out, "</tbody>\n</table>\n</div>\n");
	page_more(h, g->total - CHANGES_SHOWN);
}

enum claque_rc
page_part_personas(struct page *h, struct claque_err *err)
{
	const struct gather_filter filter = { .keep = is_change_of_lead, .ctx = h };
	struct arena keep = h->perm;
	struct gathered changes;
	enum claque_rc rc = gather_if(h->in, "changes", CHANGES_MAX, &filter, &h->perm, &changes, err);

	if (rc != CLAQUE_OK)
		return rc;
	gathered_sort(&changes, gathered_column(&changes, "with"), false);
	if (changes.count > 0) {
		buf_addz(h->out, "<p>Profile changes of accounts of leads, those first that most "
			 "others made within six hours. What went is marked in the column before, "
			 "what came in the column after.</p>\n");
		add_changes(h, &changes);
	} else {
		page_missing(h, changes.table == NULL ? "Profile changes: not in this export." :
			     "Profile changes of accounts of leads: none in the case.",
			     "claque import CASE profile_changes.csv, or the same accounts twice");
	}
	add_signals(h, "repurposed avatar-reuse default-handles creation-burst hollow-audience",
		    "What the personas show");
	h->perm = keep;
	return CLAQUE_OK;
}

enum claque_rc
page_part_timeline(struct page *h, struct claque_err *err)
{
	(void)err;
	if (h->s.last_day < h->s.first_day) {
		page_missing(h, h->s.has_posts ? "Posts with a time: none in the case." :
			     "Posts: not in this export.",
			     "claque import CASE posts.csv; --redact aggregate leaves them out");
	} else {
		buf_addz(h->out, "<p>Each picture stands against its own greatest value: compare "
			 "shapes, not heights.</p>\n");
		page_days(h, true);
		page_days(h, false);
		page_heading(h, "Hour by weekday");
		page_hours(h, true);
		page_hours(h, false);
	}
	if (h->s.leads.made + h->s.others.made > 0) {
		page_heading(h, "When accounts were made");
		page_months(h);
	} else {
		page_missing(h, "When accounts were made is not known.",
			     "claque import CASE accounts.csv with created_at");
	}
	return CLAQUE_OK;
}

/* What posts of leads are about, and the sides of what they share, where somebody asked. */
static void
add_topics(struct page *h)
{
	static const struct page_column columns[] = {
		{ "lead", OF_LEAD_ID, CELL_LEAD }, { "topics, with posts", "topics", CELL_DATA },
		{ "camouflage", "camouflage", CELL_DATA }, { "narrative", "narrative", CELL_DATA },
		{ "sides of shares", "sides", CELL_DATA }, { NULL, NULL, CELL_DATA },
	};
	int topics = gathered_column(&h->r.leads, "topics");
	bool any = false;

	for (size_t i = 0; i < h->r.leads.count && !any; i++)
		any = table_value(&h->r.leads.rows[i], topics)->type == VALUE_TEXT;
	page_heading(h, "Topics and sides");
	if (any)
		page_table(h, &h->r.leads, columns, PAGE_CARDS_MAX);
	else
		page_missing(h, "What posts of leads are about was not looked at.",
			     "claque topics CASE");
}

enum claque_rc
page_part_content(struct page *h, struct claque_err *err)
{
	static const struct page_column source_columns[] = {
		{ "kind", "kind", CELL_DATA }, { "source", "key", CELL_DATA },
		{ "by", "author", CELL_DATA }, { "what it says", "text", CELL_DATA },
		{ "accounts", "accounts", CELL_DATA },
		{ "of these in groups", "cluster_accounts", CELL_DATA },
		{ "shares", "shares", CELL_DATA }, { "first shared", "first_seen", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};
	static const struct page_column tag_columns[] = {
		{ "hashtag", "key", CELL_DATA }, { "accounts", "accounts", CELL_DATA },
		{ "of these in groups", "cluster_accounts", CELL_DATA },
		{ "shares", "shares", CELL_DATA }, { "each", "per_account", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};

	(void)err;
	buf_addz(h->out, "<p>First what many accounts of groups shared and few others. Groups are all "
		 "that were found, those that are no leads with them.</p>\n");
	page_heading(h, "What groups shared most");
	page_table_or(h, &h->sources, source_columns, SHARED_SHOWN,
		      "Sources that several accounts of groups shared",
		      "claque import CASE posts.csv with reshares or links, then claque score CASE");
	page_heading(h, "Hashtags");
	page_table_or(h, &h->hashtags, tag_columns, SHARED_SHOWN,
		      "Hashtags that several accounts of groups used", "hashtags come with posts");
	add_topics(h);
	add_signals(h, "both-sides", "Both sides of a dispute");
	add_signals(h, "camouflage", "Camouflage");
	add_signals(h, "co-text tag-sequence", "Copied words");
	return CLAQUE_OK;
}

enum claque_rc
page_part_infrastructure(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "site", "key", CELL_DATA }, { "imitates", "imitates", CELL_DATA },
		{ "accounts", "accounts", CELL_DATA },
		{ "of these in groups", "cluster_accounts", CELL_DATA },
		{ "shares", "shares", CELL_DATA }, { "first shared", "first_seen", CELL_DATA },
		{ "last shared", "last_seen", CELL_DATA }, { NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered fakes = { .table = h->sites.table };
	int imitates = gathered_column(&h->sites, "imitates");

	(void)err;
	fakes.rows = ARENA_NEW(&h->perm, struct row, h->sites.count + 1);
	for (size_t i = 0; i < h->sites.count; i++)
		if (table_value(&h->sites.rows[i], imitates)->type == VALUE_TEXT)
			fakes.rows[fakes.count++] = h->sites.rows[i];
	fakes.total = (int64_t)fakes.count;
	page_heading(h, "Sites whose name passes for another");
	page_table_or(h, &fakes, columns, SHARED_SHOWN, "Look-alike domains",
		      "claque domains CASE tells what it looked for");
	page_heading(h, "Sites that groups linked most");
	page_table_or(h, &h->sites, columns, SHARED_SHOWN,
		      "Sites that several accounts of groups linked", "links come with posts");
	add_signals(h, "twins look-alikes co-media", "Twins on other platforms, look-alikes, pictures");
	h->perm = keep;
	return CLAQUE_OK;
}

/* The leads that a signal speaks for, the first of them by name. */
static size_t
add_leads_of(struct page *h, struct claque_str signal)
{
	size_t count = 0;

	for (size_t i = 0; i < h->r.evidence.count; i++) {
		struct arena scratch = h->scratch;
		const struct row *row = &h->r.evidence.rows[i];
		struct claque_str id = reading_text(&scratch, &h->r.evidence, OF_CLUSTER, row);

		if (reading_number(&h->r.evidence, "log_odds", row) <= 0 ||
		    !reading_is_lead(&h->r, id) ||
		    !str_eq(reading_text(&scratch, &h->r.evidence, "signal", row), signal))
			continue;
		if (count++ >= LEADS_NAMED)
			continue;
		buf_addz(h->out, count > 1 ? ", " : "");
		page_lead(h, id);
	}
	if (count > LEADS_NAMED)
		buf_addf(h->out, " and %zu more", count - LEADS_NAMED);
	return count;
}

/* "confirmed by nr", or that it is a suggestion. */
static void
add_status(struct page *h, const struct technique *t)
{
	struct arena perm = h->perm;
	const struct row **rows;
	size_t n = argued_techniques(&h->r, &perm, &rows);

	for (size_t i = 0; i < n; i++) {
		struct claque_str id = reading_text(&perm, &h->r.stated, "word", rows[i]);

		if (!str_eq(id, str_of(t->procedure)) &&
		    !(t->disarm != NULL && str_eq(id, str_of(t->disarm))))
			continue;
		buf_addz(h->out, "confirmed of ");
		page_lead(h, reading_text(&perm, &h->r.stated, OF_TARGET, rows[i]));
		buf_addz(h->out, " by ");
		page_cell(h, &h->r.stated, "who", rows[i]);
		return;
	}
	buf_addz(h->out, "suggested");
}

static void
add_technique(struct page *h, struct claque_str signal)
{
	const struct technique *t = technique_of_signal(signal);
	const struct killchain_step *step;
	const char *name;

	if (t == NULL)
		return;
	step = killchain_find(str_of(t->procedure));
	if (step == NULL)
		step = killchain_under(str_of(t->procedure));
	buf_addz(h->out, "<tr><td class=\"w\">");
	page_text(h->out, h->scratch, signal);
	buf_addz(h->out, "</td><td>");
	page_exact(h->out, h->scratch, str_of(step != NULL ? step->tactic : "-"));
	buf_addz(h->out, "</td><td>");
	page_exact(h->out, h->scratch, str_of(technique_known(str_of(t->procedure), &name) ? name :
					      t->procedure));
	buf_addz(h->out, "</td><td>");
	if (t->disarm != NULL)
		page_exact(h->out, h->scratch, str_fmt(&h->perm, "%s %s", t->disarm, t->name));
	buf_addz(h->out, "</td><td>");
	(void)add_leads_of(h, signal);
	buf_addz(h->out, "</td><td>");
	add_status(h, t);
	buf_addz(h->out, "</td></tr>\n");
}

static void
add_confirmed_row(struct page *h, const struct row *row)
{
	struct claque_str id = reading_text(&h->perm, &h->r.stated, "word", row);
	const char *name;

	buf_addz(h->out, "<li>");
	if (!technique_known(id, &name))
		name = "";
	if (!str_starts(str_of(name), id)) {
		page_exact(h->out, h->scratch, id);
		buf_addc(h->out, ' ');
	}
	page_exact(h->out, h->scratch, str_of(name));
	buf_addz(h->out, ", of ");
	page_lead(h, reading_text(&h->perm, &h->r.stated, OF_TARGET, row));
	buf_addz(h->out, ", by ");
	page_cell(h, &h->r.stated, "who", row);
	buf_addz(h->out, " <span class=\"note\">");
	page_cell(h, &h->r.stated, "text", row);
	buf_addz(h->out, "</span></li>\n");
}

/* What analysts confirmed, be it suggested or not. */
static void
add_confirmed(struct page *h)
{
	struct arena keep = h->perm;
	const struct row **rows;
	size_t n = argued_techniques(&h->r, &h->perm, &rows);

	if (n > 0) {
		page_heading(h, "Confirmed by analysts");
		buf_addz(h->out, "<ul>\n");
	}
	for (size_t i = 0; i < n && i < SHARED_SHOWN; i++)
		add_confirmed_row(h, rows[i]);
	buf_addz(h->out, n > 0 ? "</ul>\n" : "");
	page_more(h, (int64_t)n - SHARED_SHOWN);
	h->perm = keep;
}

enum claque_rc
page_part_techniques(struct page *h, struct claque_err *err)
{
	struct map signals;

	(void)err;
	map_init(&signals);
	for (size_t i = 0; i < h->r.evidence.count; i++) {
		struct arena scratch = h->scratch;
		const struct row *row = &h->r.evidence.rows[i];
		struct claque_str signal = reading_text(&scratch, &h->r.evidence, "signal", row);

		if (reading_number(&h->r.evidence, "log_odds", row) > 0 &&
		    reading_is_lead(&h->r, reading_text(&scratch, &h->r.evidence, OF_CLUSTER, row)) &&
		    technique_of_signal(signal) != NULL)
			(void)map_add(&signals, signal, NULL);
	}
	if (signals.count == 0) {
		page_missing(h, "No signal of a lead suggests a technique.",
			     "claque technique CASE NUMBER --cluster C001");
	} else {
		buf_addz(h->out, "<p>Online Operations Kill Chain (Nimmo and Hutchins 2023), DISARM Red "
			 "Framework 1.6. Suggested by signals; what an analyst confirmed says so."
			 "</p>\n<div class=\"wide\">\n<table>\n<thead><tr><th scope=\"col\">signal</th>"
			 "<th scope=\"col\">tactic</th><th scope=\"col\">procedure</th>"
			 "<th scope=\"col\">DISARM</th><th scope=\"col\">evidence</th>"
			 "<th scope=\"col\">status</th></tr></thead>\n"
			 "<tbody>\n");
		for (uint32_t i = 0; i < signals.count; i++)
			add_technique(h, map_key(&signals, i));
		buf_addz(h->out, "</tbody>\n</table>\n</div>\n");
	}
	map_done(&signals);
	add_confirmed(h);
	return CLAQUE_OK;
}

/* Accounts outside all groups that shared what groups shared, at most: of the widest source. */
static int64_t
outside_of(const struct page *h)
{
	int64_t most = 0;

	for (size_t i = 0; i < h->sources.count; i++) {
		const struct row *row = &h->sources.rows[i];
		int64_t n = (int64_t)(reading_number(&h->sources, "accounts", row) -
				      reading_number(&h->sources, "cluster_accounts", row));

		most = n > most ? n : most;
	}
	return most;
}

enum claque_rc
page_part_reach(struct page *h, struct claque_err *err)
{
	size_t platforms = h->s.platforms.count;
	int64_t outside = outside_of(h);
	size_t communities = 1 + h->tied_groups + (outside > 0);
	int category = breakout_suggest(platforms, communities);

	(void)err;
	if (page_field(h, FIELD_breakout) > 0)
		buf_addz(h->out, "<p class=\"note\">Breakout Scale (Nimmo 2020), as the analyst has it; "
			 "what is counted stands below.</p>\n");
	if (h->r.leads.count == 0 || platforms == 0) {
		page_missing(h, "Reach: no leads, or no accounts of leads in this export.",
			     "claque score CASE");
		return CLAQUE_OK;
	}
	buf_addf(h->out, "<p><strong>Breakout Scale (Nimmo 2020), suggested: category %d.</strong> "
		 "Accounts of leads are on %zu platform%s. Communities reached: %zu, which are the "
		 "leads, %zu other groups with a tie to them%s.</p>\n", category, platforms,
		 platforms == 1 ? "" : "s", communities, h->tied_groups,
		 outside > 0 ? ", and people outside all groups" : "");
	buf_addz(h->out, "<p>Without its own accounts: what groups shared was shared by up to ");
	page_count(h, outside);
	buf_addz(h->out, " accounts outside all groups. ");
	if (h->s.followers_known > 0) {
		buf_addz(h->out, "Followers of accounts of leads, counted for ");
		page_count(h, h->s.followers_known);
		buf_addz(h->out, " of them: ");
		page_count(h, h->s.followers);
		buf_addz(h->out, "; many will be counted twice, and some are each other.");
	}
	buf_addz(h->out, "</p>\n<p class=\"note\">Categories 4 to 6 (mainstream media, a celebrity, a "
		 "response in policy) are facts outside the data: each needs a citation, and none "
		 "is suggested here.</p>\n");
	return CLAQUE_OK;
}

enum claque_rc
page_part_alternatives(struct page *h, struct claque_err *err)
{
	static const struct page_column columns[] = {
		{ "group", OF_CLUSTER, CELL_LEAD }, { "explanation", "explanation", CELL_DATA },
		{ "accounts for", "score", CELL_DATA }, { "measured on", "n", CELL_DATA },
		{ "numbers", "text", CELL_DATA }, { "leaves unexplained", "unexplained", CELL_DATA },
		{ NULL, NULL, CELL_DATA },
	};
	struct arena keep = h->perm;
	struct gathered some = { .table = h->innocents.table };

	(void)err;
	some.rows = ARENA_NEW(&h->perm, struct row, h->innocents.count + 1);
	for (size_t i = 0; i < h->innocents.count; i++) {
		struct arena scratch = h->scratch;

		if (reading_is_lead(&h->r, reading_text(&scratch, &h->innocents, OF_CLUSTER,
							&h->innocents.rows[i])))
			some.rows[some.count++] = h->innocents.rows[i];
	}
	some.total = (int64_t)some.count;
	gathered_sort(&some, gathered_column(&some, "score"), false);
	buf_addz(h->out, "<p>Each innocent explanation was tested on every lead: the share is what it "
		 "accounts for of what speaks for the lead; a dash means that the data do not tell. "
		 "First those that explain most; all of one lead stand on its card.</p>\n");
	page_table_or(h, &some, columns, OTHERS_SHOWN, "Explanations tested on leads",
		      "claque score CASE tests them");
	h->perm = keep;
	page_hypotheses(h);
	return CLAQUE_OK;
}
