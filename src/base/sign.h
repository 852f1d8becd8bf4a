/*
 * sign.h - signatures by Ed25519 (RFC 8032), and key files, by libsodium. In the part
 * of base that libclaque does not carry, as sha256.h.
 *
 * A key file is text of mode 0600, one of
 *   claque secret key 1            claque secret key 1
 *   public BASE64                  public BASE64
 *   seed BASE64                    salt BASE64
 *                                  box BASE64
 * seed: 32 bytes (RFC 8032). box: a nonce of 24 bytes and the seed in a secretbox
 * (XSalsa20-Poly1305), whose key argon2id makes of passphrase and salt (16 bytes;
 * 3 passes, 64 MiB: enough to make guessing dear, little enough for a laptop).
 */
#ifndef BASE_SIGN_H
#define BASE_SIGN_H

#include "base/str.h"

enum { SIGN_PUBLIC_BYTES = 32, SIGN_SECRET_BYTES = 64, SIGN_BYTES = 64, SIGN_PHRASE_MAX = 1024 };

struct sign_key {
	unsigned char public_key[SIGN_PUBLIC_BYTES];
	unsigned char secret[SIGN_SECRET_BYTES];
};

/* Of the system's own source of randomness. */
void sign_key_make(struct sign_key *out);
/* Overwrites it: a secret must not stay in memory that others get. */
void sign_key_forget(struct sign_key *key);
/* The same for what a passphrase was read into. */
void sign_forget(void *p, size_t len);
void sign_make(const struct sign_key *key, struct claque_str s, unsigned char out[SIGN_BYTES]);
bool sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct claque_str s,
		const unsigned char signature[SIGN_BYTES]);
/* In perm: base64, and as SubjectPublicKeyInfo in PEM (RFC 8410), which openssl reads. */
struct claque_str sign_public_text(struct arena *perm,
				   const unsigned char public_key[SIGN_PUBLIC_BYTES]);
struct claque_str sign_public_pem(struct arena *perm,
				  const unsigned char public_key[SIGN_PUBLIC_BYTES]);
/* Either of them, or a path to a file that holds the PEM; EUSAGE. */
CLAQUE_CHECKED enum claque_rc sign_public_read(const char *told,
	unsigned char out[SIGN_PUBLIC_BYTES], struct claque_err *err);

/*
 * A signature as a file: lines of name and value, from "claque signature 1" on. Who and
 * when are told, not signed: what is signed must say them, too.
 */
struct sign_note {
	unsigned char public_key[SIGN_PUBLIC_BYTES], signature[SIGN_BYTES];
	struct claque_str file;		/* what is signed, "tagmanifest-sha256.txt" */
	struct claque_str who, when;	/* one line each */
};
struct claque_str sign_note_text(struct arena *perm, const struct sign_note *note);
/* Views into text; false unless it is exactly what sign_note_text() writes. */
bool sign_note_read(struct arena scratch, struct claque_str text, struct sign_note *out);

/* A new file; EUSAGE if there is one. phrase "": anybody who has the file has the key. */
CLAQUE_CHECKED enum claque_rc sign_key_write(const struct sign_key *key, const char *path,
	struct claque_str phrase, struct claque_err *err);
/* EUSAGE: others may read the file, or the passphrase is missing or wrong; EINPUT: no key. */
CLAQUE_CHECKED enum claque_rc sign_key_read(const char *path, struct claque_str phrase,
	struct sign_key *out, struct claque_err *err);

#endif
