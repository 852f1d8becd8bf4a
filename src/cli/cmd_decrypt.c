/* cmd_decrypt.c - claque decrypt: a bag out of the one file that a passphrase opens. */
#include "config.h"

#include "base/cipher.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/phrase.h"
#include "cli/progress.h"

static enum claque_rc
decrypt(const struct invocation *call, const char *folder, struct claque_err *err)
{
	struct cipher_job job = { .folder = folder, .file = call->args[0] };
	struct claque_progress progress;
	char phrase[SIGN_PHRASE_MAX];
	enum claque_rc rc = phrase_of_bag(call, "passphrase-file", false, phrase, err);

	if (rc == CLAQUE_OK) {
		progress = progress_start();
		job.phrase = str_of(phrase);
		job.progress = &progress;
		rc = cipher_read(&job, err);
		progress_stop();
	}
	sign_forget(phrase, sizeof(phrase));
	return rc;
}

static enum status
run_decrypt(const struct invocation *call)
{
	const char *folder = args_value(call, "out");
	struct claque_err err = { 0 };
	enum claque_rc rc;

	if (folder == NULL)
		return fail(err_set(&err, CLAQUE_EUSAGE, "decrypt needs --out FOLDER"), &err);
	rc = decrypt(call, folder, &err);
	if (rc == CLAQUE_OK)
		say("%s: decrypted; claque verify %s checks it", folder, folder);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_decrypt = {
	.name = "decrypt", .synopsis = "FILE --out FOLDER",
	.summary = "Opens a bag that claque export --encrypt made",
	.detail =
"The folder must not be there yet, and is there only once everything was read and found whole:\n"
"a file that was cut off, altered or put together from others, or another passphrase, leaves\n"
"nothing behind. The passphrase is the first line of --passphrase-file, else\n"
"CLAQUE_BAG_PASSPHRASE, else you are asked for it. claque-privacy(7) says how the file is made.",
	.examples =
"claque export case.claque --to bag --encrypt --out case.sealed\tasks for a passphrase, twice\n"
"claque decrypt case.sealed --out case-bag\twhoever has both has the bag",
	.options = {
		{ "out", "FOLDER", "a new one" },
		{ "passphrase-file", "FILE", "the passphrase is its first line" },
	},
	.min_args = 1, .max_args = 1, .run = run_decrypt,
};
