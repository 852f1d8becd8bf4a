/*
 * pairs.c - the part of a network that a self-join does, too: which accounts shared the
 * same within a window, and how many things. No chance is computed and no pair judged.
 * The shares lie in memory before the clock starts, as the rivals' lie in their tables.
 *
 *   pairs SHARES WINDOW-SECONDS FILE
 *
 * SHARES is a CSV of account, object and milliseconds, all numbers, without a header. Pairs
 * go to stdout as a,b,weight; FILE gets one line as spent.c writes it.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "engine/edge.h"
#include "engine/signal.h"
#include "seconds.h"

static const struct claque_progress quiet;

static void
must(enum claque_rc rc, const struct claque_err *err)
{
	if (rc == CLAQUE_OK)
		return;
	fprintf(stderr, "%s\n", err->msg);
	exit(1);
}

/* Up to the comma, behind which *at is left. */
static struct claque_str
cell(char **at)
{
	struct claque_str s = { *at, strcspn(*at, ",") };

	*at += s.len + ((*at)[s.len] != '\0');
	return s;
}

static void
add_line(struct claque_dataset *ds, char *line, uint32_t row)
{
	struct claque_account account = { .id = cell(&line), .created_at = CLAQUE_NO_TIME,
					  .followers = -1, .verified = -1 };
	struct claque_str object = cell(&line);
	struct claque_share share = { .at = strtoll(line, NULL, 10), .row = row,
				      .act = CLAQUE_ACT_reshare };
	struct claque_err err = { 0 };

	must(claque_dataset_add_account(ds, &account, &share.account, &err), &err);
	must(claque_dataset_add_object(ds, CLAQUE_OBJECT_post, object, &share.object, &err), &err);
	must(claque_dataset_add_share(ds, &share, &err), &err);
}

static struct claque_dataset *
read_shares(const char *path)
{
	struct claque_dataset *ds;
	struct claque_err err = { 0 };
	char line[128];
	uint32_t row = 0;
	FILE *in = fopen(path, "r");

	if (in == NULL) {
		perror(path);
		exit(1);
	}
	must(claque_dataset_new(&ds, &err), &err);
	while (fgets(line, sizeof(line), in) != NULL)
		add_line(ds, line, row++);
	(void)fclose(in);
	must(claque_dataset_seal(ds, &quiet, &err), &err);
	return ds;
}

struct printing {
	const struct kept *kept;
	int64_t window_ms;
};

static void
print_pair(void *ctx, const struct pair_run *run)
{
	const struct printing *p = ctx;
	const struct claque_dataset *ds = p->kept->ds;
	struct claque_str a = claque_dataset_account_id(ds, ds->by_rank[run->a]);
	struct claque_str b = claque_dataset_account_id(ds, ds->by_rank[run->b]);

	printf("%.*s,%.*s,%u\n", (int)a.len, a.p, (int)b.len, b.p,
	       edge_weight(p->kept, run, p->window_ms));
}

static void
count_pairs(const struct claque_dataset *ds, int64_t window_s)
{
	struct claque_network_settings how = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_err err = { 0 };
	struct kept kept;
	struct pairs pairs;
	struct printing printing = { &kept, window_s * 1000 };

	must(signal_keep(&kept, ds, &how, &quiet, &err), &err);
	must(pairs_init(&pairs, &kept, printing.window_ms, PAIR_CEILING, &quiet), &err);
	must(pairs_each(&pairs, &printing, print_pair, &quiet), &err);
	(void)fflush(stdout);
	pairs_done(&pairs);
	kept_done(&kept);
}

int
main(int argc, char **argv)
{
	struct claque_dataset *ds;
	struct rusage used;
	double wall, cpu;
	FILE *out;

	if (argc != 4)
		return 2;
	ds = read_shares(argv[1]);
	wall = seconds_of(CLOCK_MONOTONIC);
	cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
	count_pairs(ds, strtoll(argv[2], NULL, 10));
	wall = seconds_of(CLOCK_MONOTONIC) - wall;
	cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	claque_dataset_free(ds);
	(void)getrusage(RUSAGE_SELF, &used);
	out = fopen(argv[3], "w");
	if (out == NULL)
		return 1;
	(void)fprintf(out, "%.3f %.3f %ld ok\n", wall, cpu, used.ru_maxrss);
	return fclose(out) == 0 ? 0 : 1;
}
