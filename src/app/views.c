#include "config.h"

#include "app/views.h"

#include "app/session_impl.h"
#include "base/buf.h"
#include "base/err.h"
#include "store/desk.h"

enum { VIEWS_BYTES_MAX = 256 << 10, VIEWS_SCRATCH = 2 << 20, VALUES_MAX = 100 };

static bool
is_word(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || c == '_';
}

/* "foo$" in a pattern is no parameter: a letter has to follow. */
bool
view_parameter(struct claque_str lens, size_t *at, size_t *len)
{
	for (size_t i = 0; i + 1 < lens.len; i++) {
		if (lens.p[i] != '$' || !byte_is_alpha(lens.p[i + 1]))
			continue;
		*at = i;
		for (*len = 1; i + *len < lens.len && is_word(lens.p[i + *len]); )
			++*len;
		return true;
	}
	return false;
}

/* A line: name, lens and step, parted by tabs; the step has tabs of its own. */
size_t
views_read(const struct session *s, struct arena *perm, struct saved_view out[VIEWS_MAX])
{
	struct claque_str text = str_dup(perm, (struct claque_str){ s->views, s->views_len }), line;
	size_t n = 0;

	while (n < VIEWS_MAX && str_cut(&text, '\n', &line)) {
		struct saved_view *v = &out[n];

		if (!str_cut(&line, '\t', &v->name) || !str_cut(&line, '\t', &v->lens))
			continue;
		v->lens = field_read(perm, v->lens);
		v->step = line;
		n++;
	}
	return n;
}

static void
keep(struct session *s, struct claque_str text)
{
	struct claque_err err;

	GROW(s->views, s->views_cap, text.len);
	if (text.len > 0)
		memcpy(s->views, text.p, text.len);
	s->views_len = text.len;
	if (s->writable && desk_set(s->store, STR("views"), text, &err) != CLAQUE_OK)
		session_fail(s, &err);
}

static void
add_view(struct buf *out, const struct saved_view *v)
{
	buf_add(out, v->name);
	buf_addc(out, '\t');
	field_write(out, v->lens);
	buf_add(out, v->step);
	buf_addc(out, '\n');
}

/* In the order of names; one of the same name is replaced. */
static void
insert(struct session *s, const struct saved_view *added, struct arena scratch)
{
	struct saved_view *views = ARENA_NEW(&scratch, struct saved_view, VIEWS_MAX);
	size_t count = views_read(s, &scratch, views);
	bool done = false;
	struct buf out;

	buf_init(&out, VIEWS_BYTES_MAX);
	for (size_t i = 0; i < count; i++) {
		int order = str_cmp(added->name, views[i].name);

		if (order <= 0 && !done)
			add_view(&out, added);
		done = done || order <= 0;
		if (order != 0)
			add_view(&out, &views[i]);
	}
	if (!done)
		add_view(&out, added);
	keep(s, buf_str(&out));
	buf_done(&out);
}

/* Those without the one at `gone`. */
static void
leave_out(struct session *s, const struct saved_view *views, size_t count, size_t gone)
{
	struct buf out;

	buf_init(&out, VIEWS_BYTES_MAX);
	for (size_t i = 0; i < count; i++)
		if (i != gone)
			add_view(&out, &views[i]);
	keep(s, buf_str(&out));
	buf_done(&out);
}

static size_t
find_view(const struct saved_view *views, size_t count, struct claque_str name)
{
	size_t i = 0;

	while (i < count && !str_eq(views[i].name, name))
		i++;
	return i;
}

/* What is wrong with what a view is to be called, and its lens; NULL: nothing. */
static const char *
fault_of(const struct saved_view *v, size_t count)
{
	struct claque_err err;
	struct lens lens;
	size_t at, len;

	if (v->name.len == 0 || v->name.len > VIEW_NAME_MAX || v->lens.len > VIEW_LENS_MAX)
		return "a view takes a name of up to 60 bytes, and after ': ' a lens";
	for (size_t i = 0; i < v->name.len; i++)
		if ((unsigned char)v->name.p[i] < ' ')
			return "a name has no control characters";
	if (count >= VIEWS_MAX)
		return "there are 50 views: give one of them another meaning by its name";
	if (!view_parameter(v->lens, &at, &len) &&
	    session_read_lens(v->lens, &lens, &err) != CLAQUE_OK)
		return "the lens of the view is not understood: F tries it";
	return NULL;
}

unsigned
views_save(struct session *s, struct claque_str text)
{
	struct arena whole = arena_new(VIEWS_SCRATCH), scratch = whole;
	size_t colon = str_find(text, STR(": "), 0);
	struct saved_view *all = ARENA_NEW(&scratch, struct saved_view, VIEWS_MAX);
	struct saved_view v = {
		.name = str_trim(str_sub(text, 0, colon)),
		.lens = colon < text.len ? str_trim(str_sub(text, colon + 2, text.len)) :
			lens_text(&scratch, &session_here(s)->lens),
	};
	const char *fault = fault_of(&v, views_read(s, &scratch, all));
	struct buf step;

	if (fault != NULL) {
		session_say(s, "%s", fault);
		arena_free(whole);
		return SESSION_REDRAW;
	}
	buf_init(&step, VIEWS_BYTES_MAX);
	step_write(&step, scratch, session_here(s));
	v.step = str_sub(buf_str(&step), 0, step.len - 1);
	insert(s, &v, scratch);
	session_say(s, "saved as " STR_FMT ": S shows the views%s", STR_ARG(v.name),
		    s->writable ? "" : " until you leave; the case is open for reading only");
	buf_done(&step);
	arena_free(whole);
	return SESSION_REDRAW;
}

unsigned
views_remove(struct session *s, struct claque_str name)
{
	struct arena whole = arena_new(VIEWS_SCRATCH), scratch = whole;
	struct saved_view *views = ARENA_NEW(&scratch, struct saved_view, VIEWS_MAX);
	size_t count = views_read(s, &scratch, views);
	size_t at = find_view(views, count, str_trim(name));

	if (at == count) {
		session_say(s, "there is no view '" STR_FMT "': S shows them", STR_ARG(name));
	} else {
		leave_out(s, views, count, at);
		session_say(s, "the view " STR_FMT " is removed", STR_ARG(str_trim(name)));
	}
	arena_free(whole);
	return SESSION_REDRAW;
}

/* What is wrong with calling the view at `at` so; NULL: nothing. */
static const char *
rename_fault(const struct saved_view *views, size_t count, size_t at, struct claque_str name)
{
	struct saved_view renamed;
	size_t other = find_view(views, count, name);

	if (at == count)
		return "write the name of a view, ': ' and its new name, as in  said: heard";
	if (other < count && other != at)
		return "there is a view of that name already";
	renamed = views[at];
	renamed.name = name;
	return fault_of(&renamed, count - 1);
}

unsigned
views_rename(struct session *s, struct claque_str text)
{
	struct arena whole = arena_new(VIEWS_SCRATCH), scratch = whole;
	struct saved_view *views = ARENA_NEW(&scratch, struct saved_view, VIEWS_MAX);
	size_t count = views_read(s, &scratch, views), colon = str_find(text, STR(": "), 0);
	size_t at = find_view(views, count, str_trim(str_sub(text, 0, colon)));
	struct claque_str name = str_trim(str_sub(text, colon + 2, text.len));
	const char *fault = rename_fault(views, count, at, name);

	if (fault != NULL) {
		session_say(s, "%s", fault);
	} else {
		leave_out(s, views, count, at);
		views[at].name = name;
		insert(s, &views[at], scratch);
		session_say(s, "it is called " STR_FMT " now", STR_ARG(name));
	}
	arena_free(whole);
	return SESSION_REDRAW;
}

/* A line a value: the parameter's name, a tab, the value; the one last given comes first. */
struct claque_str
view_value(struct session *s, struct arena *perm, struct claque_str name)
{
	struct claque_str text, line, word;
	struct claque_err err;

	if (str_starts(name, STR("$")))
		name = str_sub(name, 1, name.len);
	if (desk_get(s->store, STR("values"), perm, &text, &err) != CLAQUE_OK)
		text = STR("");
	while (str_cut(&text, '\n', &line))
		if (str_cut(&line, '\t', &word) && str_eq(word, name) &&
		    str_cut(&line, '\t', &word))
			return field_read(perm, word);
	return STR("");
}

void
view_keep_value(struct session *s, struct claque_str name, struct claque_str value)
{
	struct arena whole = arena_new(VIEWS_SCRATCH), perm = whole;
	struct claque_str text, line;
	struct claque_err err;
	struct buf out;

	if (str_starts(name, STR("$")))
		name = str_sub(name, 1, name.len);
	buf_init(&out, VIEWS_BYTES_MAX);
	buf_add(&out, name);
	buf_addc(&out, '\t');
	field_write(&out, value);
	buf_addc(&out, '\n');
	if (desk_get(s->store, STR("values"), &perm, &text, &err) != CLAQUE_OK)
		text = STR("");
	for (int i = 1; i < VALUES_MAX && str_cut(&text, '\n', &line); i++) {
		struct claque_str rest = line, word;

		if (!str_cut(&rest, '\t', &word) || str_eq(word, name))
			continue;
		buf_add(&out, line);
		buf_addc(&out, '\n');
	}
	if (s->writable && !out.over &&
	    desk_set(s->store, STR("values"), buf_str(&out), &err) != CLAQUE_OK)
		session_fail(s, &err);
	buf_done(&out);
	arena_free(whole);
}

unsigned
views_open(struct session *s, const struct saved_view *view, struct claque_str *fill)
{
	struct arena whole = arena_new(VIEWS_SCRATCH), perm = whole;
	struct claque_err err = { 0 };
	struct lens lens = lens_open();
	struct place place;
	size_t at, len;
	bool asks = view_parameter(view->lens, &at, &len);

	*fill = asks ? view->lens : STR("");
	if (!step_read(perm, view->step, &place) || !step_is_there(s, perm, &place.subject))
		session_say(s, "what the view stood on is not in the case any more");
	else if (!asks && session_read_lens(view->lens, &lens, &err) != CLAQUE_OK)
		session_fail(s, &err);
	else
		session_go_to(s, &place, &lens);
	arena_free(whole);
	return SESSION_REDRAW;
}

void
views_load(struct session *s)
{
	struct arena whole = arena_new(VIEWS_SCRATCH), perm = whole;
	struct claque_str text;
	struct claque_err err;

	if (desk_get(s->store, STR("views"), &perm, &text, &err) == CLAQUE_OK &&
	    text.len <= VIEWS_BYTES_MAX) {
		GROW(s->views, s->views_cap, text.len);
		if (text.len > 0)
			memcpy(s->views, text.p, text.len);
		s->views_len = text.len;
	}
	arena_free(whole);
}
