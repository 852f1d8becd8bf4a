/*
 * lesson.h - lessons: what a learner is to do in a case, step by step, and how it is
 * seen that it was done. A text that people write and read; claque-lesson(7) tells its
 * lines.
 *
 * A step is done by what the learner left in the case (tags, verdicts, notes, pins) or
 * by where the trail has been: nothing asks for typed answers, so that a lesson teaches
 * what an investigation leaves behind anyway. Names of a world's accounts may change with
 * its generator; clusters by rank and * (any) do not.
 */
#ifndef SCENARIO_LESSON_H
#define SCENARIO_LESSON_H

#include "base/buf.h"
#include "model/lens.h"
#include "store/annotation.h"

/* The words that a line begins with. X(name, what follows, help) */
#define LESSON_WORD_LIST(X) \
	X(lesson, "NAME", "the first line: what the lesson is called, in small letters, digits and -") \
	X(title, "TEXT", "what it is about, as the learner sees it") \
	X(goal, "TEXT", "what the learner can do afterwards; further lines are further sentences") \
	X(scenario, "NAME", "the world it runs on: stealth-0 to stealth-5, or a scenario of claque-scenario(7)") \
	X(posts, "N", "the size of that world; 10000 where it is not said") \
	X(seed, "N", "which world of that kind; 1 where it is not said") \
	X(minutes, "N", "how long it takes") \
	X(presenter, "TEXT", "for whoever teaches: of the lesson, and after a step line of the step") \
	X(step, "TITLE", "a step begins") \
	X(place, "SCREEN [on KIND NAME] [lens LENS]", "where it begins, as in a trail: the screen, " \
	  "what it stands on, the lens") \
	X(text, "TEXT", "the task; each further line is a paragraph") \
	X(hint, "TEXT", "shown when asked for; each further line is a further hint") \
	X(expect, "TEXT", "what is to be found, for the presenter and for whoever tests the lesson") \
	X(answer, "TEXT", "covered until it is asked for") \
	X(check, "[not] CHECK", "the step is done when this is true, or after not when it is false; " \
	  "of several lines all must be so") \
	X(keys, "KEYS", "keys that solve the step from its place, as in jj<Enter>o")

/* X(name, what follows, help) */
#define LESSON_CHECK_LIST(X) \
	X(at, "SCREEN [on KIND NAME] [lens LENS]", "the trail has been there; the lens had at " \
	  "least these conditions, a period inside of this one") \
	X(verdict, "KIND NAME WORD", "the verdict that stands is this one") \
	X(tag, "KIND NAME TAG", "it has the tag") \
	X(note, "KIND NAME [TEXT]", "it has a note, with this text in it") \
	X(pin, "KIND NAME", "it is pinned") \
	X(highlight, "KIND NAME [TEXT]", "a passage of it is highlighted, with this text in it") \
	X(export, "[FORMAT]", "the ledger has an export, of this format: csv, method, markdown, ...") \
	X(count, "N ACT KIND [WORD]", "at least so many have that: verdict, tag, note, pin, highlight")

enum lesson_check_kind {
#define X(name, values, help) LESSON_CHECK_##name,
	LESSON_CHECK_LIST(X)
#undef X
	LESSON_CHECK_COUNT
};

enum {
	LESSON_BYTES_MAX = 64 << 10, LESSON_STEPS_MAX = 40, LESSON_CHECKS_MAX = 8,
	LESSON_NAME_MAX = 40, LESSON_TITLE_MAX = 60,
	LESSON_TEXT_MAX = 380,		/* of a task, a hint, an answer: fits the panel at 80x24 */
	LESSON_NOTES_MAX = 2000, LESSON_COUNT_MAX = 1000, LESSON_KEYS_MAX = 200
};

/* KIND and NAME; kind none: nothing is said of it. */
struct lesson_target {
	enum subject_kind kind;
	struct claque_str name;		/* "*": any */
};

struct lesson_place {
	struct claque_str screen;	/* as in app/screen.h; "": no place is told */
	struct lesson_target on;
	struct lens lens;
};

struct lesson_check {
	enum lesson_check_kind kind;
	bool not;				/* it must be false */
	struct lesson_place place;		/* of at */
	enum annotation_kind act;		/* of all others */
	struct lesson_target on;
	int64_t count;				/* how many; 1 but for count */
	struct claque_str word;		/* verdict, tag, format or part of a text; "": any */
};

/* Texts of several lines are parted by '\n'. Those that are not told are "". */
struct lesson_step {
	struct claque_str title, text, hints, expect, answer, presenter, keys;
	struct lesson_place place;
	struct lesson_check checks[LESSON_CHECKS_MAX];
	size_t check_count;
	size_t line;				/* of the file, where it begins */
};

struct lesson {
	struct claque_str path, name, title, goal, scenario, presenter;
	uint64_t posts, seed;
	int64_t minutes;			/* 0: not told */
	struct lesson_step *steps;
	size_t step_count;
};

/*
 * A whole file; everything is copied into perm. EINPUT: "path:line: what is wrong;
 * remedy", or without the line if something is missing.
 */
CLAQUE_CHECKED enum claque_rc lesson_read(struct arena *perm, struct claque_str path,
	struct claque_str text, struct lesson *out, struct claque_err *err);
/* The same lesson as such a file. */
void lesson_write(struct buf *out, struct arena scratch, const struct lesson *lesson);
/* "accounts on cluster C001 lens lang:en", "tag account @ann fan": as they are read. */
struct claque_str lesson_place_text(struct arena *perm, const struct lesson_place *place);
struct claque_str lesson_check_text(struct arena *perm, const struct lesson_check *check);
/* Is everything that `asked` wants of a lens in the one at hand? */
bool lesson_lens_has(const struct lens *lens, const struct lens *asked);

#endif
