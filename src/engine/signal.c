#include "config.h"

#include "engine/signal.h"

#include "base/err.h"
#include "base/str.h"

#define BIT(n) (1u << (n))

/* What each signal takes, by the names of network.h. */
#define TAKES_CO_RESHARE \
	.kinds = BIT(CLAQUE_OBJECT_post) | BIT(CLAQUE_OBJECT_object), \
	.acts = BIT(CLAQUE_ACT_reshare) | BIT(CLAQUE_ACT_link) | BIT(CLAQUE_ACT_quote)
#define TAKES_CO_URL \
	.kinds = BIT(CLAQUE_OBJECT_url), .acts = BIT(CLAQUE_ACT_link)

const struct signal signal_table[CLAQUE_SIGNAL_COUNT] = {
#define X(id, label, text) \
	[CLAQUE_SIGNAL_##id] = { .name = (label), .help = (text), TAKES_##id },
	CLAQUE_SIGNAL_LIST(X)
#undef X
};

const char *
claque_signal_name(enum claque_signal signal)
{
	return (unsigned)signal < CLAQUE_SIGNAL_COUNT ? signal_table[signal].name : "unknown";
}

const char *
claque_signal_help(enum claque_signal signal)
{
	return (unsigned)signal < CLAQUE_SIGNAL_COUNT ? signal_table[signal].help : "";
}

enum claque_rc
claque_signal_parse(struct claque_str name, enum claque_signal *out, struct claque_err *err)
{
	for (unsigned s = 0; s < CLAQUE_SIGNAL_COUNT; s++)
		if (str_eq(name, str_of(signal_table[s].name))) {
			*out = (enum claque_signal)s;
			return CLAQUE_OK;
		}
#define X(id, label, text) " " label
	return err_set(err, CLAQUE_EUSAGE, "no signal '%.*s'; there are:" CLAQUE_SIGNAL_LIST(X),
		       (int)(name.len < 40 ? name.len : 40), name.len > 0 ? name.p : "");
#undef X
}
