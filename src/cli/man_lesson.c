/* man_lesson.c - claque-lesson(7), from the tables of words and checks. */
#include "config.h"

#include <stdio.h>

#include "cli/help.h"
#include "scenario/lesson.h"

static void
man_tables(void)
{
	static const struct man_entry words[] = {
#define X(name, values, help) { #name, values, help },
		LESSON_WORD_LIST(X)
#undef X
	};
	static const struct man_entry checks[] = {
#define X(name, values, help) { #name, values, help },
		LESSON_CHECK_LIST(X)
#undef X
	};

	(void)printf(".SH LINES\nText in UTF\\-8, a word and its value a line. Empty lines, and lines "
		     "that begin with #, say nothing. What stands before the first step is about the "
		     "lesson, which has a title, a goal and a scenario; what stands below a step "
		     "line is about that step, which has a place, a text and a check.\n");
	help_man_entries(words, sizeof(words) / sizeof(words[0]));
	(void)printf(".SH CHECKS\nA step is done while all of its checks hold. They ask what the "
		     "learner left in the case, so that it does not matter by which keys: undoing "
		     "it takes the tick away. KIND is cluster, account, source, post, change or "
		     "indicator, NAME what claque(1) finds it by (C001, @handle, a link), or * for "
		     "any.\n");
	help_man_entries(checks, sizeof(checks) / sizeof(checks[0]));
}

void
help_man_lesson(void)
{
	(void)printf(".TH CLAQUE-LESSON 7 \"\" \"claque %s\"\n.SH NAME\n"
		     "claque\\-lesson \\- lessons: an investigation in steps\n"
		     ".SH SYNOPSIS\n\\fI$XDG_CONFIG_HOME\\fR/claque/lessons/\\fINAME\\fR.lesson\n.br\n"
		     "\\fBclaque demo \\-\\-lesson\\fR \\fINAME\\fR\n.br\n"
		     "\\fBclaque lesson test\\fR \\fIFILE\\fR [\\fICASE\\fR]\n"
		     ".SH DESCRIPTION\nA lesson tells a learner what to do in the workbench, step by "
		     "step, and sees by the case that it was done. Lessons in claque/lessons under "
		     "XDG_CONFIG_HOME (or ~/.config) and those that are installed are found by name; "
		     "of two with one name yours counts.\n.PP\n"
		     "A lesson with a line that is not understood is refused, with its path, the "
		     "line and the remedy.\n", PACKAGE_VERSION);
	man_tables();
	(void)printf(".SH LIMITS\nA lesson has up to %d KiB and %d steps, a step %d checks; task, "
		     "hints and answer of a step %d bytes each, so that they fit below a list on a "
		     "screen of 80x24.\n"
		     ".SH EXAMPLE\n.nf\nlesson sources\ntitle What they share\n"
		     "goal You can tell what a group shares, and who else does.\n"
		     "scenario stealth\\-1\nminutes 5\n\n"
		     "step To the sources of the first lead\nplace clusters\n"
		     "text Show what the first cluster shares.\n"
		     "hint o lists the pivots; s is the sources.\n"
		     "check at sources on cluster C001\nkeys os\n.fi\n"
		     ".SH ENVIRONMENT\n.TP\n\\fBCLAQUE_LESSONS\\fR\nA folder in place of that of the "
		     "installed lessons.\n"
		     ".SH FILES\n%s/lessons/*.lesson\n"
		     ".SH \"SEE ALSO\"\nclaque\\-lesson(1), claque\\-demo(1), claque\\-open(1)\n",
		     LESSON_BYTES_MAX >> 10, LESSON_STEPS_MAX, LESSON_CHECKS_MAX, LESSON_TEXT_MAX,
		     PKGDATADIR);
}
