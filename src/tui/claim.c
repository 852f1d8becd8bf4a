/*
 * claim.c - a claim about the row under the cursor, and the row as evidence for or against
 * one that was made. How likely a claim is and how sure one is of it are chosen apart, for
 * ICD 203 (2015) forbids both in one sentence.
 */
#include "config.h"

#include "tui/view.h"

#include "app/argue.h"

enum { BOX_COLS = 76, WORD_COL = 3, TEXT_COL = 11, CLAIM_ROWS = 6, NOT_SAID = 0 };

static const char *const confidences[] = {
	"not said",
#define X(name) #name,
	CONFIDENCE_LIST(X)
#undef X
};
enum { CONFIDENCES = sizeof(confidences) / sizeof(*confidences) };

static struct claque_str
named(struct ui *u, struct subject on)
{
	struct arena *perm = &u->grid.scratch;

	if (on.kind == SUBJECT_none)
		return STR("the whole case");
	return str_head(safe_text(perm, text_defanged(perm, session_subject_name(u->s, on, perm))), 40);
}

/* Words in a row, one of them chosen. */
static void
draw_words(struct ui *u, struct area a, int line, const char *label, const char *const *words,
	   size_t count)
{
	int col = 1 + grid_text(&u->grid, a, line, 1, STYLE_DIM, str_of(label));

	for (size_t i = 0; i < count; i++)
		col += 1 + grid_textf(&u->grid, a, line, col,
				      i == u->confidence ? STYLE_CURSOR : STYLE_PLAIN,
				      i == u->confidence ? "[%s]" : " %s ", words[i]);
}

static void
draw_text(struct ui *u, struct area a, int line, const char *label)
{
	(void)grid_text(&u->grid, a, line, 1, STYLE_DIM, str_of(label));
	grid_fill(&u->grid, (struct area){ a.row + line, a.col + TEXT_COL, 1, a.cols - TEXT_COL }, ' ',
		  STYLE_INPUT);
	edit_draw(u, a, line, TEXT_COL, &u->edit);
}

static void
draw_claim(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str about = u->instead != 0 ? STR("the same, reworded") :
				  named(u, session_claim_about(u->s));
	struct area a = overlay_box(u, LIKELIHOOD_COUNT + 4, BOX_COLS,
				    str_fmt(perm, "claim about " STR_FMT, STR_ARG(about)));

	u->choices = LIKELIHOOD_COUNT + 1;
	for (size_t i = 0; i < u->choices; i++) {
		struct claque_str words = i == NOT_SAID ? STR("how likely is not said") :
			likelihood_range(perm, (enum likelihood)(i - 1));

		(void)grid_text(&u->grid, a, (int)i, WORD_COL, STYLE_PLAIN, words);
		if (i == u->choice)
			(void)grid_text(&u->grid, a, (int)i, 1, STYLE_BOLD, STR(">"));
		overlay_choice(u, a, (int)i, i == u->choice);
	}
	draw_words(u, a, LIKELIHOOD_COUNT + 1, "confidence (Tab): ", confidences, CONFIDENCES);
	draw_text(u, a, LIKELIHOOD_COUNT + 2, "claim:");
	(void)grid_text(&u->grid, a, LIKELIHOOD_COUNT + 3, 1, STYLE_DIM,
			STR("one sentence that could be wrong; how likely and how sure stand apart"));
}

static bool
lacks_text(struct ui *u)
{
	if (str_trim(edit_str(&u->edit)).len > 0)
		return false;
	session_say(u->s, "write the sentence first, or Esc");
	return true;
}

static void
take_claim(struct ui *u)
{
	struct annotation claim = { .kind = ANNOTATION_claim, .replaces = u->instead,
				    .text = str_trim(edit_str(&u->edit)) };
	bool ok;

	if (lacks_text(u))
		return;
	if (u->choice != NOT_SAID)
		claim.word = str_of(likelihood_words((enum likelihood)(u->choice - 1)));
	if (u->confidence != 0)
		claim.confidence = str_of(confidences[u->confidence]);
	(void)session_claim(u->s, &claim, &ok);
	u->overlay = ok ? OVERLAY_NONE : OVERLAY_CLAIM;
}

/* Arrows choose the line, Tab the word, letters are the text. */
static void
key_box(struct ui *u, uint32_t pressed, size_t words, void (*take)(struct ui *u))
{
	session_hush(u->s);
	if (pressed == CK_ESC)
		u->overlay = OVERLAY_NONE;
	else if (pressed == CK_ENTER)
		take(u);
	else if (pressed == CK_TAB)
		u->confidence = (u->confidence + 1) % words;
	else if (!ui_choose(u, pressed, false))
		(void)edit_key(&u->edit, pressed);
}

static void
key_claim(struct ui *u, uint32_t pressed)
{
	u->choices = LIKELIHOOD_COUNT + 1;
	key_box(u, pressed, CONFIDENCES, take_claim);
}

void
claim_open(struct ui *u)
{
	ui_open(u, OVERLAY_CLAIM);
	u->instead = 0;
}

/* --- evidence */

static const char *const sides[] = {
#define X(name, help) #name,
	SIDE_LIST(X)
#undef X
};

static const struct argument *
all_claims(struct ui *u)
{
	return session_argument(u->s, (struct subject){ 0 });
}

static void
draw_choice(struct ui *u, struct area a, int line, const struct case_claim *claim, bool chosen)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str on = claim->said.target.kind == SUBJECT_none ? STR("case") :
			       claim->said.target_name;
	int col = WORD_COL;

	if (chosen)
		(void)grid_text(&u->grid, a, line, 1, STYLE_BOLD, STR(">"));
	col += grid_safe(&u->grid, a, line, col, 12, STYLE_DIM, on, NULL, 0) + 1;
	(void)grid_safe(&u->grid, a, line, col, a.cols - col - 1, STYLE_PLAIN,
			text_defanged(perm, claim->said.text), NULL, 0);
	overlay_choice(u, a, line, chosen);
}

static void
draw_evidence(struct ui *u)
{
	const struct argument *argued = all_claims(u);
	struct subject on = session_subject(u->s);
	size_t count = argued != NULL ? argued->claim_count : 0;
	int rows = count < CLAIM_ROWS ? (int)count : CLAIM_ROWS;
	struct area a = overlay_box(u, rows + 3, BOX_COLS, str_fmt(&u->grid.scratch, "evidence: "
				    STR_FMT, STR_ARG(u->instead != 0 ? STR("the same, reworded") :
						     on.kind == SUBJECT_none ? STR("words alone") :
						     named(u, on))));
	size_t top = (int)u->choice >= rows ? u->choice - (size_t)rows + 1 : 0;

	u->choices = count;
	for (int i = 0; i < rows; i++)
		draw_choice(u, a, i, &argued->claims[top + (size_t)i], top + (size_t)i == u->choice);
	draw_words(u, a, rows, "speaks (Tab): ", sides, SIDE_COUNT);
	draw_text(u, a, rows + 1, "it shows:");
	(void)grid_text(&u->grid, a, rows + 2, 1, STYLE_DIM,
			STR("how the source is weighed may stand first, as in: B2 seen by two"));
}

static void
take_evidence(struct ui *u)
{
	const struct argument *argued = all_claims(u);
	struct annotation a = { .kind = ANNOTATION_evidence, .replaces = u->instead,
				.word = str_of(sides[u->confidence]),
				.text = str_trim(edit_str(&u->edit)) };
	struct claque_str rest = a.text, first;
	bool ok;

	if (lacks_text(u) || argued == NULL || u->choice >= argued->claim_count)
		return;
	a.about = argued->claims[u->choice].line;
	if (str_cut(&rest, ' ', &first) && rest.len > 0 && admiralty_is(first)) {
		a.confidence = first;
		a.text = rest;
	}
	(void)session_evidence(u->s, &a, &ok);
	u->overlay = ok ? OVERLAY_NONE : OVERLAY_EVIDENCE;
}

static void
key_evidence(struct ui *u, uint32_t pressed)
{
	const struct argument *argued = all_claims(u);

	u->choices = argued != NULL ? argued->claim_count : 0;
	key_box(u, pressed, SIDE_COUNT, take_evidence);
}

/* A reason of the engine says itself what it shows; masked words are not written down. */
static void
take_reason(struct ui *u)
{
	const struct row *row = session_current(u->s);

	if (session_list(u->s) != LIST_EVIDENCE || row == NULL || session_in_workshop(u->s))
		return;
	edit_set(&u->edit, row_text(LIST_EVIDENCE, row, "text"));
	u->confidence = row_real(LIST_EVIDENCE, row, "log_odds") < 0 ? SIDE_against : SIDE_for;
}

/* The claim that was made last, or the last about what one stands on, is what one works on. */
void
evidence_open(struct ui *u)
{
	const struct argument *argued = all_claims(u);
	struct subject here = session_claim_about(u->s);
	size_t chosen;

	if (argued == NULL || argued->claim_count == 0) {
		session_say(u->s, "there is no claim yet: " STR_FMT " makes one about the row",
			    STR_ARG(ui_key_of(u, ACTION_CLAIM)));
		return;
	}
	chosen = argued->claim_count - 1;
	for (size_t i = 0; i < argued->claim_count; i++)
		if (here.kind != SUBJECT_none && argued->claims[i].said.target.kind == here.kind &&
		    argued->claims[i].said.target.id == here.id)
			chosen = i;
	ui_open(u, OVERLAY_EVIDENCE);
	u->choice = chosen;
	u->choices = argued->claim_count;
	u->instead = 0;
	take_reason(u);
}

/* Weighed as it was: the code stands before the words, as it is typed. */
static void
reword_evidence(struct ui *u, const struct annotation *old)
{
	const struct argument *argued = all_claims(u);

	evidence_open(u);
	if (u->overlay != OVERLAY_EVIDENCE)
		return;
	for (size_t i = 0; i < argued->claim_count; i++)
		if (argued->claims[i].line == old->about)
			u->choice = i;
	u->confidence = (size_t)side_find(old->word) % SIDE_COUNT;
	edit_set(&u->edit, old->confidence.len == 0 ? old->text :
		 str_fmt(&u->grid.scratch, STR_FMT " " STR_FMT, STR_ARG(old->confidence),
			 STR_ARG(old->text)));
	u->instead = old->id;
}

void
claim_reword(struct ui *u, int64_t id)
{
	struct annotation old;

	if (!session_argued(u->s, &u->grid.scratch, id, &old))
		return;
	if (old.kind == ANNOTATION_evidence) {
		reword_evidence(u, &old);
		return;
	}
	claim_open(u);
	u->choice = ((size_t)likelihood_find(old.word) + 1) % (LIKELIHOOD_COUNT + 1);
	for (size_t i = 1; i < CONFIDENCES; i++)
		if (str_eq(old.confidence, str_of(confidences[i])))
			u->confidence = i;
	edit_set(&u->edit, old.text);
	u->instead = old.id;
}

const struct overlay_ops overlay_claim = { draw_claim, key_claim,
	" Up Down likelihood  Tab confidence  letters claim  Enter takes it  Esc closes" };
const struct overlay_ops overlay_evidence = { draw_evidence, key_evidence,
	" Up Down claim  Tab for, against  letters: it shows  Enter takes it  Esc closes" };
