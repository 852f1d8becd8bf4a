#include "config.h"

#include "engine/workings.h"

#include "base/err.h"
#include "engine/source.h"

enum claque_rc
workings_init(struct workings *w, const struct claque_dataset *ds, unsigned needs,
	      const struct claque_progress *progress, struct claque_err *err)
{
	const struct neardup_settings settings = neardup_defaults();
	enum claque_rc rc = CLAQUE_OK;

	*w = (struct workings){ .ds = ds, .have = needs };
	if (!ds->sealed)
		return err_set(err, CLAQUE_EUSAGE, "the dataset is not sealed yet");
	if ((needs & (WORKING_TEXTS | WORKING_SOURCE)) != 0)
		rc = neardup_find(&w->texts, ds, &settings, progress, err);
	if (rc == CLAQUE_OK && (needs & WORKING_SOURCE) != 0)
		rc = source_acts(&w->source, ds, &w->texts, progress, err);
	return rc;
}

void
workings_done(struct workings *w)
{
	neardup_done(&w->texts);
	coact_done(&w->source);
	*w = (struct workings){ 0 };
}
