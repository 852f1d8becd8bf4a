#include "config.h"

#include "engine/peer.h"

#include <math.h>
#include <string.h>

#include "base/array.h"
#include "base/err.h"
#include "base/str.h"

#include "engine/sort.h"

struct named {
	struct claque_str name;
	uint32_t account;
};

static int
act_cmp(const void *pa, const void *pb)
{
	const struct peer_act *a = pa, *b = pb;

	if (a->object != b->object)
		return a->object < b->object ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->pos > b->pos) - (a->pos < b->pos);
}

static int
named_cmp(const void *pa, const void *pb)
{
	const struct named *a = pa, *b = pb;
	int d = str_cmp(a->name, b->name);

	return d != 0 ? d : (a->account > b->account) - (a->account < b->account);
}

/* The accounts that have rows, each once, with their names. */
static struct named *
collect_names(const struct claque_peer_row *rows, size_t count,
	      const struct claque_peer_names *names, bool *seen, size_t *out_count)
{
	struct named *list = NULL;
	size_t n = 0, cap = 0;

	for (size_t i = 0; i < count; i++) {
		uint32_t account = rows[i].account;

		if (seen[account])
			continue;
		seen[account] = true;
		ARRAY_GROW(list, cap, n + 1);
		list[n++] = (struct named){ names->account(names->ctx, account), account };
	}
	*out_count = n;
	return list;
}

bool
peer_sort_acts(struct peer_act *acts, size_t count, struct ticker *t)
{
	static const struct sort_kind by_time = { sizeof(*acts), act_cmp };

	return sort_items(&by_time, acts, count, t);
}

size_t
peer_accounts(const struct claque_peer_row *rows, size_t count)
{
	size_t most = 0;

	for (size_t i = 0; i < count; i++)
		if ((size_t)rows[i].account + 1 > most)
			most = (size_t)rows[i].account + 1;
	return most;
}

bool
peer_rank_names(const struct claque_peer_row *rows, size_t count,
		const struct claque_peer_names *names, struct ticker *t, struct peer_ranks *out)
{
	static const struct sort_kind by_name = { sizeof(struct named), named_cmp };
	size_t accounts = peer_accounts(rows, count), n = 0, cap = 0;
	struct named *list;
	bool *seen = NULL, go_on;

	*out = (struct peer_ranks){ 0 };
	if (accounts == 0)
		return true;
	ARRAY_GROW(seen, cap, accounts);
	memset(seen, 0, accounts * sizeof(*seen));
	list = collect_names(rows, count, names, seen, &n);
	array_free(seen);
	go_on = sort_items(&by_name, list, n, t);
	if (go_on) {
		cap = 0;
		ARRAY_GROW(out->ranks, cap, accounts);
		cap = 0;
		ARRAY_GROW(out->by_rank, cap, n);
		out->rank_count = n;
		for (size_t i = 0; i < n; i++) {
			out->ranks[list[i].account] = (uint32_t)i;
			out->by_rank[i] = list[i].account;
		}
	}
	array_free(list);
	return go_on;
}

void
peer_ranks_done(struct peer_ranks *r)
{
	array_free(r->ranks);
	array_free(r->by_rank);
	*r = (struct peer_ranks){ 0 };
}

double
peer_quantile(const uint32_t *sorted, size_t count, double p)
{
	double index = (double)(count - 1) * p, low = floor(index), rest = index - low;
	size_t i = (size_t)low;

	if (rest <= 0 || sorted[i] == sorted[i + 1])
		return sorted[i];
	return (1 - rest) * sorted[i] + rest * sorted[i + 1];
}

enum claque_rc
peer_check(size_t count, int64_t window_s, struct claque_err *err)
{
	if (window_s < 0)
		return err_set(err, CLAQUE_EUSAGE, "window %lld s: it must not be negative",
			       (long long)window_s);
	if (count >= UINT32_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%zu rows: at most %u can be compared; "
			       "narrow the lens to a shorter period", count, UINT32_MAX - 1);
	return CLAQUE_OK;
}
