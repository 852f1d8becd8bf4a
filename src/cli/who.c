#include "config.h"

#include "cli/who.h"

#include "case/case.h"

enum { NAME_ARENA = 1 << 18 };

struct claque_str
who(void)
{
	static struct claque_str name;
	struct arena program;

	if (name.p == NULL) {
		program = arena_new(NAME_ARENA);	/* as long as the program */
		name = case_who(&program);
	}
	return name;
}
