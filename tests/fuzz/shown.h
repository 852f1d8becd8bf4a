/* shown.h - what must hold of all that reaches a terminal, for the harnesses. */
#ifndef TESTS_FUZZ_SHOWN_H
#define TESTS_FUZZ_SHOWN_H

#include <stdlib.h>

#include "base/utf8.h"

/* Nothing that moves a cursor, hides, or is no character; line ends only where they are. */
static inline void
check_harmless(struct claque_str shown, bool lines)
{
	size_t used;

	while (shown.len > 0) {
		uint32_t code = utf8_next(shown, &used);

		if (code == UTF8_BAD || (code < 0x20 && !(lines && code == '\n')) ||
		    (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) ||
		    (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f) ||
		    code == 0xfeff)
			abort();
		shown = str_sub(shown, used, shown.len);
	}
}

#endif
