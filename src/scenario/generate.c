/*
 * Files are written one after the other; rows of accounts stand in an order
 * that says nothing about who is who.
 */
#include "config.h"

#include "scenario/generate.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"

#include "scenario/cast.h"
#include "scenario/outfile.h"
#include "scenario/plot.h"
#include "scenario/post.h"
#include "scenario/profile.h"
#include "scenario/script.h"
#include "scenario/truth.h"

enum { TICK_ROWS = 2048, ROOM = 1 << 20 };

static const char *const names[] = { "posts.csv", "accounts.csv", "profile_changes.csv",
				     "truth.csv", "truth_twins.csv", "truth_changes.csv",
				     "truth_domains.csv", "truth_returns.csv", "README.txt" };
enum { FILE_RETURNS = 7 };

struct job {
	struct cast cast;
	const char *dir;
	const struct claque_progress *progress;
	struct scenario_counts counts;
	uint32_t *order;	/* accounts as they are listed */
	struct map hosts;	/* that posts link, in a graded world */
	struct arena perm;	/* paths */
};

struct change {
	int64_t at;
	uint32_t actor;
	uint8_t bit;
};

static bool
tick(const struct job *j, const char *stage, uint64_t done, uint64_t total)
{
	return done % TICK_ROWS != 0 || j->progress->tick == NULL ||
	       j->progress->tick(j->progress->ctx, stage, done, total);
}

/* --- checks before anything is written */

struct limit {
	const char *name;
	uint64_t value, least, most;
};

static enum claque_rc
check_settings(const struct scenario_settings *s, struct claque_err *err)
{
	struct limit limits[] = {
		{ "posts", s->posts, 1, 100000000 },
		{ "days", s->days, 14, 400 },
		{ "planted accounts", s->planted, s->planted == 0 ? 0 : 20, 100000 },
		{ "renamed accounts", s->renamed, 0, s->planted },
		{ "twins", s->twins, 0, s->planted },
		{ "organic accounts", s->organic, 100, 10000000 },
	};

	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		if (limits[i].value < limits[i].least || limits[i].value > limits[i].most)
			return err_set(err, CLAQUE_EUSAGE, "%s: %llu is not within %llu to %llu",
				       limits[i].name, (unsigned long long)limits[i].value,
				       (unsigned long long)limits[i].least,
				       (unsigned long long)limits[i].most);
	if (s->stealth < SCENARIO_AS_DEMO || s->stealth > SCENARIO_STEALTH_MOST)
		return err_set(err, CLAQUE_EUSAGE, "stealth: %d is not within 0 to %d", s->stealth,
			       SCENARIO_STEALTH_MOST);
	if (s->stealth == SCENARIO_AS_DEMO && (s->vary || s->needle || s->without != 0))
		return err_set(err, CLAQUE_EUSAGE,
			       "the demo's world does not vary; choose a level of stealth");
	if (s->start < clock_days(2011, 1, 1) * 86400000 ||
	    s->start > clock_days(2060, 1, 1) * 86400000)
		return err_set(err, CLAQUE_EUSAGE, "the start must lie in 2011 to 2060");
	return CLAQUE_OK;
}

/* The directory exists afterwards and holds none of the files. */
static enum claque_rc
prepare_dir(struct job *j, struct claque_err *err)
{
	if (mkdir(j->dir, 0700) != 0 && errno != EEXIST)
		return err_set(err, CLAQUE_EIO, "%s: cannot be created: %s", j->dir,
			       strerror(errno));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct arena scratch = j->perm;

		if (access(str_fmt(&scratch, "%s/%s", j->dir, names[i]).p, F_OK) == 0)
			return err_set(err, CLAQUE_EINPUT, "%s holds %s already; "
				       "choose an empty directory", j->dir, names[i]);
	}
	return CLAQUE_OK;
}

/* --- the files */

static enum claque_rc
write_posts(struct job *j, struct outfile *o, struct claque_err *err)
{
	uint64_t total = j->cast.settings->posts;
	enum claque_rc rc = CLAQUE_OK;
	struct plot plot;
	size_t ready;

	(void)err;
	plot_init(&plot, &j->cast);
	post_header(o);
	while (rc == CLAQUE_OK && plot_next(&plot, &ready))
		for (size_t i = 0; i < ready && rc == CLAQUE_OK; i++) {
			post_row(o, &j->cast, &plot.events[i], j->perm);
			if (j->cast.world.graded)
				truth_note_host(&j->hosts, &j->cast, &plot.events[i], j->perm);
			if (!tick(j, "posts", ++j->counts.posts, total))
				rc = CLAQUE_STOPPED;
		}
	plot_done(&plot);
	return rc;
}

static void
account_row(struct outfile *o, const struct cast *c, uint32_t actor, struct arena scratch)
{
	const struct actor *a = &c->actors[actor];
	struct profile p = profile_of(c, actor, true, &scratch);

	outfile_field(o, cast_id(c, actor, &scratch));
	outfile_field(o, str_of(cast_platform(c, a)));
	outfile_field(o, p.handle);
	outfile_field(o, p.name);
	outfile_field(o, clock_text(&scratch, a->created_at, CLOCK_RFC3339));
	outfile_field(o, p.place);
	outfile_field(o, p.bio);
	outfile_field(o, p.avatar);
	outfile_field(o, STR(""));
	outfile_field_number(o, a->followers);
	outfile_field_number(o, (int64_t)(20 + a->seed % 900));
	outfile_field_number(o, (int64_t)(a->seed >> 20) % 4000);
	outfile_field_number(o, p.verified);
	outfile_field(o, str_of(tongue_code(c->world.tongue)));
	outfile_end_row(o);
}

static enum claque_rc
write_accounts(struct job *j, struct outfile *o, struct claque_err *err)
{
	(void)err;
	outfile_text(o, STR("account_id,platform,handle,display_name,created_at,location,bio,"
			    "avatar_hash,avatar_tag,followers,following,posts_total,verified,"
			    "lang\n"));
	for (size_t i = 0; i < j->cast.actor_count; i++) {
		account_row(o, &j->cast, j->order[i], j->perm);
		if (!tick(j, "accounts", ++j->counts.accounts, j->cast.actor_count))
			return CLAQUE_STOPPED;
	}
	return CLAQUE_OK;
}

static int
change_cmp(const void *pa, const void *pb)
{
	const struct change *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->actor != b->actor)
		return a->actor < b->actor ? -1 : 1;
	return (a->bit > b->bit) - (a->bit < b->bit);
}

/* One for each field, the fields of one account a few seconds apart. */
static struct change *
collect_changes(const struct cast *c, size_t *count)
{
	struct change *list = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; i < c->actor_count; i++)
		for (uint8_t bit = 0; bit < CHANGE_BITS; bit++) {
			if ((c->actors[i].changed & 1 << bit) == 0)
				continue;
			GROW(list, cap, n + 1);
			list[n++] = (struct change){ c->actors[i].changed_at + bit * 17000, i,
						     bit };
		}
	if (n > 0)
		qsort(list, n, sizeof(*list), change_cmp);
	*count = n;
	return list;
}

static struct claque_str
changed_field(const struct profile *p, uint8_t bit)
{
	const struct claque_str fields[CHANGE_BITS] = { p->handle, p->name, p->place, p->avatar,
							p->bio };

	return fields[bit];
}

static enum claque_rc
write_changes(struct job *j, struct outfile *o, struct claque_err *err)
{
	static const char *const fields[CHANGE_BITS] = { "handle", "display_name", "location",
							 "avatar_hash", "bio" };
	size_t count;
	struct change *list = collect_changes(&j->cast, &count);

	(void)err;
	outfile_text(o, STR("account_id,changed_at,field,old_value,new_value\n"));
	for (size_t i = 0; i < count; i++) {
		struct arena scratch = j->perm;
		struct profile old = profile_of(&j->cast, list[i].actor, false, &scratch);
		struct profile new = profile_of(&j->cast, list[i].actor, true, &scratch);
		struct claque_str before = changed_field(&old, list[i].bit);
		struct claque_str after = changed_field(&new, list[i].bit);

		if (str_eq(before, after))	/* drawn again by chance: no change */
			continue;
		j->counts.changes++;
		outfile_field(o, cast_id(&j->cast, list[i].actor, &scratch));
		outfile_field(o, clock_text(&scratch, list[i].at, CLOCK_RFC3339));
		outfile_field(o, str_of(fields[list[i].bit]));
		outfile_field(o, before);
		outfile_field(o, after);
		outfile_end_row(o);
	}
	free(list);
	return CLAQUE_OK;
}

/* The truth is written in the order of the accounts, which says nothing. */
#define TRUTH_WRITER(name) \
	static enum claque_rc \
	write_truth_##name(struct job *j, struct outfile *o, struct claque_err *err) \
	{ \
		(void)err; \
		truth_##name(&j->cast, j->order, o, j->perm); \
		return CLAQUE_OK; \
	}

TRUTH_WRITER(accounts)
TRUTH_WRITER(twins)
TRUTH_WRITER(changes)
TRUTH_WRITER(returns)

static enum claque_rc
write_truth_domains(struct job *j, struct outfile *o, struct claque_err *err)
{
	(void)err;
	truth_domains(&j->cast, &j->hosts, o, j->perm);
	return CLAQUE_OK;
}

static const char readme[] =
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

static const char readme_script[] =
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

static const char readme_graded[] =
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
readme_of_demo(const struct job *j, struct arena *perm)
{
	const struct scenario_counts *n = &j->counts;
	struct claque_str start = clock_text(perm, j->cast.start, CLOCK_DATE);
	struct claque_str wave = clock_text(perm, j->cast.wave_at, CLOCK_MINUTE);

	return str_fmt(perm, readme, (unsigned long long)j->cast.settings->seed,
		       (unsigned long long)n->posts, (unsigned long long)n->accounts,
		       (unsigned long long)n->changes, j->cast.settings->days,
		       str_z(perm, start), (unsigned long long)n->planted,
		       (unsigned long long)n->twins, (unsigned long long)n->renamed,
		       PLOT_SILENT_DAYS, str_z(perm, wave));
}

static struct claque_str
readme_of_graded(const struct job *j, struct arena *perm)
{
	const struct scenario_counts *n = &j->counts;
	struct claque_str start = clock_text(perm, j->cast.start, CLOCK_DATE);

	return str_fmt(perm, readme_graded, (unsigned long long)j->cast.settings->seed,
		       (unsigned long long)n->posts, (unsigned long long)n->accounts,
		       (unsigned long long)n->changes, j->cast.settings->days,
		       str_z(perm, start), (unsigned long long)n->planted,
		       j->cast.world.network_count, (unsigned long long)n->twins,
		       (unsigned long long)n->renamed);
}

static struct claque_str
readme_of_script(const struct job *j, struct arena *perm)
{
	const struct script *s = j->cast.settings->script;
	const struct scenario_counts *n = &j->counts;
	struct claque_str start = clock_text(perm, j->cast.start, CLOCK_DATE), all;
	bool after = s->after.len > 0;

	all = str_fmt(perm, readme_script, STR_ARG(s->name), STR_ARG(s->title),
		      STR_ARG(s->teaches), after ? "After: " : "", STR_ARG(s->after),
		      after ? "\n" : "", (unsigned long long)j->cast.settings->seed,
		      (unsigned long long)n->posts, (unsigned long long)n->accounts,
		      (unsigned long long)n->changes, j->cast.settings->days,
		      str_z(perm, start));
	for (size_t i = 0; i < j->cast.group_count; i++) {
		const struct group *g = &j->cast.groups[i];

		all = str_fmt(perm, STR_FMT "  %-18s %7u  %s\n", STR_ARG(all),
			      g->name[0] != '\0' ? g->name : "everybody else", g->count,
			      cast_kind(g->role));
	}
	return str_fmt(perm, STR_FMT "\n", STR_ARG(all));
}

static enum claque_rc
write_readme(struct job *j, struct outfile *o, struct claque_err *err)
{
	struct arena scratch = j->perm;

	(void)err;
	outfile_text(o, j->cast.settings->script != NULL ? readme_of_script(j, &scratch)
			: j->cast.world.graded ? readme_of_graded(j, &scratch)
					       : readme_of_demo(j, &scratch));
	truth_networks(&j->cast, o, scratch);
	return CLAQUE_OK;
}

/* Only worlds where somebody comes back have a table of it. */
static bool
has_returned(const struct world *w)
{
	for (size_t i = 0; i < w->network_count; i++)
		if (w->networks[i].returned > 0)
			return true;
	return false;
}

static enum claque_rc
write_file(struct job *j, size_t file, struct claque_err *err)
{
	static enum claque_rc (*const writers[])(struct job *, struct outfile *,
						 struct claque_err *) = {
		write_posts, write_accounts, write_changes, write_truth_accounts,
		write_truth_twins, write_truth_changes, write_truth_domains,
		write_truth_returns, write_readme };
	struct outfile o;
	enum claque_rc rc;

	if (file == FILE_RETURNS && !has_returned(&j->cast.world))
		return CLAQUE_OK;
	rc = outfile_open(&o, &j->perm, j->dir, names[file], err);
	if (rc == CLAQUE_OK)
		rc = writers[file](j, &o, err);
	if (rc == CLAQUE_OK)
		rc = outfile_commit(&o, err);
	outfile_drop(&o);
	return rc;
}

/* Fisher and Yates. */
static void
shuffle_order(struct job *j)
{
	struct rng r = rng_seeded(hash_mix(j->cast.settings->seed, 3));
	size_t n = j->cast.actor_count, cap = 0;

	GROW(j->order, cap, n);
	for (uint32_t i = 0; i < n; i++) {
		uint64_t k = rng_below(&r, i + 1u);

		j->order[i] = j->order[k];
		j->order[k] = i;
	}
}

struct scenario_settings
scenario_defaults(void)
{
	return (struct scenario_settings){ .posts = 250000, .seed = 1,
					   .start = clock_days(2023, 9, 4) * 86400000,
					   .days = 56, .planted = 4789, .renamed = 400,
					   .twins = 70, .organic = 20000,
					   .stealth = SCENARIO_AS_DEMO };
}

const char *
scenario_tactic_name(enum tactic t)
{
#define X(id, text) [TACTIC_##id] = (text),
	static const char *const tactics[] = { TACTIC_LIST(X) };
#undef X

	return tactics[t];
}

enum tactic
scenario_tactic(const char *name)
{
	unsigned i = 0;

	while (i < TACTIC_COUNT && strcmp(scenario_tactic_name((enum tactic)i), name) != 0)
		i++;
	return (enum tactic)i;
}

enum claque_rc
scenario_generate(const struct scenario_settings *s, const char *dir,
		  const struct claque_progress *p, struct scenario_counts *out,
		  struct claque_err *err)
{
	struct arena whole;
	struct job j = { .dir = dir, .progress = p };
	enum claque_rc rc = check_settings(s, err);

	*out = (struct scenario_counts){ 0 };
	if (rc != CLAQUE_OK)
		return rc;
	j.perm = whole = arena_new(ROOM);
	map_init(&j.hosts);
	rc = prepare_dir(&j, err);
	if (rc == CLAQUE_OK) {
		cast_init(&j.cast, s);
		shuffle_order(&j);
		j.counts.planted = j.cast.settings->planted;
		j.counts.twins = j.cast.settings->twins;
		j.counts.networks = j.cast.world.network_count;
		j.counts.renamed = j.cast.renamed;
		for (size_t i = 0; i < sizeof(names) / sizeof(*names) && rc == CLAQUE_OK; i++)
			rc = write_file(&j, i, err);
		cast_done(&j.cast);
		free(j.order);
	}
	map_done(&j.hosts);
	arena_free(whole);
	if (rc == CLAQUE_OK)
		*out = j.counts;
	return rc;
}
