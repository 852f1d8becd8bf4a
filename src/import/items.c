/*
 * items.c - a scanner of brackets and strings, no more: jansson parses what it cuts.
 *
 * It must not be cleverer than that. Bytes that are no JSON still have brackets
 * and line ends, and what is cut wrongly is refused by the parser afterwards.
 */
#include "config.h"

#include "import/items.h"

#include <stdlib.h>

enum { LEVELS = 8, KEY_MAX = 24 };

/* Where lists of items stand: keys from the top, "[]" for any element. */
static const char *const lists[] = {
	"",			/* the document is the list */
	"messages",		/* Telegram Desktop, one chat */
	"chats.list[].messages",	/* the same, a whole account */
	"left_chats.list[].messages",
	"objects",		/* STIX 2.1 */
	"orderedItems",		/* ActivityPub */
	"items",		/* YouTube Data API */
	"response",		/* MISP search */
	"data.videos",		/* TikTok's research API */
};

enum { LISTS = sizeof(lists) / sizeof(lists[0]) };

struct level {
	char open;		/* '{' or '[' */
	bool wants_key;
	char key[KEY_MAX];	/* of an object: the last one seen, cut */
};

enum mode { MODE_DOCUMENT, MODE_MAYBE_LINES, MODE_LINES };

struct items {
	void *ctx;
	enum claque_rc (*take)(void *ctx, const struct item_text *item, struct claque_err *err);
	struct claque_err *err;
	enum claque_rc rc;
	enum mode mode;
	uint64_t line, number;		/* lines begun before this one; of the last item */
	struct buf text;		/* of the item, or of the shell where none is open */
	struct buf shell;		/* kept while an item is cut out of it */
	struct buf closed;		/* the shell with its brackets closed */
	size_t depth;			/* brackets open */
	size_t item_depth;		/* the depth an item stands at; 0: none is open */
	size_t list_depth;		/* of the list being cut; 0: none */
	struct level levels[LEVELS];
	char key[KEY_MAX];
	size_t key_len;
	bool in_string, escaped, key_ready;
	bool cut, broken_lines, new_shell;	/* of the value at the top */
	const char *fault;
};

struct items *
items_new(void *ctx, enum claque_rc (*take)(void *ctx, const struct item_text *item,
					    struct claque_err *err),
	  struct claque_err *err)
{
	struct items *it = calloc(1, sizeof(*it));

	if (it == NULL)
		base_oom();
	it->ctx = ctx;
	it->take = take;
	it->err = err;
	buf_init(&it->text, ITEM_BYTES_MAX);
	buf_init(&it->shell, ITEM_BYTES_MAX);
	buf_init(&it->closed, ITEM_BYTES_MAX + LEVELS + 1);
	return it;
}

void
items_free(struct items *it)
{
	if (it == NULL)
		return;
	buf_done(&it->text);
	buf_done(&it->shell);
	buf_done(&it->closed);
	free(it);
}

/* The item in text, with the shell around it. */
static void
emit(struct items *it)
{
	struct item_text item = { .fault = it->fault, .new_shell = it->new_shell };

	/* Several values on one line and then others: numbers still only grow. */
	it->number = it->mode == MODE_LINES && it->line >= it->number ? it->line + 1 :
									  it->number + 1;
	item.number = it->number;
	item.text = str_trim(buf_str(&it->text));
	item.shell = buf_str(&it->closed);
	if (it->text.over)
		item.fault = "it is over 16 MiB";
	it->fault = NULL;
	it->new_shell = false;
	it->rc = it->take(it->ctx, &item, it->err);
}

/* Takes one step off the way to a list: a key, or "[]" for an element. */
static bool
take_step(struct claque_str *way, const struct level *level)
{
	struct claque_str step = level->open == '[' ? STR("[]") : str_of(level->key);

	if (step.len == 0 || !str_starts(*way, step))
		return false;
	*way = str_sub(*way, step.len, way->len);
	if (way->len == 0 || way->p[0] == '[')
		return true;
	if (way->p[0] != '.')
		return false;
	*way = str_sub(*way, 1, way->len);
	return true;
}

/* Do the levels above this bracket lead to the list? */
static bool
place_is(const struct items *it, const char *list)
{
	struct claque_str way = str_of(list);

	for (size_t i = 0; i + 1 < it->depth; i++)
		if (!take_step(&way, &it->levels[i]))
			return false;
	return way.len == 0;
}

static bool
is_list(const struct items *it)
{
	if (it->depth > LEVELS || it->levels[it->depth - 1].open != '[')
		return false;
	for (size_t i = 0; i < LISTS; i++)
		if (place_is(it, lists[i]))
			return true;
	return false;
}

static void
close_shell(struct items *it)
{
	buf_clear(&it->closed);
	buf_add(&it->closed, buf_str(&it->shell));
	for (size_t i = it->list_depth; i-- > 0;)
		buf_addc(&it->closed, it->levels[i].open == '{' ? '}' : ']');
}

static void
open_list(struct items *it)
{
	struct buf text = it->text;

	it->list_depth = it->depth;
	it->text = it->shell;	/* the shell moves aside: text is the item's from here */
	it->shell = text;
	buf_clear(&it->text);
	close_shell(it);
	it->cut = it->new_shell = true;
}

static void
close_list(struct items *it)
{
	struct buf shell = it->shell;

	it->shell = it->text;
	it->text = shell;
	buf_addc(&it->text, ']');
	buf_clear(&it->shell);
	it->list_depth = 0;
}

static void
end_value(struct items *it)
{
	bool whole = !it->cut;

	buf_clear(&it->closed);
	if (whole)
		emit(it);
	if (whole && !it->broken_lines)
		it->mode = MODE_MAYBE_LINES;
	buf_clear(&it->text);
	it->cut = it->broken_lines = false;
}

static void
open_bracket(struct items *it, char c)
{
	it->depth++;
	if (it->list_depth > 0 && it->item_depth == 0 && it->depth == it->list_depth + 1) {
		it->item_depth = it->depth;
		buf_clear(&it->text);
	}
	buf_addc(&it->text, c);
	if (it->depth > ITEM_DEPTH_MAX)
		it->fault = "it is nested over 512 deep";
	if (it->item_depth > 0 || it->depth > LEVELS)
		return;
	it->levels[it->depth - 1] = (struct level){ .open = c, .wants_key = c == '{' };
	if (it->list_depth == 0 && c == '[' && is_list(it))
		open_list(it);
}

static void
close_bracket(struct items *it, char c)
{
	if (it->depth == 0)
		return;
	if (it->list_depth > 0 && it->depth == it->list_depth) {
		it->depth--;
		close_list(it);
	} else {
		buf_addc(&it->text, c);
		if (it->item_depth == it->depth) {
			emit(it);
			buf_clear(&it->text);
			it->item_depth = 0;
		}
		it->depth--;
	}
	if (it->depth == 0)
		end_value(it);
}

/* The string that ended may have been a key of the shell. */
static void
end_string(struct items *it)
{
	struct level *level;

	if (it->item_depth > 0 || it->depth == 0 || it->depth > LEVELS)
		return;
	level = &it->levels[it->depth - 1];
	if (!level->wants_key)
		return;
	memcpy(level->key, it->key, sizeof(level->key));
	level->wants_key = false;
}

static void
in_string(struct items *it, char c)
{
	buf_addc(&it->text, c);
	if (it->escaped) {
		it->escaped = false;
	} else if (c == '\\') {
		it->escaped = true;
	} else if (c == '"') {
		it->in_string = false;
		it->key[it->key_len] = '\0';
		end_string(it);
		return;
	}
	if (it->key_len + 1 < KEY_MAX)
		it->key[it->key_len++] = c;
}

static void
start_string(struct items *it)
{
	buf_addc(&it->text, '"');
	it->in_string = true;
	it->key_len = 0;
}

static void
next_member(struct items *it)
{
	if (it->item_depth == 0 && it->depth > 0 && it->depth <= LEVELS)
		it->levels[it->depth - 1].wants_key = it->levels[it->depth - 1].open == '{';
	buf_addc(&it->text, ',');
}

/* Between two values at the top: the line end after the first decides what follows. */
static void
between(struct items *it, char c)
{
	if (c == '\n' && it->mode == MODE_MAYBE_LINES)
		it->mode = MODE_LINES;
	if (c == '{' || c == '[')
		open_bracket(it, c);
	if (c == '{' || c == '[' || byte_is_space(c) || c == ',')
		return;
	it->mode = MODE_LINES;	/* no JSON: whatever it is ends with the line */
	buf_addc(&it->text, c);
}

static void
document_byte(struct items *it, char c)
{
	if (c == '\n') {
		it->line++;
		it->broken_lines |= it->depth > 0;
	}
	if (it->depth == 0)
		between(it, c);
	else if (it->in_string)
		in_string(it, c);
	else if (c == '"')
		start_string(it);
	else if (c == '{' || c == '[')
		open_bracket(it, c);
	else if (c == '}' || c == ']')
		close_bracket(it, c);
	else if (c == ',')
		next_member(it);
	else
		buf_addc(&it->text, c);
}

static void
end_line(struct items *it)
{
	if (str_trim(buf_str(&it->text)).len > 0 || it->text.over)
		emit(it);
	buf_clear(&it->text);
	it->line++;
}

/* Whole runs up to a line end: most of what is ever read comes by here. */
static size_t
take_lines(struct items *it, struct claque_str bytes)
{
	const char *end = memchr(bytes.p, '\n', bytes.len);
	size_t len = end == NULL ? bytes.len : (size_t)(end - bytes.p);

	buf_add(&it->text, str_sub(bytes, 0, len));
	if (end == NULL)
		return len;
	end_line(it);
	return len + 1;
}

enum claque_rc
items_feed(struct items *it, struct claque_str bytes)
{
	size_t i = 0;

	while (i < bytes.len && it->rc == CLAQUE_OK) {
		if (it->mode == MODE_LINES)
			i += take_lines(it, str_sub(bytes, i, bytes.len));
		else
			document_byte(it, bytes.p[i++]);
	}
	return it->rc;
}

enum claque_rc
items_finish(struct items *it)
{
	if (it->rc != CLAQUE_OK)
		return it->rc;
	if (it->mode == MODE_LINES) {
		end_line(it);
	} else if (it->depth > 0) {
		it->fault = "the file ends in the middle of it";
		emit(it);
	}
	return it->rc;
}
