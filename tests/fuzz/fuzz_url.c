/*
 * fuzz_url.c - any bytes as a link: the key of a key is the key, its host is in
 * it, and a link that was defanged comes back.
 */
#include "config.h"

#include <stdlib.h>

#include "text/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 16 << 20, INPUT_MAX = 1 << 16 };

static void
check_key(struct claque_str s, struct arena *perm)
{
	struct url first = { 0 }, second = { 0 };
	struct claque_str status;

	if (!url_read(s, perm, &first))
		return;
	if (!url_read(first.key, perm, &second) || !str_eq(first.key, second.key) ||
	    !str_eq(first.host, second.host))
		abort();
	if (url_status_link(s, &status) != (first.status.len > 0))
		abort();
}

static void
check_defang(struct claque_str s, struct arena *perm)
{
	struct claque_str plain = url_refang(perm, s);
	struct url url = { 0 };

	if (url_read(plain, perm, &url) &&
	    !str_eq(url_refang(perm, url_defang(perm, url.key)), url_refang(perm, url.key)))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena whole = arena_new(ARENA_BYTES), perm = whole;
	struct claque_str s = { (const char *)data, size };
	struct url_profile profile;

	if (size <= INPUT_MAX) {
		check_key(s, &perm);
		check_defang(s, &perm);
		if (url_profile(s, &profile) && profile.platform == NULL)
			abort();
	}
	arena_free(whole);
	return 0;
}
