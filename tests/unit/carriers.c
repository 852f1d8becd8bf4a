#include "config.h"

#include "test.h"

#include "carriers.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"

#include "csv_table.h"

struct carrier carriers[CARRIERS_MAX];
size_t carrier_count;

/* --- a word into a value */

enum syntax { TABLE, JSON, XML, MARKDOWN };

struct weaving {
	struct buf *out;
	enum syntax syntax;
	size_t spot;
	carrier_word *word;
	void *ctx;
};

static bool
is_plain(enum syntax syntax, unsigned char c)
{
	return syntax == TABLE ? c != '"' : syntax == JSON ? c != '"' && c != '\\' && c >= 0x20 :
	       syntax != XML || (c != '<' && c != '&' && c != '>');
}

static void
put_escaped(struct weaving *w, struct claque_str word)
{
	for (size_t i = 0, plain = 0; i < word.len; i += plain + 1) {
		unsigned char c;

		for (plain = 0; i + plain < word.len; plain++)
			if (!is_plain(w->syntax, (unsigned char)word.p[i + plain]))
				break;
		buf_add(w->out, str_sub(word, i, plain));
		if (i + plain == word.len)
			return;
		c = (unsigned char)word.p[i + plain];
		if (w->syntax == TABLE)
			buf_addz(w->out, "\"\"");
		else
			buf_addf(w->out, w->syntax == JSON ? "\\u%04x" : "&#%u;", c);
	}
}

static void
weave(struct weaving *w)
{
	struct claque_str word = w->word(w->ctx, w->spot++);

	if (word.p != NULL)
		put_escaped(w, word);
}

/* The header stays; every other cell is quoted. */
static void
weave_table(struct weaving *w, struct claque_str in, char separator)
{
	bool quoted = false, open = false;
	size_t at = str_find(in, STR("\n"), 0);

	buf_add(w->out, str_sub(in, 0, at));
	for (; at < in.len; at++) {
		char c = in.p[at];

		quoted ^= c == '"';
		if (!quoted && (c == separator || c == '\n' || c == '\r')) {
			if (open)
				weave(w);
			buf_addz(w->out, open ? "\"" : "");
			open = false;
			buf_addc(w->out, c);
			continue;
		}
		if (!open) {
			buf_addc(w->out, '"');
			open = true;
			if (c == '"')
				continue;
		}
		if (c != '"' || (quoted && at > 0 && in.p[at - 1] == '"'))
			put_escaped(w, (struct claque_str){ &c, 1 });
	}
}

/* Strings that are no keys. */
static void
weave_json(struct weaving *w, struct claque_str in)
{
	bool inside = false;

	for (size_t at = 0; at < in.len; at++) {
		char c = in.p[at];

		if (inside && c == '\\') {
			buf_addc(w->out, c);
			c = in.p[++at];
		} else if (c == '"') {
			size_t next = at + 1;

			while (inside && next < in.len && byte_is_space(in.p[next]))
				next++;
			if (inside && (next == in.len || in.p[next] != ':'))
				weave(w);
			inside = !inside;
		}
		buf_addc(w->out, c);
	}
}

/* Text before the end of an element, or of code in a table. */
static void
weave_marked(struct weaving *w, struct claque_str in)
{
	char before = w->syntax == XML ? '<' : '`';

	for (size_t at = 0; at < in.len; at++) {
		if (in.p[at] == before && at > 0 && !byte_is_space(in.p[at - 1]) &&
		    in.p[at - 1] != '>')
			weave(w);
		buf_addc(w->out, in.p[at]);
	}
}

size_t
carrier_weave(struct buf *out, const struct carrier *c, carrier_word *word, void *ctx)
{
	const char *ending = strrchr(c->name, '.');
	struct weaving w = { .out = out, .word = word, .ctx = ctx };
	bool tsv = strcmp(ending, ".tsv") == 0;

	buf_clear(out);
	if (tsv || strcmp(ending, ".csv") == 0) {
		weave_table(&w, c->bytes, tsv ? '\t' : ',');
	} else if (strcmp(ending, ".xml") == 0 || strcmp(ending, ".md") == 0) {
		w.syntax = ending[1] == 'x' ? XML : MARKDOWN;
		weave_marked(&w, c->bytes);
	} else {
		w.syntax = JSON;
		weave_json(&w, c->bytes);
	}
	return w.spot;
}

/* --- what is there to carry */

static void
add_carrier(const char *imports, const char *name)
{
	struct carrier *c = &carriers[carrier_count];
	struct import_options options = { 0 };
	struct claque_err err;
	char path[CARRIER_PATH_BYTES + 300];
	size_t len;
	char *p;

	(void)snprintf(path, sizeof(path), "%s/%s", imports, name);
	(void)snprintf(c->name, sizeof(c->name), "%s", name);
	if (import_sniff(path, &options, &c->format, &err) != CLAQUE_OK)
		return;		/* of a mapping file, or a profile beside others */
	p = csv_slurp(path, &len);
	c->bytes = (struct claque_str){ p, len };
	assert_true(++carrier_count < CARRIERS_MAX);
}

void
carriers_below(char out[CARRIER_PATH_BYTES], const char *folder, const char *name)
{
	char *whole = realpath(folder != NULL ? folder : ".", NULL);

	(void)snprintf(out, CARRIER_PATH_BYTES, "%s/%s", whole != NULL ? whole : ".", name);
	free(whole);
}

void
carriers_find(void)
{
	const char *srcdir = getenv("srcdir");
	char imports[CARRIER_PATH_BYTES];
	struct dirent **names;
	int count;

	carriers_below(imports, srcdir, "tests/import");
	count = scandir(imports, &names, NULL, alphasort);
	for (int i = 0; i < count; i++) {
		if (names[i]->d_name[0] != '.')
			add_carrier(imports, names[i]->d_name);
		free(names[i]);
	}
	free(names);
}
