/* session_written.c - what the analyst wrote before, read again: to be kept, or mended. */
#include "config.h"

#include "app/session_impl.h"

enum { ROOM = 1 << 20, LINE_BYTES = 4000 };

bool
session_verdict(struct session *s, struct arena *perm, struct annotation *out)
{
	struct claque_err err;

	if (annotation_verdict(s->store, session_subject(s), perm, out, &err) == CLAQUE_OK)
		return out->id != 0;
	session_fail(s, &err);
	return false;
}

struct last_note {
	struct arena *perm;
	struct annotation found;
};

static bool
keep_note(void *ctx, const struct annotation *a)
{
	struct last_note *last = ctx;

	if (a->kind == ANNOTATION_note) {
		last->found = *a;
		last->found.text = str_dup(last->perm, a->text);
		last->found.target_name = str_dup(last->perm, a->target_name);
	}
	return true;
}

/* The note at hand; its id 0 if there is none. */
static enum claque_rc
note_here(struct session *s, struct arena *perm, struct annotation *out, struct claque_err *err)
{
	const struct row *row = session_current(s);
	struct last_note last = { .perm = perm, .found = { .id = 0 } };
	struct subject on = session_subject(s);
	enum claque_rc rc = CLAQUE_OK;

	if (session_list(s) == LIST_NOTES && row != NULL)
		rc = annotation_get(s->store, row->id, perm, &last.found, err);
	else if (on.kind != SUBJECT_none)
		rc = annotation_walk(s->store, on, keep_note, &last, err);
	*out = last.found;
	if (out->kind != ANNOTATION_note)
		out->id = 0;
	return rc;
}

bool
session_note(struct session *s, struct arena *perm, struct claque_str *out)
{
	struct annotation note;
	struct claque_err err;
	enum claque_rc rc = note_here(s, perm, &note, &err);

	*out = note.text;
	if (rc != CLAQUE_OK)
		session_fail(s, &err);
	else if (note.id == 0)
		session_say(s, "there is no note here to be reworded; c writes one");
	else if (note.text.len > LINE_BYTES || str_find(note.text, STR("\n"), 0) < note.text.len)
		session_say(s, "the note has several lines: claque note --replace %lld rewords it",
			    (long long)note.id);
	else
		return true;
	return false;
}

unsigned
session_reword(struct session *s, struct claque_str text)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	struct case_context c = session_context(s, &perm);
	struct annotation note, mended;
	struct claque_err err;
	enum claque_rc rc = note_here(s, &perm, &note, &err);

	if (rc == CLAQUE_OK && note.id == 0)
		session_say(s, "there is no note here to be reworded; c writes one");
	if (rc == CLAQUE_OK && note.id != 0) {
		mended = (struct annotation){ .kind = ANNOTATION_note, .target = note.target,
			.target_name = note.target_name, .text = text, .replaces = note.id };
		rc = case_annotate(&c, &mended, &err);
		session_say(s, "reworded the note on " STR_FMT,
			    STR_ARG(session_subject_name(s, note.target, &perm)));
	}
	session_forget(s);
	if (rc != CLAQUE_OK)
		session_fail(s, &err);
	arena_free(whole);
	return SESSION_REDRAW | SESSION_RELOAD;
}
