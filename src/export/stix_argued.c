#include "config.h"

#include "export/stix_argued.h"

#include "base/buf.h"

enum { TEXT_BYTES = 1 << 20 };

static struct claque_str
taken(struct buf *out, struct arena *perm)
{
	struct claque_str text = str_dup(perm, buf_str(out));

	buf_done(out);
	return text;
}

static void
add_side(struct buf *out, const struct reading *r, const struct row *claim, enum claim_side side,
	 struct arena perm)
{
	const struct row **rows;
	size_t n = argued_evidence(r, claim, side, &perm, &rows);

	for (size_t i = 0; i < n; i++) {
		struct claque_str text = reading_text(&perm, &r->claims, "text", rows[i]);
		struct claque_str on = reading_text(&perm, &r->claims, OF_TARGET, rows[i]);
		struct claque_str weight = reading_text(&perm, &r->claims, "weight", rows[i]);

		buf_addf(out, "%s: " STR_FMT " (" STR_FMT "%s" STR_FMT ")\n", side_name(side),
			 STR_ARG(text), STR_ARG(on), weight.len > 0 ? ", source " : "",
			 STR_ARG(weight));
	}
}

struct claque_str
stix_claim_text(const struct reading *r, const struct row *claim, struct arena *perm)
{
	struct arena scratch = *perm;
	struct claque_str weight = argued_weight(r, claim, &scratch);
	struct buf out;

	buf_init(&out, TEXT_BYTES);
	buf_addz(&out, "Claim: ");
	buf_add(&out, reading_text(&scratch, &r->claims, "text", claim));
	if (weight.len > 0)
		buf_addf(&out, "\n" STR_FMT, STR_ARG(weight));
	buf_addc(&out, '\n');
	for (unsigned side = 0; side < SIDE_COUNT; side++)
		add_side(&out, r, claim, (enum claim_side)side, scratch);
	return taken(&out, perm);
}

struct claque_str
stix_ach_text(const struct reading *r, struct claque_str subject, struct arena *perm)
{
	struct arena scratch = *perm;
	struct ach ach;
	struct buf out;

	argued_ach(r, subject, &scratch, &ach);
	buf_init(&out, TEXT_BYTES);
	if (ach.evidence_count > 0)
		buf_addz(&out, "Competing hypotheses (Heuer 1999), by inconsistent evidence:\n");
	for (size_t i = 0; ach.evidence_count > 0 && i < ach.hypothesis_count; i++) {
		const struct ach_hypothesis *h = &ach.hypotheses[ach.order[i]];

		if (h->rank == 0)
			buf_addf(&out, STR_FMT ", " STR_FMT ": not tested\n", STR_ARG(h->key),
				 STR_ARG(h->text));
		else
			buf_addf(&out, STR_FMT ", " STR_FMT ": %zu inconsistent, %zu of it very\n",
				 STR_ARG(h->key), STR_ARG(h->text), h->inconsistent,
				 h->rated[ACH_II]);
	}
	return taken(&out, perm);
}
