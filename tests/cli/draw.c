/* draw.c - draw PATH SEED SIDE: a picture for the command-line tests, by its ending. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>

#include "../unit/drawing.h"

int
main(int argc, char **argv)
{
	int64_t seed, side;
	struct claque_str path;

	if (argc != 4 || !str_to_i64(str_of(argv[2]), &seed) ||
	    !str_to_i64(str_of(argv[3]), &side) || side < 1 || side > 8192) {
		(void)fprintf(stderr, "draw PATH SEED SIDE\n");
		return 2;
	}
	path = str_of(argv[1]);
	drawing_write((uint64_t)seed, (int)side,
		      str_find(path, STR(".png"), 0) < path.len ? IFF_PNG : IFF_JFIF_JPEG, argv[1]);
	return 0;
}
