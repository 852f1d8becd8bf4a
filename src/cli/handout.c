#include "config.h"

#include "cli/handout.h"

#include "export/page_text.h"
#include "text/safe.h"
#include "tui/workbench.h"

enum { HANDOUT_ROWS = 24, HANDOUT_COLS = 80, HANDOUT_ROOM = 16 << 20, SCREEN_MAX = 1 << 20 };

struct paper {
	const struct handout *h;
	struct session *s;
	const struct settings *set;
	struct buf *out;
	struct arena scratch;
};

static void
add_text(struct paper *p, struct claque_str text)
{
	struct arena scratch = p->scratch;

	if (p->h->html)
		page_plain(p->out, p->scratch, text);
	else
		buf_add(p->out, safe_text(&scratch, text));
}

static void
add_heading(struct paper *p, int level, struct claque_str text)
{
	if (p->h->html)
		buf_addf(p->out, "<h%d>", level);
	else
		buf_addz(p->out, level == 1 ? "# " : "## ");
	add_text(p, text);
	if (p->h->html)
		buf_addf(p->out, "</h%d>", level);
	buf_addz(p->out, "\n\n");
}

/* A paragraph for each line, behind its label if there is one. */
static void
add_lines(struct paper *p, const char *label, struct claque_str text)
{
	struct claque_str line;

	while (str_cut(&text, '\n', &line)) {
		buf_addz(p->out, p->h->html ? "<p>" : "");
		if (label[0] != '\0')
			buf_addf(p->out, p->h->html ? "<b>%s:</b> " : "**%s:** ", label);
		add_text(p, line);
		buf_addz(p->out, p->h->html ? "</p>\n\n" : "\n\n");
	}
}

/* Indented, so that nothing in a line can end the block. */
static void
add_block(struct paper *p, struct claque_str screen)
{
	struct claque_str line;

	while (!p->h->html && str_cut(&screen, '\n', &line))
		buf_addf(p->out, "    " STR_FMT "\n", STR_ARG(line));
	if (p->h->html)
		buf_add(p->out, screen);
	buf_addc(p->out, '\n');
}

/* The place is left out where this case has it not. */
static enum claque_rc
add_screen(struct paper *p, const struct lesson_place *place, struct claque_err *err)
{
	struct arena perm = p->scratch;
	struct claque_str on = STR("");
	struct subject subject;
	struct buf screen;
	enum claque_rc rc;

	if (p->s == NULL)
		return CLAQUE_OK;
	rc = lesson_subject(p->s, &place->on, &subject, err);
	if (rc != CLAQUE_OK)
		return rc == CLAQUE_ENOTFOUND ? CLAQUE_OK : rc;
	if (subject.kind != SUBJECT_none)
		on = str_fmt(&perm, "%s:%lld", subject_kind_name(subject.kind),
			     (long long)subject.id);
	rc = session_jump(p->s, place->screen, on, lens_text(&perm, &place->lens), err);
	if (rc != CLAQUE_OK)
		return rc;
	buf_init(&screen, SCREEN_MAX);
	rc = workbench_dump(p->s, HANDOUT_ROWS, HANDOUT_COLS, STR(""), p->set,
			    p->h->html ? DUMP_HTML : DUMP_TEXT, &screen, err);
	if (rc == CLAQUE_OK)
		add_block(p, buf_str(&screen));
	buf_done(&screen);
	return rc;
}

static enum claque_rc
add_step(struct paper *p, size_t number, const struct lesson_step *step, struct claque_err *err)
{
	struct arena kept = p->scratch;		/* what is made here lives until the step is written */
	enum claque_rc rc;

	add_heading(p, 2, str_fmt(&p->scratch, "%zu. " STR_FMT, number, STR_ARG(step->title)));
	add_lines(p, "", step->text);
	rc = add_screen(p, &step->place, err);
	if (rc != CLAQUE_OK || !p->h->presenter) {
		p->scratch = kept;
		return rc;
	}
	add_lines(p, "Hint", step->hints);
	add_lines(p, "Expected", step->expect);
	add_lines(p, "Answer", step->answer);
	for (size_t i = 0; i < step->check_count; i++)
		add_lines(p, "Done when", lesson_check_text(&p->scratch, &step->checks[i]));
	add_lines(p, "Keys", step->keys);
	add_lines(p, "Presenter", step->presenter);
	p->scratch = kept;
	return CLAQUE_OK;
}

enum claque_rc
handout_write(const struct handout *h, struct session *s, const struct settings *set,
	      struct buf *out, struct claque_err *err)
{
	const struct lesson *l = h->lesson;
	struct arena whole = arena_new(HANDOUT_ROOM);
	struct paper p = { h, s, set, out, whole };
	enum claque_rc rc = CLAQUE_OK;

	if (h->html)
		buf_addz(out, "<!doctype html>\n<meta charset=\"utf-8\">\n<title>claque</title>\n"
			      "<body style=\"max-width:60em;margin:2em auto;font-family:sans-serif\">\n");
	add_heading(&p, 1, l->title);
	add_lines(&p, "", l->goal);
	if (h->presenter)
		add_lines(&p, "Presenter", l->presenter);
	for (size_t i = 0; rc == CLAQUE_OK && i < l->step_count; i++)
		rc = add_step(&p, i + 1, &l->steps[i], err);
	arena_free(whole);
	return rc;
}
