#include "config.h"

#include "scenario/readme.h"

#include "base/clock.h"

#include "scenario/plot.h"
#include "scenario/script.h"
#include "scenario/truth.h"

static const char demo[] =
"This is a training world made by claque. Every account, person, outlet and post\n"
"in it is synthetic: nobody in it exists, and nothing in it was ever said by\n"
"anyone. Hosts end in .example; handles of public figures on x.com end in two\n"
"underscores. Places are real only as words.\n"
"\n"
"seed %llu, %llu posts, %llu accounts, %llu profile changes, %u days from %s\n"
"\n"
"Planted: %llu fake accounts on facebook in cells of 20 to 120, and %llu twins on x.\n"
"  - personas of Americans with invented names, made in a few batches, nearly all\n"
"    with handles as the platform proposes them; some share pictures\n"
"  - each cell shares posts that politicians and outlets of both sides wrote on x,\n"
"    a part of it at a time and 1 to 20 minutes after the word is given: as\n"
"    reshares, or as copies of the text with a link to the post\n"
"  - working hours of UTC+8 with a lunch break and quiet weekends\n"
"  - fashion and pets as camouflage, out of one stock for each cell\n"
"  - hardly any reactions\n"
"  - %llu of them, whole cells, fall silent for %d days, take Indian names,\n"
"    places, pictures and handles in one night from %s on, and\n"
"    turn to India and Tibet\n"
"  - the twins on x look like accounts on facebook and reshare one star\n"
"\n"
"Innocent, though it looks alike: three fandoms that share their star's posts\n"
"within minutes, two groups of activists with common links and tags on action\n"
"days, newsrooms that run the same wire stories, partisans who share one side\n"
"only, people in UTC+8, people who paste posts from x, ordinary changes of name.\n"
"A few names and texts try to harm whoever shows them: direction overrides,\n"
"invisible characters, spreadsheet formulas, control characters.\n"
"\n"
"truth.csv says which account is which: account_id, group, kind; truth_twins.csv\n"
"and truth_changes.csv say who is like whom, and who changed. They are for grading\n"
"afterwards; no import reads them.\n";

static const char scripted[] =
"This is a training world made by claque. Every account, person, outlet and post\n"
"in it is synthetic: nobody in it exists, and nothing in it was ever said by\n"
"anyone. Hosts end in .example, .test or .invalid; handles of public figures end\n"
"in two underscores. Places are real only as words.\n"
"\n"
"Scenario " STR_FMT ": " STR_FMT "\n"
"To learn: " STR_FMT "\n"
"%s" STR_FMT "%s"
"\n"
"seed %llu, %llu posts, %llu accounts, %llu profile changes, %u days from %s\n"
"\n"
"truth.csv says which account is which: account_id, group, kind; truth_twins.csv,\n"
"truth_changes.csv, truth_domains.csv and (where some were removed) truth_returns.csv\n"
"say who is like whom, who changed, which host is what, and who came back. They are for\n"
"grading; no import reads them.\n"
"\n"
"Who is in it, group by group:\n";

static const char graded[] =
"This is a training world made by claque. Every account, person, outlet and post\n"
"in it is synthetic: nobody in it exists, and nothing in it was ever said by\n"
"anyone. Hosts end in .example, .test or .invalid; handles of public figures end\n"
"in two underscores. Places are real only as words.\n"
"\n"
"seed %llu, %llu posts, %llu accounts, %llu profile changes, %u days from %s\n"
"\n"
"Planted: %llu fake accounts in %zu networks, and %llu twins on another platform;\n"
"%llu of them change their identity.\n"
"\n"
"Innocent, though it looks alike: fandoms (some with pictures out of one stock,\n"
"one of which dresses up for a birthday), activists with texts handed out, newsrooms\n"
"on wire copy, contest hunters, people who paste posts of another platform, people\n"
"with an account on either platform, residents of the zones where networks work,\n"
"bots that say so, accounts of a signup surge, ordinary changes of name, partisans.\n"
"Spam rings are coordinated, but no operation of this sort: of the kind \"spam\".\n"
"\n"
"truth.csv says which account is which: account_id, group, kind; truth_twins.csv,\n"
"truth_changes.csv and truth_domains.csv say who is like whom, who changed, and\n"
"which host is like which. They are for grading; no import reads them.\n"
"\n";

static struct claque_str
readme_of_demo(const struct cast *c, const struct scenario_counts *n,
	       struct arena *perm)
{
	struct claque_str start = clock_text(perm, c->start, CLOCK_DATE);
	struct claque_str wave = clock_text(perm, c->wave_at, CLOCK_MINUTE);

	return str_fmt(perm, demo, (unsigned long long)c->settings->seed,
		       (unsigned long long)n->posts, (unsigned long long)n->accounts,
		       (unsigned long long)n->changes, c->settings->days,
		       str_z(perm, start), (unsigned long long)n->planted,
		       (unsigned long long)n->twins, (unsigned long long)n->renamed,
		       PLOT_SILENT_DAYS, str_z(perm, wave));
}

static struct claque_str
readme_of_graded(const struct cast *c, const struct scenario_counts *n,
		 struct arena *perm)
{
	struct claque_str start = clock_text(perm, c->start, CLOCK_DATE);

	return str_fmt(perm, graded, (unsigned long long)c->settings->seed,
		       (unsigned long long)n->posts, (unsigned long long)n->accounts,
		       (unsigned long long)n->changes, c->settings->days,
		       str_z(perm, start), (unsigned long long)n->planted,
		       c->world.network_count, (unsigned long long)n->twins,
		       (unsigned long long)n->renamed);
}

static struct claque_str
readme_of_script(const struct cast *c, const struct scenario_counts *n,
		 struct arena *perm)
{
	const struct script *s = c->settings->script;
	struct claque_str start = clock_text(perm, c->start, CLOCK_DATE), all;
	bool after = s->after.len > 0;

	all = str_fmt(perm, scripted, STR_ARG(s->name), STR_ARG(s->title),
		      STR_ARG(s->teaches), after ? "After: " : "", STR_ARG(s->after),
		      after ? "\n" : "", (unsigned long long)c->settings->seed,
		      (unsigned long long)n->posts, (unsigned long long)n->accounts,
		      (unsigned long long)n->changes, c->settings->days,
		      str_z(perm, start));
	for (size_t i = 0; i < c->group_count; i++) {
		const struct group *g = &c->groups[i];

		all = str_fmt(perm, STR_FMT "  %-18s %7u  %s\n", STR_ARG(all),
			      g->name[0] != '\0' ? g->name : "everybody else", g->count,
			      cast_kind(g->role));
	}
	return str_fmt(perm, STR_FMT "\n", STR_ARG(all));
}

/* Empty where no lesson's lines say it: a world that was drawn, or has a tactic less. */
static struct claque_str
lesson_scenario(const struct scenario_settings *s, struct arena *perm)
{
	if (s->script != NULL)
		return s->script->name;
	if (s->stealth == SCENARIO_AS_DEMO)
		return STR("divide-network");
	if (s->vary || s->needle || s->without != 0)
		return STR("");
	return str_fmt(perm, "stealth-%d", s->stealth);
}

static void
write_lines(const struct cast *c, struct outfile *o, struct arena scratch)
{
	const struct scenario_settings *s = c->settings;
	struct claque_str name = lesson_scenario(s, &scratch);

	if (name.len > 0)
		outfile_text(o, str_fmt(&scratch, "\n" SCENARIO_LESSON "scenario " STR_FMT
					"\nposts %llu\nseed %llu\n", STR_ARG(name),
					(unsigned long long)s->posts, (unsigned long long)s->seed));
}

void
readme_write(const struct cast *c, const struct scenario_counts *n, struct outfile *o,
	     struct arena scratch)
{
	struct arena perm = scratch;

	outfile_text(o, c->settings->script != NULL ? readme_of_script(c, n, &perm)
			: c->world.graded ? readme_of_graded(c, n, &perm)
					  : readme_of_demo(c, n, &perm));
	truth_networks(c, o, scratch);
	write_lines(c, o, scratch);
}
