/* lesson_write.c - a lesson as the lines that it is read from; and what a lens must have. */
#include "config.h"

#include "scenario/lesson.h"

static void
add_target(struct buf *out, const struct lesson_target *t)
{
	if (t->kind != SUBJECT_none)
		buf_addf(out, " %s " STR_FMT, subject_kind_name(t->kind), STR_ARG(t->name));
}

static void
add_place(struct buf *out, struct arena scratch, const struct lesson_place *p)
{
	buf_add(out, p->screen);
	if (p->on.kind != SUBJECT_none)
		buf_addz(out, " on");
	add_target(out, &p->on);
	if (!lens_is_open(&p->lens)) {
		buf_addz(out, " lens ");
		buf_add(out, lens_text(&scratch, &p->lens));
	}
}

static void
add_check(struct buf *out, struct arena scratch, const struct lesson_check *c)
{
	if (c->not)
		buf_addz(out, "not ");
	if (c->kind == LESSON_CHECK_at) {
		buf_addz(out, "at ");
		add_place(out, scratch, &c->place);
		return;
	}
	if (c->kind == LESSON_CHECK_export)
		buf_addz(out, "export");
	else if (c->kind == LESSON_CHECK_count)
		buf_addf(out, "count %lld %s %s", (long long)c->count,
			 annotation_kind_name(c->act), subject_kind_name(c->on.kind));
	else
		buf_addz(out, annotation_kind_name(c->act));
	if (c->kind != LESSON_CHECK_count && c->kind != LESSON_CHECK_export)
		add_target(out, &c->on);
	if (c->word.len > 0) {
		buf_addc(out, ' ');
		buf_add(out, c->word);
	}
}

enum { LINE_MAX_BYTES = 16 << 10 };

struct claque_str
lesson_place_text(struct arena *perm, const struct lesson_place *place)
{
	struct claque_str text;
	struct buf out;

	buf_init(&out, LINE_MAX_BYTES);
	add_place(&out, *perm, place);
	text = str_dup(perm, buf_str(&out));
	buf_done(&out);
	return text;
}

struct claque_str
lesson_check_text(struct arena *perm, const struct lesson_check *check)
{
	struct claque_str text;
	struct buf out;

	buf_init(&out, LINE_MAX_BYTES);
	add_check(&out, *perm, check);
	text = str_dup(perm, buf_str(&out));
	buf_done(&out);
	return text;
}

/* A line for each of the text's. */
static void
add_lines(struct buf *out, const char *word, struct claque_str text)
{
	struct claque_str line;

	while (str_cut(&text, '\n', &line))
		buf_addf(out, "%s " STR_FMT "\n", word, STR_ARG(line));
}

static void
add_step(struct buf *out, struct arena scratch, const struct lesson_step *s)
{
	buf_addc(out, '\n');
	add_lines(out, "step", s->title);
	buf_addz(out, "place ");
	add_place(out, scratch, &s->place);
	buf_addc(out, '\n');
	add_lines(out, "text", s->text);
	add_lines(out, "hint", s->hints);
	add_lines(out, "expect", s->expect);
	add_lines(out, "answer", s->answer);
	add_lines(out, "presenter", s->presenter);
	for (size_t i = 0; i < s->check_count; i++) {
		buf_addz(out, "check ");
		add_check(out, scratch, &s->checks[i]);
		buf_addc(out, '\n');
	}
	add_lines(out, "keys", s->keys);
}

void
lesson_write(struct buf *out, struct arena scratch, const struct lesson *l)
{
	add_lines(out, "lesson", l->name);
	add_lines(out, "title", l->title);
	add_lines(out, "goal", l->goal);
	add_lines(out, "scenario", l->scenario);
	buf_addf(out, "posts %llu\nseed %llu\n", (unsigned long long)l->posts,
		 (unsigned long long)l->seed);
	if (l->minutes > 0)
		buf_addf(out, "minutes %lld\n", (long long)l->minutes);
	add_lines(out, "presenter", l->presenter);
	for (size_t i = 0; i < l->step_count; i++)
		add_step(out, scratch, &l->steps[i]);
}

bool
lesson_lens_has(const struct lens *lens, const struct lens *asked)
{
	if (lens->from < asked->from || lens->to > asked->to ||
	    (asked->kinds != 0 && lens->kinds != asked->kinds) ||
	    (asked->lang[0] != '\0' && strcmp(lens->lang, asked->lang) != 0) ||
	    (asked->text[0] != '\0' && strcmp(lens->text, asked->text) != 0))
		return false;
	for (unsigned i = 0; i < asked->facet_count; i++)
		if (!lens_has(lens, str_of(asked->facets[i].name), str_of(asked->facets[i].value)))
			return false;
	return true;
}
