/*
 * normal.c - see normal.h.
 *
 * Unicode's tables are ICU's, but nearly no text is brought to it: of each code
 * point of the basic plane a table keeps what it becomes where it stands alone, and
 * before most code points a text can be cut without a change (unorm2_hasBoundaryBefore).
 * A text of such code points alone is made code point by code point; a combining mark
 * or a letter that becomes several sends the whole text through ICU.
 *
 * Links and names are taken out of the folded text, where they can no longer hide
 * behind full-width letters or a soft hyphen.
 */
#include "config.h"

#include "text/normal.h"

#include <pthread.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "base/utf8.h"
#include "text/links.h"
#include "text/url.h"

enum { BASIC_PLANE = 0x10000, MARKS_MAX = 30, BLANK_BRAILLE = 0x2800 };
/* In the table, besides the code point: nothing is left; it takes its neighbours to say. */
enum { ALONE_DROPPED = 0, ALONE_HARD = 1 };

static uint16_t alone[BASIC_PLANE];
static const UNormalizer2 *folding;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static bool
is_invisible(UChar32 code)
{
	return u_charType(code) == U_CONTROL_CHAR ||
	       u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static uint16_t
look_up(UChar32 code)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar from = (UChar)code, to[2];

	if (u_isUWhiteSpace(code) || code == BLANK_BRAILLE)
		return ' ';
	if (is_invisible(code))
		return ALONE_DROPPED;
	if (folding == NULL || unorm2_isInert(folding, code))
		return from;
	if (!unorm2_hasBoundaryBefore(folding, code) ||
	    unorm2_normalize(folding, &from, 1, to, 2, &status) != 1 || U_FAILURE(status))
		return ALONE_HARD;
	return to[0];
}

static void
fill_table(void)
{
	UErrorCode status = U_ZERO_ERROR;

	folding = unorm2_getNFKCCasefoldInstance(&status);
	for (UChar32 code = 0; code < BASIC_PLANE; code++)
		alone[code] = look_up(code);
}

static uint32_t
alone_of(uint32_t code)
{
	if (code < BASIC_PLANE)
		return alone[code];
	if (is_invisible((UChar32)code))
		return ALONE_DROPPED;
	return folding == NULL || unorm2_isInert(folding, (UChar32)code) ? code :
	       (uint32_t)ALONE_HARD;
}

/* Takes one code point off *s; bytes that are none are dropped like what is not seen. */
static uint32_t
take(struct claque_str *s, uint32_t *code)
{
	size_t used;

	*code = utf8_next(*s, &used);
	*s = (struct claque_str){ s->p + used, s->len - used };
	return *code == UTF8_BAD ? (uint32_t)ALONE_DROPPED : alone_of(*code);
}

/* False: the text needs ICU. */
static bool
fold_alone(struct arena *perm, struct claque_str s, struct claque_str *out)
{
	/* What is a byte stays one; of others the longest step is from two to three. */
	char *p = ARENA_NEW(perm, char, s.len + s.len / 2 + 4);
	size_t len = 0;

	while (s.len > 0) {
		uint32_t code, to = alone[(unsigned char)s.p[0]];

		if ((unsigned char)s.p[0] < 0x80)
			s = (struct claque_str){ s.p + 1, s.len - 1 };
		else
			to = take(&s, &code);
		if (to == ALONE_HARD)
			return false;
		if (to < 0x80 && to != ALONE_DROPPED)
			p[len++] = (char)to;
		else if (to != ALONE_DROPPED)
			len += utf8_put(p + len, to);
	}
	*out = (struct claque_str){ p, len };
	return true;
}

/* In UTF-16, without what is dropped and with so many marks on a letter as may be. */
static size_t
to_utf16(struct claque_str s, UChar *out)
{
	size_t len = 0, marks = 0;

	while (s.len > 0) {
		uint32_t code, to = take(&s, &code);

		if (to == ALONE_DROPPED)
			continue;
		if (to == ' ')
			code = ' ';
		marks = u_getCombiningClass((UChar32)code) != 0 ? marks + 1 : 0;
		if (marks > MARKS_MAX)
			continue;
		if (code >= BASIC_PLANE) {
			out[len++] = U16_LEAD(code);
			out[len++] = U16_TRAIL(code);
		} else {
			out[len++] = (UChar)code;
		}
	}
	return len;
}

static struct claque_str
to_utf8(struct arena *perm, const UChar *s, int32_t len)
{
	UErrorCode status = U_ZERO_ERROR;
	int32_t room = 3 * len + 1, used = 0;
	char *p = ARENA_NEW(perm, char, (size_t)room);

	(void)u_strToUTF8(p, room, &used, s, len, &status);
	return (struct claque_str){ p, U_FAILURE(status) ? 0 : (size_t)used };
}

static struct claque_str
fold_together(struct arena *perm, struct claque_str s)
{
	UErrorCode status = U_ZERO_ERROR;
	UChar *from = ARENA_NEW(perm, UChar, s.len + 1), *to;
	int32_t len = (int32_t)to_utf16(s, from), room = 2 * len + 16, used;

	to = ARENA_NEW(perm, UChar, (size_t)room);
	used = unorm2_normalize(folding, from, len, to, room, &status);
	if (status == U_BUFFER_OVERFLOW_ERROR) {
		status = U_ZERO_ERROR;
		to = ARENA_NEW(perm, UChar, (size_t)used);
		used = unorm2_normalize(folding, from, len, to, used, &status);
	}
	return U_FAILURE(status) ? to_utf8(perm, from, len) : to_utf8(perm, to, used);
}

size_t
text_fold_word(struct claque_str word, char *out, size_t max)
{
	_Alignas(8) char bytes[FOLD_WORD_MAX * 64];
	struct arena room = { bytes, bytes + sizeof(bytes) };
	struct claque_str folded;

	if (word.len > FOLD_WORD_MAX)
		return FOLD_OVER;
	(void)pthread_once(&once, fill_table);
	if (!fold_alone(&room, word, &folded))
		folded = fold_together(&room, word);
	if (folded.len > max)
		return FOLD_OVER;
	memcpy(out, folded.p, folded.len);
	return folded.len;
}

/* --- what is taken out, of folded text --- */

/* The text as it is made, in the room of the text it is made of: it never overtakes. */
struct line {
	char *p;
	size_t len;
	struct claque_str held;	/* "rt" or its like: it goes if a name follows */
	bool names, links;	/* the text may hold such */
};

static const char *const passed_on[] = { "rt", "mt", "qt", "via", ("v\xc3\xad" "a"), "h/t",
	"\xd1\x87\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb7" /* "through", as Russian X has it */ };

static bool
is_passed_on(struct claque_str word)
{
	if (word.p[0] == '(')
		word = str_sub(word, 1, word.len);
	for (size_t i = 0; i < sizeof(passed_on) / sizeof(passed_on[0]); i++)
		if (str_eq(word, str_of(passed_on[i])))
			return true;
	return false;
}

static bool
is_alnum(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c);
}

static bool
is_beyond_ascii(char c)
{
	return (unsigned char)c >= 0x80;
}

/* Where a link from s on must end: letters of scripts that leave no blanks, and emoji. */
static size_t
narrow(struct claque_str s)
{
	size_t i = 0, most = s.len < URL_MAX ? s.len : URL_MAX;

	while (i < most && (unsigned char)s.p[i] < 0xe3)
		i++;
	return i;
}

/* "www.a.b", and "a.b/c" as platforms show links. */
static bool
is_bare_link(struct claque_str word)
{
	size_t slash = str_find(word, STR("/"), 0);
	struct url_parts parts;

	if (str_starts(word, STR("www.")))
		return word.len > 4;
	return slash > 0 && slash < word.len && memchr(word.p, '.', slash) != NULL &&
	       memchr(word.p, ':', slash) == NULL && url_split(word, &parts) &&
	       parts.path.len > 1;
}

/* Bytes of the link at i, or 0. */
static size_t
link_at(struct claque_str word, size_t i)
{
	struct claque_str s = str_sub(word, i, word.len), link;
	size_t at = 0;

	if (i > 0 && word.p[i] != 'h')
		return 0;
	if (str_starts(s, STR("http://")) || str_starts(s, STR("https://")))
		return links_next(str_sub(s, 0, narrow(s)), &at, &link) ? at : 0;
	if (i > 0)
		return 0;
	s = str_sub(s, 0, narrow(s));
	return is_bare_link(s) ? s.len : 0;
}

/*
 * Bytes of the name at i, with a colon behind it, or 0. One in ASCII ends with
 * ASCII, so that Chinese may go on behind it; a dot or hyphen at its end is none of it.
 */
static size_t
name_at(struct claque_str word, size_t i)
{
	size_t end = i + 1;
	bool wide;

	if (word.p[i] != '@' || end == word.len || (i > 0 && is_alnum(word.p[i - 1])))
		return 0;
	wide = is_beyond_ascii(word.p[end]);
	if (!wide && !is_alnum(word.p[end]) && word.p[end] != '_')
		return 0;
	while (end < word.len &&
	       (is_alnum(word.p[end]) || memchr("_.-@", word.p[end], 4) != NULL ||
		(wide && is_beyond_ascii(word.p[end]))))
		end++;
	while (memchr(".-@", word.p[end - 1], 3) != NULL)
		end--;
	return end - i + (end < word.len && word.p[end] == ':');
}

static bool
says_something(struct claque_str piece)
{
	for (size_t i = 0; i < piece.len; i++)
		if (is_alnum(piece.p[i]) || is_beyond_ascii(piece.p[i]))
			return true;
	return false;
}

static void
put(struct line *l, struct claque_str piece)
{
	if (piece.len == 0)
		return;
	if (l->len > 0)
		l->p[l->len++] = ' ';
	memmove(l->p + l->len, piece.p, piece.len);
	l->len += piece.len;
}

struct foreign {
	size_t at, len;		/* in the word; len 0: none, and at is the word's end */
	bool name;		/* or else a link */
};

static struct foreign
next_foreign(const struct line *l, struct claque_str word, size_t from)
{
	for (size_t i = from; i < word.len; i++) {
		size_t link = l->links ? link_at(word, i) : 0;
		size_t name = link == 0 && l->names ? name_at(word, i) : 0;

		if (link + name > 0)
			return (struct foreign){ i, link + name, name > 0 };
	}
	return (struct foreign){ .at = word.len };
}

/* Of a word with something foreign in it: what stands around that, if it says anything. */
static void
put_around(struct line *l, struct claque_str word, struct foreign f)
{
	size_t from = 0;

	if (!f.name || says_something(str_sub(word, 0, f.at)))
		put(l, l->held);
	l->held = (struct claque_str){ 0 };
	for (;;) {
		struct claque_str piece = str_sub(word, from, f.at - from);

		if (says_something(piece))
			put(l, piece);
		if (f.len == 0)
			return;
		from = f.at + f.len;
		f = next_foreign(l, word, from);
	}
}

static void
put_word(struct line *l, struct claque_str word)
{
	struct foreign f = next_foreign(l, word, 0);

	if (f.len > 0) {
		put_around(l, word, f);
		return;
	}
	put(l, l->held);
	l->held = (struct claque_str){ 0 };
	if (l->names && is_passed_on(word))
		l->held = word;
	else
		put(l, word);
}

static bool
has(struct claque_str s, char c)
{
	return s.len > 0 && memchr(s.p, c, s.len) != NULL;
}

/* NFKC has made three dots of an ellipsis. */
static bool
cut_ellipsis(struct claque_str *s)
{
	size_t dots = 0;

	while (dots < s->len && s->p[s->len - 1 - dots] == '.')
		dots++;
	if (dots < 3)
		return false;
	s->len -= dots;
	*s = str_trim(*s);
	return true;
}

struct normal
text_normal(struct arena *perm, struct claque_str text)
{
	struct claque_str folded, word;
	struct line line;
	struct normal out = { 0 };

	(void)pthread_once(&once, fill_table);
	if (!fold_alone(perm, text, &folded))
		folded = fold_together(perm, text);
	line = (struct line){ .p = (char *)(uintptr_t)folded.p,	/* made here */
			      .names = has(folded, '@'),
			      .links = has(folded, '/') ||
				       str_find(folded, STR("www."), 0) < folded.len };
	while (str_cut(&folded, ' ', &word))
		if (word.len > 0)
			put_word(&line, word);
	put(&line, line.held);
	out.text = (struct claque_str){ line.p, line.len };
	out.cut = cut_ellipsis(&out.text);
	return out;
}
