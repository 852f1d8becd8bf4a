/*
 * lesson_test.h - a lesson held against the workbench, and a case against a lesson.
 */
#ifndef APP_LESSON_TEST_H
#define APP_LESSON_TEST_H

#include "app/lesson_run.h"
#include "app/network_job.h"

/* name, title, steps, minutes, scenario, posts, goal, file: one row a lesson. */
void lesson_list(const struct lessons *lessons, const struct row_sink *sink);
/*
 * result, line, step, what: what is wrong, or a row that says that nothing is. With a
 * session, whether its case has what places and checks name, too. Returns how many faults.
 */
size_t lesson_test(const struct lesson *lesson, struct session *s, const struct row_sink *sink);
/* step, title, done, missing: one row a step. *undone: how many are not done. */
CLAQUE_CHECKED enum claque_rc lesson_table(const struct lesson *lesson, struct session *s,
	const struct row_sink *sink, size_t *undone, struct claque_err *err);

#endif
