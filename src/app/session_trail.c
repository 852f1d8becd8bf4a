/*
 * session_trail.c - the way of a session as text, kept in the case: one line a
 * step, its fields separated by tabs, what could be taken for a separator
 * written as %XX. A line that is not understood (another version wrote it, or
 * what it stood on is gone) ends the way there.
 */
#include "config.h"

#include "app/session.h"

#include "app/picture.h"
#include "app/session_impl.h"
#include "base/buf.h"
#include "store/trail.h"

enum { TRAIL_MAX = 256 << 10, TRAIL_SCRATCH = 1 << 20 };

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

void
session_save(struct session *s)
{
	struct arena scratch;
	struct claque_err err;
	struct buf out;

	if (!s->writable)
		return;
	scratch = arena_new(TRAIL_SCRATCH);
	buf_init(&out, TRAIL_MAX);
	buf_addf(&out, "%zu\n", s->at);
	for (size_t i = 0; i < s->step_count; i++)
		step_write(&out, scratch, &s->steps[i]);
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

static bool
take_pane(struct claque_str *line, enum list_id list, struct pane *out)
{
	int64_t sort, descending;
	size_t columns = 0;

	if (list != LIST_COUNT)
		(void)list_columns(list, &columns);
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
	size_t columns = 0;
	int64_t at;

	if (list != LIST_COUNT)
		(void)list_columns(list, &columns);
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
	       screen_get(out->screen)->lists[out->pane] != LIST_COUNT &&
	       lens_parse(field_read(&perm, lens), &out->lens, &err) == CLAQUE_OK;
}

/* What stood on a cluster of an older run stands on what is called so now. */
bool
step_is_there(struct session *s, struct arena perm, struct subject *subject)
{
	struct claque_str name;
	struct claque_err err;

	if (subject->kind == SUBJECT_set)
		return session_set_size(s, subject->id) > 0;
	return subject->kind == SUBJECT_none ||
	       (list_subject_now(s->store, subject, &err) == CLAQUE_OK &&
		list_subject_name(s->store, *subject, &perm, &name, &err) == CLAQUE_OK);
}

void
session_load(struct session *s)
{
	struct arena whole = arena_new(TRAIL_SCRATCH), perm = whole;
	struct claque_str text, line;
	struct claque_err err;
	size_t count = 0;
	int64_t at;

	if (trail_get(s->store, &perm, &text, &err) == CLAQUE_OK &&
	    str_cut(&text, '\n', &line) && take_int(&line, 0, STEPS_MAX - 1, &at)) {
		while (count < STEPS_MAX && str_cut(&text, '\n', &line) &&
		       step_read(perm, line, &s->steps[count]) &&
		       step_is_there(s, perm, &s->steps[count].subject))
			count++;
		if (count > 0) {
			s->step_count = count;
			s->at = (size_t)at < count ? (size_t)at : count - 1;
		} else {
			session_reset(s);
		}
	}
	arena_free(whole);
}
