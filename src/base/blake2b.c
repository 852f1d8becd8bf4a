#include "config.h"

#include "base/blake2b.h"

#include <sodium.h>

_Static_assert(sizeof(struct blake2b) >= sizeof(crypto_generichash_state) &&
	       _Alignof(struct blake2b) >= _Alignof(crypto_generichash_state),
	       "struct blake2b must hold libsodium's state");

static crypto_generichash_state *
inner(struct blake2b *h)
{
	return (crypto_generichash_state *)(void *)h->state;
}

void
blake2b_start(struct blake2b *h)
{
	/* Any thread, any number of times. It picks the fastest code; failing, the portable. */
	int picked = sodium_init();

	(void)picked;
	(void)crypto_generichash_init(inner(h), NULL, 0, BLAKE2B_BYTES);
}

void
blake2b_add(struct blake2b *h, struct claque_str s)
{
	(void)crypto_generichash_update(inner(h), (const unsigned char *)s.p, s.len);
}

void
blake2b_end(struct blake2b *h, unsigned char out[BLAKE2B_BYTES])
{
	(void)crypto_generichash_final(inner(h), out, BLAKE2B_BYTES);
}
