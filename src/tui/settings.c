/*
 * settings.c - lines of claque.conf. Every message ends with what would be
 * right, as nobody looks a word up for the sake of one key.
 */
#include "config.h"

#include "tui/settings.h"

#include "base/err.h"
#include "base/utf8.h"
#include "tui/key.h"

enum { WORDS_ARENA = 64 << 10 };

static const struct setting settings[SETTING_COUNT] = {
#define X(id, name_, choices_, max_, standard_, help_) \
	[SETTING_##id] = { .name = name_, .choices = choices_, .help = help_, .max = max_, \
			   .standard = standard_ },
	SETTING_LIST(X)
#undef X
};

const struct setting *
setting_get(enum setting_id id)
{
	return &settings[id];
}

struct claque_str
setting_value(struct arena *perm, enum setting_id id, int value)
{
	struct claque_str choices = str_of(settings[id].choices), name;

	for (int i = 0; str_cut(&choices, ' ', &name); i++)
		if (i == value)
			return name;
	return str_fmt(perm, "%d", value);
}

/* --- keys */

/* A whole word, and a key that can be written again: no format character is one. */
static bool
take_key(struct claque_str word, uint32_t *out)
{
	struct arena whole = arena_new(WORDS_ARENA), perm = whole;
	struct claque_str spelled;
	uint32_t again;
	bool good = key_parse(&word, out) && word.len == 0;

	if (good) {
		spelled = key_spelled(&perm, *out);
		good = key_parse(&spelled, &again) && again == *out && spelled.len == 0;
	}
	arena_free(whole);
	return good;
}

/* The digits are go-to with the screen that the table of screens has them for. */
static const char *
arg_of_default(enum action_id id, uint32_t key)
{
	for (unsigned i = 0; id == ACTION_SCREEN && i < SCREEN_COUNT; i++)
		if ((uint32_t)screen_get((enum screen_id)i)->digit == key)
			return screen_get((enum screen_id)i)->name;
	return "";
}

void
settings_init(struct settings *s)
{
	*s = (struct settings){ .binding_count = 0 };
	for (unsigned i = 0; i < SETTING_COUNT; i++)
		s->values[i] = settings[i].standard;
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		enum action_id id = (enum action_id)i;
		struct claque_str names = str_of(action_get(id)->keys), name;

		while (str_cut(&names, ' ', &name)) {
			struct binding *b = &s->bindings[s->binding_count];
			struct claque_str arg;

			if (s->binding_count == BINDINGS_MAX || !key_parse(&name, &b->key))
				continue;
			arg = str_of(arg_of_default(id, b->key));
			b->action = id;
			memcpy(b->arg, arg.p, arg.len);
			s->binding_count++;
		}
	}
}

static size_t
find_key(const struct settings *s, uint32_t key)
{
	size_t i = 0;

	while (i < s->binding_count && s->bindings[i].key != key)
		i++;
	return i;
}

const struct binding *
settings_binding(const struct settings *s, uint32_t key)
{
	size_t at = find_key(s, key);

	if (at == s->binding_count)
		at = find_key(s, langmap_key(s->values[SETTING_LANGMAP], key));
	return at < s->binding_count ? &s->bindings[at] : NULL;
}

struct claque_str
settings_key(const struct settings *s, struct arena *perm, enum action_id id,
	     struct claque_str arg)
{
	for (size_t i = 0; i < s->binding_count; i++)
		if (s->bindings[i].action == id &&
		    (arg.len == 0 || str_eq(str_of(s->bindings[i].arg), arg)))
			return key_shown(perm, s->bindings[i].key);
	return STR("");
}

struct claque_str
settings_keys(const struct settings *s, struct arena *perm, enum action_id id)
{
	struct claque_str all = STR("");

	for (size_t i = 0; i < s->binding_count; i++)
		if (s->bindings[i].action == id)
			all = str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(all),
				      all.len > 0 ? " " : "",
				      STR_ARG(key_shown(perm, s->bindings[i].key)));
	return all;
}

struct claque_str
settings_action_name(struct arena *perm, enum action_id id)
{
	struct claque_str name = str_of(action_get(id)->name);
	char *out = ARENA_NEW(perm, char, name.len + 1);

	for (size_t i = 0; i < name.len; i++)
		out[i] = name.p[i] == ' ' ? '-' : name.p[i];
	return (struct claque_str){ out, name.len };
}

/* "Next-Row" is "next row". */
static bool
is_action_name(struct claque_str spelled, struct claque_str name)
{
	size_t i = 0;

	if (spelled.len != name.len)
		return false;
	while (i < name.len && byte_lower(spelled.p[i]) == (name.p[i] == ' ' ? '-' : name.p[i]))
		i++;
	return i == name.len;
}

static bool
action_named(struct claque_str name, enum action_id *out)
{
	unsigned i = 0;

	while (i < ACTION_COUNT &&
	       !is_action_name(name, str_of(action_get((enum action_id)i)->name)))
		i++;
	*out = (enum action_id)i;
	return i < ACTION_COUNT;
}

/* --- lines */

/* The first word off *rest; "" at its end. */
static struct claque_str
take_word(struct claque_str *rest)
{
	struct claque_str s = str_trim(*rest);
	size_t end = 0;

	while (end < s.len && !byte_is_space(s.p[end]))
		end++;
	*rest = str_trim(str_sub(s, end, s.len));
	return str_sub(s, 0, end);
}

static enum claque_rc
read_key(const char *verb, struct claque_str word, uint32_t *out, struct claque_err *err)
{
	static const uint32_t ours[] = {
		CK_ESC, CK_RESIZE, CK_PASTE, CK_HANGUP, CK_CLICK, CK_WHEEL_UP, CK_WHEEL_DOWN,
		 'q' & 0x1f, 's' & 0x1f, 'z' & 0x1f,
	};

	if (!take_key(word, out))
		return err_set(err, CLAQUE_EINPUT, "%s: '" STR_FMT "' is no key; write one as j, "
			       "<F5>, <C-d>, <Space> or <lt>", verb, STR_ARG(str_head(word, 40)));
	for (size_t i = 0; i < sizeof(ours) / sizeof(ours[0]); i++)
		if (*out == ours[i])
			return err_set(err, CLAQUE_EINPUT, "%s: " STR_FMT " is the terminal's, or "
				       "closes menus; choose another key", verb, STR_ARG(word));
	return CLAQUE_OK;
}

static enum claque_rc
check_arg(enum action_id id, struct claque_str arg, struct claque_err *err)
{
	enum screen_id screen;

	if (id == ACTION_SCREEN && !screen_parse(arg, &screen))
		return err_set(err, CLAQUE_EINPUT, "map: go-to takes a screen, as in: map M go-to "
			       "matrix; there is no screen '" STR_FMT "'",
			       STR_ARG(str_head(arg, 40)));
	if (action_get(id)->args[0] == '\0' && arg.len > 0)
		return err_set(err, CLAQUE_EINPUT, "map: %s takes nothing after it; leave '" STR_FMT
			       "' out", action_get(id)->name, STR_ARG(str_head(arg, 40)));
	if (arg.len >= BINDING_ARG_MAX)
		return err_set(err, CLAQUE_ELIMIT, "map: an argument has up to %d bytes",
			       BINDING_ARG_MAX - 1);
	return CLAQUE_OK;
}

/* Takes the key off what it did, unless nothing would lead to the palette then. */
static enum claque_rc
release(struct settings *s, uint32_t key, enum action_id next, struct claque_err *err)
{
	size_t at = find_key(s, key), left = 0;

	if (at == s->binding_count)
		return CLAQUE_OK;
	for (size_t i = 0; i < s->binding_count; i++)
		left += i != at && s->bindings[i].action == ACTION_PALETTE;
	if (left == 0 && next != ACTION_PALETTE && s->bindings[at].action == ACTION_PALETTE)
		return err_set(err, CLAQUE_EINPUT, "this is the last key of command, from where "
			       "everything can be reached; map another to command first");
	s->binding_count--;
	memmove(&s->bindings[at], &s->bindings[at + 1],
		(s->binding_count - at) * sizeof(s->bindings[0]));
	return CLAQUE_OK;
}

static enum claque_rc
do_map(struct settings *s, struct claque_str rest, struct claque_err *err)
{
	struct claque_str key = take_word(&rest), name = take_word(&rest);
	struct binding b = { 0 };
	enum claque_rc rc = read_key("map", key, &b.key, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (!action_named(name, &b.action))
		return err_set(err, CLAQUE_EINPUT, "map: there is no action '" STR_FMT "'; write "
			       "it as next-row: claque.conf(5) lists them all",
			       STR_ARG(str_head(name, 40)));
	rc = check_arg(b.action, rest, err);
	if (rc == CLAQUE_OK)
		rc = release(s, b.key, b.action, err);
	if (rc != CLAQUE_OK)
		return rc;
	if (s->binding_count == BINDINGS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "map: %d keys are bound; unmap one first",
			       BINDINGS_MAX);
	if (rest.len > 0)
		memcpy(b.arg, rest.p, rest.len);
	memmove(&s->bindings[1], &s->bindings[0], s->binding_count++ * sizeof(b));
	s->bindings[0] = b;
	return CLAQUE_OK;
}

static enum claque_rc
do_unmap(struct settings *s, struct claque_str rest, struct claque_err *err)
{
	struct claque_str word = take_word(&rest);
	uint32_t key;
	enum claque_rc rc = read_key("unmap", word, &key, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (rest.len > 0)
		return err_set(err, CLAQUE_EINPUT, "unmap: one key a line");
	if (find_key(s, key) == s->binding_count)
		return err_set(err, CLAQUE_EINPUT, "unmap: " STR_FMT " does nothing; ? shows the "
			       "keys", STR_ARG(word));
	return release(s, key, ACTION_COUNT, err);
}

static enum claque_rc
set_value(struct settings *s, enum setting_id id, struct claque_str text, struct claque_err *err)
{
	const struct setting *o = &settings[id];
	struct claque_str choices = str_of(o->choices), name;
	int64_t number;

	for (int i = 0; str_cut(&choices, ' ', &name); i++) {
		if (str_eq_nocase(name, text)) {
			s->values[id] = i;
			return CLAQUE_OK;
		}
	}
	if (o->choices[0] != '\0')
		return err_set(err, CLAQUE_EINPUT, "set: %s is one of %s, not '" STR_FMT "'",
			       o->name, o->choices, STR_ARG(str_head(text, 40)));
	if (!str_to_i64(text, &number) || number < 1 || number > o->max)
		return err_set(err, CLAQUE_EINPUT, "set: %s is a number from 1 to %d, not '" STR_FMT
			       "'", o->name, o->max, STR_ARG(str_head(text, 40)));
	s->values[id] = (int)number;
	return CLAQUE_OK;
}

static enum claque_rc
do_set(struct settings *s, struct claque_str rest, struct claque_err *err)
{
	struct claque_str name = take_word(&rest);

	for (unsigned i = 0; i < SETTING_COUNT; i++)
		if (str_eq_nocase(str_of(settings[i].name), name))
			return set_value(s, (enum setting_id)i, rest, err);
#define X(id, name, choices, max, standard, help) " " name
	return err_set(err, CLAQUE_EINPUT, "set: there is no option '" STR_FMT "'; there are"
		       SETTING_LIST(X), STR_ARG(str_head(name, 40)));
#undef X
}

static enum claque_rc
do_langmap(struct settings *s, struct claque_str rest, struct claque_err *err)
{
	return set_value(s, SETTING_LANGMAP, rest, err);
}

static const struct {
	const char *name;
	enum claque_rc (*run)(struct settings *s, struct claque_str rest, struct claque_err *err);
} verbs[] = {
	{ "set", do_set }, { "map", do_map }, { "unmap", do_unmap }, { "langmap", do_langmap },
};

/* What is kept of a line is written again and shown: it must be plain text. */
static bool
is_plain(struct claque_str line)
{
	for (size_t i = 0; i < line.len; i++)
		if (((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') || line.p[i] == 0x7f)
			return false;
	return utf8_valid(line);
}

enum claque_rc
settings_line(struct settings *s, struct claque_str line, struct claque_err *err)
{
	struct claque_str rest = str_trim(line), verb;

	if (rest.len == 0 || rest.p[0] == '#')
		return CLAQUE_OK;
	if (!is_plain(rest))
		return err_set(err, CLAQUE_EINPUT, "the line is no UTF-8, or holds a control "
			       "character; write it anew");
	verb = take_word(&rest);
	for (size_t i = 0; i < sizeof(verbs) / sizeof(verbs[0]); i++)
		if (str_eq(str_of(verbs[i].name), verb))
			return verbs[i].run(s, rest, err);
	return err_set(err, CLAQUE_EINPUT, "a line begins with set, map, unmap, langmap or #, not '"
		       STR_FMT "'", STR_ARG(str_head(verb, 40)));
}

size_t
settings_read(struct settings *s, const char *name, struct claque_str text,
	      struct claque_err *first)
{
	struct claque_str line;
	struct claque_err err;
	size_t bad = 0, number = 1;

	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.len);
	for (; str_cut(&text, '\n', &line); number++) {
		if (settings_line(s, line, &err) == CLAQUE_OK || bad++ > 0)
			continue;
		*first = err;
		(void)err_wrap(first, "%s:%zu", name, number);
	}
	return bad;
}

static void
write_unmaps(const struct settings *s, const struct settings *at_first, bool palette,
	     struct arena scratch, struct buf *out)
{
	for (size_t i = 0; i < at_first->binding_count; i++) {
		const struct binding *b = &at_first->bindings[i];
		struct arena perm = scratch;

		if ((b->action == ACTION_PALETTE) == palette &&
		    find_key(s, b->key) == s->binding_count && b->key != CK_ESC)
			buf_addf(out, "unmap " STR_FMT "\n", STR_ARG(key_spelled(&perm, b->key)));
	}
}

/* Mapped last is shown first; the keys of the palette go when it has another. */
void
settings_write(const struct settings *s, struct buf *out)
{
	struct arena whole = arena_new(WORDS_ARENA);
	struct settings at_first;

	settings_init(&at_first);
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		struct arena perm = whole;

		buf_addf(out, "set %s " STR_FMT "\n", settings[i].name,
			 STR_ARG(setting_value(&perm, (enum setting_id)i, s->values[i])));
	}
	write_unmaps(s, &at_first, false, whole, out);
	for (size_t i = s->binding_count; i-- > 0; ) {
		const struct binding *b = &s->bindings[i];
		struct arena perm = whole;

		if (b->key != CK_ESC)
			buf_addf(out, "map " STR_FMT " " STR_FMT "%s%s\n",
				 STR_ARG(key_spelled(&perm, b->key)),
				 STR_ARG(settings_action_name(&perm, b->action)),
				 b->arg[0] != '\0' ? " " : "", b->arg);
	}
	write_unmaps(s, &at_first, true, whole, out);
	arena_free(whole);
}
