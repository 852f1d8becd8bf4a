#include "config.h"

#include "base/edit.h"

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* One cell; row[1] is the line above, row[0] the one above that, row[2] this one. */
static unsigned
cell(const struct word *a, const struct word *b, size_t i, size_t j,
     unsigned row[3][WORD_MAX + 1])
{
	unsigned differ = a->code[i - 1] != b->code[j - 1];
	unsigned best = least(row[1][j - 1] + differ, least(row[1][j], row[2][j - 1]) + 1);

	if (i > 1 && j > 1 && a->code[i - 1] == b->code[j - 2] && a->code[i - 2] == b->code[j - 1])
		best = least(best, row[0][j - 2] + 1);
	return best;
}

unsigned
edit_distance(const struct word *a, const struct word *b)
{
	unsigned row[3][WORD_MAX + 1] = { { 0 } };

	for (unsigned j = 0; j <= b->len; j++)
		row[2][j] = j;
	for (unsigned i = 1; i <= a->len; i++) {
		for (size_t j = 0; j <= b->len; j++) {
			row[0][j] = row[1][j];
			row[1][j] = row[2][j];
		}
		row[2][0] = i;
		for (size_t j = 1; j <= b->len; j++)
			row[2][j] = cell(a, b, i, j, row);
	}
	return row[2][b->len];
}

double
edit_similarity(const struct word *a, const struct word *b)
{
	unsigned longer = a->len > b->len ? a->len : b->len;

	return longer == 0 ? 1 : 1 - (double)edit_distance(a, b) / longer;
}
