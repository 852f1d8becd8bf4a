/*
 * x_result.h - a post as X's web client gets it: what Zeeschuimer captures and 4CAT keeps.
 */
#ifndef IMPORT_X_RESULT_H
#define IMPORT_X_RESULT_H

#include "import/format.h"

/*
 * Puts the post and the profiles of its author and of those it repeats and quotes, as
 * of when it was captured (missing: nobody knows). A post that X withholds is refused.
 */
enum claque_rc x_result_put(struct input_row *row, const json_t *result,
			    struct claque_str captured, struct claque_err *err);

#endif
