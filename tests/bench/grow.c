/*
 * grow.c - a small sample of a format made long: its good rows again and again, with new
 * ids, so that no row of the result is a duplicate of another.
 *
 * Post ids are new in each copy, account ids in every tenth. A new id has the length of
 * the old one where that has room for a number, written in digits that the ids of Bluesky
 * have, too: so an id that holds a time still holds it to some seconds.
 */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { IDS_MAX = 4096, BAD_MAX = 4096, PIECES_MAX = 1 << 16, SAMPLE_MAX = 1 << 20,
       DIGITS = 8, COPIES_OF_ACCOUNT = 10 };

struct id {
	char *text;
	size_t len;
	bool account;
};

struct piece {			/* of the sample: bytes as they are, then an id or none */
	const char *bytes;
	size_t len;
	const struct id *id;
};

static struct id ids[IDS_MAX];
static size_t id_count;
static long bad_rows[BAD_MAX];	/* that the importer refuses */
static size_t bad_count;
static struct piece pieces[PIECES_MAX];
static size_t piece_count;

/* Lines "row N", "post ID" and "account ID", longest first: no id is cut by another. */
static void
read_notes(FILE *f)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t len;

	while (id_count < IDS_MAX && (len = getline(&line, &room, f)) > 0) {
		char *blank = memchr(line, ' ', (size_t)len);

		line[len - 1] = '\0';
		if (blank == NULL || blank[1] == '\0')
			continue;
		if (line[0] == 'r' && bad_count < BAD_MAX)
			bad_rows[bad_count++] = strtol(blank + 1, NULL, 10);
		else if (line[0] != 'r')
			ids[id_count++] = (struct id){ strdup(blank + 1), strlen(blank + 1),
						       line[0] == 'a' };
	}
	free(line);
}

static const struct id *
id_at(const char *p, const char *end)
{
	for (size_t i = 0; i < id_count; i++)
		if ((size_t)(end - p) >= ids[i].len && memcmp(p, ids[i].text, ids[i].len) == 0)
			return &ids[i];
	return NULL;
}

static void
add_piece(const char *from, const char *end, const struct id *id)
{
	if (piece_count == PIECES_MAX)
		exit(1);
	pieces[piece_count++] = (struct piece){ from, (size_t)(end - from), id };
}

static void
cut_pieces(const char *p, const char *end)
{
	const char *from = p;

	while (p < end) {
		const struct id *id = id_at(p, end);

		if (id == NULL) {
			p++;
			continue;
		}
		add_piece(from, p, id);
		from = p += id->len;
	}
	add_piece(from, end, NULL);
}

/* A line end within quotes ends no row of a table; JSON has none of these. */
static const char *
row_end(const char *p, const char *end)
{
	bool quoted = false;

	for (; p < end && (quoted || *p != '\n'); p++)
		quoted = quoted != (*p == '"');
	return p < end ? p + 1 : end;
}

static const char *
line_end(const char *p, const char *end)
{
	const char *found = memchr(p, '\n', (size_t)(end - p));

	return found != NULL ? found + 1 : end;
}

static bool
is_bad(long row)
{
	for (size_t i = 0; i < bad_count; i++)
		if (bad_rows[i] == row)
			return true;
	return false;
}

/* The header goes out at once; false where no row is left. */
static bool
cut_rows(const char *p, const char *end, bool table)
{
	for (long row = 1; p < end; row++) {
		const char *next = table ? row_end(p, end) : line_end(p, end);

		if (table && row == 1)
			(void)fwrite(p, 1, (size_t)(next - p), stdout);
		else if (!is_bad(row))
			cut_pieces(p, next);
		p = next;
	}
	return piece_count > 0;
}

static size_t
put_id(const struct id *id, unsigned long copy)
{
	size_t kept = id->len > DIGITS ? id->len - DIGITS : id->len;
	char number[DIGITS];

	copy = (id->account ? copy / COPIES_OF_ACCOUNT : copy) * id_count + (size_t)(id - ids);
	for (size_t i = DIGITS; i-- > 0; copy /= 6)
		number[i] = (char)('2' + copy % 6);
	return fwrite(id->text, 1, kept, stdout) + fwrite(number, 1, DIGITS, stdout);
}

static size_t
put_copy(unsigned long copy)
{
	size_t done = 0;

	for (size_t i = 0; i < piece_count; i++) {
		done += fwrite(pieces[i].bytes, 1, pieces[i].len, stdout);
		if (pieces[i].id != NULL)
			done += put_id(pieces[i].id, copy);
	}
	return done;
}

int
main(int argc, char **argv)
{
	static char sample[SAMPLE_MAX];
	FILE *f = argc == 4 ? fopen(argv[3], "rb") : NULL;
	size_t len, done = 0;

	if (f == NULL) {
		(void)fprintf(stderr, "usage: grow csv|json MB SAMPLE <NOTES\n");
		return 2;
	}
	len = fread(sample, 1, sizeof(sample) - 1, f);
	(void)fclose(f);
	if (len > 0 && sample[len - 1] != '\n')
		sample[len++] = '\n';
	read_notes(stdin);
	if (!cut_rows(sample, sample + len, strcmp(argv[1], "csv") == 0))
		return 1;
	for (unsigned long copy = 0; done < strtoul(argv[2], NULL, 10) * 1000000; copy++)
		done += put_copy(copy);
	return 0;
}
