/*
 * command.h - what a subcommand of claque is: one const struct in one file.
 *
 * To add one: write cmd_NAME.c, add NAME to COMMAND_LIST and the file to
 * Makefile.am. --help, the man pages, the completions and the check for unknown
 * options are all made from the same structs.
 */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "claque/types.h"

/* In the order of the help. */
#define COMMAND_LIST(X) \
	X(open) X(demo) X(import) X(score) X(leads) X(why) X(like) X(weeks) X(accounts) \
	X(sources) X(posts) X(changes) X(twins) X(domains) X(evidence) X(innocents) \
	X(indicators) X(hashtags) X(sites) X(matches) X(reused) X(handles) X(movers) \
	X(events) X(inputs) \
	X(refused) X(notes) X(claims) X(ach) X(runs) X(ledger) X(network) X(signal) X(rules) X(topics) \
	X(note) X(tag) X(pin) X(verdict) X(highlight) X(claim) X(weigh) X(hypothesis) \
	X(rate) X(field) X(technique) X(withdraw) X(undo) X(redo) X(annotations) X(merge) X(diff) \
	X(describe) X(export) X(decrypt) X(check) X(key) X(verify) X(forget) X(retention) \
	X(sql) X(screen) X(remote) \
	X(generate) X(lesson) X(grade) X(stealth) X(doc) X(help) X(version)

/* Exit status of every command; claque(1) prints this list. X(id, value, help) */
#define STATUS_LIST(X) \
	X(OK, 0, "done") \
	X(FAULT, 1, "done, and what was checked is not whole, or what was compared differs") \
	X(MISUSE, 2, "misuse: unknown option, missing argument, no such thing in the case") \
	X(NOTHING, 3, "nothing could be read") \
	X(FAILED, 4, "a file or the case could not be read or written") \
	X(STOPPED, 130, "stopped by the user")

enum status {
#define X(id, value, help) STATUS_##id = (value),
	STATUS_LIST(X)
#undef X
};

struct option {
	const char *name;	/* without dashes */
	const char *arg;	/* placeholder of its value; NULL: a flag */
	const char *help;
};

enum { OPTION_MAX = 32, ARGUMENT_MAX = 4096 };

struct invocation;

/* Where a further section of a help goes: to the terminal, or into a man page. */
struct section_writer {
	void (*heading)(const char *text);
	void (*entry)(const char *term, const char *meaning);
};

struct command {
	const char *name;
	const char *synopsis;		/* its arguments: "CASE FILE..." */
	const char *summary;		/* one line, no full stop */
	const char *detail;		/* paragraphs for --help and the man page */
	const char *examples;		/* lines "command\tmeaning", or NULL */
	struct option options[OPTION_MAX];	/* ends at a NULL name */
	const struct option *(*more_options)(size_t *count);	/* made from tables; or NULL */
	void (*sections)(const struct section_writer *to);	/* made from tables; or NULL */
	size_t min_args, max_args;
	enum status (*run)(const struct invocation *call);
};

#define X(name) extern const struct command command_##name;
COMMAND_LIST(X)
#undef X

extern const struct command *const commands[];
extern const size_t command_count;

const struct command *command_find(const char *name);	/* or NULL */
/* Option number i, counted from 0; NULL past the last. */
const struct option *command_option(const struct command *command, size_t i);

/* The options that every listing takes. */
#define LISTING_OPTIONS \
	{ "csv", NULL, "RFC 4180 with a header, exact numbers, UTC times" }, \
	{ "json", NULL, "one JSON object a line" }, \
	{ "limit", "N", "at most N rows; 0 is all (a table on a terminal stops at 40)" }, \
	{ "lens", "LENS", "only what this lens shows: '2016-09-20..2016-10-12 kind:reshare lang:en text:REGEX'" }, \
	{ "sort", "COLUMN", "order by this column; -COLUMN is descending" }, \
	{ "mask", NULL, "names of accounts as @acct-017, the same ones as in the workbench" }

#endif
