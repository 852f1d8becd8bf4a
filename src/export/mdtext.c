/*
 * mdtext.c - escapes for CommonMark 0.30 and GitHub's tables and autolinks.
 *
 * Escaping every mark of punctuation would be safe and unreadable. What counts
 * is what a parser takes for markup: some bytes anywhere, some only where a
 * line starts, and a dot or bracket there after digits. Addresses are defanged.
 */
#include "config.h"

#include "export/mdtext.h"

#include "export/defang.h"
#include "text/safe.h"

enum { LINE_BYTES_MAX = 64 << 10 };	/* a longer line is cut, and says so */

struct writer {
	struct buf *out;
	bool at_start;		/* nothing of the line is written yet */
	bool digits;		/* digits and nothing else are */
};

/* Writes what stands for the bytes at i of an address, or returns 0. */
static size_t
add_defanged(struct buf *out, struct claque_str word, size_t i)
{
	size_t used;
	const char *as = defang_at(word, i, &used);

	for (; as != NULL && *as != '\0'; as++)
		buf_addf(out, "%s%c", *as == '[' || *as == ']' ? "\\" : "", *as);
	return used;
}

static bool
is_markup(const struct writer *w, char c)
{
	static const char anywhere[] = "\\`*_[]<>|~&$", at_start[] = "#+-=", after_digits[] = ".)";

	return memchr(anywhere, c, sizeof(anywhere) - 1) != NULL ||
	       (w->at_start && memchr(at_start, c, sizeof(at_start) - 1) != NULL) ||
	       (w->digits && memchr(after_digits, c, sizeof(after_digits) - 1) != NULL);
}

static void
add_byte(struct writer *w, char c)
{
	if (is_markup(w, c))
		buf_addc(w->out, '\\');
	buf_addc(w->out, c);
	w->digits = byte_is_digit(c) && (w->at_start || w->digits);
	w->at_start = false;
}

static void
add_word(struct writer *w, struct claque_str word)
{
	bool address = defang_is_address(word);

	for (size_t i = 0; i < word.len;) {
		size_t used = address ? add_defanged(w->out, word, i) : 0;

		if (used == 0)
			add_byte(w, word.p[i++]);
		else
			w->at_start = w->digits = false;
		i += used;
	}
}

void
mdtext_line(struct buf *out, struct arena scratch, struct claque_str s)
{
	struct writer w = { .out = out, .at_start = true };
	struct claque_str line = str_trim(str_sub(s, 0, LINE_BYTES_MAX)), word;

	line = str_trim(safe_text(&scratch, line));
	while (str_cut(&line, ' ', &word)) {
		add_word(&w, word);
		if (line.len > 0)
			buf_addc(out, ' ');
	}
	if (s.len > LINE_BYTES_MAX)
		buf_addz(out, " (cut)");
}

/* More than any run of them inside, as CommonMark asks of what encloses a code span. */
static size_t
fence_length(struct claque_str s)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < s.len; i++) {
		run = s.p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest + 1;
}

static void
add_fence(struct buf *out, size_t length)
{
	while (length-- > 0)
		buf_addc(out, '`');
}

void
mdtext_code(struct buf *out, struct arena scratch, struct claque_str s, bool cell)
{
	struct claque_str line = str_trim(safe_text(&scratch, str_sub(s, 0, LINE_BYTES_MAX)));
	size_t fence = fence_length(line);

	if (line.len == 0)
		return;
	add_fence(out, fence);
	if (fence > 1)
		buf_addc(out, ' ');
	for (size_t i = 0; i < line.len; i++)
		buf_addf(out, "%s%c", cell && line.p[i] == '|' ? "\\" : "", line.p[i]);
	if (fence > 1)
		buf_addc(out, ' ');
	add_fence(out, fence);
	if (s.len > LINE_BYTES_MAX)
		buf_addz(out, " (cut)");
}

void
mdtext_quote(struct buf *out, struct arena scratch, struct claque_str s)
{
	struct claque_str line;

	s = str_trim(s);
	while (str_cut(&s, '\n', &line)) {
		buf_addz(out, "> ");
		mdtext_line(out, scratch, line);
		buf_addz(out, s.len > 0 && str_trim(line).len > 0 ? "\\\n" : "\n");
	}
}
