/*
 * preview.c - what a pattern or a lens would leave of the list, said while it is being
 * typed. A "~" stands before what is still being counted.
 */
#include "config.h"

#include "tui/view.h"

static struct claque_str
grouped(struct ui *u, int64_t n)
{
	return n == SESSION_MANY ? STR("more than 10,000") : n < 0 ? STR("?") :
	       count_grouped(&u->grid.scratch, n);
}

struct claque_str
preview_hits(struct ui *u, struct claque_str pattern)
{
	struct arena *perm = &u->grid.scratch;
	const char *rows = list_name(session_list(u->s));
	struct tally t = session_count_hits(u->s, pattern);
	struct claque_str found = grouped(u, t.found);

	if (t.failed)
		return STR("not counted");
	if (t.final)
		return str_fmt(perm, STR_FMT " of " STR_FMT " %s match", STR_ARG(found),
			       STR_ARG(grouped(u, session_length(u->s))), rows);
	return str_fmt(perm, "~" STR_FMT " match in " STR_FMT " of " STR_FMT " %s", STR_ARG(found),
		       STR_ARG(grouped(u, t.seen)), STR_ARG(grouped(u, session_length(u->s))),
		       rows);
}

struct claque_str
preview_lens(struct ui *u, const struct lens *lens)
{
	struct arena *perm = &u->grid.scratch;
	struct tally t = session_count_lens(u->s, lens);

	if (t.failed)
		return STR("not counted");
	return str_fmt(perm, "would keep %s" STR_FMT " of " STR_FMT " %s", t.final ? "" : "~",
		       STR_ARG(grouped(u, t.found)), STR_ARG(grouped(u, session_whole(u->s))),
		       list_name(session_list(u->s)));
}

struct claque_str
preview_search(struct ui *u)
{
	struct arena *perm = &u->grid.scratch;
	struct tally t = session_count_hits(u->s, session_pattern(u->s));

	if (t.failed)
		return STR("");
	if (t.nth > 0)
		return str_fmt(perm, "hit " STR_FMT " of %s" STR_FMT, STR_ARG(grouped(u, t.nth)),
			       t.final ? "" : "~", STR_ARG(grouped(u, t.found)));
	return str_fmt(perm, "%s" STR_FMT " hits", t.final ? "" : "~",
		       STR_ARG(grouped(u, t.found)));
}
