#include "config.h"

#include "app/score_basis.h"

#include <stdio.h>
#include <string.h>

#include "store/annotation.h"
#include "store/digest.h"
#include "store/result.h"
#include "store/scan.h"
#include "text/json.h"

/* Tables whose rows are scored (app/dataset.c), and snapshots, which accounts come from. */
static const char *const tables[] = {
	"post", "account", "profile_snapshot", "share", "source", "profile_change",
};

static bool
is_scored(const char *table)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++)
		if (strcmp(table, tables[i]) == 0)
			return true;
	return false;
}

static enum claque_rc
add_tables(struct sha256 *h, struct store *store, struct claque_err *err)
{
	char root[DIGEST_ROOT_HEX + 1];
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; rc == CLAQUE_OK && i < digest_tables(); i++) {
		if (!is_scored(digest_table(i)))
			continue;
		rc = digest_root(store, i, root, err);
		if (rc == CLAQUE_OK)
			sha256_add(h, str_of(root));
	}
	return rc;
}

static bool
add_cleared(void *ctx, enum subject_kind kind, int64_t id)
{
	char line[48];

	(void)snprintf(line, sizeof(line), "\n%d %lld", (int)kind, (long long)id);
	sha256_add(ctx, str_of(line));
	return true;
}

enum claque_rc
score_basis_now(struct store *store, struct claque_str settings, struct score_basis *out,
		struct claque_err *err)
{
	struct sha256 h;
	bool whole;
	enum claque_rc rc = digest_is_whole(store, &whole, err);

	*out = (struct score_basis){ 0 };
	if (rc != CLAQUE_OK || !whole)
		return rc;
	sha256_start(&h);
	sha256_add(&h, STR(PACKAGE_VERSION "\n"));
	sha256_add(&h, settings);
	rc = add_tables(&h, store, err);
	if (rc == CLAQUE_OK)
		rc = scan_cleared(store, add_cleared, &h, err);
	if (rc == CLAQUE_OK)
		sha256_end(&h, out->sha256);
	return rc;
}

static bool
take_entry(void *ctx, const struct ledger_entry *e)
{
	struct score_basis *last = ctx;
	json_t *payload;
	struct claque_str sha256;

	if (!str_eq(e->action, STR("score")))
		return true;
	payload = json_parse(e->payload);
	sha256 = json_string_of(json_object_get(payload, "rests_on"));
	*last = (struct score_basis){ .run = json_integer_value(json_object_get(payload, "run")) };
	if (sha256.len == SHA256_HEX)
		memcpy(last->sha256, sha256.p, SHA256_HEX);
	json_decref(payload);
	return true;
}

enum claque_rc
score_basis_last(struct store *store, struct score_basis *out, struct claque_err *err)
{
	int64_t last = 0;
	enum claque_rc rc;

	*out = (struct score_basis){ 0 };
	rc = ledger_walk(store, take_entry, out, err);
	if (rc == CLAQUE_OK)
		rc = result_last(store, &last, err);
	if (last != out->run)
		*out = (struct score_basis){ .run = last };
	return rc;
}
