/*
 * signal.c - the table of signals, and running one on its own.
 */
#include "config.h"

#include "engine/signal.h"

#include <math.h>

#include "base/err.h"
#include "base/str.h"

const struct signal *const signal_table[CLAQUE_SIGNAL_COUNT] = {
	[CLAQUE_SIGNAL_CO_RESHARE] = &signal_co_reshare,
	[CLAQUE_SIGNAL_CO_URL] = &signal_co_url,
	[CLAQUE_SIGNAL_CO_TEXT] = &signal_co_text,
	[CLAQUE_SIGNAL_CO_MEDIA] = &signal_co_media,
	[CLAQUE_SIGNAL_CO_AUTHOR] = &signal_co_author,
	[CLAQUE_SIGNAL_FAST_RESHARE] = &signal_fast_reshare,
	[CLAQUE_SIGNAL_TAG_SEQUENCE] = &signal_tag_sequence,
	[CLAQUE_SIGNAL_CO_DELETE] = &signal_co_delete,
	[CLAQUE_SIGNAL_CO_SOURCE] = &signal_co_source,
	[CLAQUE_SIGNAL_REPURPOSED] = &signal_repurposed,
	[CLAQUE_SIGNAL_TWINS] = &signal_twins,
	[CLAQUE_SIGNAL_LOOK_ALIKES] = &signal_look_alikes,
	[CLAQUE_SIGNAL_OFFICE_HOURS] = &signal_hours,
	[CLAQUE_SIGNAL_DEFAULT_HANDLES] = &signal_handles,
	[CLAQUE_SIGNAL_CREATION_BURST] = &signal_creation,
	[CLAQUE_SIGNAL_AVATAR_REUSE] = &signal_avatar,
	[CLAQUE_SIGNAL_BOTH_SIDES] = &signal_sides,
	[CLAQUE_SIGNAL_HOLLOW_AUDIENCE] = &signal_audience,
	[CLAQUE_SIGNAL_CAMOUFLAGE] = &signal_camouflage,
	[CLAQUE_SIGNAL_VERIFIED] = &signal_verified,
	[CLAQUE_SIGNAL_ESTABLISHED] = &signal_established,
	[CLAQUE_SIGNAL_SELF_DECLARED] = &signal_declared,
	[CLAQUE_SIGNAL_FOLLOWED] = &signal_followed,
};

const struct claque_signal_info *
claque_signal_info(enum claque_signal signal)
{
	return signal_table[signal] == NULL ? NULL : &signal_table[signal]->info;
}

enum claque_rc
claque_signal_parse(struct claque_str name, enum claque_signal *out, struct claque_err *err)
{
	for (unsigned s = 0; s < CLAQUE_SIGNAL_COUNT; s++)
		if (signal_table[s] != NULL &&
		    (str_eq(name, str_of(signal_table[s]->info.name)) ||
		     str_eq(name, str_of(signal_table[s]->info.id)))) {
			*out = (enum claque_signal)s;
			return CLAQUE_OK;
		}
#define X(id, label) " " label
	return err_set(err, CLAQUE_EUSAGE, "no signal '%.*s'; there are:" CLAQUE_SIGNAL_LIST(X),
		       (int)(name.len < 40 ? name.len : 40), name.len > 0 ? name.p : "");
#undef X
}

void
signal_defaults(const struct signal *s, double *params)
{
	for (size_t i = 0; i < s->info.param_count; i++)
		params[i] = s->info.params[i].usual;
}

enum claque_rc
signal_check_params(const struct claque_signal_info *info, const double *params,
		    struct claque_err *err)
{
	for (size_t i = 0; i < info->param_count; i++)
		if (!(params[i] >= info->params[i].least && params[i] <= info->params[i].most))
			return err_set(err, CLAQUE_EUSAGE, "%s: %s is %g; give %g to %g %s",
				       info->name, info->params[i].name, params[i],
				       info->params[i].least, info->params[i].most,
				       info->params[i].unit);
	return CLAQUE_OK;
}

void
signal_clear(struct claque_trait *out, size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[i] = (struct claque_trait){ .value = (double)NAN, .expected = (double)NAN,
						.row = CLAQUE_NO_ROW };
}

/* A signal with what it is run with. */
struct use {
	const struct signal *signal;
	double params[CLAQUE_PARAM_MAX];
	uint32_t object_cap;
};

static enum claque_rc
keep_acts(struct kept *k, const struct workings *w, const struct use *use,
	  const struct claque_progress *progress, struct claque_err *err)
{
	struct coact acts;
	enum claque_rc rc = use->signal->acts(w, use->params, progress, &acts, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = kept_init(k, w->ds, &acts, use->object_cap, progress);
	coact_done(&acts);
	return rc;
}

enum claque_rc
signal_acts(const struct signal *s, const struct workings *w,
	    const struct claque_progress *progress, struct coact *out, struct claque_err *err)
{
	double params[CLAQUE_PARAM_MAX];

	signal_defaults(s, params);
	return s->acts(w, params, progress, out, err);
}

enum claque_rc
signal_keep_from(struct kept *k, const struct workings *w, const struct signal *s,
		 uint32_t object_cap, const struct claque_progress *progress,
		 struct claque_err *err)
{
	struct use use = { .signal = s, .object_cap = object_cap };

	signal_defaults(s, use.params);
	return keep_acts(k, w, &use, progress, err);
}

enum claque_rc
signal_keep(struct kept *k, const struct claque_dataset *ds,
	    const struct claque_network_settings *how, const struct claque_progress *progress,
	    struct claque_err *err)
{
	struct use use = { .signal = signal_table[how->signal], .object_cap = how->object_cap };
	struct workings w;
	enum claque_rc rc = signal_check_params(&use.signal->info, how->params, err);

	if (rc != CLAQUE_OK)
		return rc;
	memcpy(use.params, how->params, sizeof(use.params));
	rc = workings_init(&w, ds, use.signal->needs, progress, err);
	if (rc == CLAQUE_OK)
		rc = keep_acts(k, &w, &use, progress, err);
	workings_done(&w);
	return rc;
}

enum claque_rc
claque_signal_measure(const struct claque_dataset *ds, enum claque_signal signal,
		      const double *params, const struct claque_progress *progress,
		      struct claque_trait *out, struct claque_err *err)
{
	const struct signal *s = signal_table[signal];
	enum claque_rc rc = signal_check_params(&s->info, params, err);
	struct workings w;

	if (rc == CLAQUE_OK && s->info.shape != CLAQUE_ACCOUNTS)
		rc = err_set(err, CLAQUE_EUSAGE, "%s compares accounts; ask for its network",
			     s->info.name);
	if (rc != CLAQUE_OK)
		return rc;
	rc = workings_init(&w, ds, s->needs, progress, err);
	if (rc == CLAQUE_OK) {
		signal_clear(out, ds->account_names.count);
		rc = s->measure(&w, params, progress, out, err);
	}
	workings_done(&w);
	return rc;
}
