/*
 * verdict.c - where the analyst is with what is under the cursor: arrows choose the
 * word, Tab how sure one is, letters are the reason. All three stand there at once,
 * for a verdict without its reason is what nobody can check. The box begins with the
 * verdict that stands, so that Enter alone changes nothing; on several marked things, with
 * no word at all, for each may have another one.
 */
#include "config.h"

#include "tui/view.h"

enum { BOX_COLS = 76, HELP_COL = 13, REASON_COL = 9 };

static const struct {
	const char *word;
	bool reason;
	const char *help;
} words[] = {
#define X(name, reason, help) { #name, reason, help },
	VERDICT_LIST(X)
#undef X
};
enum { WORDS = sizeof(words) / sizeof(*words) };

static const char *const confidences[] = {
	"",
#define X(name) #name,
	CONFIDENCE_LIST(X)
#undef X
};
enum { CONFIDENCES = sizeof(confidences) / sizeof(*confidences) };

static bool
lacks_reason(const struct ui *u)
{
	return u->choice < WORDS && words[u->choice].reason &&
	       str_trim(edit_str(&u->edit)).len == 0;
}

static struct claque_str
title(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	size_t marks = session_marks_worked(u->s);
	struct claque_str name;

	if (marks > 0)
		return str_fmt(perm, "verdict on %zu marked", marks);
	name = session_subject_name(u->s, session_subject(u->s), perm);
	return str_fmt(perm, "verdict on " STR_FMT,
		       STR_ARG(str_head(safe_text(perm, text_defanged(perm, name)), 40)));
}

static void
draw_confidence(struct ui *u, struct area a, int line)
{
	int col = 1 + grid_text(&u->grid, a, line, 1, STYLE_DIM, STR("confidence (Tab): "));

	for (size_t i = 0; i < CONFIDENCES; i++)
		col += 2 + grid_textf(&u->grid, a, line, col,
				      i == u->confidence ? STYLE_CURSOR : STYLE_PLAIN, "%s%s%s",
				      i == u->confidence ? "[" : "",
				      i == 0 ? "not said" : confidences[i],
				      i == u->confidence ? "]" : "");
}

/* The verdict that stands, "" without one; of several things at once it is not told. */
static struct claque_str
standing(struct ui *u)
{
	static const struct {
		enum subject_kind kind;
		enum list_id list;
		const char *column;
	} told[] = {
		{ SUBJECT_cluster, LIST_CLUSTERS, "verdict" },
		{ SUBJECT_account, LIST_ACCOUNTS, "verdict" },
		{ SUBJECT_source, LIST_SOURCES, "verdict" },
		{ SUBJECT_post, LIST_POSTS, "status" }, { SUBJECT_change, LIST_CHANGES, "status" },
	};
	struct subject on = session_subject(u->s);

	for (size_t i = 0; i < sizeof(told) / sizeof(*told); i++)
		if (told[i].kind == on.kind && session_marks_worked(u->s) == 0)
			return row_text(told[i].list, session_detail(u->s, told[i].list, on.id),
					told[i].column);
	return STR("");
}

static void
draw(struct ui *u)
{
	struct claque_str now = standing(u);
	struct area a = overlay_box(u, WORDS + 3 + (now.len > 0), BOX_COLS, title(u));

	for (size_t i = 0; i < WORDS; i++) {
		(void)grid_textf(&u->grid, a, (int)i, 1, STYLE_BOLD, "%s%s",
				 i == u->choice ? "> " : "  ", words[i].word);
		(void)grid_text(&u->grid, a, (int)i, HELP_COL, STYLE_DIM, str_of(words[i].help));
		overlay_choice(u, a, (int)i, i == u->choice);
	}
	draw_confidence(u, a, WORDS);
	(void)grid_text(&u->grid, a, WORDS + 1, 1, STYLE_DIM, STR("reason:"));
	grid_fill(&u->grid, (struct area){ a.row + WORDS + 1, a.col + REASON_COL, 1,
					   a.cols - REASON_COL }, ' ', STYLE_INPUT);
	edit_draw(u, a, WORDS + 1, REASON_COL, &u->edit);
	(void)grid_text(&u->grid, a, WORDS + 2, 1, lacks_reason(u) ? STYLE_WARN : STYLE_DIM,
			lacks_reason(u) ? STR("write the reason: what was looked at, what it showed")
					: STR("how sure you are and how likely it is: never in one "
					      "sentence"));
	if (now.len > 0)
		(void)grid_safe(&u->grid, a, WORDS + 3, 1, a.cols - 2, STYLE_PLAIN,
				str_fmt(&u->grid.scratch, "now: " STR_FMT,
					STR_ARG(text_defanged(&u->grid.scratch, now))), NULL, 0);
}

void
verdict_open(struct ui *u)
{
	struct annotation now;

	ui_open(u, OVERLAY_VERDICT);
	u->choices = WORDS;
	if (session_marks_worked(u->s) > 0) {
		u->choice = WORDS;
		return;
	}
	if (!session_verdict(u->s, &u->grid.scratch, &now))
		return;
	for (size_t i = 0; i < WORDS; i++)
		if (str_eq(now.word, str_of(words[i].word)))
			u->choice = i;
	for (size_t i = 0; i < CONFIDENCES; i++)
		if (str_eq(now.confidence, str_of(confidences[i])))
			u->confidence = i;
	edit_set(&u->edit, now.text);
}

static void
take(struct ui *u)
{
	struct annotation verdict = { .kind = ANNOTATION_verdict,
				      .confidence = str_of(confidences[u->confidence]) };
	bool ok;

	if (u->choice >= WORDS) {
		session_say(u->s, "choose a verdict for all that is marked: Up and Down");
		return;
	}
	verdict.word = str_of(words[u->choice].word);
	verdict.text = str_trim(edit_str(&u->edit));
	if (lacks_reason(u)) {
		session_say(u->s, "the verdict %s wants a reason", words[u->choice].word);
		return;
	}
	(void)session_judge(u->s, &verdict, &ok);
	u->overlay = ok ? OVERLAY_NONE : OVERLAY_VERDICT;
}

static void
key(struct ui *u, uint32_t pressed)
{
	if (pressed == CK_ESC)
		u->overlay = OVERLAY_NONE;
	else if (pressed == CK_ENTER)
		take(u);
	else if (pressed == CK_TAB)
		u->confidence = (u->confidence + 1) % CONFIDENCES;
	else if (u->choice >= WORDS && (pressed == CK_DOWN || pressed == CK_UP))
		u->choice = pressed == CK_DOWN ? 0 : WORDS - 1;
	else if (!ui_choose(u, pressed, false))
		(void)edit_key(&u->edit, pressed);
}

const struct overlay_ops overlay_verdict = {
	draw, key, " Up Down verdict  Tab confidence  letters reason  Enter takes it  Esc closes"
};
