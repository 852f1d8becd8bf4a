#include "config.h"

#include "export/export.h"

#include "base/err.h"

static const struct {
	const char *name, *marking;
} tlps[] = {
#define X(id, name, marking) [TLP_##id] = { (name), (marking) },
	TLP_LIST(X)
#undef X
};

const char *
tlp_marking(enum tlp tlp)
{
	return tlps[(unsigned)tlp < TLP_COUNT ? tlp : TLP_RED].marking;
}

enum claque_rc
tlp_parse(struct claque_str name, enum tlp *out, struct claque_err *err)
{
	for (unsigned i = 0; i < TLP_COUNT; i++)
		if (str_eq_nocase(name, str_of(tlps[i].name)) ||
		    str_eq_nocase(name, str_of(tlps[i].marking))) {
			*out = (enum tlp)i;
			return CLAQUE_OK;
		}
	return err_set(err, CLAQUE_EUSAGE, "no TLP marking '" STR_FMT
		       "'; one of clear, green, amber, amber+strict, red", STR_ARG(name));
}
