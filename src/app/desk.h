/*
 * desk.h - how the analyst has the workbench arranged: which columns each list
 * shows and in which order. It is kept in the case, so the next session finds
 * it; a case that is open for reading keeps it until it is closed.
 */
#ifndef APP_DESK_H
#define APP_DESK_H

#include "app/session.h"

/* Which columns of a list are shown, in this order. */
struct shape {
	uint8_t columns[LIST_COLUMNS_MAX];
	size_t count;
};

/* What is shown unless the analyst said otherwise: every column with a title. */
struct shape desk_shape(const struct session *s, enum list_id list);
/* Did the analyst say otherwise? */
bool desk_is_shaped(const struct session *s, enum list_id list);
bool shape_has(const struct shape *shape, size_t column);
/* All return SESSION_ bits. The last column of a list stays. */
unsigned desk_toggle_column(struct session *s, enum list_id list, size_t column);
/* One place to the left (-1) or to the right (1). */
unsigned desk_move_column(struct session *s, enum list_id list, size_t column, int by);
unsigned desk_reset_columns(struct session *s, enum list_id list);
/* What a column is called on screen, also one that is there only when asked for. */
const char *column_title(const struct column *column);
/* The same without abbreviations: "accounts" for "accts". */
const char *column_full_title(const struct column *column);

#endif
