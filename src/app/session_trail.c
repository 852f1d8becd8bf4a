/*
 * session_trail.c - the steps of a session as text, kept in the case: one line a
 * step, its fields separated by tabs, what could be taken for a separator
 * written as %XX. A line that is not understood (another version wrote it) ends
 * the trail there. What a step stood on is only looked for when one goes there.
 */
#include "config.h"

#include "app/session.h"

#include "app/picture.h"
#include "app/session_impl.h"
#include "base/buf.h"
#include "store/trail.h"

enum { TRAIL_BYTES = 8 << 20, STEP_SCRATCH = 1 << 20, TRAIL_SCRATCH = 32 << 20 };

void
field_write(struct buf *out, struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] < ' ' || s.p[i] == '%')
			buf_addf(out, "%%%02X", (unsigned char)s.p[i]);
		else
			buf_addc(out, s.p[i]);
	buf_addc(out, '\t');
}

static int
hex_digit(char c)
{
	if (byte_is_digit(c))
		return c - '0';
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

struct claque_str
field_read(struct arena *perm, struct claque_str s)
{
	char *p = ARENA_NEW(perm, char, s.len + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		int hi = i + 2 < s.len ? hex_digit(s.p[i + 1]) : -1;
		int lo = i + 2 < s.len ? hex_digit(s.p[i + 2]) : -1;

		if (s.p[i] == '%' && hi >= 0 && lo >= 0) {
			p[n++] = (char)(hi * 16 + lo);
			i += 2;
		} else {
			p[n++] = s.p[i];
		}
	}
	return (struct claque_str){ p, n };
}

/* "2:1 0:0": columns that decide between equals, each with whether it descends. */
static void
add_keys(struct buf *out, const struct pane *pane)
{
	for (int i = 0; i < pane->then_count; i++)
		buf_addf(out, "%s%d:%d", i > 0 ? " " : "", pane->then[i].column,
			 pane->then[i].descending);
	buf_addc(out, '\t');
}

void
step_write(struct buf *out, struct arena scratch, const struct place *p)
{
	buf_addf(out, "%s\t%s\t%lld\t%d\t", screen_get(p->screen)->name,
		 subject_kind_name(p->subject.kind), (long long)p->subject.id, p->pane);
	for (int i = 0; i < SESSION_PANES; i++)
		buf_addf(out, "%d\t%d\t%lld\t", p->panes[i].sort, p->panes[i].descending,
			 (long long)p->panes[i].id);
	field_write(out, lens_text(&scratch, &p->lens));
	field_write(out, str_of(p->name));
	for (int i = 0; i < SESSION_PANES; i++)
		add_keys(out, &p->panes[i]);
	buf_addf(out, "%s\t%lld\t%d\t%d\t%d\n", subject_kind_name(p->picture.other.kind),
		 (long long)p->picture.other.id, p->picture.seed, p->picture.order,
		 p->picture.by_number);
}

/* How it hangs in the tree, what was seen there, and what the analyst made of it. */
static void
add_links(struct buf *out, const struct trail_step *step)
{
	buf_addf(out, "%zu\t%zu\t%lld\t%lld\t%lld\t%d\t", step->parent, step->next,
		 (long long)step->taken_at, (long long)step->rows, (long long)step->whole,
		 step->pinned);
	field_write(out, str_of(step->name));
}

void
session_save(struct session *s)
{
	struct arena scratch;
	struct claque_err err;
	struct buf out;

	if (!s->writable)
		return;
	scratch = arena_new(STEP_SCRATCH);
	buf_init(&out, TRAIL_BYTES);
	buf_addf(&out, "tree\t%zu\n", s->at);
	for (size_t i = 0; i < s->step_count; i++) {
		add_links(&out, &s->steps[i]);
		step_write(&out, scratch, &s->steps[i].place);
	}
	sets_save(s);
	if (!out.over && trail_set(s->store, buf_str(&out), &err) != CLAQUE_OK)
		session_fail(s, &err);
	buf_done(&out);
	arena_free(scratch);
}

static bool
take_int(struct claque_str *line, int64_t min, int64_t max, int64_t *out)
{
	struct claque_str field;

	return str_cut(line, '\t', &field) && str_to_i64(field, out) && *out >= min && *out <= max;
}

/* Which a query has shows when it is asked. */
static size_t
columns_of(enum list_id list)
{
	size_t count;

	(void)list_columns(list, &count);
	return list == LIST_NONE ? LIST_COLUMNS_MAX : count;
}

static bool
take_pane(struct claque_str *line, enum list_id list, struct pane *out)
{
	int64_t sort, descending;
	size_t columns = columns_of(list);

	*out = (struct pane){ .column = -1 };
	if (!take_int(line, -1, (int64_t)columns - 1, &sort) ||
	    !take_int(line, 0, 1, &descending) ||
	    !take_int(line, INT64_MIN, INT64_MAX, &out->id))
		return false;
	out->sort = (int)sort;
	out->descending = descending != 0;
	return true;
}

/* An older version wrote none. */
static void
take_keys(struct claque_str *line, enum list_id list, struct pane *pane)
{
	struct claque_str keys, key, column;
	size_t columns = columns_of(list);
	int64_t at;

	if (!str_cut(line, '\t', &keys))
		return;
	while (pane->sort >= 0 && pane->then_count < LIST_KEYS_MAX - 1 &&
	       str_cut(&keys, ' ', &key)) {
		if (!str_cut(&key, ':', &column) || !str_to_i64(column, &at) || at < 0 ||
		    at >= (int64_t)columns)
			return;
		pane->then[pane->then_count++] =
			(struct list_key){ (int)at, str_eq(key, STR("1")) };
	}
}

/* How a picture is looked at: absent where an earlier version wrote the line. */
static struct picture_place
take_picture(struct claque_str *line)
{
	struct picture_place none = { .seed = 1 }, p = none;
	struct claque_str kind;
	int64_t seed, order, by_number;

	if (!str_cut(line, '\t', &kind) || !subject_kind_parse(kind, &p.other.kind) ||
	    !take_int(line, INT64_MIN, INT64_MAX, &p.other.id) ||
	    !take_int(line, 1, 1000, &seed) ||
	    !take_int(line, 0, MATRIX_ORDER_COUNT - 1, &order) ||
	    !take_int(line, 0, 1, &by_number))
		return none;
	p.seed = (int)seed;
	p.order = (int)order;
	p.by_number = by_number != 0;
	return p;
}

bool
step_read(struct arena perm, struct claque_str line, struct place *out)
{
	struct claque_str screen, kind, lens, name;
	struct claque_err err;
	int64_t pane;

	*out = (struct place){ .time = { .anchor = CLAQUE_NO_TIME } };
	if (!str_cut(&line, '\t', &screen) || !screen_parse(screen, &out->screen) ||
	    !str_cut(&line, '\t', &kind) || !subject_kind_parse(kind, &out->subject.kind) ||
	    !take_int(&line, INT64_MIN, INT64_MAX, &out->subject.id) ||
	    !take_int(&line, 0, SESSION_PANES - 1, &pane))
		return false;
	out->pane = (int)pane;
	for (int i = 0; i < SESSION_PANES; i++)
		if (!take_pane(&line, screen_get(out->screen)->lists[i], &out->panes[i]))
			return false;
	if (!str_cut(&line, '\t', &lens) || !str_cut(&line, '\t', &name))
		return false;
	name = field_read(&perm, name);
	if (name.len >= PLACE_NAME_MAX)
		return false;
	memcpy(out->name, name.p, name.len);
	for (int i = 0; i < SESSION_PANES; i++)
		take_keys(&line, screen_get(out->screen)->lists[i], &out->panes[i]);
	out->picture = take_picture(&line);
	return screen_takes(out->screen, out->subject.kind) &&
	       (out->pane == 0 || screen_get(out->screen)->lists[out->pane] != LIST_NONE) &&
	       lens_parse(field_read(&perm, lens), &out->lens, &err) == CLAQUE_OK;
}

/* What stood on a cluster of an older run stands on what is called so now. */
bool
step_is_there(struct session *s, struct arena perm, struct subject *subject)
{
	struct claque_str name;
	struct claque_err err;

	if (subject_is_set(subject->kind))
		return session_set_size(s, subject->id) > 0;
	if (subject->kind == SUBJECT_query)
		return console_text(s, subject->id).len > 0;
	return subject->kind == SUBJECT_none ||
	       (list_subject_now(s->store, subject, &err) == CLAQUE_OK &&
		list_subject_name(s->store, *subject, &perm, &name, &err) == CLAQUE_OK);
}

static bool
take_links(struct arena perm, struct claque_str *line, size_t count, struct trail_step *out)
{
	struct claque_str name;
	int64_t parent, next, pinned;

	if (!take_int(line, 0, count > 0 ? (int64_t)count - 1 : 0, &parent) ||
	    !take_int(line, 0, TRAIL_MAX - 1, &next) ||
	    !take_int(line, 0, INT64_MAX, &out->taken_at) ||
	    !take_int(line, -1, INT64_MAX, &out->rows) ||
	    !take_int(line, -1, INT64_MAX, &out->whole) || !take_int(line, 0, 1, &pinned) ||
	    !str_cut(line, '\t', &name))
		return false;
	name = field_read(&perm, name);
	if (name.len > TRAIL_NAME_MAX)
		return false;
	memcpy(out->name, name.p, name.len);
	out->parent = (size_t)parent;
	out->next = (size_t)next;
	out->pinned = pinned != 0;
	return true;
}

/* An earlier version kept one way only, without any of that. */
static bool
take_step(struct arena perm, struct claque_str line, bool tree, size_t at, struct trail_step *out)
{
	*out = (struct trail_step){ .parent = at > 0 ? at - 1 : 0, .next = at + 1, .rows = -1,
				    .whole = -1 };
	return (!tree || take_links(perm, &line, at, out)) && step_read(perm, line, &out->place);
}

/* Steps that were not understood lead nowhere; one stands on what is still there. */
static void
settle(struct session *s, struct arena perm, size_t at)
{
	for (size_t i = 0; i < s->step_count; i++) {
		size_t next = s->steps[i].next;

		if (next <= i || next >= s->step_count || s->steps[next].parent != i)
			s->steps[i].next = 0;
	}
	while (at > 0 && !step_is_there(s, perm, &s->steps[at].place.subject))
		at = s->steps[at].parent;
	s->at = at;
}

/* Returns how many were understood. */
static size_t
take_steps(struct session *s, struct arena perm, struct claque_str text, bool tree)
{
	struct claque_str line;
	size_t count = 0;

	while (count < TRAIL_MAX && str_cut(&text, '\n', &line) &&
	       take_step(perm, line, tree, count, &s->steps[count]))
		count++;
	return count;
}

void
session_load(struct session *s)
{
	struct arena whole = arena_new(TRAIL_SCRATCH), perm = whole;
	struct claque_str text, line, word;
	struct claque_err err;
	bool tree;
	int64_t at;

	if (trail_get(s->store, &perm, &text, &err) == CLAQUE_OK && str_cut(&text, '\n', &line)) {
		tree = str_starts(line, STR("tree\t")) && str_cut(&line, '\t', &word);
		if (take_int(&line, 0, TRAIL_MAX - 1, &at))
			s->step_count = take_steps(s, perm, text, tree);
		else
			s->step_count = 0;
		if (s->step_count == 0 || s->steps[0].place.subject.kind != SUBJECT_none)
			session_reset(s);
		else
			settle(s, perm, (size_t)at < s->step_count ? (size_t)at :
			       s->step_count - 1);
	}
	arena_free(whole);
}
