#include "config.h"

#include "engine/workings.h"

#include "base/err.h"

enum claque_rc
workings_init(struct workings *w, const struct claque_dataset *ds, unsigned needs,
	      const struct claque_progress *progress, struct claque_err *err)
{
	(void)needs;
	(void)progress;
	*w = (struct workings){ .ds = ds };
	if (!ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is not sealed yet");
	return CLAQUE_OK;
}

void
workings_done(struct workings *w)
{
	*w = (struct workings){ 0 };
}
