#include "config.h"

#include "cli/phrase.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <termios.h>
#include <unistd.h>

#include "base/err.h"

enum { CTRL_C = 3 };

static enum claque_rc
take(const char *from, struct claque_str phrase, char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	if (phrase.len == 0 || phrase.len >= SIGN_PHRASE_MAX)
		return err_set(err, CLAQUE_EUSAGE, "%s: a passphrase has 1 to %d bytes", from,
			       SIGN_PHRASE_MAX - 1);
	memcpy(out, phrase.p, phrase.len);
	out[phrase.len] = '\0';
	return CLAQUE_OK;
}

static enum claque_rc
take_first_line(const char *path, char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	char bytes[SIGN_PHRASE_MAX + 1];
	struct claque_str rest, line = { 0 };
	enum claque_rc rc;
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return err_set(err, CLAQUE_EIO, "cannot read '%s': %s", path, strerror(errno));
	setbuf(f, NULL);
	rest = (struct claque_str){ bytes, fread(bytes, 1, sizeof(bytes), f) };
	(void)fclose(f);
	(void)str_cut(&rest, '\n', &line);
	if (line.len > 0 && line.p[line.len - 1] == '\r')
		line.len--;
	rc = take(path, line, out, err);
	sign_forget(bytes, sizeof(bytes));
	return rc;
}

enum claque_rc
phrase_read(const struct invocation *call, char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	const char *path = args_value(call, "passphrase-file");
	const char *told = getenv("CLAQUE_PASSPHRASE");

	out[0] = '\0';
	if (path != NULL)
		return take_first_line(path, out, err);
	return told == NULL ? CLAQUE_OK : take("CLAQUE_PASSPHRASE", str_of(told), out, err);
}

/* One line, Ctrl-C ends it, too: signals are off, or one would leave the echo off. */
static enum claque_rc
read_hidden(int tty, char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	struct termios before, quiet;
	ssize_t n;

	if (tcgetattr(tty, &before) != 0)
		return err_set(err, CLAQUE_EIO, "the terminal cannot hide what is typed: %s",
			       strerror(errno));
	quiet = before;
	quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
	quiet.c_lflag |= ICANON;
	quiet.c_cc[VEOL] = CTRL_C;
	if (tcsetattr(tty, TCSAFLUSH, &quiet) != 0)
		return err_set(err, CLAQUE_EIO, "the terminal cannot hide what is typed: %s",
			       strerror(errno));
	n = read(tty, out, SIGN_PHRASE_MAX);
	(void)tcsetattr(tty, TCSAFLUSH, &before);
	(void)!write(tty, "\n", 1);
	if (n > 0 && out[n - 1] == CTRL_C)
		return err_set(err, CLAQUE_STOPPED, "stopped");
	if (n <= 1 || out[n - 1] != '\n')
		return err_set(err, CLAQUE_EUSAGE, "a passphrase has 1 to %d bytes", SIGN_PHRASE_MAX - 1);
	out[n - 1] = '\0';
	return CLAQUE_OK;
}

static enum claque_rc
ask_on(int tty, bool twice, char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	static const char first[] = "Passphrase of the bag: ", second[] = "The same again: ";
	char again[SIGN_PHRASE_MAX];
	enum claque_rc rc;

	(void)!write(tty, first, sizeof(first) - 1);
	rc = read_hidden(tty, out, err);
	if (rc != CLAQUE_OK || !twice)
		return rc;
	(void)!write(tty, second, sizeof(second) - 1);
	rc = read_hidden(tty, again, err);
	if (rc == CLAQUE_OK && strcmp(again, out) != 0)
		rc = err_set(err, CLAQUE_EUSAGE, "these are two passphrases; nothing was done");
	sign_forget(again, sizeof(again));
	return rc;
}

enum claque_rc
phrase_of_bag(const struct invocation *call, const char *option, bool twice,
	      char out[SIGN_PHRASE_MAX], struct claque_err *err)
{
	const char *path = args_value(call, option);
	const char *told = getenv("CLAQUE_BAG_PASSPHRASE");
	enum claque_rc rc;
	int tty;

	out[0] = '\0';
	if (path != NULL)
		return take_first_line(path, out, err);
	if (told != NULL)
		return take("CLAQUE_BAG_PASSPHRASE", str_of(told), out, err);
	tty = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
	if (tty < 0)
		return err_set(err, CLAQUE_EUSAGE, "no terminal to ask for the passphrase: give it by "
			       "--%s or CLAQUE_BAG_PASSPHRASE", option);
	rc = ask_on(tty, twice, out, err);
	(void)close(tty);
	return rc;
}
