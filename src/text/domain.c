#include "config.h"

#include "text/domain.h"

#include <libpsl.h>

#include "text/url.h"

static bool
is_address(struct claque_str host)
{
	size_t digits = 0;

	while (digits < host.len && byte_is_digit(host.p[host.len - 1 - digits]))
		digits++;
	return host.p[0] == '[' || (digits > 0 && (digits == host.len ||
						   host.p[host.len - 1 - digits] == '.'));
}

struct claque_str
domain_suffix(struct claque_str host, bool *hosted)
{
	const psl_ctx_t *list = psl_builtin();
	char z[URL_HOST_MAX + 1];
	const char *suffix;

	*hosted = false;
	if (list == NULL || host.len == 0 || host.len > URL_HOST_MAX || is_address(host) ||
	    memchr(host.p, '\0', host.len) != NULL)
		return (struct claque_str){ 0 };
	memcpy(z, host.p, host.len);
	z[host.len] = '\0';
	suffix = psl_unregistrable_domain(list, z);
	if (suffix == NULL || suffix <= z + 1 || suffix[-1] != '.')
		return (struct claque_str){ 0 };
	*hosted = psl_is_public_suffix2(list, suffix, PSL_TYPE_ICANN) == 0;
	return str_sub(host, (size_t)(suffix - z), host.len);
}

struct claque_str
domain_registrable(struct claque_str host)
{
	bool hosted;
	struct claque_str suffix = domain_suffix(host, &hosted);
	size_t from;

	if (suffix.len == 0)
		return suffix;
	from = host.len - suffix.len - 1;
	while (from > 0 && host.p[from - 1] != '.')
		from--;
	return str_sub(host, from, host.len);
}
