#include "config.h"

#include "engine/workings.h"

#include "base/err.h"
#include "engine/dataset.h"
#include "engine/source.h"

static bool
has_platforms(const struct claque_dataset *ds)
{
	for (uint32_t a = 1; a < ds->account_names.count; a++)
		if (ds->accounts[a].platform != ds->accounts[0].platform)
			return true;
	return false;
}

static enum claque_rc
find_twins(struct workings *w, const struct claque_progress *progress, struct claque_err *err)
{
	struct claque_twins_settings settings = claque_twins_defaults();

	settings.min_score = WORKING_TWIN_LEAST;
	w->platforms = has_platforms(w->ds);
	return w->platforms ? claque_twins_find(w->ds, &settings, progress, &w->twins, err) :
			      CLAQUE_OK;
}

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
	if (rc == CLAQUE_OK && (needs & WORKING_TWINS) != 0)
		rc = find_twins(w, progress, err);
	return rc;
}

void
workings_done(struct workings *w)
{
	neardup_done(&w->texts);
	coact_done(&w->source);
	claque_twins_done(&w->twins);
	*w = (struct workings){ 0 };
}
