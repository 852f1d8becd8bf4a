/*
 * id_list.h - ids of rows as a query takes them in `set`: "[1,2,3]" (store/list.h).
 */
#ifndef APP_ID_LIST_H
#define APP_ID_LIST_H

#include "base/buf.h"

static inline void
id_list_add(struct buf *list, int64_t id)
{
	buf_addf(list, "%c%lld", list->len == 0 ? '[' : ',', (long long)id);
}

/* Behind the last of them, of which there must be one; good while the buffer is. */
static inline struct claque_str
id_list_end(struct buf *list)
{
	buf_addc(list, ']');
	return buf_str(list);
}

#endif
