/*
 * colour.c - the colours that an analyst gives to tags and highlights. Colour is never
 * alone: a letter before the # of a tag, or before the [ of a quoted passage, says which
 * one it is, on every screen, so that r#urgent is red on paper and to those who see no red.
 */
#include "config.h"

#include "tui/view.h"

#define X(name) { #name },
static const struct { const char *name; } colours[] = { COLOUR_LIST(X) };
#undef X
enum { COLOURS = sizeof(colours) / sizeof(*colours), PASSAGE_BYTES = 24 };

/* STYLE_COUNT: none. */
static enum style
style_of(struct claque_str colour)
{
	static const enum style styles[COLOURS] = { STYLE_RED, STYLE_YELLOW, STYLE_GREEN,
						    STYLE_CYAN, STYLE_BLUE, STYLE_MAGENTA };

	for (size_t i = 0; i < COLOURS; i++)
		if (str_eq(colour, str_of(colours[i].name)))
			return styles[i];
	return STYLE_COUNT;
}

/* "confirmed r#urgent #fan" of "confirmed #urgent #fan" and "red -". */
static size_t
colour_tags(struct arena *perm, struct claque_str colour, struct claque_str *text,
	    struct grid_hit out[COLOUR_HITS])
{
	char *p = ARENA_NEW(perm, char, 2 * text->len + 1);
	struct claque_str words = *text, word, one;
	size_t n = 0, len = 0;

	while (str_cut(&words, ' ', &word)) {
		enum style style = STYLE_COUNT;
		size_t at = len;

		if (str_starts(word, STR("#")) && str_cut(&colour, ' ', &one))
			style = style_of(one);
		if (style != STYLE_COUNT)
			p[len++] = one.p[0];
		memcpy(p + len, word.p, word.len);
		len += word.len;
		if (style != STYLE_COUNT && n < COLOUR_HITS)
			out[n++] = (struct grid_hit){ at, len - at, style };
		p[len++] = ' ';
	}
	*text = (struct claque_str){ p, len > 0 ? len - 1 : 0 };
	return n;
}

/* A row of the analyst's work: its tag, or what it highlights. */
static size_t
colour_note(struct arena *perm, const struct row *row, const struct column *c,
	    struct claque_str *text, struct grid_hit out[COLOUR_HITS])
{
	struct claque_str colour = row_text(LIST_NOTES, row, "colour");
	bool tag = str_eq(row_text(LIST_NOTES, row, "kind"), STR("tag"));

	if (style_of(colour) == STYLE_COUNT || text->len == 0)
		return 0;
	if (tag && strcmp(c->name, "text") == 0)
		*text = str_fmt(perm, "%c#" STR_FMT, colour.p[0], STR_ARG(*text));
	else if (!tag && strcmp(c->name, "quote") == 0)
		*text = str_fmt(perm, "%c[" STR_FMT "]", colour.p[0], STR_ARG(*text));
	else
		return 0;
	out[0] = (struct grid_hit){ 0, text->len, style_of(colour) };
	return 1;
}

size_t
colour_cell(struct arena *perm, enum list_id list, const struct row *row, const struct column *c,
	    struct claque_str *text, struct grid_hit out[COLOUR_HITS])
{
	struct claque_str tags;

	if (list == LIST_NOTES)
		return colour_note(perm, row, c, text, out);
	if (list == LIST_NONE || (strcmp(c->name, "review") != 0 && strcmp(c->name, "tags") != 0))
		return 0;
	tags = row_text(list, row, "tag_colours");
	return tags.len > 0 ? colour_tags(perm, tags, text, out) : 0;
}

/* "y[never tell] script" */
static struct claque_str
highlight_text(struct arena *perm, struct claque_str colour, struct claque_str quote,
	       struct claque_str label)
{
	bool has = style_of(colour) != STYLE_COUNT;

	return str_fmt(perm, STR_FMT "[" STR_FMT "%s]%s" STR_FMT, STR_ARG(str_head(colour, has)),
		       STR_ARG(str_head(quote, PASSAGE_BYTES)),
		       quote.len > PASSAGE_BYTES ? ".." : "", label.len > 0 ? " " : "",
		       STR_ARG(label));
}

size_t
colour_post(struct ui *u, int64_t post, struct claque_str shown, struct grid_hit out[MARKS_MAX],
	    struct claque_str *labels)
{
	struct side side = session_side(u->s, LIST_NOTES, (struct subject){ SUBJECT_post, post },
					2 * MARKS_MAX);
	struct arena *perm = &u->grid.scratch;
	size_t n = 0;

	*labels = STR("");
	for (size_t i = 0; i < side.got && n < MARKS_MAX; i++) {
		struct claque_str quote = row_text(LIST_NOTES, &side.rows[i], "quote");
		struct claque_str word = row_text(LIST_NOTES, &side.rows[i], "word");
		struct claque_str colour = row_text(LIST_NOTES, &side.rows[i], "colour");
		enum style style = style_of(colour);
		size_t at;

		if (quote.len == 0)
			continue;
		quote = text_defanged(perm, quote);
		at = str_find(shown, quote, 0);
		if (at < shown.len)
			out[n++] = (struct grid_hit){ at, quote.len,
						      style != STYLE_COUNT ? style : STYLE_HIT };
		*labels = str_fmt(perm, STR_FMT "%s" STR_FMT, STR_ARG(*labels),
				  labels->len > 0 ? ", " : "",
				  STR_ARG(highlight_text(perm, colour, quote, word)));
	}
	return n;
}

int
part_review(struct ui *u, struct area a, int row, enum list_id list, const struct row *of)
{
	struct arena *perm = &u->grid.scratch;
	struct claque_str verdict = row_text(list, of, "verdict");
	struct claque_str tags = row_text(list, of, "tags");
	struct grid_hit hits[COLOUR_HITS];
	size_t count = colour_tags(perm, row_text(list, of, "tag_colours"), &tags, hits);
	int col = 9, room = a.cols - col - 1;

	if (verdict.len + tags.len == 0)
		return 0;
	(void)grid_text(&u->grid, a, row, 1, STYLE_DIM, verdict.len > 0 ? STR("verdict") :
			STR("tags"));
	if (tags.len > 0 && verdict.len > 0)
		room = room - (int)tags.len - 2 > room / 2 ? room - (int)tags.len - 2 : room / 2;
	if (verdict.len > 0)
		col += 2 + grid_safe(&u->grid, a, row, col, room, STYLE_BOLD,
				     text_defanged(perm, verdict), NULL, 0);
	(void)grid_safe(&u->grid, a, row, col, a.cols - col - 1, STYLE_PLAIN, tags, hits, count);
	return 1;
}
