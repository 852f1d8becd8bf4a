/* lesson_check.c - what a lesson asks for, held against the case and the trail. */
#include "config.h"

#include "app/lesson_run.h"

#include "app/session_impl.h"
#include "store/list.h"

enum { CHECK_SCRATCH = 4 << 20 };

/* Those that have what is asked for: each thing once. */
struct having {
	struct session *s;
	const struct lesson_check *check;
	struct subject on;		/* kind none: any */
	struct { int64_t target, annotation; } at[LESSON_COUNT_MAX];
	size_t count;
	struct arena perm;
	enum claque_rc rc;		/* of what take() could not return */
	struct claque_err *err;
};

enum claque_rc
lesson_subject(struct session *s, const struct lesson_target *on, struct subject *out,
	       struct claque_err *err)
{
	*out = (struct subject){ 0 };
	if (on->kind == SUBJECT_none || str_eq(on->name, STR("*")))
		return CLAQUE_OK;
	return list_find_subject(s->store, on->kind, on->name, out, err);
}

static bool
has_text(struct arena perm, struct claque_str text, struct claque_str part)
{
	return part.len == 0 ||
	       str_find(str_lower(&perm, text), str_lower(&perm, part), 0) < text.len;
}

static bool
says_so(const struct having *h, const struct annotation *a)
{
	struct claque_str word = h->check->word;

	if (a->kind == ANNOTATION_verdict)
		return str_eq(a->word, word);
	if (a->kind == ANNOTATION_tag)
		return str_eq_nocase(a->text, word);
	if (a->kind == ANNOTATION_highlight)
		return has_text(h->perm, a->quote, word);
	return has_text(h->perm, a->text, word);
}

static bool
take(void *ctx, const struct annotation *a)
{
	struct having *h = ctx;
	struct subject target = a->target;

	if (a->kind != h->check->act || target.kind != h->check->on.kind || !says_so(h, a))
		return true;
	h->rc = list_subject_now(h->s->store, &target, h->err);
	if (h->rc != CLAQUE_OK)
		return false;
	if (h->on.kind != SUBJECT_none && target.id != h->on.id)
		return true;
	for (size_t i = 0; i < h->count; i++) {
		if (h->at[i].target != target.id)
			continue;
		h->at[i].annotation = a->id;	/* the later one is what counts */
		return true;
	}
	h->at[h->count].target = target.id;
	h->at[h->count++].annotation = a->id;
	return h->count < LESSON_COUNT_MAX;
}

/* Verdicts that others came after do not count. */
static enum claque_rc
count_standing(struct having *h, int64_t *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct annotation last;

	*out = 0;
	for (size_t i = 0; rc == CLAQUE_OK && i < h->count; i++) {
		struct arena perm = h->perm;
		struct subject target = { h->check->on.kind, h->at[i].target };

		rc = annotation_verdict(h->s->store, target, &perm, &last, err);
		*out += rc == CLAQUE_OK && last.id == h->at[i].annotation;
	}
	return rc;
}

static enum claque_rc
count_having(struct having *h, int64_t *out, struct claque_err *err)
{
	enum claque_rc rc;

	h->err = err;
	rc = annotation_walk(h->s->store, (struct subject){ 0 }, take, h, err);
	if (rc == CLAQUE_STOPPED)	/* so many are enough, or one could not be asked about */
		rc = h->rc;
	*out = (int64_t)h->count;
	if (rc == CLAQUE_OK && h->check->act == ANNOTATION_verdict)
		rc = count_standing(h, out, err);
	return rc;
}

static bool
was_there(const struct session *s, const struct lesson_place *asked, struct subject on)
{
	enum screen_id screen;

	if (!screen_parse(asked->screen, &screen))
		return false;
	for (size_t i = 0; i < s->step_count; i++) {
		const struct place *p = &s->steps[i].place;

		if (p->screen == screen &&
		    (asked->on.kind == SUBJECT_none || p->subject.kind == asked->on.kind) &&
		    (on.kind == SUBJECT_none || p->subject.id == on.id) &&
		    lesson_lens_has(&p->lens, &asked->lens))
			return true;
	}
	return false;
}

/* Has something left the case? The ledger tells in which format. */
struct left {
	struct claque_str wanted;	/* '"format":"csv"', or "" */
	bool found;
};

static bool
look_for_export(void *ctx, const struct ledger_entry *entry)
{
	struct left *l = ctx;

	l->found = str_eq(entry->action, STR("export")) &&
		   (l->wanted.len == 0 ||
		    str_find(entry->payload, l->wanted, 0) < entry->payload.len);
	return !l->found;
}

static enum claque_rc
was_exported(struct session *s, struct claque_str format, struct arena scratch, bool *out,
	     struct claque_err *err)
{
	struct left left = { .wanted = STR("") };
	enum claque_rc rc;

	if (format.len > 0)
		left.wanted = str_fmt(&scratch, "\"format\":\"" STR_FMT "\"", STR_ARG(format));
	rc = ledger_walk(s->store, look_for_export, &left, err);
	*out = left.found;
	return left.found ? CLAQUE_OK : rc;
}

enum claque_rc
lesson_holds(struct session *s, const struct lesson_check *check, bool *out,
	     struct claque_err *err)
{
	bool at = check->kind == LESSON_CHECK_at;
	struct arena whole = arena_new(CHECK_SCRATCH);
	struct having *h = ARENA_NEW(&whole, struct having, 1);
	struct arena start = whole;
	int64_t count = 0;
	enum claque_rc rc;

	*h = (struct having){ .s = s, .check = check };
	h->perm = start;
	rc = lesson_subject(s, at ? &check->place.on : &check->on, &h->on, err);
	*out = rc == CLAQUE_OK && at && was_there(s, &check->place, h->on);
	if (rc == CLAQUE_OK && check->kind == LESSON_CHECK_export) {
		rc = was_exported(s, check->word, h->perm, out, err);
	} else if (rc == CLAQUE_OK && !at) {
		rc = count_having(h, &count, err);
		*out = rc == CLAQUE_OK && count >= check->count;
	}
	arena_free(whole);
	rc = rc == CLAQUE_ENOTFOUND ? CLAQUE_OK : rc;
	*out = rc == CLAQUE_OK && *out != check->not;
	return rc;
}

enum claque_rc
lesson_step_done(struct session *s, const struct lesson_step *step, bool *out,
		 struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	*out = true;
	for (size_t i = 0; rc == CLAQUE_OK && *out && i < step->check_count; i++)
		rc = lesson_holds(s, &step->checks[i], out, err);
	*out = *out && rc == CLAQUE_OK;
	return rc;
}
