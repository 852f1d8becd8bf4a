#include "config.h"

#include "cli/work.h"

#include "base/err.h"
#include "cli/who.h"
#include "store/list.h"

enum { WORDS_ARENA = 16 << 20 };

enum claque_rc
work_open(struct work *w, const struct invocation *call, struct claque_err *err)
{
	enum claque_rc rc;

	*w = (struct work){ 0 };
	w->whole = w->perm = arena_new(WORDS_ARENA);
	rc = store_open(&w->store, call->args[0], STORE_WRITE, err);
	w->context = (struct case_context){ .store = w->store, .who = who() };
	return rc;
}

void
work_close(struct work *w)
{
	store_close(w->store);
	arena_free(w->whole);
}

enum claque_rc
work_named(struct work *w, const char *kind_name, const char *name, struct claque_err *err)
{
	enum subject_kind kind;
	enum claque_rc rc;

	if (str_eq(str_of(kind_name), STR("period"))) {
		rc = case_period_named(&w->context, str_of(name), &w->target, err);
		return rc == CLAQUE_OK ? list_subject_name(w->store, w->target, &w->perm, &w->name,
							   err) : rc;
	}
	if (!subject_kind_parse(str_of(kind_name), &kind) || kind == SUBJECT_none)
		return err_set(err, CLAQUE_EUSAGE, "'%s' is no kind of subject: cluster, account, "
			       "source, post, change, indicator or period", kind_name);
	rc = list_find_subject(w->store, kind, str_of(name), &w->target, err);
	if (rc == CLAQUE_OK)
		rc = list_subject_name(w->store, w->target, &w->perm, &w->name, err);
	return rc;
}

struct claque_str
work_option(const struct invocation *call, const char *option)
{
	const char *value = args_value(call, option);

	return value != NULL ? str_of(value) : STR("");
}
