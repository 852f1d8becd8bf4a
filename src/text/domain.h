/*
 * domain.h - what of a host name somebody registered: "bbc.co.uk" of
 * "news.bbc.co.uk", by the Public Suffix List as libpsl has it built in.
 *
 * The list, not the number of dots, says under what names are given out: by
 * registries (com.au, kawasaki.jp) and by those who host others' pages (github.io,
 * blogspot.com), where two neighbours have nothing in common. Hosts as url_host()
 * gives them: lower case, in Unicode or as xn--, which mean the same to the list.
 */
#ifndef TEXT_DOMAIN_H
#define TEXT_DOMAIN_H

#include "base/str.h"

/*
 * The suffix, a view into host. Empty for an address, for a single label and where the
 * list has nothing under which host stands (it is a suffix itself). *hosted: those who
 * give out names under it are no registry.
 */
struct claque_str domain_suffix(struct claque_str host, bool *hosted);
/* The suffix and the label before it: a view into host, empty as above. */
struct claque_str domain_registrable(struct claque_str host);

#endif
