/*
 * surroundings.h - what goes wrong around a command, not in a call that it makes: the real
 * thing, where this machine lets us.
 */
#ifndef FAULT_SURROUNDINGS_H
#define FAULT_SURROUNDINGS_H

#include "commands.h"
#include "fault.h"

/* X(name, what there is) */
#define SURROUNDING_LIST(X) \
	X(space, "a file system without room for more than so much") \
	X(readonly, "a file system mounted read-only") \
	X(denied, "a folder and files that may only be read") \
	X(folder, "a folder where a file is expected") \
	X(absent, "a file is not there") \
	X(cut, "half of a file is there") \
	X(clock, "a clock that shows twenty years ago") \
	X(moved, "the case is moved while it is open") \
	X(replaced, "another case takes its place while it is open") \
	X(removed, "an input is removed while it is read") \
	X(shortened, "an input is cut while it is read") \
	X(second, "somebody else writes to the case meanwhile")

#define X(name, what) SURROUNDING_##name,
enum surrounding { SURROUNDING_LIST(X) SURROUNDINGS };
#undef X

/* What is wrong around one run. */
struct harm {
	enum surrounding kind;
	const struct command *command;
	uint64_t n;
	const char *word;	/* of the command: what was harmed; NULL: its whole folder */
	int second;		/* which of the others that write */
	bool second_wrote;	/* and it said that it did */
	int status;		/* of waitpid(): how the command ended */
	char fault[40];		/* for the library: "" or when the deed is to be done */
};

/* Gives run/ a file system of its own, where that is allowed; says so if it is not. */
void surroundings_begin(const char *claque);
/* The child's, before it becomes claque. */
void surroundings_enter(void);
/* How many of a kind a command can meet; seen: the calls it made without any. */
uint64_t surroundings_count(enum surrounding kind, const struct command *c,
			    const struct fault_report *seen);
/* The n-th of them, from 1, to what is in run/ by now. */
void surroundings_set(struct harm *out, enum surrounding kind, uint64_t n,
		      const struct command *c);
/*
 * Puts back what was harmed, when the run has ended. done: there was harm. NULL, or what is
 * wrong at once.
 */
const char *surroundings_end(struct harm *h, const struct ending *e, bool done);

/* Does an error say what was wrong, and where? */
bool surroundings_named(const struct harm *h, const char *text);
/* Must this command do what it always does? */
bool surroundings_no_matter(const struct harm *h);
/* May it end as it likes, where less than all was there to be read? */
bool surroundings_any_ending(const struct harm *h);
/* Is another case than without it right, if it is whole and has every annotation? */
bool surroundings_other_case(const struct harm *h);

/* Must the same command now leave what it always leaves? */
bool surroundings_again(const struct harm *h);

/* Was the case taken from where it was? */
bool surroundings_moves_case(const struct harm *h);
/* Is among the annotations what somebody else wrote meanwhile? Prints what they were told. */
bool surroundings_kept(const struct harm *h, const char *annotations);

#endif
