/*
 * signal_tag_sequence.c - the same hashtags in the same order (S14): of a
 * post, or of an account's whole day. One tag is a topic; five in the same
 * order are a list that was handed out.
 *
 * A day (UTC) only speaks where none of its posts is long enough by itself:
 * else one list would count twice. A sequence is the same object wherever it
 * stands, so that a list in one post matches the same list spread over a day.
 * Native reshares are left out: their tags are somebody else's.
 */
#include "config.h"

#include "engine/signal.h"

#include "base/buf.h"
#include "engine/tick.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)

enum { SEQUENCE_BYTES_MAX = 1 << 16 };

struct lister {
	const struct claque_dataset *ds;
	size_t least;		/* different tags */
	struct map sequences;	/* text of it to number in *out */
	struct coact *out;
	struct buf day;		/* tags of the day so far */
	const struct post *last;	/* of the day, with tags */
	size_t posts;		/* of the day with tags */
	bool spoken;		/* a post of the day was long enough */
};

/* Different tags among the first so many; enough to know whether they reach `least`. */
static size_t
count_tags(struct claque_str tags, size_t least)
{
	struct claque_str rest = tags, tag;
	struct set64 seen;
	size_t count;

	set64_init(&seen);
	while (seen.count < least && str_cut(&rest, ' ', &tag))
		if (tag.len > 0)
			(void)set64_add(&seen, hash_bytes(tag, 0));
	count = seen.count;
	set64_done(&seen);
	return count;
}

static void
act(struct lister *l, struct claque_str tags, const struct post *p)
{
	bool is_new;
	uint32_t number = map_add(&l->sequences, tags, &is_new);

	if (is_new)
		number = coact_object(l->out, hash_bytes(tags, 0));
	coact_add(l->out, l->ds, number, p->at, p->account, p->row);
}

static void
end_day(struct lister *l)
{
	struct claque_str tags = buf_str(&l->day);

	if (l->posts > 1 && !l->spoken && !l->day.over && count_tags(tags, l->least) >= l->least)
		act(l, tags, l->last);
	buf_clear(&l->day);
	l->last = NULL;
	l->posts = 0;
	l->spoken = false;
}

static int64_t
day_of(int64_t at)
{
	return at / DAY_MS - (at % DAY_MS < 0);
}

/* Posts come by account, each account's by time, those without one first. */
static void
take_post(struct lister *l, const struct post *p)
{
	struct claque_str tags = dataset_string(l->ds, p->tags);

	if (p->kind == CLAQUE_IS_reshare || tags.len == 0)
		return;
	if (l->last != NULL && (l->last->account != p->account ||
				day_of(l->last->at) != day_of(p->at)))
		end_day(l);
	if (count_tags(tags, l->least) >= l->least) {
		act(l, tags, p);
		l->spoken = p->at != CLAQUE_NO_TIME;
	}
	if (p->at == CLAQUE_NO_TIME)
		return;
	if (l->posts > 0)
		buf_add(&l->day, STR(" "));
	buf_add(&l->day, tags);
	l->last = p;
	l->posts++;
}

static enum claque_rc
list_acts(const struct workings *w, const double *params, const struct claque_progress *progress,
	  struct coact *out, struct claque_err *err)
{
	struct lister l = { .ds = w->ds, .out = out, .least = (size_t)params[0] };
	struct ticker t = { .progress = progress, .stage = "reading hashtags",
			    .total = w->ds->post_count };
	bool go_on = true;

	(void)err;
	*out = (struct coact){ 0 };
	map_init(&l.sequences);
	buf_init(&l.day, SEQUENCE_BYTES_MAX);
	for (size_t i = 0; i < w->ds->post_count && go_on; i++) {
		take_post(&l, &w->ds->posts[i]);
		go_on = tick(&t, 1, 16);
	}
	end_day(&l);
	buf_done(&l.day);
	map_done(&l.sequences);
	if (!go_on) {
		coact_done(out);
		return CLAQUE_STOPPED;
	}
	coact_sort(out);
	return CLAQUE_OK;
}

const struct signal signal_tag_sequence = {
	.info = {
		.id = "S14", .name = "tag-sequence",
		.help = "the same hashtags in the same order, in a post or over a day",
		.source = "Pacheco et al. 2021 (hashtag sequences of a day)",
		.unit = "sequences", .needs = "hashtags", .cost = "O(posts)",
		.axis = CLAQUE_COORDINATION, .family = CLAQUE_FAMILY_CONTENT,
		.shape = CLAQUE_EDGES,
		.params = {
			{ "tags", "tags", "different tags that make a sequence", 2, 50, 5 },
		},
		.param_count = 1,
	},
	.acts = list_acts,
};
