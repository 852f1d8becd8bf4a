/*
 * page_text.c - data inside HTML.
 *
 * Data stands between tags only, never in an attribute: five characters are all there is to
 * escape. What safe.h spells out (<202E>, ^[) is marked, so that a text which holds the
 * same characters cannot pass for it.
 */
#include "config.h"

#include "export/page_text.h"

#include "base/utf8.h"
#include "export/defang.h"
#include "text/safe.h"

enum { TEXT_BYTES_MAX = 4 << 10, CELL_BYTES = 12 };	/* a cell has three characters at most */

struct shown {
	struct claque_str text;
	const bool *odd;	/* by byte of the text: stands for something else */
};

static struct shown
show(struct arena *perm, struct claque_str s)
{
	struct safe_line line = safe_cells(perm, s);
	char *text = ARENA_NEW(perm, char, line.count * CELL_BYTES + 1);
	bool *odd = ARENA_NEW(perm, bool, line.count * CELL_BYTES + 1);
	size_t len = 0;

	for (size_t i = 0; i < line.count; i++)
		for (size_t k = 0; k < 3 && line.cells[i].ch[k] != 0; k++) {
			size_t used = utf8_put(text + len, line.cells[i].ch[k]);

			memset(odd + len, line.cells[i].odd, used);
			len += used;
		}
	return (struct shown){ { text, len }, odd };
}

static void
add_byte(struct buf *out, char c)
{
	switch (c) {
	case '&': buf_addz(out, "&amp;"); break;
	case '<': buf_addz(out, "&lt;"); break;
	case '>': buf_addz(out, "&gt;"); break;
	case '"': buf_addz(out, "&quot;"); break;
	case '\'': buf_addz(out, "&#39;"); break;
	default: buf_addc(out, c);
	}
}

static void
mark(struct buf *out, bool *odd, bool now)
{
	if (now != *odd)
		buf_addz(out, now ? "<span class=\"odd\">" : "</span>");
	*odd = now;
}

static void
add_shown(struct buf *out, const struct shown *s, bool defanged)
{
	struct claque_str rest = s->text, word;
	size_t at = 0;
	bool odd = false;

	while (str_cut(&rest, ' ', &word)) {
		bool address = defanged && defang_is_address(word);

		for (size_t i = 0, used; i < word.len; i += used) {
			const char *as = address ? defang_at(word, i, &used) : NULL;

			mark(out, &odd, s->odd[at + i]);
			if (as != NULL) {
				buf_addz(out, as);
				continue;
			}
			add_byte(out, word.p[i]);
			used = 1;
		}
		at += word.len + 1;
		mark(out, &odd, false);
		if (rest.len > 0)
			buf_addc(out, ' ');
	}
}

static void
add_text(struct buf *out, struct arena scratch, struct claque_str s, bool defanged)
{
	struct shown shown = show(&scratch, str_trim(str_head(s, TEXT_BYTES_MAX)));

	add_shown(out, &shown, defanged);
	if (s.len > TEXT_BYTES_MAX)
		buf_addz(out, " <em>(cut)</em>");
}

void
page_inline(struct buf *out, struct arena scratch, struct claque_str s)
{
	add_text(out, scratch, s, true);
}

void
page_plain(struct buf *out, struct arena scratch, struct claque_str s)
{
	struct claque_str text = safe_text(&scratch, str_head(s, TEXT_BYTES_MAX));

	for (size_t i = 0; i < text.len; i++)
		add_byte(out, text.p[i]);
}

static void
add_isolated(struct buf *out, struct arena scratch, struct claque_str s, bool defanged)
{
	buf_addz(out, "<bdi>");
	add_text(out, scratch, s, defanged);
	buf_addz(out, "</bdi>");
}

void
page_text(struct buf *out, struct arena scratch, struct claque_str s)
{
	add_isolated(out, scratch, s, true);
}

void
page_exact(struct buf *out, struct arena scratch, struct claque_str s)
{
	add_isolated(out, scratch, s, false);
}

/* Bytes of whole words, with the blank behind each, that both begin with. */
static size_t
common_head(struct claque_str a, struct claque_str b)
{
	size_t same = 0;

	for (size_t i = 0; i < a.len && i < b.len && a.p[i] == b.p[i]; i++)
		if (a.p[i] == ' ')
			same = i + 1;
	return same;
}

static size_t
common_tail(struct claque_str a, struct claque_str b)
{
	size_t same = 0;

	for (size_t i = 1; i <= a.len && i <= b.len && a.p[a.len - i] == b.p[b.len - i]; i++)
		if (a.p[a.len - i] == ' ')
			same = i;
	return same;
}

static void
add_side(struct buf *out, struct arena scratch, struct claque_str s, size_t head, size_t tail,
	 const char *tag)
{
	struct claque_str middle = str_trim(str_sub(s, head, s.len - head - tail));

	buf_addz(out, "<td><bdi>");
	page_inline(out, scratch, str_sub(s, 0, head));
	if (middle.len > 0) {
		buf_addf(out, "%s<%s>", head > 0 ? " " : "", tag);
		page_inline(out, scratch, middle);
		buf_addf(out, "</%s>%s", tag, tail > 0 ? " " : "");
	}
	page_inline(out, scratch, str_sub(s, s.len - tail, tail));
	buf_addz(out, "</bdi></td>");
}

void
page_diff(struct buf *out, struct arena scratch, struct claque_str before, struct claque_str after)
{
	size_t head = common_head(before, after);
	size_t tail = common_tail(str_sub(before, head, before.len), str_sub(after, head, after.len));

	add_side(out, scratch, before, head, tail, "del");
	add_side(out, scratch, after, head, tail, "ins");
}
