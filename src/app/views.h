/*
 * views.h - saved views: a screen with its subject, order and lens under a name,
 * kept in the case as lines of text. The lens may have parameters, words such as
 * $word, which are asked for when the view is opened, with the value of the last time.
 */
#ifndef APP_VIEWS_H
#define APP_VIEWS_H

#include "app/session.h"

enum { VIEWS_MAX = 50, VIEW_NAME_MAX = 60, VIEW_LENS_MAX = 1024 };

struct saved_view {
	struct claque_str name, lens, step;	/* step: the place, as the trail writes it */
};

/* By name; in perm. Returns how many. */
size_t views_read(const struct session *s, struct arena *perm, struct saved_view out[VIEWS_MAX]);
/*
 * The place as it is seen now, in place of one of the same name. text: a name, or "NAME: LENS".
 * Returns SESSION_ bits; the message says what is wrong.
 */
unsigned views_save(struct session *s, struct claque_str text);
/* "NAME": that one is gone. "NAME: NEW NAME": it is called so, unless another one is. */
unsigned views_remove(struct session *s, struct claque_str name);
unsigned views_rename(struct session *s, struct claque_str text);
/* Goes there; with parameters in its lens, through an open one: *fill is then what to ask. */
unsigned views_open(struct session *s, const struct saved_view *view, struct claque_str *fill);
/* What was last given for a parameter, with or without its $; "" if nothing was. */
struct claque_str view_value(struct session *s, struct arena *perm, struct claque_str name);
void view_keep_value(struct session *s, struct claque_str name, struct claque_str value);
/* The first parameter in a lens, with its $; false if there is none. */
bool view_parameter(struct claque_str lens, size_t *at, size_t *len);

#endif
