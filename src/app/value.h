/*
 * value.h - values made on the spot, for tables that no query gives.
 */
#ifndef APP_VALUE_H
#define APP_VALUE_H

#include "model/column.h"

static inline struct value
value_int(int64_t i)
{
	return (struct value){ .type = VALUE_INT, .i = i };
}

static inline struct value
value_real(double r)
{
	return (struct value){ .type = VALUE_REAL, .r = r };
}

static inline struct value
value_str(struct claque_str s)
{
	return (struct value){ .type = VALUE_TEXT, .s = s };
}

#endif
