/*
 * mdtext.c - escapes for CommonMark 0.30 and GitHub's tables and autolinks.
 *
 * Escaping every mark of punctuation would be safe and unreadable. What counts
 * is what a parser takes for markup: some bytes anywhere, some only where a
 * line starts, and a dot or bracket there after digits. Dots inside what looks
 * like an address are put in brackets, so that no reader's program makes a
 * link of it: a click would tell the operator who is looking.
 */
#include "config.h"

#include "export/mdtext.h"

#include "text/safe.h"

enum { LINE_BYTES_MAX = 64 << 10 };	/* a longer line is cut, and says so */

struct writer {
	struct buf *out;
	bool at_start;		/* nothing of the line is written yet */
	bool digits;		/* digits and nothing else are */
};

static bool
is_word_byte(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || c == '-' || c == '_' || (c & 0x80) != 0;
}

static bool
is_inner_dot(struct claque_str s, size_t i)
{
	return s.p[i] == '.' && i > 0 && i + 1 < s.len && is_word_byte(s.p[i - 1]) &&
	       is_word_byte(s.p[i + 1]);
}

static bool
starts_nocase(struct claque_str s, const char *prefix)
{
	return str_eq_nocase(str_sub(s, 0, strlen(prefix)), str_of(prefix));
}

static bool
has(struct claque_str word, const char *part)
{
	return str_find(word, str_of(part), 0) < word.len;
}

/*
 * A dot before a letter, four numbers, or any dot beside www or an @ make a
 * host. "3.5" and "end." do not.
 */
static bool
has_host(struct claque_str word)
{
	size_t dots = 0;

	for (size_t i = 0; i < word.len; i++)
		if (is_inner_dot(word, i)) {
			if (!byte_is_digit(word.p[i + 1]))
				return true;
			dots++;
		}
	return dots >= 3 || (dots > 0 && (has(word, "@") || starts_nocase(word, "www.")));
}

static bool
is_address(struct claque_str word)
{
	return has_host(word) || has(word, "://") || starts_nocase(word, "mailto:") ||
	       starts_nocase(word, "xmpp:");
}

static bool
ends_http(struct claque_str s)
{
	return (s.len >= 4 && starts_nocase(str_sub(s, s.len - 4, 4), "http")) ||
	       (s.len >= 5 && starts_nocase(str_sub(s, s.len - 5, 5), "https"));
}

/* A colon that makes a link of what follows; http is broken by its own letters. */
static bool
is_scheme_end(struct claque_str word, size_t i)
{
	struct claque_str scheme = str_sub(word, 0, i);

	if (word.p[i] != ':' || ends_http(scheme))
		return false;
	return str_starts(str_sub(word, i, word.len), STR("://")) ||
	       str_eq_nocase(scheme, STR("mailto")) || str_eq_nocase(scheme, STR("xmpp"));
}

/* Writes what stands for the bytes at i of an address, or returns 0. */
static size_t
defang(struct buf *out, struct claque_str word, size_t i)
{
	struct claque_str rest = str_sub(word, i, word.len);

	if (is_inner_dot(word, i)) {
		buf_addz(out, "\\[.\\]");
		return 1;
	}
	if (starts_nocase(rest, "http") && rest.len >= 4) {
		buf_addz(out, "hxxp");
		return 4;
	}
	if (is_scheme_end(word, i)) {
		buf_addz(out, "\\[:\\]");
		return 1;
	}
	return 0;
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
	bool address = is_address(word);

	for (size_t i = 0; i < word.len;) {
		size_t used = address ? defang(w->out, word, i) : 0;

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
