/* cmd_key.c - claque key: a pair of keys that signs what is handed over. */
#include "config.h"

#include <string.h>

#include "base/err.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/phrase.h"

enum { TEXT_BYTES = 1 << 12 };

static enum claque_rc
get_key(const struct invocation *call, const char *path, struct sign_key *key,
	struct claque_err *err)
{
	const char *act = call->args[0];
	char phrase[SIGN_PHRASE_MAX];
	bool is_new = strcmp(act, "new") == 0;
	enum claque_rc rc;

	if (!is_new && strcmp(act, "show") != 0)
		return err_set(err, CLAQUE_EUSAGE, "claque key new or claque key show, not '%s'", act);
	rc = phrase_read(call, phrase, err);
	if (rc == CLAQUE_OK && is_new) {
		sign_key_make(key);
		rc = sign_key_write(key, path, str_of(phrase), err);
		if (rc == CLAQUE_OK && phrase[0] == '\0')
			say_aside("no passphrase: whoever has %s signs as you", path);
	} else if (rc == CLAQUE_OK) {
		rc = sign_key_read(path, str_of(phrase), key, err);
	}
	sign_forget(phrase, sizeof(phrase));
	return rc;
}

static void
say_public(const struct sign_key *key, struct arena scratch)
{
	struct claque_str pem = sign_public_pem(&scratch, key->public_key), line;

	say("public key " STR_FMT, STR_ARG(sign_public_text(&scratch, key->public_key)));
	while (str_cut(&pem, '\n', &line))
		say(STR_FMT, STR_ARG(line));
}

static enum status
run_key(const struct invocation *call)
{
	struct arena whole = arena_new(TEXT_BYTES);
	struct claque_err err = { 0 };
	struct sign_key key;
	enum claque_rc rc = get_key(call, call->args[1], &key, &err);

	if (rc == CLAQUE_OK)
		say_public(&key, whole);
	sign_key_forget(&key);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_key = {
	.name = "key", .synopsis = "new|show FILE",
	.summary = "Makes a pair of keys that signs bags, or shows the public one",
	.detail =
"new writes a secret key (Ed25519) to a new file that only you can read, and shows the\n"
"public one, which others need to know as yours. With a passphrase (--passphrase-file or\n"
"CLAQUE_PASSPHRASE) the file alone does not sign: argon2id and a secretbox are in between.\n"
"A passphrase that is lost cannot be had back, and neither can the file.",
	.examples =
"claque key new my.key\tonce; give the public key to those who will check\n"
"claque export case.claque --to bag --sign my.key --out case-bag\tsigns with it",
	.options = {
		{ "passphrase-file", "FILE", "the passphrase is its first line" },
	},
	.min_args = 2, .max_args = 2, .run = run_key,
};
