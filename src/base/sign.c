#include "config.h"

#include "base/sign.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base64.h"
#include "base/buf.h"
#include "base/err.h"

_Static_assert(SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES &&
	       SIGN_SECRET_BYTES == crypto_sign_SECRETKEYBYTES &&
	       SIGN_BYTES == crypto_sign_BYTES, "Ed25519 has these sizes");

enum {
	SEED_BYTES = crypto_sign_SEEDBYTES, SALT_BYTES = crypto_pwhash_SALTBYTES,
	NONCE_BYTES = crypto_secretbox_NONCEBYTES,
	BOX_BYTES = NONCE_BYTES + crypto_secretbox_MACBYTES + SEED_BYTES,
	PASSES = 3, MEMORY_BYTES = 64 << 20, FILE_MAX = 4096, SCRATCH_BYTES = 1 << 16,
	OTHERS = 077,
};

static const char first_line[] = "claque secret key 1";
static const char pem_head[] = "-----BEGIN PUBLIC KEY-----\n";
/* SubjectPublicKeyInfo of Ed25519 in front of the key's 32 bytes (RFC 8410, section 4). */
static const unsigned char pem_prefix[] = {
	0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
};
enum { PREFIX_BYTES = sizeof(pem_prefix), INFO_BYTES = PREFIX_BYTES + SIGN_PUBLIC_BYTES };

static struct claque_str
bytes_of(const unsigned char *p, size_t len)
{
	return (struct claque_str){ (const char *)p, len };
}

void
sign_key_make(struct sign_key *out)
{
	(void)crypto_sign_keypair(out->public_key, out->secret);
}

void
sign_forget(void *p, size_t len)
{
	sodium_memzero(p, len);
}

void
sign_key_forget(struct sign_key *key)
{
	sodium_memzero(key, sizeof(*key));
}

void
sign_make(const struct sign_key *key, struct claque_str s, unsigned char out[SIGN_BYTES])
{
	(void)crypto_sign_detached(out, NULL, (const unsigned char *)s.p, s.len, key->secret);
}

bool
sign_check(const unsigned char public_key[SIGN_PUBLIC_BYTES], struct claque_str s,
	   const unsigned char signature[SIGN_BYTES])
{
	return crypto_sign_verify_detached(signature, (const unsigned char *)s.p, s.len,
					   public_key) == 0;
}

static struct claque_str
base64_text(struct arena *perm, struct claque_str bytes)
{
	struct buf text;
	struct claque_str copy;

	buf_init(&text, FILE_MAX);
	base64_add(&text, bytes);
	copy = str_dup(perm, buf_str(&text));
	buf_done(&text);
	return copy;
}

struct claque_str
sign_public_text(struct arena *perm, const unsigned char public_key[SIGN_PUBLIC_BYTES])
{
	return base64_text(perm, bytes_of(public_key, SIGN_PUBLIC_BYTES));
}

struct claque_str
sign_public_pem(struct arena *perm, const unsigned char public_key[SIGN_PUBLIC_BYTES])
{
	unsigned char info[INFO_BYTES];
	struct claque_str text;

	memcpy(info, pem_prefix, PREFIX_BYTES);
	memcpy(info + PREFIX_BYTES, public_key, SIGN_PUBLIC_BYTES);
	text = base64_text(perm, bytes_of(info, sizeof(info)));
	return str_fmt(perm, "%s" STR_FMT "\n-----END PUBLIC KEY-----\n", pem_head, STR_ARG(text));
}

/* The file's bytes, at most FILE_MAX; -1 and errno. */
static ssize_t
read_small(int fd, char bytes[FILE_MAX])
{
	size_t len = 0;
	ssize_t n;

	while (len < FILE_MAX && (n = read(fd, bytes + len, FILE_MAX - len)) != 0) {
		if (n < 0)
			return -1;
		len += (size_t)n;
	}
	return (ssize_t)len;
}

static bool
parse_pem(struct claque_str s, unsigned char out[SIGN_PUBLIC_BYTES])
{
	unsigned char info[INFO_BYTES];
	struct claque_str line;

	if (!str_starts(s, str_of(pem_head)))
		return false;
	s = str_sub(s, sizeof(pem_head) - 1, s.len);
	if (!str_cut(&s, '\n', &line) || !base64_read(str_trim(line), info, sizeof(info)) ||
	    memcmp(info, pem_prefix, PREFIX_BYTES) != 0)
		return false;
	memcpy(out, info + PREFIX_BYTES, SIGN_PUBLIC_BYTES);
	return true;
}

enum claque_rc
sign_public_read(const char *told, unsigned char out[SIGN_PUBLIC_BYTES], struct claque_err *err)
{
	char bytes[FILE_MAX];
	ssize_t n;
	int fd;

	if (base64_read(str_of(told), out, SIGN_PUBLIC_BYTES))
		return CLAQUE_OK;
	fd = open(told, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	n = fd < 0 ? -1 : read_small(fd, bytes);
	if (fd >= 0)
		(void)close(fd);
	if (n > 0 && parse_pem((struct claque_str){ bytes, (size_t)n }, out))
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EUSAGE, "'%s' is neither a public key in base64 nor a file that "
		       "holds one as PEM; claque key show prints both", told);
}

/* "NAME BASE64" as the next line. */
static bool
read_field(struct claque_str *rest, struct claque_str name, unsigned char *out, size_t len)
{
	struct claque_str line;

	return str_cut(rest, '\n', &line) && str_starts(line, name) &&
	       base64_read(str_sub(line, name.len, line.len), out, len);
}

static bool
read_words(struct claque_str *rest, struct claque_str name, struct claque_str *out)
{
	struct claque_str line;

	if (!str_cut(rest, '\n', &line) || !str_starts(line, name))
		return false;
	*out = str_sub(line, name.len, line.len);
	return true;
}

struct claque_str
sign_note_text(struct arena *perm, const struct sign_note *note)
{
	struct claque_str key = sign_public_text(perm, note->public_key);
	struct claque_str signature = base64_text(perm, bytes_of(note->signature, SIGN_BYTES));

	return str_fmt(perm, "claque signature 1\nalgorithm Ed25519\nfile " STR_FMT "\nkey " STR_FMT
		       "\nsignature " STR_FMT "\nwho " STR_FMT "\nwhen " STR_FMT "\n",
		       STR_ARG(note->file), STR_ARG(key), STR_ARG(signature), STR_ARG(note->who),
		       STR_ARG(note->when));
}

bool
sign_note_read(struct arena scratch, struct claque_str text, struct sign_note *out)
{
	struct claque_str rest = text, line;

	return str_cut(&rest, '\n', &line) && str_cut(&rest, '\n', &line) &&
	       read_words(&rest, STR("file "), &out->file) &&
	       read_field(&rest, STR("key "), out->public_key, SIGN_PUBLIC_BYTES) &&
	       read_field(&rest, STR("signature "), out->signature, SIGN_BYTES) &&
	       read_words(&rest, STR("who "), &out->who) &&
	       read_words(&rest, STR("when "), &out->when) &&
	       str_eq(text, sign_note_text(&scratch, out));
}

/* What stands between a passphrase and the seed; false: not enough memory for it. */
static bool
box_key(struct claque_str phrase, const unsigned char salt[SALT_BYTES],
	unsigned char out[crypto_secretbox_KEYBYTES])
{
	return crypto_pwhash(out, crypto_secretbox_KEYBYTES, phrase.p, phrase.len, salt, PASSES,
			     MEMORY_BYTES, crypto_pwhash_ALG_ARGON2ID13) == 0;
}

static enum claque_rc
no_memory(struct claque_err *err)
{
	return err_set(err, CLAQUE_EIO, "no %d MiB of memory for the passphrase",
		       MEMORY_BYTES >> 20);
}

static enum claque_rc
add_boxed(struct buf *out, const unsigned char seed[SEED_BYTES], struct claque_str phrase,
	  struct claque_err *err)
{
	unsigned char salt[SALT_BYTES], box[BOX_BYTES], key[crypto_secretbox_KEYBYTES];

	randombytes_buf(salt, sizeof(salt));
	randombytes_buf(box, NONCE_BYTES);
	if (!box_key(phrase, salt, key))
		return no_memory(err);
	(void)crypto_secretbox_easy(box + NONCE_BYTES, seed, SEED_BYTES, box, key);
	sodium_memzero(key, sizeof(key));
	buf_addz(out, "salt ");
	base64_add(out, bytes_of(salt, sizeof(salt)));
	buf_addz(out, "\nbox ");
	base64_add(out, bytes_of(box, sizeof(box)));
	return CLAQUE_OK;
}

static enum claque_rc
make_file(const char *path, struct claque_str text, struct claque_err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	int failed = 0;

	if (fd < 0)
		return errno == EEXIST ?
		       err_set(err, CLAQUE_EUSAGE, "'%s' is there already, and may be a key: choose "
			       "another name", path) :
		       err_set(err, CLAQUE_EIO, "cannot make '%s': %s", path, strerror(errno));
	if (write(fd, text.p, text.len) != (ssize_t)text.len || fsync(fd) != 0)
		failed = errno != 0 ? errno : ENOSPC;
	if (close(fd) != 0 && failed == 0)
		failed = errno;
	if (failed == 0)
		return CLAQUE_OK;
	(void)unlink(path);
	return err_set(err, CLAQUE_EIO, "cannot write '%s': %s", path, strerror(failed));
}

enum claque_rc
sign_key_write(const struct sign_key *key, const char *path, struct claque_str phrase,
	       struct claque_err *err)
{
	unsigned char seed[SEED_BYTES];
	enum claque_rc rc = CLAQUE_OK;
	struct buf text;

	(void)crypto_sign_ed25519_sk_to_seed(seed, key->secret);
	buf_init(&text, FILE_MAX);
	buf_addf(&text, "%s\npublic ", first_line);
	base64_add(&text, bytes_of(key->public_key, SIGN_PUBLIC_BYTES));
	buf_addc(&text, '\n');
	if (phrase.len > 0) {
		rc = add_boxed(&text, seed, phrase, err);
	} else {
		buf_addz(&text, "seed ");
		base64_add(&text, bytes_of(seed, sizeof(seed)));
	}
	buf_addc(&text, '\n');
	if (rc == CLAQUE_OK)
		rc = make_file(path, buf_str(&text), err);
	sodium_memzero(seed, sizeof(seed));
	sodium_memzero(text.p, text.len);
	buf_done(&text);
	return rc;
}

struct key_file {
	unsigned char public_key[SIGN_PUBLIC_BYTES], seed[SEED_BYTES];
	unsigned char salt[SALT_BYTES], box[BOX_BYTES];
	bool boxed;
};

static bool
parse_key(struct claque_str s, struct key_file *out)
{
	struct claque_str line;

	if (!str_cut(&s, '\n', &line) || !str_eq(line, str_of(first_line)) ||
	    !read_field(&s, STR("public "), out->public_key, SIGN_PUBLIC_BYTES))
		return false;
	out->boxed = str_starts(s, STR("salt "));
	return out->boxed ? read_field(&s, STR("salt "), out->salt, SALT_BYTES) &&
			    read_field(&s, STR("box "), out->box, BOX_BYTES) :
			    read_field(&s, STR("seed "), out->seed, SEED_BYTES);
}

static enum claque_rc
open_box(struct key_file *file, struct claque_str phrase, const char *path, struct claque_err *err)
{
	unsigned char key[crypto_secretbox_KEYBYTES];
	int failed;

	if (phrase.len == 0)
		return err_set(err, CLAQUE_EUSAGE, "'%s' has a passphrase: give it by "
			       "--passphrase-file or CLAQUE_PASSPHRASE", path);
	if (!box_key(phrase, file->salt, key))
		return no_memory(err);
	failed = crypto_secretbox_open_easy(file->seed, file->box + NONCE_BYTES,
					    BOX_BYTES - NONCE_BYTES, file->box, key);
	sodium_memzero(key, sizeof(key));
	return failed == 0 ? CLAQUE_OK :
	       err_set(err, CLAQUE_EUSAGE, "'%s': this is not its passphrase", path);
}

static enum claque_rc
load_key(const char *path, struct key_file *out, struct claque_err *err)
{
	char bytes[FILE_MAX];
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	enum claque_rc rc = CLAQUE_OK;
	ssize_t n;

	if (fd < 0)
		return err_set(err, CLAQUE_EIO, "cannot read '%s': %s", path, strerror(errno));
	st = (struct stat){ .st_mode = 0 };
	n = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) ? read_small(fd, bytes) : -1;
	if (n < 0 && S_ISREG(st.st_mode))
		rc = err_set(err, CLAQUE_EIO, "cannot read '%s': %s", path, strerror(errno));
	else if (n >= 0 && (st.st_mode & OTHERS) != 0)
		rc = err_set(err, CLAQUE_EUSAGE, "others may read the secret key '%s': "
			     "chmod 600 it, and think about a new one", path);
	else if (n < 0)
		rc = err_set(err, CLAQUE_EIO, "cannot read '%s': not a file", path);
	else if (!parse_key((struct claque_str){ bytes, (size_t)n }, out))
		rc = err_set(err, CLAQUE_EINPUT, "'%s' is no secret key of claque's; claque key new "
			     "makes one", path);
	(void)close(fd);
	sodium_memzero(bytes, sizeof(bytes));
	return rc;
}

enum claque_rc
sign_key_read(const char *path, struct claque_str phrase, struct sign_key *out,
	      struct claque_err *err)
{
	struct key_file file = { .boxed = false };
	enum claque_rc rc = load_key(path, &file, err);

	if (rc == CLAQUE_OK && file.boxed)
		rc = open_box(&file, phrase, path, err);
	if (rc == CLAQUE_OK)
		(void)crypto_sign_seed_keypair(out->public_key, out->secret, file.seed);
	if (rc == CLAQUE_OK && memcmp(out->public_key, file.public_key, SIGN_PUBLIC_BYTES) != 0)
		rc = err_set(err, CLAQUE_EINPUT, "'%s': its public key is of another secret one: the "
			     "file was altered", path);
	sodium_memzero(&file, sizeof(file));
	return rc;
}
