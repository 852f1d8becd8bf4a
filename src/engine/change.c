/*
 * change.c - events of one account's changes, what they replace, and how
 * surely somebody else is behind the account afterwards.
 */
#include "config.h"

#include "claque/change.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/array.h"
#include "base/edit.h"
#include "base/err.h"
#include "engine/coact.h"
#include "engine/null.h"
#include "engine/odds.h"
#include "engine/tick.h"
#include "engine/topic.h"
#include "engine/wording.h"

#define DAY_MS (INT64_C(24) * 3600 * 1000)
#define SPAN_USUAL_S (INT64_C(48) * 3600)
#define SPAN_MAX_S (INT64_C(366) * 24 * 3600)
#define WORTH 30.0		/* events that what is expected of either kind is worth */
#define PRIOR 0.1
#define CAP 3.0			/* log odds that one sign may give */

enum { ROUNDS = 30, LEVELS = 4, GAPS_MIN = 5, WORD_LEN_MIN = 3, SLOGAN_MIN = 3, FIELDS_MANY = 3 };

/* What is looked at; levels: 0 not known, 1 nothing, 2 somewhat, 3 strongly. */
enum sign { NAME, HANDLE, PICTURE, PLACE, BIO, SILENCE, TOPIC, COMPANY, SIGNS };

/*
 * Beginnings: what events of either kind show before the file is heard. After
 * the redirected network of 2023 (names, pictures and places replaced within
 * hours, in a wave) and Elmas, Overdorf and Aberer 2023 (repurposed accounts:
 * new name and handle after a pause).
 */
static const double usual[2][SIGNS][LEVELS] = {
	{	/* the same person */
		[NAME] = { 0, 0.45, 0.45, 0.10 }, [HANDLE] = { 0, 0.75, 0.17, 0.08 },
		[PICTURE] = { 0, 0.40, 0.10, 0.50 }, [PLACE] = { 0, 0.92, 0.05, 0.03 },
		[BIO] = { 0, 0.84, 0.09, 0.07 }, [SILENCE] = { 0, 0.80, 0.15, 0.05 },
		[TOPIC] = { 0, 0.70, 0.20, 0.10 }, [COMPANY] = { 0, 0.85, 0.12, 0.03 },
	}, {	/* somebody else */
		[NAME] = { 0, 0.05, 0.10, 0.85 }, [HANDLE] = { 0, 0.40, 0.15, 0.45 },
		[PICTURE] = { 0, 0.35, 0.05, 0.60 }, [PLACE] = { 0, 0.50, 0.15, 0.35 },
		[BIO] = { 0, 0.50, 0.10, 0.40 }, [SILENCE] = { 0, 0.40, 0.30, 0.30 },
		[TOPIC] = { 0, 0.30, 0.20, 0.50 }, [COMPANY] = { 0, 0.40, 0.25, 0.35 },
	},
};

static const enum claque_field field_of[] = {
	[NAME] = CLAQUE_FIELD_display_name, [HANDLE] = CLAQUE_FIELD_handle,
	[PICTURE] = CLAQUE_FIELD_avatar_hash, [PLACE] = CLAQUE_FIELD_location,
	[BIO] = CLAQUE_FIELD_bio,
};

struct values {
	struct claque_str before, after;
};

struct event {
	struct claque_makeover out;
	uint64_t from, to;		/* its changes */
	uint8_t level[SIGNS];
	size_t place;			/* by account id, then time */
};

struct search {
	const struct claque_dataset *ds;
	const struct claque_makeover_settings *settings;
	struct event *events;		/* by account id, then time */
	size_t count, cap;
	unsigned seen_fields;		/* bits: changed by anybody in the file */
	double share[2][SIGNS][LEVELS];
	double prior;
	uint64_t undated;
};

struct claque_makeover_settings
claque_makeover_defaults(void)
{
	return (struct claque_makeover_settings){ .span_s = SPAN_USUAL_S, .seed = 1 };
}

/* --- events */

static void
add_event(struct search *s, uint64_t from, uint64_t to)
{
	const struct change *c = &s->ds->changes[from];
	struct event e = { .from = from, .to = to };

	e.out = (struct claque_makeover){ .account = c->account, .at = c->at };
	for (uint64_t i = from; i < to; i++)
		e.out.fields |= 1u << s->ds->changes[i].field;
	s->seen_fields |= e.out.fields;
	ARRAY_GROW(s->events, s->cap, s->count + 1);
	s->events[s->count++] = e;
}

static void
list_events(struct search *s)
{
	const struct claque_dataset *ds = s->ds;

	for (uint32_t r = 0; r < ds->account_names.count; r++) {
		uint32_t a = ds->by_rank[r];
		uint64_t i = ds->change_from[a], end = ds->change_from[a + 1], j;

		for (; i < end; i = j) {
			int64_t at = ds->changes[i].at;

			j = i + 1;
			if (at == CLAQUE_NO_TIME) {
				s->undated++;
				continue;
			}
			while (j < end && ds->changes[j].at - at <= s->settings->span_s * 1000)
				j++;
			add_event(s, i, j);
		}
	}
}

/* --- what is replaced */

/* From before the event to after it; false: the field did not change. */
static bool
read_values(const struct search *s, const struct event *e, enum claque_field field,
	    struct values *out)
{
	bool found = false;

	for (uint64_t i = e->from; i < e->to; i++) {
		const struct change *c = &s->ds->changes[i];

		if (c->field != field)
			continue;
		if (!found)
			out->before = dataset_string(s->ds, c->old_value);
		out->after = dataset_string(s->ds, c->new_value);
		found = true;
	}
	return found;
}

/* Letters only, without the spaces between words. */
static void
close_up(struct wording *w)
{
	size_t n = 0;

	for (size_t i = 0; i < w->len; i++)
		if (w->bytes[i] != ' ' && !byte_is_digit(w->bytes[i]))
			w->bytes[n++] = w->bytes[i];
	w->len = n;
}

static struct word
joined(const struct wording *w)
{
	struct word out = { .len = 0 };

	for (size_t i = 0; i < w->len && out.len < WORD_MAX; i++)
		if (w->bytes[i] != ' ' && !byte_is_digit(w->bytes[i]))
			out.code[out.len++] = (unsigned char)w->bytes[i];
	return out;
}

static bool
alike(const struct wording *a, const struct wording *b)
{
	struct word x = joined(a), y = joined(b);

	return x.len > 0 && y.len > 0 && edit_similarity(&x, &y) >= 0.6;
}

/* Whether a word of the text stands in the handle. */
static bool
shows_in(const struct wording *text, struct claque_str handle)
{
	struct claque_str rest = { text->bytes, text->len }, word, letters;
	struct wording h;

	wording_cut(&h, handle);
	close_up(&h);
	letters = (struct claque_str){ h.bytes, h.len };
	while (str_cut(&rest, ' ', &word))
		if (word.len >= WORD_LEN_MIN && str_find(letters, word, 0) < letters.len)
			return true;
	return false;
}

/* 0 if nothing is known of either, 2 if one is empty or the old shows through. */
static uint8_t
text_level(const struct values *v, bool whole_words)
{
	struct wording a, b;
	unsigned shared, all;

	if (v->before.len == 0 && v->after.len == 0)
		return 0;
	wording_cut(&a, v->before);
	wording_cut(&b, v->after);
	if (a.len == 0 || b.len == 0)
		return 2;
	wording_compare(&a, &b, &shared, &all);
	if (shared > 0 && (whole_words || shared * 5 >= all))
		return shared == all ? 1 : 2;
	return alike(&a, &b) ? 2 : 3;
}

static struct claque_str
handle_before(const struct search *s, const struct event *e)
{
	struct values v;

	return read_values(s, e, CLAQUE_FIELD_handle, &v) ? v.before
							  : dataset_handle(s->ds, e->out.account);
}

static uint8_t
name_level(const struct search *s, const struct event *e, const struct values *v)
{
	uint8_t level = text_level(v, true);
	struct wording name;

	wording_cut(&name, v->after);
	return level == 3 && shows_in(&name, handle_before(s, e)) ? 2 : level;
}

/* A handle that the old name stands in, or that shares letters with the old one. */
static uint8_t
handle_level(const struct search *s, const struct event *e, const struct values *v)
{
	struct values name = { STR(""), STR("") };
	struct wording a, b, old_name;
	size_t common = 0;

	if (v->before.len == 0 && v->after.len == 0)
		return 0;
	wording_cut(&a, v->before);
	wording_cut(&b, v->after);
	close_up(&a);
	close_up(&b);
	if (!read_values(s, e, CLAQUE_FIELD_display_name, &name))
		name.before = dataset_string(s->ds, s->ds->accounts[e->out.account].name);
	wording_cut(&old_name, name.before);
	while (common < a.len && common < b.len && a.bytes[common] == b.bytes[common])
		common++;
	if (a.len == b.len && common == a.len)
		return 1;
	return a.len == 0 || b.len == 0 || common > WORD_LEN_MIN || alike(&a, &b) ||
	       shows_in(&old_name, v->after) ? 2 : 3;
}

static bool
read_hash(struct claque_str s, uint64_t *out)
{
	*out = 0;
	for (size_t i = 0; i < s.len; i++) {
		char c = byte_lower(s.p[i]);

		if (!byte_is_digit(c) && !(c >= 'a' && c <= 'f'))
			return false;
		*out = *out << 4 | (uint64_t)(byte_is_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return s.len == 16;
}

static uint8_t
picture_level(const struct values *v)
{
	uint64_t a, b;

	if (v->before.len == 0 && v->after.len == 0)
		return 0;
	if (v->before.len == 0 || v->after.len == 0)
		return 2;
	return read_hash(v->before, &a) && read_hash(v->after, &b) &&
	       __builtin_popcountll(a ^ b) <= 10 ? 1 : 3;
}

static void
read_fields(const struct search *s, struct event *e)
{
	for (enum sign sign = NAME; sign <= BIO; sign++) {
		struct values v;

		if ((s->seen_fields >> field_of[sign] & 1) == 0)
			continue;
		e->level[sign] = 1;
		if (!read_values(s, e, field_of[sign], &v))
			continue;
		e->level[sign] = sign == NAME ? name_level(s, e, &v) :
				 sign == HANDLE ? handle_level(s, e, &v) :
				 sign == PICTURE ? picture_level(&v) : text_level(&v, sign == PLACE);
	}
}

/* --- many at once */

struct moment {
	uint64_t what;			/* a word; 0 for any event */
	int64_t at;
	size_t event;
};

static int
compare_moments(const void *pa, const void *pb)
{
	const struct moment *a = pa, *b = pb;

	if (a->what != b->what)
		return a->what < b->what ? -1 : 1;
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->event > b->event) - (a->event < b->event);
}

struct moments {
	struct moment *items;
	size_t count, cap;
};

static void
add_moment(struct moments *m, uint64_t what, int64_t at, size_t event)
{
	ARRAY_GROW(m->items, m->cap, m->count + 1);
	m->items[m->count++] = (struct moment){ what, at, event };
}

static void
sort_moments(struct moments *m)
{
	if (m->count > 1)
		array_sort(m->items, m->count, sizeof(*m->items), compare_moments);
}

/* Where the first moment not before (what, at) stands. */
static size_t
find_moment(const struct moments *m, uint64_t what, int64_t at)
{
	size_t from = 0, to = m->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;
		const struct moment *x = &m->items[middle];

		if (x->what < what || (x->what == what && x->at < at))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

/* Other events with it within so long of this one. */
static size_t
others_near(const struct moments *m, uint64_t what, int64_t at, int64_t reach)
{
	return find_moment(m, what, at + reach + 1) - find_moment(m, what, at - reach) - 1;
}

static void
add_name_words(struct search *s, size_t event, struct moments *words, struct moments *names)
{
	const struct event *e = &s->events[event];
	struct claque_str rest, word;
	struct wording name;
	struct values v;

	if (e->level[NAME] != 3 || !read_values(s, e, CLAQUE_FIELD_display_name, &v))
		return;
	add_moment(names, 0, e->out.at, event);
	wording_cut(&name, v.after);
	for (rest = (struct claque_str){ name.bytes, name.len }; str_cut(&rest, ' ', &word);)
		if (word.len > 0)
			add_moment(words, hash_bytes(word, 0), e->out.at, event);
}

/*
 * A word that many take into their names in one week is a slogan, not a person:
 * fans and activists do so. Three others at least, and every tenth new name.
 */
static void
find_slogans(struct search *s)
{
	struct moments words = { 0 }, names = { 0 };

	for (size_t i = 0; i < s->count; i++)
		add_name_words(s, i, &words, &names);
	sort_moments(&words);
	sort_moments(&names);
	for (size_t i = 0; i < words.count; i++) {
		const struct moment *w = &words.items[i];
		size_t with = others_near(&words, w->what, w->at, 7 * DAY_MS);

		if (with >= SLOGAN_MIN && 10 * with >= others_near(&names, 0, w->at, 7 * DAY_MS))
			s->events[w->event].level[NAME] = 2;
	}
	array_free(words.items);
	array_free(names.items);
}

static bool
is_made_over(const struct event *e)
{
	return e->level[NAME] == 3 ||
	       (e->level[NAME] == 0 && __builtin_popcount(e->out.fields) >= FIELDS_MANY);
}

/* The file's usual rate leaves out the two days around the event itself. */
static void
count_company(struct search *s)
{
	struct moments all = { 0 };
	double days;

	for (size_t i = 0; i < s->count; i++)
		if (is_made_over(&s->events[i]))
			add_moment(&all, 0, s->events[i].out.at, i);
	sort_moments(&all);
	days = all.count == 0 ? 0 :
	       (double)(all.items[all.count - 1].at - all.items[0].at) / (double)DAY_MS;
	for (size_t i = 0; i < all.count; i++) {
		struct event *e = &s->events[all.items[i].event];
		size_t near = others_near(&all, 0, e->out.at, DAY_MS);
		double p;

		e->out.company = (uint32_t)near;
		e->out.company_expected = 2.0 * (double)(all.count - near) / fmax(days - 2, 2);
		p = exp(null_poisson_tail(e->out.company_expected, near));
		e->level[COMPANY] = p < 0.001 ? 3 : p < 0.1 ? 2 : 1;
	}
	for (size_t i = 0; i < s->count; i++)
		if (s->events[i].level[COMPANY] == 0)
			s->events[i].level[COMPANY] = 1;
	array_free(all.items);
}

/* --- silence before, other topics after */

/* Share of the account's gaps between posts that are as long as the one around the event. */
static void
read_silence(const struct search *s, struct event *e)
{
	const struct claque_dataset *ds = s->ds;
	uint64_t from = ds->post_from[e->out.account], to = ds->post_from[e->out.account + 1], turn;
	uint64_t gaps = 0, longer = 0;
	int64_t own;

	e->out.silence_s = e->out.silence_p = (double)NAN;
	while (from < to && ds->posts[from].at == CLAQUE_NO_TIME)
		from++;
	for (turn = from; turn < to && ds->posts[turn].at < e->out.at;)
		turn++;
	if (turn > from)
		e->out.rows[e->out.row_count++] = ds->posts[turn - 1].row;
	if (turn < to)
		e->out.rows[e->out.row_count++] = ds->posts[turn].row;
	if (turn == from || turn == to || to - from < GAPS_MIN + 2)
		return;
	own = ds->posts[turn].at - ds->posts[turn - 1].at;
	for (uint64_t i = from + 1; i < to; i++) {
		gaps += i != turn;
		longer += i != turn && ds->posts[i].at - ds->posts[i - 1].at >= own;
	}
	e->out.silence_s = (double)own / 1000;
	e->out.silence_p = (double)(longer + 1) / (double)(gaps + 1);
	e->level[SILENCE] = e->out.silence_p < 0.05 && own > 7 * DAY_MS ? 3 :
			    e->out.silence_p < 0.2 ? 2 : 1;
}

/* The splits of an event depend on the event alone, not on those before it. */
static void
read_topic(const struct search *s, struct event *e)
{
	uint64_t id = hash_bytes(claque_dataset_account_id(s->ds, e->out.account),
				 s->settings->seed);
	struct rng rng = rng_seeded(hash_mix(id, (uint64_t)e->out.at));

	e->out.topic = topic_jump(s->ds, e->out.account, e->out.at, &rng);
	if (!isnan(e->out.topic))
		e->level[TOPIC] = e->out.topic > 3 ? 3 : e->out.topic > 1 ? 2 : 1;
}

/* --- weighing */

static double
sign_odds(const struct search *s, const struct event *e, size_t sign)
{
	unsigned level = e->level[sign];

	if (level == 0)
		return 0;
	return cut_to(log(s->share[1][sign][level] / s->share[0][sign][level]), -CAP, CAP);
}

static void
weigh(struct search *s)
{
	for (size_t i = 0; i < s->count; i++) {
		double odds = logit(s->prior);

		for (size_t sign = 0; sign < SIGNS; sign++)
			odds += sign_odds(s, &s->events[i], sign);
		s->events[i].out.score = logistic(odds);
	}
}

static void
reweigh(struct search *s)
{
	double counts[2][SIGNS][LEVELS] = { { { 0 } } }, sure = 0;

	for (size_t i = 0; i < s->count; i++) {
		double score = s->events[i].out.score;

		sure += score;
		for (size_t sign = 0; sign < SIGNS; sign++) {
			counts[0][sign][s->events[i].level[sign]] += 1 - score;
			counts[1][sign][s->events[i].level[sign]] += score;
		}
	}
	for (size_t k = 0; k < 2; k++)
		for (size_t sign = 0; sign < SIGNS; sign++) {
			const double *c = counts[k][sign];

			for (size_t l = 1; l < LEVELS; l++)
				s->share[k][sign][l] = (c[l] + WORTH * usual[k][sign][l]) /
						       (c[1] + c[2] + c[3] + WORTH);
		}
	s->prior = (sure + WORTH * PRIOR) / ((double)s->count + WORTH);
}

static void
learn(struct search *s)
{
	memcpy(s->share, usual, sizeof(usual));
	s->prior = PRIOR;
	for (size_t round = 0; round < ROUNDS; round++) {
		weigh(s);
		reweigh(s);
	}
	weigh(s);
}

static bool
look(struct search *s, const struct claque_progress *progress)
{
	struct ticker t = { .progress = progress, .stage = "reading profile changes" };

	list_events(s);
	t.total = s->count;
	for (size_t i = 0; i < s->count; i++) {
		read_fields(s, &s->events[i]);
		read_silence(s, &s->events[i]);
		read_topic(s, &s->events[i]);
		if (!tick(&t, 1, 1 << 16))
			return false;
	}
	find_slogans(s);
	count_company(s);
	learn(s);
	return true;
}

/* --- what the caller gets */

struct line {
	char *at;
	size_t left;
};

static void put(struct line *line, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

static void
put(struct line *line, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(line->at, line->left, fmt, args);
	va_end(args);
	if (n > 0 && (size_t)n < line->left) {
		line->at += n;
		line->left -= (size_t)n;
	}
}

static void
put_text(struct event *e)
{
	static const char *const names[] = { "name", "handle", "picture", "place", "bio" };
	static const char *const levels[] = { "set", "kept", "changed", "replaced" };
	struct line line = { e->out.text, sizeof(e->out.text) };

	for (enum sign sign = NAME; sign <= BIO; sign++)
		if ((e->out.fields >> field_of[sign] & 1) != 0)
			put(&line, "%s%s %s", line.at == e->out.text ? "" : ", ", names[sign],
			    levels[e->level[sign]]);
	if (line.at == e->out.text)
		put(&line, "other fields changed");
	if (!isnan(e->out.silence_s))
		put(&line, "; %.1f days without a post around it (p %.2g)",
		    e->out.silence_s / 86400, e->out.silence_p);
	if (!isnan(e->out.topic))
		put(&line, "; topics %+.1f deviations from random splits", e->out.topic);
	if (e->out.company > 0)
		put(&line, "; %u others made over within a day, %.2g expected", e->out.company,
		    e->out.company_expected);
}

/* Events come by account id and time. */
static int
compare_events(const void *pa, const void *pb)
{
	const struct event *a = pa, *b = pb;

	if (a->out.score != b->out.score)
		return a->out.score > b->out.score ? -1 : 1;
	return (a->place > b->place) - (a->place < b->place);
}

static void
report(struct search *s, struct claque_makeovers *out)
{
	size_t cap = 0;

	out->undated = s->undated;
	out->share = s->prior;
	for (size_t i = 0; i < s->count; i++)
		s->events[i].place = i;
	if (s->count > 1)
		array_sort(s->events, s->count, sizeof(*s->events), compare_events);
	for (size_t i = 0; i < s->count; i++) {
		if (s->events[i].out.score < s->settings->min_score)
			break;
		put_text(&s->events[i]);
		ARRAY_GROW(out->items, cap, out->count + 1);
		out->items[out->count++] = s->events[i].out;
	}
}

static enum claque_rc
check(const struct claque_dataset *ds, const struct claque_makeover_settings *settings,
      struct claque_err *err)
{
	if (!ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is not sealed yet");
	if (!(settings->min_score >= 0 && settings->min_score <= 1))
		return err_set(err, CLAQUE_EUSAGE, "a least score of %g; give 0 to 1",
			       settings->min_score);
	if (settings->span_s < 0 || settings->span_s > SPAN_MAX_S)
		return err_set(err, CLAQUE_EUSAGE, "an event of %lld s; give 0 s to a year",
			       (long long)settings->span_s);
	return CLAQUE_OK;
}

enum claque_rc
claque_makeovers_find(const struct claque_dataset *ds,
		      const struct claque_makeover_settings *settings,
		      const struct claque_progress *progress, struct claque_makeovers *out,
		      struct claque_err *err)
{
	struct search s = { .ds = ds, .settings = settings };
	enum claque_rc rc = check(ds, settings, err);

	*out = (struct claque_makeovers){ 0 };
	if (rc != CLAQUE_OK)
		return rc;
	if (look(&s, progress))
		report(&s, out);
	else
		rc = CLAQUE_STOPPED;
	array_free(s.events);
	return rc;
}

void
claque_makeovers_done(struct claque_makeovers *found)
{
	array_free(found->items);
	*found = (struct claque_makeovers){ 0 };
}
