/*
 * parse.c - how fast the libraries read a file that nothing is made of: libcsv's
 * cells, or jansson's values a line; what an importer is held against. Prints MB/s by
 * the clock and seconds of processor time.
 */
#include "config.h"

#include <csv.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "seconds.h"

enum { PIECE = 64 << 10 };

static void
on_cell(void *bytes, size_t len, void *ctx)
{
	(void)bytes;
	*(size_t *)ctx += len;
}

static void
on_row(int end, void *ctx)
{
	(void)end;
	++*(size_t *)ctx;
}

/* Bytes that were in cells or lines, so that no compiler leaves the reading out. */
static size_t
read_csv(FILE *f)
{
	static char room[PIECE];
	struct csv_parser parser;
	size_t seen = 0, got;

	if (csv_init(&parser, 0) != 0)
		exit(1);
	while ((got = fread(room, 1, sizeof(room), f)) > 0)
		if (csv_parse(&parser, room, got, on_cell, on_row, &seen) != got)
			exit(1);
	(void)csv_fini(&parser, on_cell, on_row, &seen);
	csv_free(&parser);
	return seen;
}

static size_t
read_json(FILE *f)
{
	char *line = NULL;
	size_t room = 0, seen = 0;
	ssize_t len;

	while ((len = getline(&line, &room, f)) > 0) {
		json_t *value = json_loadb(line, (size_t)len, JSON_ALLOW_NUL, NULL);

		seen += value != NULL ? json_object_size(value) : 0;
		json_decref(value);
	}
	free(line);
	return seen;
}

int
main(int argc, char **argv)
{
	FILE *f = argc == 3 ? fopen(argv[2], "rb") : NULL;
	double began = seconds_of(CLOCK_MONOTONIC), took;
	size_t seen;
	long bytes;

	if (f == NULL) {
		(void)fprintf(stderr, "usage: parse csv|json FILE\n");
		return 2;
	}
	seen = strcmp(argv[1], "csv") == 0 ? read_csv(f) : read_json(f);
	took = seconds_of(CLOCK_MONOTONIC) - began;
	bytes = ftell(f);
	(void)fclose(f);
	printf("%.1f %.3f\n", seen > 0 ? (double)bytes / 1e6 / took : 0,
	       seconds_of(CLOCK_PROCESS_CPUTIME_ID));
	return 0;
}
