#include "config.h"

#include "app/pivot.h"

static bool
is_here(const struct session *s, enum screen_id screen, struct subject subject)
{
	const struct place *here = session_here(s);

	return here->screen == screen && here->subject.kind == subject.kind &&
	       here->subject.id == subject.id;
}

size_t
pivot_list(struct session *s, struct subject subject, struct pivot out[PIVOT_MAX])
{
	size_t n = 0;

	for (unsigned i = 0; i < SCREEN_COUNT; i++) {
		const struct screen *screen = screen_get((enum screen_id)i);
		struct pivot *p = &out[n];

		if (subject.kind == SUBJECT_none || !screen_takes((enum screen_id)i, subject.kind) ||
		    is_here(s, (enum screen_id)i, subject))
			continue;
		*p = (struct pivot){ .screen = (enum screen_id)i, .subject = subject,
				     .letter = screen->letter, .title = screen->title };
		if (!screen_is_picture((enum screen_id)i) && i != SCREEN_ACCOUNT) {
			p->count = session_side_count(s, screen->lists[0], subject);
			p->counted = p->count >= 0;
		}
		n++;
	}
	return n;
}

struct claque_str
pivot_count_text(struct arena *perm, const struct pivot *p)
{
	if (!p->counted)
		return STR("");
	return p->count == SESSION_MANY ? STR(">10k") : count_grouped(perm, p->count);
}
