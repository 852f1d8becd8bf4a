/* dataset.c - flat scans of the case into a claque_dataset. */
#include "config.h"

#include "app/dataset.h"

#include <stdlib.h>

#include "app/row_numbers.h"
#include "base/err.h"
#include "store/scan.h"

enum { TICK_EVERY = 1 << 16 };

struct load {
	struct dataset *out;
	struct row_numbers accounts, objects;
	size_t account_cap, share_cap;
	const struct claque_progress *progress;
	const char *stage;
	uint64_t done;
	enum claque_rc rc;
	struct claque_err *err;
};

/* After each row: keep the rc, tick now and then; false stops the scan. */
static bool
go_on(struct load *load, enum claque_rc rc)
{
	load->rc = rc;
	if (rc == CLAQUE_OK && ++load->done % TICK_EVERY == 0 && load->progress->tick != NULL &&
	    !load->progress->tick(load->progress->ctx, load->stage, load->done, 0))
		load->rc = CLAQUE_STOPPED;
	return load->rc == CLAQUE_OK;
}

static bool
take_account(void *ctx, const struct scan_account *row)
{
	struct load *load = ctx;
	struct dataset *d = load->out;
	uint32_t number;
	enum claque_rc rc = claque_dataset_add_account(d->columns, &row->account, &number, load->err);

	if (rc == CLAQUE_OK) {
		row_numbers_set(&load->accounts, row->id, number);
		GROW(d->account_ids, load->account_cap, d->account_count + 1);
		d->account_ids[d->account_count++] = row->id;
	}
	return go_on(load, rc);
}

static bool
take_source(void *ctx, const struct scan_source *row)
{
	struct load *load = ctx;
	uint32_t number;
	enum claque_rc rc = claque_dataset_add_object(load->out->columns, row->kind, row->key,
						      &number, load->err);

	if (rc == CLAQUE_OK)
		row_numbers_set(&load->objects, row->id, number);
	return go_on(load, rc);
}

static bool
take_share(void *ctx, const struct scan_share *row)
{
	struct load *load = ctx;
	struct dataset *d = load->out;
	struct claque_share share = {
		.at = row->at,
		.account = row_numbers_get(&load->accounts, row->account_id),
		.object = row_numbers_get(&load->objects, row->source_id),
		.row = (uint32_t)d->share_count,
		.act = (uint8_t)row->act,
	};
	enum claque_rc rc;

	if (d->share_count >= UINT32_MAX)
		return go_on(load, err_set(load->err, CLAQUE_ELIMIT,
					   "more than 4,294,967,295 shares in one case"));
	rc = claque_dataset_add_share(d->columns, &share, load->err);
	GROW(d->share_ids, load->share_cap, d->share_count + 1);
	d->share_ids[d->share_count++] = row->id;
	return go_on(load, rc);
}

static bool
take_change(void *ctx, const struct scan_change *row)
{
	struct load *load = ctx;
	struct claque_change change = {
		.at = row->at,
		.account = row_numbers_get(&load->accounts, row->account_id),
		.field = field_parse(row->field),
	};

	return go_on(load, claque_dataset_add_change(load->out->columns, &change, load->err));
}

/* The scan's own failure comes first; else what the callback kept. */
static enum claque_rc
outcome(const struct load *load, enum claque_rc scan)
{
	return scan == CLAQUE_OK || scan == CLAQUE_STOPPED ? load->rc : scan;
}

static enum claque_rc
scan_all(struct load *load, struct store *s)
{
	enum claque_rc rc;

	load->stage = "loading accounts";
	rc = outcome(load, scan_accounts(s, take_account, load, load->err));
	if (rc != CLAQUE_OK)
		return rc;
	load->stage = "loading sources";
	rc = outcome(load, scan_sources(s, take_source, load, load->err));
	if (rc != CLAQUE_OK)
		return rc;
	load->stage = "loading shares";
	rc = outcome(load, scan_shares(s, take_share, load, load->err));
	if (rc != CLAQUE_OK)
		return rc;
	load->stage = "loading profile changes";
	return outcome(load, scan_changes(s, take_change, load, load->err));
}

enum claque_rc
dataset_load(struct store *store, struct dataset *out, const struct claque_progress *progress,
	     struct claque_err *err)
{
	struct load load = { .out = out, .progress = progress, .rc = CLAQUE_OK, .err = err };
	enum claque_rc rc;

	*out = (struct dataset){ 0 };
	rc = claque_dataset_new(&out->columns, err);
	if (rc == CLAQUE_OK)
		rc = scan_all(&load, store);
	if (rc == CLAQUE_OK && out->share_count == 0)
		rc = err_set(err, CLAQUE_EINPUT, "%s: no shares to score; import posts that reshare "
			     "or link something first", store_path(store));
	if (rc == CLAQUE_OK)
		rc = claque_dataset_seal(out->columns, progress, err);
	row_numbers_done(&load.accounts);
	row_numbers_done(&load.objects);
	if (rc != CLAQUE_OK)
		dataset_done(out);
	return rc;
}

void
dataset_done(struct dataset *d)
{
	claque_dataset_free(d->columns);
	free(d->account_ids);
	free(d->share_ids);
	*d = (struct dataset){ 0 };
}
