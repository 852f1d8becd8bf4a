#include "config.h"

#include "text/width.h"

#include <stddef.h>

/* Runs that cover every code point: where each ends, and its class. */
#define W(last, class) (uint32_t)(last) << 4 | (uint32_t)WIDTH_##class,
static const uint32_t runs[] = {
#include "text/width_table.inc"
};
#undef W

enum { CODE_MAX = 0x10ffff, CLASS_MASK = 15 };

enum width_class
width_class(uint32_t code)
{
	size_t low = 0, high = sizeof(runs) / sizeof(runs[0]) - 1;

	if (code >= 0x20 && code < 0x7f)
		return WIDTH_NARROW;
	if (code > CODE_MAX)
		return WIDTH_UNASSIGNED;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (runs[mid] >> 4 < code)
			low = mid + 1;
		else
			high = mid;
	}
	return (enum width_class)(runs[low] & CLASS_MASK);
}
