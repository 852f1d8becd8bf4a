/*
 * foreign.c - ledgers of other cases, which came with their bundles.
 *
 * Each is checked as the chain that it is. That nobody altered it since is another
 * question, for whoever alters a chain can make it anew: a digest of all of it stands in
 * the entry of this case's own ledger that tells of its coming.
 */
#include "config.h"

#include "case/foreign.h"

#include <stdio.h>

#include "base/err.h"
#include "base/sha256.h"
#include "text/json.h"

struct chain {
	struct foreign_report *out;
	struct sha256 digest;
	char hash[SHA256_HEX + 1];	/* of the entry before */
	int64_t seq;
};

static void
note_fault(struct chain *c, int64_t seq, const char *what)
{
	if (c->out->fault[0] == '\0')
		(void)snprintf(c->out->fault, sizeof(c->out->fault), "entry %lld %s",
			       (long long)seq, what);
}

static bool
check_entry(void *ctx, const struct ledger_entry *e, bool redacted)
{
	struct chain *c = ctx;
	char hash[SHA256_HEX + 1];

	case_entry_hash(e, hash);
	if (e->seq != c->seq + 1)
		note_fault(c, c->seq + 1, "is missing");
	else if (!str_eq(e->previous, str_of(c->hash)))
		note_fault(c, e->seq, "does not follow the one before");
	else if (e->hash.len != SHA256_HEX || (!redacted && !str_eq(e->hash, str_of(hash))))
		note_fault(c, e->seq, "is not what its hash was made of");
	sha256_add(&c->digest, str_of(hash));
	sha256_add(&c->digest, e->hash);
	sha256_add(&c->digest, redacted ? STR("-") : STR("+"));
	if (e->hash.len == SHA256_HEX)
		memcpy(c->hash, e->hash.p, SHA256_HEX);
	c->seq = e->seq;
	c->out->entries++;
	c->out->redacted += redacted;
	return true;
}

enum claque_rc
foreign_check(struct store *store, const struct foreign_ledger *ledger,
	      struct foreign_report *out, struct claque_err *err)
{
	struct chain c = { .out = out };
	enum claque_rc rc;

	*out = (struct foreign_report){ .entries = 0 };
	memset(c.hash, '0', SHA256_HEX);
	sha256_start(&c.digest);
	rc = foreign_entries(store, ledger->id, check_entry, &c, err);
	sha256_end(&c.digest, out->digest);
	if (rc == CLAQUE_OK && (out->entries != ledger->entries ||
				!str_eq(ledger->hash, str_of(c.hash))))
		note_fault(&c, out->entries, "is the last, and another one was told");
	return rc;
}

struct listing {
	struct store *store;
	struct claque_str bundle;
	json_t *list;
	struct foreign_told *told;
	enum claque_rc rc;
	struct claque_err *err;
};

static bool
add_ledger(void *ctx, const struct foreign_ledger *ledger)
{
	struct listing *l = ctx;
	struct foreign_report report;
	json_t *o;

	if (!str_eq(ledger->bundle, l->bundle))
		return true;
	l->rc = foreign_check(l->store, ledger, &report, l->err);
	if (l->rc != CLAQUE_OK)
		return false;
	o = json_new_object();
	json_put(o, "case", json_text(ledger->origin));
	json_put(o, "digest", json_text(str_of(report.digest)));
	json_put(o, "entries", json_integer(ledger->entries));
	json_put(o, "hash", json_text(ledger->hash));
	json_append(l->list, o);
	l->told->ledgers++;
	l->told->entries += report.entries;
	if (report.fault[0] != '\0' && l->told->fault[0] == '\0')
		(void)snprintf(l->told->fault, sizeof(l->told->fault), "ledger of " STR_FMT ": %s",
			       STR_ARG(str_head(ledger->origin, 80)), report.fault);
	return true;
}

enum claque_rc
foreign_tell(struct store *store, struct claque_str bundle, json_t *payload,
	     struct foreign_told *out, struct claque_err *err)
{
	struct listing l = { store, bundle, json_new_list(), out, CLAQUE_OK, err };
	enum claque_rc rc;

	*out = (struct foreign_told){ .ledgers = 0 };
	rc = foreign_walk(store, add_ledger, &l, err);
	json_put(payload, "ledgers", l.list);
	return l.rc != CLAQUE_OK ? l.rc : rc;
}

/* --- verify */

static uint64_t
key_of(struct claque_str bundle, struct claque_str digest)
{
	return hash_mix(hash_bytes(bundle, 0), hash_bytes(digest, 0));
}

void
foreign_note(struct set64 *told, const struct ledger_entry *entry)
{
	json_t *payload = str_eq(entry->action, STR(FOREIGN_ACTION)) ? json_parse(entry->payload) : NULL;
	const json_t *list = json_object_get(payload, "ledgers");

	for (size_t i = 0; i < json_array_size(list); i++)
		(void)set64_add(told, key_of(case_payload_text(payload, "bundle"),
					     case_payload_text(json_array_get(list, i), "digest")));
	json_decref(payload);
}

struct verifying {
	struct store *store;
	const struct set64 *told;
	struct foreign_verdict *out;
	size_t seen;
	enum claque_rc rc;
	struct claque_err *err;
};

static bool
verify_ledger(void *ctx, const struct foreign_ledger *ledger)
{
	struct verifying *v = ctx;
	struct foreign_report report;

	v->rc = foreign_check(v->store, ledger, &report, v->err);
	if (v->rc != CLAQUE_OK)
		return false;
	v->out->ledgers++;
	v->out->entries += report.entries;
	if (set64_has(v->told, key_of(ledger->bundle, str_of(report.digest)))) {
		v->seen++;
	} else if (!ledger->done) {
		v->out->interrupted++;
	} else if (report.fault[0] == '\0') {
		(void)snprintf(report.fault, sizeof(report.fault),
			       "no entry of this case tells that it came like this");
	}
	if (report.fault[0] != '\0')
		(void)snprintf(v->out->fault, sizeof(v->out->fault), "ledger of " STR_FMT
			       ", which came with a bundle: %s",
			       STR_ARG(str_head(ledger->origin, 80)), report.fault);
	return report.fault[0] == '\0';
}

enum claque_rc
foreign_verify(struct store *store, const struct set64 *told, struct foreign_verdict *out,
	       struct claque_err *err)
{
	struct verifying v = { store, told, out, 0, CLAQUE_OK, err };
	enum claque_rc rc;

	*out = (struct foreign_verdict){ .ledgers = 0 };
	rc = foreign_walk(store, verify_ledger, &v, err);
	if (v.rc != CLAQUE_OK)
		return v.rc;
	if (rc == CLAQUE_STOPPED && out->fault[0] != '\0')
		return CLAQUE_OK;
	if (rc == CLAQUE_OK && v.seen < told->count)
		(void)snprintf(out->fault, sizeof(out->fault), "a ledger that came with a bundle is "
			       "gone: an entry of this case tells of it");
	return rc;
}
