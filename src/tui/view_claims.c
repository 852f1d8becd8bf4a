/*
 * view_claims.c - what the case claims: the list of claims, each with its evidence below
 * it, and the claim under the cursor in full, what speaks for it and what speaks against
 * it side by side, so that a side that is empty is seen to be.
 */
#include "config.h"

#include "tui/view.h"

#include "app/argue.h"
#include "base/clock.h"

enum { PANE_ROWS = 16, PANE_LEAST = 8, SENTENCE_ROWS = 3 };

static const struct case_claim *
claim_of(struct ui *u, const struct row *row)
{
	const struct argument *argued = session_argument(u->s, session_here(u->s)->subject);
	int64_t line = row_int(LIST_CLAIMS, row, "claim", 0);

	for (size_t i = 0; argued != NULL && i < argued->claim_count; i++)
		if (argued->claims[i].line == line)
			return &argued->claims[i];
	return NULL;
}

/* "posted within 60 s (B2, on @ivan142)" */
static struct claque_str
evidence_text(struct arena *perm, const struct case_evidence *e)
{
	struct claque_str on = e->said.target.kind == SUBJECT_none ? STR("") : e->said.target_name;
	bool both = e->said.confidence.len > 0 && on.len > 0;

	if (e->said.confidence.len + on.len == 0)
		return text_defanged(perm, e->said.text);
	return str_fmt(perm, STR_FMT "  (" STR_FMT "%s%s" STR_FMT ")",
		       STR_ARG(text_defanged(perm, e->said.text)), STR_ARG(e->said.confidence),
		       both ? ", " : "", on.len > 0 ? "on " : "", STR_ARG(text_defanged(perm, on)));
}

static void
draw_side(struct ui *u, struct area a, const struct case_claim *claim, enum claim_side side)
{
	static const struct { const char *title; enum style style; } heads[] = {
		[SIDE_for] = { "FOR", STYLE_GOOD }, [SIDE_against] = { "AGAINST", STYLE_WARN },
		[SIDE_neutral] = { "NEITHER", STYLE_DIM },
	};
	int line = 1;

	(void)grid_textf(&u->grid, a, 0, 1, heads[side].style, "%s %zu", heads[side].title,
			 claim->sides[side]);
	if (claim->sides[side] == 0 && side != SIDE_neutral)
		(void)grid_text(&u->grid, a, 1, 3, STYLE_DIM, side == SIDE_for ?
				STR("nothing yet") : STR("nothing yet: has it been looked for?"));
	for (size_t i = 0; i < claim->evidence_count && line < a.rows; i++) {
		if (claim->evidence[i].side != side)
			continue;
		(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("-"));
		line += part_wrapped(u, a, line, 3, STYLE_PLAIN,
				     evidence_text(&u->grid.scratch, &claim->evidence[i]));
	}
}

static void
draw_claim(struct ui *u, struct area a, const struct case_claim *claim)
{
	struct arena *perm = &u->grid.scratch;
	const struct annotation *said = &claim->said;
	enum likelihood likely = likelihood_find(said->word);
	struct claque_str on = said->target.kind == SUBJECT_none ? STR("the whole case") :
			       safe_text(perm, text_defanged(perm, said->target_name));
	struct area left;
	int rows;

	grid_rule(&u->grid, area_top(&a, 1), 0, str_fmt(perm, "claim about " STR_FMT, STR_ARG(on)));
	rows = part_wrapped(u, (struct area){ a.row, a.col, SENTENCE_ROWS, a.cols }, 0, 1, STYLE_BOLD,
			    text_defanged(perm, said->text));
	(void)area_top(&a, rows);
	(void)grid_safe(&u->grid, area_top(&a, 1), 0, 1, a.cols - 2, STYLE_PLAIN,
			str_fmt(perm, STR_FMT "%s" STR_FMT "   by " STR_FMT ", " STR_FMT,
				STR_ARG(likely != LIKELIHOOD_COUNT ? likelihood_range(perm, likely) :
					STR("how likely is not said")),
				said->confidence.len > 0 ? "   confidence: " : "",
				STR_ARG(said->confidence), STR_ARG(said->who),
				STR_ARG(clock_text(perm, said->at, CLOCK_MINUTE))), NULL, 0);
	if (claim->sides[SIDE_neutral] > 0 && a.rows > 2 * SENTENCE_ROWS)
		draw_side(u, area_bottom(&a, 2), claim, SIDE_neutral);
	left = area_left(&a, a.cols / 2);
	draw_side(u, left, claim, SIDE_for);
	draw_side(u, a, claim, SIDE_against);
}

static void
draw(struct ui *u, struct area a)
{
	const struct row *row = session_current(u->s);
	const struct case_claim *claim = row != NULL ? claim_of(u, row) : NULL;
	struct area below;

	if (claim == NULL || a.rows < 2 * PANE_LEAST) {
		table_active(u, a);
		return;
	}
	below = area_bottom(&a, a.rows / 2 < PANE_ROWS ? a.rows / 2 : PANE_ROWS);
	table_active(u, a);
	draw_claim(u, below, claim);
}

static bool
act(struct ui *u, enum action_id id)
{
	const struct row *row = session_current(u->s);

	if (id != ACTION_REWORD || row == NULL || !session_writable(u->s))
		return false;
	claim_reword(u, row->id);
	return true;
}

static const enum action_id keys[] = {
	ACTION_OPEN, ACTION_CLAIM, ACTION_EVIDENCE, ACTION_REWORD, ACTION_WITHDRAW, ACTION_UNDO,
	ACTION_PIVOT, ACTION_FIND, ACTION_EXPORT, ACTION_PALETTE, ACTION_BACK, ACTION_COUNT,
};

const struct view_ops view_claims = { "claims", draw, act, keys };
