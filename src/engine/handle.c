/*
 * handle.c - accounts whose handle passes for one of a list of others. A handle is
 * taken as a host name is, but for the suffix, and chance is what it is there: how
 * likely the accounts of this file have such a name, by which letters follow which.
 */
#include "config.h"

#include "claque/domain.h"

#include <math.h>

#include "base/array.h"
#include "base/err.h"
#include "engine/close.h"
#include "engine/dataset.h"
#include "engine/tick.h"

enum { LEARNT_MAX = 20000, TARGETS_MAX = 100000, NAME_BYTES = 64, MISSING_MAX = 2 };

/* A handle as a name, with room for its bytes. */
struct name {
	struct host host;
	char bytes[NAME_BYTES];
};

struct hunt {
	const struct claque_dataset *ds;
	const struct claque_str *given;
	struct name *targets;
	size_t target_count;
	struct spelling *spelling;
	double most;
};

struct claque_handle_alike_settings
claque_handle_alike_defaults(void)
{
	return (struct claque_handle_alike_settings){ .max_expected = 0.1 };
}

/* In lower case, and what stands between words is a hyphen. False: nothing to compare. */
static bool
read_name(struct claque_str handle, struct name *out)
{
	if (handle.len > 0 && handle.p[0] == '@')
		handle = str_sub(handle, 1, handle.len);
	if (handle.len == 0 || handle.len > NAME_BYTES)
		return false;
	for (size_t i = 0; i < handle.len; i++) {
		char c = byte_lower(handle.p[i]);

		out->bytes[i] = c == '_' || c == '.' ? '-' : c;
	}
	return host_of_name((struct claque_str){ out->bytes, handle.len }, &out->host);
}

/* From every n-th account: letters settle long before a million names. Only they are read. */
static void
learn(struct hunt *h)
{
	uint32_t accounts = h->ds->account_names.count, step = accounts / LEARNT_MAX + 1;
	struct sites names = { .count = 0 };

	names.items = ARRAY_NEW(struct site, accounts / step + 1);
	for (uint32_t a = 0; a < accounts; a += step) {
		struct name name;

		if (read_name(dataset_handle(h->ds, a), &name))
			names.items[names.count++].host = name.host;
	}
	h->spelling = ARRAY_NEW(struct spelling, 1);
	spelling_learn(h->spelling, &names, NULL);
	array_free(names.items);
}

static void
read_targets(struct hunt *h, size_t count)
{
	h->targets = ARRAY_NEW(struct name, count);
	h->target_count = count;
	for (size_t i = 0; i < count; i++)
		if (!read_name(h->given[i], &h->targets[i]))
			h->targets[i].host.text.len = 0;
}

/* The target that chance explains least. False: none, or the handle is itself on the list. */
static bool
find_target(const struct hunt *h, const struct name *name, struct claque_handle_alike *out)
{
	double accounts = (double)h->ds->account_names.count;
	bool found = false;

	out->expected = h->most;
	for (size_t i = 0; i < h->target_count; i++) {
		const struct host *target = &h->targets[i].host;
		struct close close;
		double expected;

		if (target->text.len == 0 || __builtin_popcountll(target->letters &
								  ~name->host.letters) > MISSING_MAX)
			continue;
		if (str_eq(name->host.text, target->text))
			return false;
		if (!close_names(&name->host, target, &close))
			continue;
		expected = exp(close_chance(h->spelling, target, close)) * accounts;
		if (expected > out->expected)
			continue;
		found = true;
		out->expected = expected;
		out->close = close.how;
		out->target = h->given[i];
	}
	return found;
}

static int
compare_alikes(const void *pa, const void *pb)
{
	const struct claque_handle_alike *a = pa, *b = pb;

	if (a->expected != b->expected)
		return a->expected < b->expected ? -1 : 1;
	return str_cmp(a->handle, b->handle);
}

static enum claque_rc
hunt_all(const struct hunt *h, const struct claque_progress *progress,
	 struct claque_handle_alikes *out)
{
	struct ticker t = { .progress = progress, .stage = "comparing handles",
			    .total = h->ds->account_names.count };
	size_t cap = 0;

	for (uint32_t a = 0; a < h->ds->account_names.count; a++) {
		struct claque_handle_alike alike = { .account = a,
						     .handle = dataset_handle(h->ds, a) };
		struct name name;

		if (!tick(&t, 1, h->target_count))
			return CLAQUE_STOPPED;
		if (!read_name(alike.handle, &name) || !find_target(h, &name, &alike))
			continue;
		ARRAY_GROW(out->items, cap, out->count + 1);
		out->items[out->count++] = alike;
	}
	if (out->count > 1)
		array_sort(out->items, out->count, sizeof(*out->items), compare_alikes);
	return CLAQUE_OK;
}

enum claque_rc
claque_handle_alikes_find(const struct claque_dataset *ds,
			  const struct claque_handle_alike_settings *settings,
			  const struct claque_progress *progress,
			  struct claque_handle_alikes *out, struct claque_err *err)
{
	struct hunt h = { .ds = ds, .given = settings->targets, .most = settings->max_expected };
	enum claque_rc rc;

	*out = (struct claque_handle_alikes){ 0 };
	if (!ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is not sealed yet");
	if (!(settings->max_expected >= 0))
		return err_set(err, CLAQUE_EUSAGE, "at most %g by chance; give 0 or more",
			       settings->max_expected);
	if (settings->target_count > TARGETS_MAX)
		return err_set(err, CLAQUE_EUSAGE, "at most %d targets", TARGETS_MAX);
	read_targets(&h, settings->target_count);
	learn(&h);
	rc = hunt_all(&h, progress, out);
	array_free(h.targets);
	array_free(h.spelling);
	return rc;
}

void
claque_handle_alikes_done(struct claque_handle_alikes *found)
{
	array_free(found->items);
	*found = (struct claque_handle_alikes){ 0 };
}
