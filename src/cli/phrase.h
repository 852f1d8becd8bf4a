/* phrase.h - a passphrase, never from the command line, which any process can read. */
#ifndef CLI_PHRASE_H
#define CLI_PHRASE_H

#include "base/sign.h"
#include "cli/args.h"

/*
 * The first line of --passphrase-file, else CLAQUE_PASSPHRASE, else "". EUSAGE: the file
 * has none, or one too long; EIO. sign_forget() it.
 */
CLAQUE_CHECKED enum claque_rc phrase_read(const struct invocation *call,
	char out[SIGN_PHRASE_MAX], struct claque_err *err);
/*
 * Of an encrypted bag: the first line of --OPTION, else CLAQUE_BAG_PASSPHRASE, else it is
 * asked for on the terminal without an echo, `twice` where nothing else would show a slip.
 * EUSAGE also where there is no terminal; STOPPED. sign_forget() it.
 */
CLAQUE_CHECKED enum claque_rc phrase_of_bag(const struct invocation *call, const char *option,
	bool twice, char out[SIGN_PHRASE_MAX], struct claque_err *err);

#endif
