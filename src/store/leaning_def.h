/* leaning_def.h - which side a source stands on, as SQL; "o" is the source. */
#ifndef STORE_LEANING_DEF_H
#define STORE_LEANING_DEF_H

#include "claque/dataset.h"

_Static_assert(CLAQUE_OBJECT_post == 0 && CLAQUE_OBJECT_domain == 2, "numbers in this SQL");

/* news.site.example is site.example, if only that one is listed. */
#define LEANING_UP(host) "substr(" host ", instr(" host ", '.') + 1)"
#define LEANING_OF(key) "(SELECT leaning FROM leaning WHERE key = " key ")"
/* Of a site by its name, of a post by its author; NULL where the list tells neither. */
#define LEANING_OF_SOURCE "CASE o.kind WHEN 2 THEN coalesce(" LEANING_OF("o.key") ", " \
	LEANING_OF(LEANING_UP("o.key")) ", " LEANING_OF(LEANING_UP(LEANING_UP("o.key"))) ")" \
	" WHEN 0 THEN coalesce(" LEANING_OF("lower(o.author)") ", (SELECT z.leaning FROM account q" \
	" JOIN leaning z ON z.key = lower(ltrim(q.handle, '@')) WHERE q.native_id = o.author)) END"

#endif
