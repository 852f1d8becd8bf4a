/*
 * signal_audience.c - an audience smaller than that of others with as many
 * followers (S13). Meta wrote of its takedowns of 2023 again and again that
 * the accounts "struggled to build an audience".
 *
 * Every own post is ranked among the posts of accounts of the same platform
 * and about the same number of followers, answers among answers, by likes,
 * shares and replies together; an account counts once, however much it posts.
 * Its mean rank, 0 in the middle, is the value: ranks are bounded, so one hit
 * does not make an audience, and a mean does not jump where most posts have
 * none at all, as a median does. Few posts pull it to 0.
 *
 * Replies from accounts that share the account's sources are taken off first,
 * for everybody: friends who answer each other are no audience, but nor does it
 * make them worse than others whose friends do not.
 */
#include "config.h"

#include "engine/signal.h"

#include "base/array.h"
#include "engine/partners.h"
#include "engine/sort.h"
#include "engine/tick.h"

enum {
	BINS_MOST = 10,		/* of accounts with like numbers of followers, on one platform */
	BIN_ACCOUNTS = 40,	/* at least, if there are so many */
	PEERS_MIN = 20,
	SHARERS_MOST = 250,
};

#define NO_BIN UINT32_MAX

/* One post with what it got; kind: answers are ranked apart. */
struct entry {
	uint32_t peers;		/* bin, and whether it is an answer */
	uint32_t rank;		/* of its account */
	int64_t got;
	double weight;		/* one account's together: 1 */
};

struct audience {
	const struct claque_dataset *ds;
	uint32_t *bin;		/* by account; NO_BIN without a post that tells */
	uint32_t bins;
	uint32_t *inside;	/* by post: replies from partners; NULL if they are not known */
	struct entry *entries;
	size_t count;
};

static bool
is_own(const struct post *p)
{
	return p->kind != CLAQUE_IS_reshare &&
	       (p->likes >= 0 || p->shares >= 0 || p->replies >= 0);
}

static bool
is_answer(const struct post *p)
{
	return p->kind == CLAQUE_IS_reply;
}

/* Someone with measured posts, where they belong. */
struct peer_of {
	uint32_t platform, account;
	int64_t followers;
};

static int
compare_peers(const void *pa, const void *pb)
{
	const struct peer_of *a = pa, *b = pb;

	if (a->platform != b->platform)
		return a->platform < b->platform ? -1 : 1;
	if (a->followers != b->followers)
		return a->followers < b->followers ? -1 : 1;
	return (a->account > b->account) - (a->account < b->account);
}

static size_t
list_peers(const struct claque_dataset *ds, struct peer_of *peers)
{
	size_t n = 0;

	for (uint32_t a = 0; a < ds->account_names.count; a++)
		for (uint64_t i = ds->post_from[a]; i < ds->post_from[a + 1]; i++)
			if (is_own(&ds->posts[i])) {
				peers[n++] = (struct peer_of){ ds->accounts[a].platform, a,
							       ds->accounts[a].followers };
				break;
			}
	if (n > 1)
		array_sort(peers, n, sizeof(*peers), compare_peers);
	return n;
}

/* Peers of one platform, those without a known number of followers apart, into bins. */
static void
bin_run(struct audience *au, const struct peer_of *peers, size_t count)
{
	size_t bins = count / BIN_ACCOUNTS, first = 0;

	bins = bins < 1 ? 1 : bins > BINS_MOST ? BINS_MOST : bins;
	for (size_t i = 0; i < count; i++) {
		if (peers[i].followers != peers[first].followers)
			first = i;
		au->bin[peers[i].account] = au->bins + (uint32_t)(first * bins / count);
	}
	au->bins += (uint32_t)bins;
}

static void
make_bins(struct audience *au)
{
	uint32_t accounts = au->ds->account_names.count;
	struct peer_of *peers = ARRAY_NEW(struct peer_of, accounts);
	size_t count = list_peers(au->ds, peers), from = 0;

	au->bin = ARRAY_NEW(uint32_t, accounts);
	for (uint32_t a = 0; a < accounts; a++)
		au->bin[a] = NO_BIN;
	for (size_t i = 1; i <= count; i++)
		if (i == count || peers[i].platform != peers[from].platform ||
		    (peers[i].followers < 0) != (peers[from].followers < 0)) {
			bin_run(au, peers + from, i - from);
			from = i;
		}
	array_free(peers);
}

/* A reply to a post of the file. */
struct reply_to {
	uint32_t author, replier;	/* ranks */
	uint32_t post;			/* the one replied to */
};

static int
compare_replies(const void *pa, const void *pb)
{
	const struct reply_to *a = pa, *b = pb;

	if (a->author != b->author)
		return a->author < b->author ? -1 : 1;
	if (a->post != b->post)
		return a->post < b->post ? -1 : 1;
	return (a->replier > b->replier) - (a->replier < b->replier);
}

static struct reply_to *
list_replies(const struct claque_dataset *ds, size_t *count)
{
	struct reply_to *replies = NULL;
	size_t cap = 0, n = 0;

	for (size_t i = 0; i < ds->post_count; i++) {
		const struct post *p = &ds->posts[i];
		uint32_t to = p->parent == CLAQUE_NO_OBJECT ? NO_POST : ds->object_post[p->parent];

		if (!is_answer(p) || to == NO_POST || ds->posts[to].account == p->account)
			continue;
		ARRAY_GROW(replies, cap, n + 1);
		replies[n++] = (struct reply_to){ ds->rank[ds->posts[to].account],
						  ds->rank[p->account], to };
	}
	if (n > 1)
		array_sort(replies, n, sizeof(*replies), compare_replies);
	*count = n;
	return replies;
}

/* The replies that one author got, and those among them from partners. */
static void
mark_inside(struct audience *au, struct partners *p, const struct reply_to *replies, size_t count,
	    uint64_t *work)
{
	struct partner partners[PARTNERS_MAX];
	uint32_t known = partners_of(p, replies[0].author, partners, work);

	for (size_t i = 0; i < count; i++)
		for (uint32_t j = 0; j < known; j++)
			if (partners[j].account == replies[i].replier) {
				au->inside[replies[i].post]++;
				break;
			}
	*work += count * known;
}

static enum claque_rc
find_inside(struct audience *au, const struct coact *source,
	    const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "reading replies" };
	enum claque_rc rc = CLAQUE_OK;
	struct reply_to *replies = list_replies(au->ds, &t.total);
	struct partners p;

	au->inside = ARRAY_NEW(uint32_t, au->ds->post_count);
	partners_init(&p, source, au->ds->account_names.count, SHARERS_MOST);
	for (size_t from = 0, i = 1; i <= t.total && rc == CLAQUE_OK; i++) {
		uint64_t work = 0;

		if (i < t.total && replies[i].author == replies[from].author)
			continue;
		mark_inside(au, &p, replies + from, i - from, &work);
		if (!tick(&t, i - from, work))
			rc = CLAQUE_STOPPED;
		from = i;
	}
	partners_done(&p);
	array_free(replies);
	return rc;
}

static int64_t
known(int32_t count)
{
	return count > 0 ? count : 0;
}

static int64_t
got(const struct audience *au, uint64_t post)
{
	const struct post *p = &au->ds->posts[post];
	int64_t replies = known(p->replies);

	if (au->inside != NULL)
		replies -= replies < au->inside[post] ? replies : au->inside[post];
	return known(p->likes) + known(p->shares) + replies;
}

static void
list_entries(struct audience *au)
{
	const struct claque_dataset *ds = au->ds;

	au->entries = ARRAY_NEW(struct entry, ds->post_count);
	for (uint32_t a = 0; a < ds->account_names.count; a++) {
		uint64_t own[2] = { 0, 0 };

		for (uint64_t i = ds->post_from[a]; i < ds->post_from[a + 1]; i++)
			own[is_answer(&ds->posts[i])] += is_own(&ds->posts[i]);
		for (uint64_t i = ds->post_from[a]; i < ds->post_from[a + 1]; i++) {
			bool answer = is_answer(&ds->posts[i]);

			if (is_own(&ds->posts[i]))
				au->entries[au->count++] = (struct entry){
					2 * au->bin[a] + answer, ds->rank[a], got(au, i),
					1 / (double)own[answer] };
		}
	}
}

static int
compare_entries(const void *pa, const void *pb)
{
	const struct entry *a = pa, *b = pb;

	if (a->peers != b->peers)
		return a->peers < b->peers ? -1 : 1;
	if (a->got != b->got)
		return a->got < b->got ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

/* Entries of one bin: each gets the middle of its rank among them, -1 to 1, into out. */
static void
rank_run(const struct claque_dataset *ds, const struct entry *e, size_t count,
	 struct claque_trait *out)
{
	double total = 0, below = 0;

	for (size_t i = 0; i < count; i++)
		total += e[i].weight;
	if (total < PEERS_MIN)
		return;
	for (size_t i = 0, to = 0; i < count; i = to) {
		double same = 0;

		while (to < count && e[to].got == e[i].got)
			same += e[to++].weight;
		for (size_t j = i; j < to; j++) {
			struct claque_trait *t = &out[ds->by_rank[e[j].rank]];

			t->value = (t->n == 0 ? 0 : t->value) +
				   2 * (below + same / 2) / total - 1;
			t->n++;
		}
		below += same;
	}
}

/* Sums to means; `firmness` posts of the middle rank are thought to be there already. */
static void
finish(struct claque_trait *out, uint32_t count, double firmness)
{
	for (uint32_t a = 0; a < count; a++)
		if (out[a].n > 0) {
			out[a].value /= out[a].n + firmness;
			out[a].expected = 0;
		}
}

static enum claque_rc
rank_all(struct audience *au, double firmness, const struct claque_progress *progress,
	 struct claque_trait *out)
{
	struct ticker t = { .progress = progress, .stage = "ranking engagement" };
	static const struct sort_kind by_peers = { sizeof(struct entry), compare_entries };

	list_entries(au);
	t.total = au->count;
	if (!sort_items(&by_peers, au->entries, au->count, &t))
		return CLAQUE_STOPPED;
	for (size_t from = 0, i = 1; i <= au->count; i++)
		if (i == au->count || au->entries[i].peers != au->entries[from].peers) {
			rank_run(au->ds, au->entries + from, i - from, out);
			from = i;
		}
	finish(out, au->ds->account_names.count, firmness);
	return CLAQUE_OK;
}

static enum claque_rc
measure(const struct workings *w, const double *params, const struct claque_progress *progress,
	struct claque_trait *out, struct claque_err *err)
{
	struct audience au = { .ds = w->ds };
	enum claque_rc rc = CLAQUE_OK;

	(void)err;
	make_bins(&au);
	if (w->source.count > 0)
		rc = find_inside(&au, &w->source, progress);
	if (rc == CLAQUE_OK)
		rc = rank_all(&au, params[0], progress, out);
	array_free(au.bin);
	array_free(au.inside);
	array_free(au.entries);
	return rc;
}

const struct signal signal_audience = {
	.info = {
		.id = "S13", .name = "hollow-audience",
		.help = "less engagement than others with as many followers get",
		.source = "Meta, Adversarial Threat Reports 2023",
		.unit = "mean rank, -1 to 1", .needs = "likes, shares or replies; followers",
		.cost = "O(posts log posts)",
		.axis = CLAQUE_DECEPTION, .family = CLAQUE_FAMILY_PROFILE,
		.shape = CLAQUE_ACCOUNTS,
		.params = {
			{ "firmness", "posts", "as many pull the rank to the middle", 0, 100, 5 },
		},
		.param_count = 1,
	},
	.needs = WORKING_SOURCE,
	.measure = measure,
	.model = {
		/* Hollow, thin, below the middle, usual, liked. */
		.bins = 5, .cuts = { -0.3, -0.2, -0.1, 0.1 },
		.operation = { 0.25, 0.25, 0.2, 0.2, 0.1 },
		.share = 0.6, .worth = 4, .open_worth = 20,
		.member_cap = 1, .group_cap = 2.995732273553991,
	},
	.says = "get less engagement than others with as many followers",
};
