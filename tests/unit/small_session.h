/* small_session.h - a session on a copy of the case of small_case.h. */
#ifndef TESTS_UNIT_SMALL_SESSION_H
#define TESTS_UNIT_SMALL_SESSION_H

#include "app/action.h"

/* On copy.claque as it is; fails the test if it cannot be opened. */
struct session *open_case(bool read_only);
/* On a fresh copy. */
struct session *fresh(void);
/* Runs the action, which must be possible; what it asks for. */
unsigned run(struct session *s, enum action_id id, const char *arg);
/* How many notes, tags and other annotations stand in the case. */
int64_t notes(struct session *s);

#endif
