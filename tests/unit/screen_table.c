#include "config.h"

#include "test.h"

#include "screen_table.h"

#include <stdio.h>
#include <stdlib.h>

/* Screens show the lessons of the tree, not those that happen to be installed. */
static void
use_lessons_of_tree(struct arena scratch)
{
	const char *srcdir = getenv("srcdir");

	assert_int_equal(setenv("CLAQUE_LESSONS", str_fmt(&scratch, "%s/share/lessons",
			 srcdir != NULL ? srcdir : ".").p, 1), 0);
}

enum { TEXT_MAX = 1 << 20 };

const char *
screen_folder(struct arena *perm)
{
	const char *srcdir = getenv("srcdir");

	return str_fmt(perm, "%s/tests/screen", srcdir != NULL ? srcdir : ".").p;
}

struct claque_str
screen_file_read(struct arena *perm, struct claque_str name, const char *ending)
{
	const char *path = str_fmt(perm, "%s/" STR_FMT "%s", screen_folder(perm), STR_ARG(name),
				   ending).p;
	FILE *f = fopen(path, "rb");
	char *text;
	size_t n;

	if (f == NULL)
		return (struct claque_str){ 0 };
	text = ARENA_NEW(perm, char, TEXT_MAX);
	n = fread(text, 1, TEXT_MAX - 1, f);
	(void)fclose(f);
	return (struct claque_str){ text, n };
}

void
screen_file_write(struct arena scratch, struct claque_str name, const char *ending,
		  struct claque_str text)
{
	FILE *f = fopen(str_fmt(&scratch, "%s/" STR_FMT "%s", screen_folder(&scratch),
				STR_ARG(name), ending).p, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(text.p, 1, text.len, f), text.len);
	assert_int_equal(fclose(f), 0);
}

static struct claque_str
field(struct claque_str *line)
{
	struct claque_str text;

	assert_true(str_cut(line, '\t', &text) && text.len > 0);
	return str_eq(text, STR("-")) ? STR("") : text;
}

/* "compare --subject @ann --with @bob" */
static void
take_place(struct screen_line *out, struct claque_str place)
{
	struct claque_str word, value;

	assert_true(str_cut(&place, ' ', &out->screen));
	while (str_cut(&place, ' ', &word)) {
		assert_true(str_cut(&place, ' ', &value));
		if (str_eq(word, STR("--subject")))
			out->subject = value;
		else if (str_eq(word, STR("--with")))
			out->with = value;
		else if (str_eq(word, STR("--lens")))
			out->lens = value;
		else
			fail_msg("SCREENS: what is " STR_FMT "?", STR_ARG(word));
	}
}

void
screen_table_read(struct screen_table *out, struct arena *perm)
{
	struct claque_str text = screen_file_read(perm, STR("SCREENS"), ""), line;

	use_lessons_of_tree(*perm);
	*out = (struct screen_table){ 0 };
	while (str_cut(&text, '\n', &line)) {
		struct screen_line *to = &out->lines[out->count];

		if (line.len == 0 || line.p[0] == '#')
			continue;
		assert_true(out->count < SCREEN_LINES_MAX);
		out->count++;
		to->name = field(&line);
		to->of = field(&line);
		take_place(to, field(&line));
		to->keys = field(&line);
		to->way = field(&line);
		to->hostile = str_eq(line, STR("hostile"));
		assert_true(to->hostile || line.len == 0);
	}
	assert_true(out->count > 0);
}
