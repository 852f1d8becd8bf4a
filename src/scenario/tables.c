/*
 * tables.c - rows of accounts stand in an order that says nothing about who is who.
 */
#include "config.h"

#include "scenario/tables.h"

#include <stdlib.h>

#include "base/clock.h"

#include "scenario/post.h"
#include "scenario/profile.h"
#include "scenario/truth.h"

struct change {
	int64_t at;
	uint32_t actor;
	uint8_t bit;
};

/* --- posts */

static void
start_posts(struct tables *t, struct outfile *o)
{
	plot_init(&t->plot, t->cast);
	t->ready = 0;
	post_header(o, t->cast);
}

static bool
row_of_post(struct tables *t, struct outfile *o, struct arena scratch)
{
	const struct event *e;

	while (t->next == t->ready) {
		t->next = t->ready = 0;
		if (!plot_next(&t->plot, &t->ready))
			return false;
	}
	e = &t->plot.events[t->next++];
	post_row(o, t->cast, e, scratch);
	if (t->cast->world.graded)
		truth_note_host(t->hosts, t->cast, e, scratch);
	return true;
}

/* --- accounts */

static void
account_row(struct outfile *o, const struct cast *c, uint32_t actor, struct arena scratch)
{
	const struct actor *a = &c->actors[actor];
	struct profile p = profile_of(c, actor, true, &scratch);

	outfile_field(o, cast_id(c, actor, &scratch));
	outfile_field(o, str_of(cast_platform(c, a)));
	outfile_field(o, p.handle);
	outfile_field(o, p.name);
	outfile_field(o, clock_text(&scratch, a->created_at, CLOCK_RFC3339));
	outfile_field(o, p.place);
	outfile_field(o, p.bio);
	outfile_field(o, p.avatar);
	outfile_field(o, STR(""));
	outfile_field_number(o, a->followers);
	outfile_field_number(o, (int64_t)(20 + a->seed % 900));
	outfile_field_number(o, (int64_t)(a->seed >> 20) % 4000);
	outfile_field_number(o, p.verified);
	outfile_field(o, str_of(tongue_code(c->world.tongue)));
	outfile_end_row(o);
}

static void
start_accounts(struct tables *t, struct outfile *o)
{
	(void)t;
	outfile_text(o, STR("account_id,platform,handle,display_name,created_at,location,bio,"
			    "avatar_hash,avatar_tag,followers,following,posts_total,verified,"
			    "lang\n"));
}

static bool
row_of_account(struct tables *t, struct outfile *o, struct arena scratch)
{
	if (t->next == t->cast->actor_count)
		return false;
	account_row(o, t->cast, t->order[t->next++], scratch);
	return true;
}

/* --- changes of profiles */

static int
change_cmp(const void *pa, const void *pb)
{
	const struct change *a = pa, *b = pb;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->actor != b->actor)
		return a->actor < b->actor ? -1 : 1;
	return (a->bit > b->bit) - (a->bit < b->bit);
}

/* One for each field, the fields of one account a few seconds apart. */
static struct change *
collect_changes(const struct cast *c, size_t *count)
{
	struct change *list = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; i < c->actor_count; i++)
		for (uint8_t bit = 0; bit < CHANGE_BITS; bit++) {
			if ((c->actors[i].changed & 1 << bit) == 0)
				continue;
			GROW(list, cap, n + 1);
			list[n++] = (struct change){ c->actors[i].changed_at + bit * 17000, i,
						     bit };
		}
	if (n > 0)
		qsort(list, n, sizeof(*list), change_cmp);
	*count = n;
	return list;
}

static struct claque_str
changed_field(const struct profile *p, uint8_t bit)
{
	const struct claque_str fields[CHANGE_BITS] = { p->handle, p->name, p->place, p->avatar,
							p->bio };

	return fields[bit];
}

static void
start_changes(struct tables *t, struct outfile *o)
{
	t->changes = collect_changes(t->cast, &t->change_count);
	outfile_text(o, STR("account_id,changed_at,field,old_value,new_value\n"));
}

/* False: drawn again by chance, which is no change. */
static bool
change_row(const struct cast *c, const struct change *change, struct outfile *o,
	   struct arena scratch)
{
	static const char *const fields[CHANGE_BITS] = { "handle", "display_name", "location",
							 "avatar_hash", "bio" };
	struct profile old = profile_of(c, change->actor, false, &scratch);
	struct profile new = profile_of(c, change->actor, true, &scratch);
	struct claque_str before = changed_field(&old, change->bit);
	struct claque_str after = changed_field(&new, change->bit);

	if (str_eq(before, after))
		return false;
	outfile_field(o, cast_id(c, change->actor, &scratch));
	outfile_field(o, clock_text(&scratch, change->at, CLOCK_RFC3339));
	outfile_field(o, str_of(fields[change->bit]));
	outfile_field(o, before);
	outfile_field(o, after);
	outfile_end_row(o);
	return true;
}

static bool
row_of_change(struct tables *t, struct outfile *o, struct arena scratch)
{
	while (t->next < t->change_count)
		if (change_row(t->cast, &t->changes[t->next++], o, scratch))
			return true;
	return false;
}

void
tables_start(struct tables *t, enum scenario_table table, struct outfile *o)
{
	static void (*const starts[])(struct tables *, struct outfile *) = {
		[SCENARIO_POSTS] = start_posts, [SCENARIO_ACCOUNTS] = start_accounts,
		[SCENARIO_CHANGES] = start_changes };

	tables_end(t);
	t->table = table;
	t->done = 0;
	t->next = 0;
	starts[table](t, o);
}

bool
tables_row(struct tables *t, struct outfile *o, struct arena scratch)
{
	static bool (*const rows[])(struct tables *, struct outfile *, struct arena) = {
		[SCENARIO_POSTS] = row_of_post, [SCENARIO_ACCOUNTS] = row_of_account,
		[SCENARIO_CHANGES] = row_of_change };
	bool more = rows[t->table](t, o, scratch);

	t->done += more;
	return more;
}

void
tables_end(struct tables *t)
{
	if (t->plot.cast != NULL)
		plot_done(&t->plot);
	t->plot = (struct plot){ .cast = NULL };
	free(t->changes);
	t->changes = NULL;
}
