/*
 * surroundings.c - a disk that is full, a file that is a folder, a case that somebody
 * moves: done to run/ before a command begins, or by the shell at a call that it makes
 * (fault.h), and undone behind it.
 *
 * run/ gets a small file system in a mount namespace of its own. Root may write
 * what nobody may, so the capabilities for that are dropped in the child.
 */
#include "config.h"

#include "surroundings.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <linux/capability.h>

#include "snapshot.h"

/* SPACES amounts of room, from none at all, few bytes apart to begin with. */
enum { SPACES = 64, SPACE_STEP = 256, SAYS_MAX = 8, WAIT_SECONDS = 60 };

static const char *const others[] = {
	"note c.claque account b3 second", "import c.claque ../start/later2.csv",
	"score c.claque", "screen c.claque accounts --write --keys 'csecond<Enter>'",
};
enum { OTHERS = sizeof(others) / sizeof(others[0]) };

static const char *claque;
static bool own_disk;
static bool denied;		/* what root may do, the next child may not */
static char now[64];		/* CLAQUE_CLOCK as it was */

/* --- a file system of its own */

static bool
write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool ok = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		(void)close(fd);
	return ok;
}

/* Whoever is not root is so in a user namespace. */
static bool
own_namespace(void)
{
	unsigned uid = geteuid();
	char map[64];

	if (uid == 0 && unshare(CLONE_NEWNS) == 0)
		return true;
	(void)snprintf(map, sizeof(map), "0 %u 1", uid);
	return unshare(CLONE_NEWNS | CLONE_NEWUSER) == 0 && write_file("/proc/self/uid_map", map);
}

void
surroundings_begin(const char *program)
{
	const char *clock = getenv("CLAQUE_CLOCK");

	claque = program;
	(void)snprintf(now, sizeof(now), "%s", clock == NULL ? "" : clock);
	(void)mkdir("run", 0700);
	own_disk = own_namespace() &&
		   mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
		   mount("tmpfs", "run", "tmpfs", 0, "size=64m,mode=0700") == 0;
	if (!own_disk)
		(void)printf("skipped: no file system can be mounted here (%s), so none is full"
			     " or read-only\n", strerror(errno));
}

void
surroundings_enter(void)
{
	if (!denied)
		return;
	(void)prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
	(void)prctl(PR_CAPBSET_DROP, CAP_DAC_READ_SEARCH, 0, 0, 0);
}

static void
mount_again(unsigned long flags, const char *options)
{
	if (mount("tmpfs", "run", "tmpfs", MS_REMOUNT | flags, options) != 0)
		die("remounting run");
}

static void
leave_room(uint64_t bytes)
{
	char options[64];
	struct statfs fs;

	if (statfs("run", &fs) != 0)
		die("run");
	(void)snprintf(options, sizeof(options), "size=%llu", (unsigned long long)
		       ((uint64_t)(fs.f_blocks - fs.f_bfree) * (uint64_t)fs.f_bsize + bytes));
	mount_again(0, options);
}

/* --- words that can be harmed */

static bool
is_case(const char *word)
{
	return ends_with(word, ".claque");
}

static bool
is_there(const char *folder, const char *word, bool plain)
{
	char path[PATH_BYTES];
	struct stat st;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, word);
	return strchr(word, '/') == NULL && stat(path, &st) == 0 &&
	       (!plain || S_ISREG(st.st_mode));
}

/* What is given to a command, and where it is to write. */
static bool
is_file(const struct command *c, int i)
{
	return is_there("start", c->words[i], true) || is_case(c->words[i]) ||
	       strcmp(c->words[i - 1], "--out") == 0;
}

/* An import makes a case that is not there. */
static bool
is_needed(const struct command *c, int i)
{
	return is_there("start", c->words[i], false) &&
	       (strcmp(c->words[0], "import") != 0 || i > 1);
}

static bool
is_given(const struct command *c, int i)
{
	return is_there("start", c->words[i], true);
}

/* The first: another one may not be open yet. */
static bool
is_given_case(const struct command *c, int i)
{
	for (int k = 1; k < i; k++)
		if (is_case(c->words[k]))
			return false;
	return is_given(c, i) && is_case(c->words[i]);
}

static bool
is_input(const struct command *c, int i)
{
	return is_given(c, i) && !is_case(c->words[i]);
}

/* What is undone is the last entry, of whoever wrote it. */
static bool
is_written(const struct command *c, int i)
{
	return strcmp(c->words[i], "c.claque") == 0 && !c->reads && strcmp(c->name, "undo") != 0;
}

/* --- what is wrong, and as it was */

static void
in_run(char *out, const char *word, const char *ending)
{
	(void)snprintf(out, PATH_BYTES, "run/%s%s", word, ending);
}

static void
set_space(const struct harm *h)
{
	leave_room((h->n - 1) * (h->n - 1) * SPACE_STEP);
}

static void
end_space(const struct harm *h)
{
	(void)h;
	mount_again(0, "size=64m");
}

static void
set_readonly(const struct harm *h)
{
	(void)h;
	mount_again(MS_RDONLY, NULL);
}

static void
end_readonly(const struct harm *h)
{
	(void)h;
	mount_again(0, NULL);
}

static void
set_modes(const struct command *c, mode_t file, mode_t folder)
{
	char path[PATH_BYTES];

	for (int i = 0; i < c->word_count; i++)
		if (is_there("run", c->words[i], true)) {
			in_run(path, c->words[i], "");
			(void)chmod(path, file);
		}
	(void)chmod("run", folder);
}

static void
set_denied(const struct harm *h)
{
	denied = true;
	set_modes(h->command, 0400, 0500);
}

static void
end_denied(const struct harm *h)
{
	denied = false;
	set_modes(h->command, 0600, 0700);
}

static void
set_clock(const struct harm *h)
{
	(void)h;
	(void)setenv("CLAQUE_CLOCK", "2006-01-02T03:04:05Z", 1);
}

static void
end_clock(const struct harm *h)
{
	(void)h;
	(void)setenv("CLAQUE_CLOCK", now, 1);
}

/* Also behind one that was cut: `claque verify` would call it changed. */
static void
set_absent(const struct harm *h)
{
	char path[PATH_BYTES];

	in_run(path, h->word, "");
	folder_remove(path);
}

static void
set_folder(const struct harm *h)
{
	char path[PATH_BYTES];

	set_absent(h);
	in_run(path, h->word, "");
	(void)mkdir(path, 0700);
}

static void
set_cut(const struct harm *h)
{
	char path[PATH_BYTES];
	struct stat st;

	in_run(path, h->word, "");
	if (stat(path, &st) != 0 || truncate(path, st.st_size / 2) != 0)
		die(path);
}

static void
end_word(const struct harm *h)
{
	char from[PATH_BYTES], to[PATH_BYTES], beside[PATH_BYTES];

	(void)snprintf(from, sizeof(from), "start/%s", h->word);
	in_run(to, h->word, "");
	if (access(from, F_OK) != 0) {
		(void)rmdir(to);	/* where nothing has been put into it */
		return;
	}
	folder_remove(to);
	in_run(beside, h->word, "-wal");
	(void)unlink(beside);
	in_run(beside, h->word, "-shm");
	(void)unlink(beside);
	folder_copy(from, to);
}

/*
 * Cut before it was hashed it is a small file that is whole, and `claque verify` must find
 * it as it was imported; cut behind that nobody may say that all of it was read.
 */
static void
end_shortened(const struct harm *h)
{
	if (h->status != 0)
		set_absent(h);
}

/* What half of an input gave stays: `claque verify` would call the whole one changed. */
static void
end_case(const struct harm *h)
{
	if (is_case(h->word))
		end_word(h);
}

/* --- kinds */

/* What the case held when it was moved. */
#define THEN "rm -rf ../then; mkdir ../then; cp $WORD ../then; cp $WORD-wal ../then 2>/dev/null; "

/*
 * words: which of a command's can be harmed; NULL: its whole folder is. deed: what the shell
 * makes of such a word at a call of class `at`. An error says one of `says`, and the
 * file; "": only the file.
 */
static const struct kind {
	bool (*words)(const struct command *c, int i);
	void (*set)(const struct harm *h), (*end)(const struct harm *h);
	const char *deed;
	enum fault_class at;
	bool any_ending, other_case;
	bool again;		/* all is as it was: the next attempt ends as without harm */
	const char *says[SAYS_MAX];
} kinds[SURROUNDINGS] = {
	[SURROUNDING_space] = {
		.set = set_space, .end = end_space, .again = true,
		.says = { "disk is full", "No space left on device", "disk or file system failed" },
	},
	[SURROUNDING_readonly] = {
		.set = set_readonly, .end = end_readonly, .again = true,
		.says = { "Read-only file system" },
	},
	[SURROUNDING_denied] = {
		.set = set_denied, .end = end_denied, .again = true,
		.says = { "Permission denied" },
	},
	[SURROUNDING_folder] = {
		.words = is_file, .set = set_folder, .end = end_word, .again = true,
		.says = { "a folder", "this folder", "not a file", "Is a directory", "is there already" },
	},
	[SURROUNDING_absent] = {
		.words = is_needed, .set = set_absent, .end = end_word, .any_ending = true,
		.other_case = true, .again = true,
		.says = { "No such file", "there is no such", "there is no file", "not there" },
	},
	[SURROUNDING_cut] = {
		.words = is_given, .set = set_cut, .end = end_case, .any_ending = true,
		.other_case = true, .says = { "" },
	},
	[SURROUNDING_clock] = {
		.set = set_clock, .end = end_clock, .other_case = true, .says = { "" },
	},
	[SURROUNDING_moved] = {
		.words = is_given_case, .at = FAULT_step, .deed = THEN "mv $WORD $WORD.aside",
		.again = true,
		.says = { "deleted, moved or replaced", "there is no such", "No such file" },
	},
	[SURROUNDING_replaced] = {
		.words = is_given_case, .at = FAULT_step,
		.deed = THEN "mv $WORD $WORD.aside; cp ../start/raw.claque $WORD", .again = true,
		.says = { "deleted, moved or replaced" },
	},
	[SURROUNDING_removed] = {
		.words = is_input, .at = FAULT_read, .deed = "rm $WORD", .end = end_word,
		.other_case = true, .again = true,	/* what was begun goes on the next time */
		.says = { "No such file" },
	},
	[SURROUNDING_shortened] = {
		.words = is_input, .at = FAULT_read, .deed = "truncate -s 100 $WORD",
		.end = end_shortened, .any_ending = true, .other_case = true, .says = { "" },
	},
	[SURROUNDING_second] = {
		.words = is_written, .at = FAULT_step,
		.deed = "rm -f ../second; { eval \"$CLAQUE $OTHER\" >../second.out 2>&1; echo $? >../second.new;"
			" mv ../second.new ../second; } &",
		.other_case = true,
		/* A screen has no room for the second half of it. */
		.says = { "another process is writing", "open in another workbench",
			  "database is locked" },
	},
};

/* The n-th, from 0; -1: there are no more. */
static int
find_word(enum surrounding kind, const struct command *c, uint64_t n)
{
	for (int i = 1; kinds[kind].words != NULL && i < c->word_count; i++)
		if (kinds[kind].words(c, i) && n-- == 0)
			return i;
	return -1;
}

static uint64_t
count_words(enum surrounding kind, const struct command *c)
{
	uint64_t n = 0;

	while (find_word(kind, c, n) >= 0)
		n++;
	return n;
}

uint64_t
surroundings_count(enum surrounding kind, const struct command *c,
		   const struct fault_report *seen)
{
	const struct kind *k = &kinds[kind];

	if (kind == SURROUNDING_space || kind == SURROUNDING_readonly)
		return !own_disk ? 0 : kind == SURROUNDING_space ? SPACES : 1;
	if (k->words == NULL)
		return kind != SURROUNDING_clock || !c->reads;
	return count_words(kind, c) * (k->deed != NULL ? seen->calls[k->at] : 1);
}

void
surroundings_set(struct harm *out, enum surrounding kind, uint64_t n, const struct command *c)
{
	const struct kind *k = &kinds[kind];
	uint64_t words = count_words(kind, c);

	*out = (struct harm){ .kind = kind, .command = c, .n = n, .second = (int)(n % OTHERS) };
	if (words > 0)
		out->word = c->words[find_word(kind, c, (n - 1) % words)];
	if (k->deed == NULL) {
		k->set(out);
		return;
	}
	(void)setenv("CLAQUE_FAULT_DEED", k->deed, 1);
	(void)setenv("WORD", out->word, 1);
	(void)setenv("CLAQUE", claque, 1);
	(void)setenv("OTHER", others[out->second], 1);
	(void)snprintf(out->fault, sizeof(out->fault), "%s:%llu:do",
		       k->at == FAULT_read ? "read" : "step",
		       (unsigned long long)(1 + (n - 1) / words));
}

/* --- behind it */

bool
surroundings_moves_case(const struct harm *h)
{
	return kinds[h->kind].words == is_given_case;
}

static bool
same_bytes(const char *path, const char *other)
{
	static char a[TEXT_BYTES], b[TEXT_BYTES];
	size_t n = read_text(path, a, sizeof(a));

	return read_text(other, b, sizeof(b)) == n && memcmp(a, b, n) == 0;
}

static const char *
end_moved(const struct harm *h)
{
	char path[PATH_BYTES], aside[PATH_BYTES];
	const char *wrong = NULL;

	in_run(path, h->word, "");
	in_run(aside, h->word, ".aside");
	if (h->kind == SURROUNDING_moved && access(path, F_OK) == 0)
		wrong = "a case was made where another one was";
	if (h->kind == SURROUNDING_replaced && !same_bytes(path, "start/raw.claque"))
		wrong = "a case was written to that somebody else put there";
	(void)rename(aside, path);
	return wrong;
}

/* The other one has ended when it has told how. */
static const char *
end_second(struct harm *h)
{
	const struct timespec moment = { .tv_nsec = 10 * 1000 * 1000 };
	char text[TEXT_BYTES / 64], status[8];
	bool told = false;

	for (int i = 0; access("second", F_OK) != 0; i++) {
		if (i == WAIT_SECONDS * 100)
			return "the other one did not end";
		(void)nanosleep(&moment, NULL);
	}
	(void)read_text("second", status, sizeof(status));
	(void)read_text("second.out", text, sizeof(text));
	for (const char *const *p = kinds[SURROUNDING_second].says; *p != NULL; p++)
		told = told || strstr(text, *p) != NULL;
	h->second_wrote = strcmp(status, "0\n") == 0 && !told;	/* a screen says it, and is drawn */
	if (strcmp(status, "0\n") == 0 || (told && strstr(text, "c.claque") != NULL))
		return NULL;
	(void)fputs(text, stdout);
	return "the other one failed, and did not say who has the case";
}

const char *
surroundings_end(struct harm *h, const struct ending *e, bool done)
{
	h->status = e->status;
	if (kinds[h->kind].end != NULL)
		kinds[h->kind].end(h);
	if (!done)
		return NULL;
	if (h->kind == SURROUNDING_second)
		return end_second(h);
	return surroundings_moves_case(h) ? end_moved(h) : NULL;
}

/* --- what must hold */

static bool
names_word(const struct harm *h, const char *text)
{
	const struct command *c = h->command;

	if (h->word != NULL)
		return strstr(text, h->word) != NULL;
	for (int i = 1; i < c->word_count; i++)
		if ((is_there("start", c->words[i], false) || is_case(c->words[i]) ||
		     strcmp(c->words[i - 1], "--out") == 0) && strstr(text, c->words[i]) != NULL)
			return true;
	return false;
}

bool
surroundings_named(const struct harm *h, const char *text)
{
	const char *const *p = kinds[h->kind].says;

	while (*p != NULL && strstr(text, *p) == NULL)
		p++;
	return *p != NULL && names_word(h, text);
}

bool
surroundings_no_matter(const struct harm *h)
{
	return h->kind == SURROUNDING_clock ||
	       (h->command->reads &&
		(h->kind == SURROUNDING_readonly || h->kind == SURROUNDING_denied));
}

bool
surroundings_any_ending(const struct harm *h)
{
	return kinds[h->kind].any_ending;
}

bool
surroundings_other_case(const struct harm *h)
{
	return kinds[h->kind].other_case;
}

bool
surroundings_again(const struct harm *h)
{
	return kinds[h->kind].again;
}

bool
surroundings_kept(const struct harm *h, const char *annotations)
{
	char text[TEXT_BYTES / 64];

	if (!h->second_wrote || strstr(others[h->second], "second") == NULL ||
	    strstr(annotations, "second") != NULL)
		return true;
	(void)read_text("second.out", text, sizeof(text));
	(void)printf("  %s\n%s", others[h->second], text);
	return false;
}
