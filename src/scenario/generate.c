/*
 * Files are written one after the other, each from the first row to the last; the truth
 * behind the tables, for which host is worth a line in it only the posts tell.
 */
#include "config.h"

#include "scenario/generate.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/file.h"
#include "base/sha256.h"
#include "base/tidy.h"

#include "scenario/outfile.h"
#include "scenario/readme.h"
#include "scenario/tables.h"
#include "scenario/truth.h"

#define DIGESTS "inputs.sha256"

enum { TICK_ROWS = 2048, ROOM = 1 << 20, PIECE = 1 << 16 };

struct scenario_world {
	struct cast cast;
	struct scenario_counts counts;
	uint32_t *order;	/* accounts as they are listed */
	struct map hosts;	/* that posts link, in a graded world */
	struct tables tables;
	struct outfile piece;	/* of the table that is read; taken: so much of it was */
	size_t taken;
	struct scenario_digest digests[SCENARIO_TABLES];
	struct arena whole, perm;
};

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

/* --- the tables */

const char *
scenario_table_name(enum scenario_table t)
{
	static const char *const names[] = { [SCENARIO_POSTS] = "posts.csv",
					     [SCENARIO_ACCOUNTS] = "accounts.csv",
					     [SCENARIO_CHANGES] = "profile_changes.csv" };

	return names[t];
}

/* Once a table was read to its end. */
static void
count_rows(struct scenario_world *w)
{
	uint64_t *const counts[] = { [SCENARIO_POSTS] = &w->counts.posts,
				     [SCENARIO_ACCOUNTS] = &w->counts.accounts,
				     [SCENARIO_CHANGES] = &w->counts.changes };

	*counts[w->tables.table] = w->tables.done;
}

static bool
tick(const struct scenario_world *w, const struct claque_progress *p)
{
	static const char *const stages[] = { [SCENARIO_POSTS] = "posts",
					      [SCENARIO_ACCOUNTS] = "accounts",
					      [SCENARIO_CHANGES] = "changes" };
	const struct tables *t = &w->tables;
	const uint64_t totals[] = { [SCENARIO_POSTS] = w->cast.settings->posts,
				    [SCENARIO_ACCOUNTS] = w->cast.actor_count,
				    [SCENARIO_CHANGES] = t->change_count };

	return p->tick == NULL || p->tick(p->ctx, stages[t->table], t->done, totals[t->table]);
}

void
scenario_start(struct scenario_world *w, enum scenario_table t)
{
	buf_clear(&w->piece.bytes);
	w->taken = 0;
	tables_start(&w->tables, t, &w->piece);
}

size_t
scenario_read(struct scenario_world *w, char *room, size_t size)
{
	struct buf *bytes = &w->piece.bytes;
	size_t n;

	if (w->taken == bytes->len) {
		buf_clear(bytes);
		w->taken = 0;
	}
	while (bytes->len < PIECE && tables_row(&w->tables, &w->piece, w->perm))
		;
	if (bytes->len == 0) {
		count_rows(w);
		return 0;
	}
	n = size < bytes->len - w->taken ? size : bytes->len - w->taken;
	memcpy(room, bytes->p + w->taken, n);
	w->taken += n;
	return n;
}

enum claque_rc
scenario_digest(struct scenario_world *w, enum scenario_table t, const struct claque_progress *p,
		const struct scenario_digest **out)
{
	struct scenario_digest *d = &w->digests[t];
	enum claque_rc rc = CLAQUE_OK;
	struct sha256 h;
	char room[PIECE / 4];
	size_t n;

	*out = d;
	d->bytes = 0;
	sha256_start(&h);
	scenario_start(w, t);
	while (rc == CLAQUE_OK && (n = scenario_read(w, room, sizeof(room))) > 0) {
		sha256_add(&h, (struct claque_str){ room, n });
		d->bytes += n;
		rc = tick(w, p) ? CLAQUE_OK : CLAQUE_STOPPED;
	}
	sha256_end(&h, d->sha256);
	return rc;
}

static enum claque_rc
write_table(struct scenario_world *w, const char *dir, enum scenario_table t,
	    const struct claque_progress *p, struct claque_err *err)
{
	struct arena perm = w->perm;
	struct outfile o;
	enum claque_rc rc = outfile_open(&o, &perm, dir, scenario_table_name(t), err);

	if (rc == CLAQUE_OK)
		tables_start(&w->tables, t, &o);
	while (rc == CLAQUE_OK && tables_row(&w->tables, &o, perm))
		if (w->tables.done % TICK_ROWS == 0 && !tick(w, p))
			rc = CLAQUE_STOPPED;
	if (rc == CLAQUE_OK) {
		count_rows(w);
		rc = outfile_commit(&o, err);
	}
	outfile_drop(&o);
	return rc;
}

/* --- the truth, in the order of the accounts, which says nothing */

#define TRUTH_WRITER(name) \
	static void \
	write_##name(const struct scenario_world *w, struct outfile *o, struct arena scratch) \
	{ \
		truth_##name(&w->cast, w->order, o, scratch); \
	}

TRUTH_WRITER(accounts)
TRUTH_WRITER(twins)
TRUTH_WRITER(changes)
TRUTH_WRITER(returns)

static void
write_domains(const struct scenario_world *w, struct outfile *o, struct arena scratch)
{
	truth_domains(&w->cast, &w->hosts, o, scratch);
}

static void
write_readme(const struct scenario_world *w, struct outfile *o, struct arena scratch)
{
	readme_write(&w->cast, &w->counts, o, scratch);
}

/* As sha256sum(1) reads them: of tables that went elsewhere than into files. */
static struct claque_str
digests_text(const struct scenario_world *w, struct arena *perm)
{
	struct claque_str all = STR("");

	for (unsigned t = 0; t < SCENARIO_TABLES; t++)
		all = str_fmt(perm, STR_FMT "%s  %s\n", STR_ARG(all), w->digests[t].sha256,
			      scenario_table_name((enum scenario_table)t));
	return all;
}

static void
write_digests(const struct scenario_world *w, struct outfile *o, struct arena scratch)
{
	outfile_text(o, digests_text(w, &scratch));
}

/* Only worlds where somebody comes back have a table of it. */
static bool
has_returned(const struct scenario_world *w)
{
	for (size_t i = 0; i < w->cast.world.network_count; i++)
		if (w->cast.world.networks[i].returned > 0)
			return true;
	return false;
}

static bool
has_digests(const struct scenario_world *w)
{
	return w->digests[0].bytes > 0;
}

struct beside {
	const char *name;
	void (*write)(const struct scenario_world *w, struct outfile *o, struct arena scratch);
	bool (*wanted)(const struct scenario_world *w);	/* NULL: always */
};

static const struct beside besides[] = {
	{ "truth.csv", write_accounts, NULL },
	{ "truth_twins.csv", write_twins, NULL },
	{ "truth_changes.csv", write_changes, NULL },
	{ "truth_domains.csv", write_domains, NULL },
	{ "truth_returns.csv", write_returns, has_returned },
	{ DIGESTS, write_digests, has_digests },
	{ "README.txt", write_readme, NULL },
};

enum { BESIDES = sizeof(besides) / sizeof(*besides) };

static enum claque_rc
write_beside(struct scenario_world *w, const char *dir, const struct beside *beside,
	     struct claque_err *err)
{
	struct arena perm = w->perm;
	struct outfile o;
	enum claque_rc rc;

	if (beside->wanted != NULL && !beside->wanted(w))
		return CLAQUE_OK;
	rc = outfile_open(&o, &perm, dir, beside->name, err);
	if (rc == CLAQUE_OK) {
		beside->write(w, &o, perm);
		rc = outfile_commit(&o, err);
	}
	outfile_drop(&o);
	return rc;
}

/* --- a folder */

static enum claque_rc
check_absent(const char *dir, const char *name, struct arena scratch, struct claque_err *err)
{
	if (access(str_fmt(&scratch, "%s/%s", dir, name).p, F_OK) != 0)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EINPUT, "%s holds %s already; choose an empty directory", dir,
		       name);
}

/* The directory exists afterwards and holds none of the files. */
static enum claque_rc
prepare_dir(const struct scenario_world *w, const char *dir, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	if (mkdir(dir, 0700) != 0 && errno != EEXIST)
		return err_set(err, CLAQUE_EIO, "%s: cannot be created: %s", dir, strerror(errno));
	for (unsigned t = 0; t < SCENARIO_TABLES && rc == CLAQUE_OK; t++)
		rc = check_absent(dir, scenario_table_name((enum scenario_table)t), w->perm, err);
	for (size_t i = 0; i < BESIDES && rc == CLAQUE_OK; i++)
		rc = check_absent(dir, besides[i].name, w->perm, err);
	return rc;
}

enum claque_rc
scenario_write_truth(struct scenario_world *w, const char *dir, struct claque_err *err)
{
	enum claque_rc rc = prepare_dir(w, dir, err);

	for (size_t i = 0; i < BESIDES && rc == CLAQUE_OK; i++)
		rc = write_beside(w, dir, &besides[i], err);
	return rc;
}

bool
scenario_wrote(const struct scenario_world *w, const char *dir)
{
	struct arena scratch = w->perm;
	struct claque_str expected = digests_text(w, &scratch);
	const char *path = str_fmt(&scratch, "%s/" DIGESTS, dir).p;
	struct claque_err err;
	struct buf found;
	bool same;

	buf_init(&found, 2 * expected.len);
	same = file_read(path, &found, &err) == CLAQUE_OK && str_eq(buf_str(&found), expected);
	buf_done(&found);
	return same;
}

static void
remove_file(const char *dir, const char *name)
{
	char path[PATH_MAX];

	(void)snprintf(path, sizeof(path), "%s/.%s.part", dir, name);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	(void)unlink(path);
}

/* One that is not whole would only be in the way of the next; none of it was there before. */
static void
remove_world(void *dir)
{
	for (unsigned t = 0; t < SCENARIO_TABLES; t++)
		remove_file(dir, scenario_table_name((enum scenario_table)t));
	for (size_t i = 0; i < BESIDES; i++)
		remove_file(dir, besides[i].name);
}

static enum claque_rc
write_all(struct scenario_world *w, const char *dir, const struct claque_progress *p,
	  struct claque_err *err)
{
	char *folder = (char *)(uintptr_t)dir;	/* only read */
	struct tidy tidy = {
		.path = str_fmt(&w->perm, "%s/%s", dir,
				scenario_table_name((enum scenario_table)0)).p,
		.run = remove_world, .ctx = folder,
	};
	enum claque_rc rc = prepare_dir(w, dir, err);

	if (rc != CLAQUE_OK)
		return rc;
	tidy_keep(&tidy);
	for (unsigned t = 0; t < SCENARIO_TABLES && rc == CLAQUE_OK; t++)
		rc = write_table(w, dir, (enum scenario_table)t, p, err);
	for (size_t i = 0; i < BESIDES && rc == CLAQUE_OK; i++)
		rc = write_beside(w, dir, &besides[i], err);
	tidy_drop(&tidy);
	if (rc == CLAQUE_OK)
		return rc;
	remove_world(folder);
	return access(tidy.path, F_OK) != 0 ? rc :
	       err_wrap(err, "%s is left behind, remove it", tidy.path);
}

/* --- a world */

/* Fisher and Yates. */
static void
shuffle_order(struct scenario_world *w)
{
	struct rng r = rng_seeded(hash_mix(w->cast.settings->seed, 3));
	size_t n = w->cast.actor_count, cap = 0;

	GROW(w->order, cap, n);
	for (uint32_t i = 0; i < n; i++) {
		uint64_t k = rng_below(&r, i + 1u);

		w->order[i] = w->order[k];
		w->order[k] = i;
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
scenario_open(const struct scenario_settings *s, struct scenario_world **out,
	      struct claque_err *err)
{
	enum claque_rc rc = check_settings(s, err);
	struct scenario_world *w = NULL;
	size_t cap = 0;

	*out = NULL;
	if (rc != CLAQUE_OK)
		return rc;
	GROW(w, cap, 1);
	*w = (struct scenario_world){ .whole = arena_new(ROOM) };
	w->perm = w->whole;
	map_init(&w->hosts);
	outfile_memory(&w->piece);
	cast_init(&w->cast, s);
	shuffle_order(w);
	w->tables = (struct tables){ .cast = &w->cast, .order = w->order, .hosts = &w->hosts };
	w->counts = (struct scenario_counts){
		.planted = w->cast.settings->planted, .twins = w->cast.settings->twins,
		.networks = w->cast.world.network_count, .renamed = w->cast.renamed };
	*out = w;
	return CLAQUE_OK;
}

void
scenario_close(struct scenario_world *w)
{
	if (w == NULL)
		return;
	tables_end(&w->tables);
	outfile_drop(&w->piece);
	cast_done(&w->cast);
	map_done(&w->hosts);
	free(w->order);
	arena_free(w->whole);
	free(w);
}

struct scenario_counts
scenario_counts(const struct scenario_world *w)
{
	return w->counts;
}

enum claque_rc
scenario_generate(const struct scenario_settings *s, const char *dir,
		  const struct claque_progress *p, struct scenario_counts *out,
		  struct claque_err *err)
{
	struct scenario_world *w;
	enum claque_rc rc = scenario_open(s, &w, err);

	*out = (struct scenario_counts){ 0 };
	if (rc == CLAQUE_OK)
		rc = write_all(w, dir, p, err);
	if (rc == CLAQUE_OK)
		*out = w->counts;
	scenario_close(w);
	return rc;
}
