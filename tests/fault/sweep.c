/*
 * sweep.c - runs every command of a table with its n-th call of each class failing, and
 * looks at what is left.
 *
 *   sweep CLAQUE FAULT.so FOLDER TABLE SAMPLES SEED [COMMAND [CLASS [N [HOW]]]]
 *   sweep CLAQUE FAULT.so FOLDER TABLE kill:ROUNDS SEED [COMMAND]
 *
 * FOLDER/start holds what commands begin with; FOLDER/run is made from it for each run. A
 * line of TABLE: the command's name, then its words; a word in '' may have blanks. Where a
 * class has at most SAMPLES calls in a command, each is failed, else as many, spread
 * evenly (of 0.3, one in every third class); a third of them fail from then on, not once.
 *
 * kill:ROUNDS kills (-9) that often instead, each time at such a call of a command that
 * writes; nobody can say then what is left behind.
 *
 * What must hold after each run:
 *   - it ended by itself, in time;
 *   - it exited with 1 to 4 and named the fault, or wrote what it writes without one; one
 *     that goes on after what fails (a file of several, a line of a report) names it there;
 *   - every file is as it was, or as it is without a fault; nothing else is there;
 *   - a case is as it was, or as it is without a fault, and what SQLite calls whole; of a
 *     command that goes on where it was cut off (its name begins with +) rows may be in:
 *     then `claque verify` says whole, and every annotation is there;
 *   - the same command without a fault then leaves what it always leaves.
 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fault.h"
#include "snapshot.h"

enum { WORDS_MAX = 24, LINE_BYTES = 1024,
       TEXT_BYTES = 1 << 20, SECONDS_MAX = 60, COMMANDS_MAX = 200 };

struct command {
	char *name, *words[WORDS_MAX + 1];
	int word_count;
	bool goes_on;		/* what it was cut off in is taken up again by the next one */
};

struct ending {
	int status;		/* of waitpid() */
	uint64_t out;		/* digest of what it printed, but for seconds */
	bool named;		/* it says somewhere what failed */
	bool left;		/* and that something is left behind */
	char err[4096];
};

struct tally {
	uint64_t injected, failed, same, wrong;
};

static const char *claque, *fault_library;
static struct fault_report *report;
static struct snapshot before, after, now;
static struct ending clean;
static struct tally tallies[FAULT_CLASSES];
static uint64_t rng;

static const char *const class_names[] = {
#define X(name, what) #name,
	FAULT_LIST(X)
#undef X
};

static uint64_t
next_random(void)
{
	rng ^= rng << 13;
	rng ^= rng >> 7;
	return rng ^= rng << 17;
}

static size_t
read_text(const char *path, char *out, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len = 0;
	ssize_t n;

	if (fd < 0)
		die(path);
	while (len < room - 1 && (n = read(fd, out + len, room - 1 - len)) > 0)
		len += (size_t)n;
	(void)close(fd);
	out[len] = '\0';
	return len;
}

/* run/ as the command finds it: what its words name. */
static void
set_up(const struct command *c)
{
	folder_remove("run");
	(void)mkdir("run", 0700);
	for (int i = 0; i < c->word_count; i++) {
		char from[PATH_BYTES], to[PATH_BYTES];

		(void)snprintf(from, sizeof(from), "start/%s", c->words[i]);
		(void)snprintf(to, sizeof(to), "run/%s", c->words[i]);
		if (strchr(c->words[i], '/') == NULL && access(from, F_OK) == 0)
			folder_copy(from, to);
	}
}

/* --- running */

static volatile pid_t child;

static void
on_alarm(int number)
{
	(void)number;
	if (child > 0)
		(void)kill(child, SIGKILL);
}

static void
run_child(const struct command *c, const char *fault)
{
	char *words[WORDS_MAX + 2] = { (char *)(uintptr_t)claque };
	int out = open("out", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int err = open("err", O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int in = open("/dev/null", O_RDONLY);

	for (int i = 0; i < c->word_count; i++)
		words[i + 1] = c->words[i];
	(void)dup2(in, 0);
	(void)dup2(out, 1);
	(void)dup2(err, 2);
	for (int fd = 3; fd < 20; fd++)
		(void)close(fd);
	if (fault != NULL) {
		(void)setenv("LD_PRELOAD", fault_library, 1);
		(void)setenv("CLAQUE_FAULT", fault, 1);
	}
	if (chdir("run") == 0)
		(void)execv(claque, words);
	_exit(98);
}

/* Does it say what failed, as libc and SQLite do? */
static bool
names_fault(const char *text)
{
	static const char *const words[] = {
		"out of memory", "Cannot allocate memory", "Too many open files",
		"Input/output error", "No space left on device", "Operation not permitted",
		"disk I/O error", "database or disk is full", "unable to open database file",
		"readonly database", "database disk image is malformed",
		"unable to get the page", "Resource temporarily unavailable", "File too large",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strstr(text, words[i]) != NULL)
			return true;
	return false;
}

/* "16.0 s" is another each time. */
static uint64_t
digest_output(bool *named)
{
	static char text[TEXT_BYTES];
	size_t len = read_text("out", text, sizeof(text));
	uint64_t digest = DIGEST_START;

	*named = names_fault(text);
	for (size_t i = 0; i < len; i++) {
		size_t digits = strspn(text + i, "0123456789.");

		if (digits > 0 && strncmp(text + i + digits, " s", 2) == 0)
			i += digits;
		else
			digest = digest_bytes(digest, text + i, 1);
	}
	return digest;
}

/* fault: of the environment; NULL: none, and nothing is counted. */
static void
run(const struct command *c, const char *fault, struct ending *out)
{
	memset(report, 0, sizeof(*report));
	child = fork();
	if (child == 0)
		run_child(c, fault);
	(void)alarm(SECONDS_MAX);
	while (waitpid(child, &out->status, 0) < 0)
		if (errno != EINTR)
			die("waitpid");
	(void)alarm(0);
	(void)read_text("err", out->err, sizeof(out->err));
	out->out = digest_output(&out->named);
	out->named |= names_fault(out->err);
	out->left = strstr(out->err, "left behind") != NULL;
}

/* --- judging */

static const char *
judge_ending(const struct ending *e, bool failed)
{
	int code = WEXITSTATUS(e->status);

	if (WIFSIGNALED(e->status))
		return WTERMSIG(e->status) == SIGKILL ? "did not end" : "was ended by a signal";
	if (code == WEXITSTATUS(clean.status) && e->out == clean.out)
		return NULL;
	if (!failed)
		return "another ending without a fault";
	if (code > 4)
		return "an exit status of its own";
	if (!e->named)
		return code == 0 ? "no error, but another output" : "an error that names no fault";
	return NULL;
}

/* Every line of start/NAME.ndjson is still told. */
static bool
has_annotations(const char *name)
{
	static char was[TEXT_BYTES], is[TEXT_BYTES];
	struct command list = { .words = { (char *)(uintptr_t)"annotations",
					   (char *)(uintptr_t)name }, .word_count = 2 };
	char path[PATH_BYTES];
	struct ending e;
	char *rest = was, *line;

	(void)snprintf(path, sizeof(path), "start/%s.ndjson", name);
	if (access(path, F_OK) != 0)
		return true;
	run(&list, NULL, &e);
	(void)read_text(path, was, sizeof(was));
	(void)read_text("out", is, sizeof(is));
	(void)strsep(&rest, "\n");	/* names the end of the ledger */
	while ((line = strsep(&rest, "\n")) != NULL)
		if (strstr(is, line) == NULL)
			return false;
	return true;
}

static const char *
judge_case(const struct file *f, bool goes_on)
{
	const char *name = strrchr(f->path, '/') + 1;
	struct command verify = { .words = { (char *)(uintptr_t)"verify", (char *)(uintptr_t)name },
				  .word_count = 2 };
	struct ending e;

	if (f->digest == CASE_BROKEN)
		return "SQLite does not call the case whole";
	if (!goes_on)
		return "the case is neither as it was nor as it should be";
	run(&verify, NULL, &e);
	if (e.status != 0) {
		(void)fputs(e.err, stdout);
		return "claque verify does not call the case whole";
	}
	return has_annotations(name) ? NULL : "annotations are lost";
}

/* now: what is there. */
static const char *
judge_files(const struct ending *e, bool goes_on)
{
	static struct snapshot there;
	const char *wrong = NULL;

	there = now;
	for (size_t i = 0; wrong == NULL && i < there.count; i++) {
		const struct file *f = &there.files[i];
		const struct file *old = snapshot_find(&before, f->path), *new = snapshot_find(&after, f->path);

		if ((old != NULL && old->digest == f->digest) ||
		    (new != NULL && new->digest == f->digest))
			continue;
		if (old == NULL && ((ends_with(f->path, ".claque") && f->digest == CASE_EMPTY) ||
				    (e->left && snapshot_is_part(f->path))))
			continue;
		if (ends_with(f->path, ".claque") && (old != NULL || new != NULL))
			wrong = judge_case(f, goes_on);
		else
			wrong = old == NULL && new == NULL ? "a file is left behind" :
				"a file is there in part";
		if (wrong != NULL)
			(void)printf("  %s\n", f->path);
	}
	for (size_t i = 0; wrong == NULL && i < before.count; i++)
		if (snapshot_find(&there, before.files[i].path) == NULL &&
		    snapshot_find(&after, before.files[i].path) != NULL)
			wrong = "a file is lost";
	now = there;
	return wrong;
}

/*
 * told: it may leave something else. It went on without what failed, such as one file of
 * several, and rows stand in another order; or the ledger had told of an export that did not
 * get its name then, and the next export tells of that.
 */
static const char *
judge_again(const struct command *c, bool told)
{
	struct ending e;

	if (snapshot_equal(&now, &after))
		return NULL;
	run(c, NULL, &e);
	snapshot_take(&now, "run", c->goes_on);
	if (e.status != clean.status) {
		(void)fputs(e.err, stdout);
		return "without a fault afterwards it ends otherwise";
	}
	return told || snapshot_equal(&now, &after) ? NULL : "without a fault afterwards it leaves something else";
}

static void
fail_once(const struct command *c, enum fault_class class, uint64_t n, const char *how)
{
	bool goes_on = c->goes_on;
	struct tally *t = &tallies[class];
	char fault[64];
	const char *wrong;
	struct ending e;
	bool failed, killed;

	(void)snprintf(fault, sizeof(fault), "%s:%llu%s", class_names[class],
		       (unsigned long long)n, how);
	set_up(c);
	run(c, fault, &e);
	failed = report->failed > 0;
	killed = strcmp(how, ":kill") == 0 && failed && WIFSIGNALED(e.status) &&
		 WTERMSIG(e.status) == SIGKILL;
	e.left = e.left || killed;	/* nobody can say so */
	snapshot_take(&now, "run", goes_on);
	wrong = killed ? NULL : judge_ending(&e, failed);
	if (wrong == NULL && e.status == clean.status && e.out == clean.out && !snapshot_equal(&now, &after))
		wrong = "no error, but other files";
	if (wrong == NULL)
		wrong = judge_files(&e, goes_on);
	if (wrong == NULL && (killed || !e.left))	/* else somebody has to remove it first */
		wrong = judge_again(c, e.status == 0 ||
				    (strncmp(c->name, "export", 6) == 0 &&
				     (killed || class == FAULT_rename)));
	t->injected += failed;
	t->failed += failed && wrong == NULL && e.status != clean.status;
	t->same += failed && wrong == NULL && e.status == clean.status;
	t->wrong += wrong != NULL;
	if (wrong != NULL)
		(void)printf("%s %s: %s (status %x)\n  %s%s", c->name, fault, wrong,
			     (unsigned)e.status, e.err, e.err[0] == '\0' ? "\n" : "");
}

static bool
learn(const struct command *c, struct fault_report *seen)
{
	struct ending again;

	set_up(c);
	snapshot_take(&before, "run", c->goes_on);
	run(c, "", &clean);
	*seen = *report;
	snapshot_take(&after, "run", c->goes_on);
	set_up(c);
	run(c, "", &again);
	snapshot_take(&now, "run", c->goes_on);
	if (!WIFEXITED(clean.status) || WEXITSTATUS(clean.status) > 1 ||
	    again.status != clean.status || again.out != clean.out ||
	    !snapshot_equal(&now, &after)) {
		(void)printf("%s: differs from run to run, or fails without a fault: %s\n", c->name,
			     clean.err);
		return false;
	}
	return true;
}

static void
sweep_class(const struct command *c, enum fault_class class, uint64_t calls, double samples)
{
	uint64_t most = (uint64_t)samples, tried;

	most += (double)(next_random() % 1024) < 1024 * (samples - (double)most);
	tried = calls < most ? calls : most;
	for (uint64_t i = 0; i < tried; i++) {
		uint64_t from = i * calls / tried, to = (i + 1) * calls / tried;

		fail_once(c, class, 1 + from + next_random() % (to - from),
			  next_random() % 3 == 0 ? ":on" : "");
	}
}

/* --- the table */

/* What follows this line only reads, or asks for an empty folder again when it was killed. */
static const char readers[] = "# --- not to be killed";

static bool
parse(char *line, struct command *c)
{
	char *p = line + strspn(line, " \t");

	*c = (struct command){ 0 };
	line[strcspn(line, "\n")] = '\0';
	if (*p == '#' || *p == '\0')
		return false;
	while (*p != '\0' && c->word_count < WORDS_MAX) {
		bool quoted = *p == '\'';
		char *word = p + quoted;

		p = word + strcspn(word, quoted ? "'" : " \t");
		if (*p != '\0')
			*p++ = '\0';
		p += strspn(p, " \t");
		if (c->name == NULL)
			c->name = word + (c->goes_on = *word == '+');
		else
			c->words[c->word_count++] = word;
	}
	return true;
}

/* Returns how many of them write; they come first. */
static size_t
read_table(const char *path, struct command *commands, size_t *count)
{
	static char lines[COMMANDS_MAX][LINE_BYTES];
	FILE *table = fopen(path, "re");
	size_t writing = 0;
	bool reading = false;

	if (table == NULL)
		die(path);
	*count = 0;
	while (*count < COMMANDS_MAX && fgets(lines[*count], LINE_BYTES, table) != NULL) {
		reading = reading || strncmp(lines[*count], readers, strlen(readers)) == 0;
		*count += parse(lines[*count], &commands[*count]);
		writing = reading ? writing : *count;
	}
	(void)fclose(table);
	return writing;
}

/* --- what is asked for */

#define FEW 0.1
enum { PARTS = 4 };

struct order {
	const char *command, *class, *how;	/* "": all */
	uint64_t n;				/* 0: samples */
	double samples;
};

static bool
sweep(const struct order *o, const struct command *c)
{
	struct fault_report seen;
	double samples = o->samples;

	if (o->command[0] != '\0' && strcmp(o->command, c->name) != 0)
		return true;
	if (samples > 0 && samples < FEW) {	/* of some commands only: each must be learnt */
		if (next_random() % PARTS != 0)
			return true;
		samples *= PARTS;
	}
	if (!learn(c, &seen))
		return false;
	for (unsigned i = 0; i < FAULT_CLASSES; i++) {
		if (o->class[0] != '\0' && strcmp(o->class, class_names[i]) != 0)
			continue;
		if (o->n > 0)
			fail_once(c, (enum fault_class)i, o->n, o->how);
		else
			sweep_class(c, (enum fault_class)i, seen.calls[i], samples);
	}
	return true;
}

/* kill -9 at a call of a class drawn from those that the command has. */
static void
kill_once(const struct command *c, const struct fault_report *seen)
{
	unsigned class;

	do
		class = (unsigned)(next_random() % FAULT_CLASSES);
	while (seen->calls[class] == 0);
	fail_once(c, (enum fault_class)class, 1 + next_random() % seen->calls[class], ":kill");
}

/* Rounds shared among the commands that write, beginning anywhere. */
static bool
torture(const struct order *o, const struct command *commands, size_t count, size_t rounds)
{
	uint64_t phase = next_random() % count, done = 0;
	struct fault_report seen;
	bool ok = true;

	for (size_t i = 0; i < count; i++) {
		uint64_t until = (rounds * (i + 1) + phase) / count - phase / count;

		if (o->command[0] != '\0' && strcmp(o->command, commands[i].name) != 0)
			continue;
		if (done < until && !learn(&commands[i], &seen)) {
			ok = false;
			continue;
		}
		for (; done < until; done++)
			kill_once(&commands[i], &seen);
	}
	return ok;
}

static void
map_report(void)
{
	int fd = open("report", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	char path[PATH_MAX];

	if (fd < 0 || ftruncate(fd, sizeof(*report)) != 0)
		die("report");
	report = mmap(NULL, sizeof(*report), PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (report == MAP_FAILED || realpath("report", path) == NULL)
		die("report");
	(void)close(fd);
	(void)setenv("CLAQUE_FAULT_REPORT", path, 1);
}

static bool
print_tallies(bool kills)
{
	static const char *const what[] = {
#define X(name, text) text,
		FAULT_LIST(X)
#undef X
	};
	uint64_t wrong = 0, injected = 0;

	for (unsigned i = 0; i < FAULT_CLASSES; i++) {
		const struct tally *t = &tallies[i];

		if (kills)
			(void)printf("%-8s%6llu killed, %llu wrong\n", class_names[i],
				     (unsigned long long)t->injected, (unsigned long long)t->wrong);
		else
			(void)printf("%-8s%6llu injected, %6llu ended with an error, %6llu made no"
				     " difference, %llu wrong (%s)\n", class_names[i],
				     (unsigned long long)t->injected, (unsigned long long)t->failed,
				     (unsigned long long)t->same, (unsigned long long)t->wrong,
				     what[i]);
		wrong += t->wrong;
		injected += t->injected;
	}
	(void)printf("%llu %s, %llu wrong\n", (unsigned long long)injected,
		     kills ? "times killed" : "faults injected", (unsigned long long)wrong);
	return wrong == 0 && injected > 0;
}

int
main(int argc, char **argv)
{
	static struct command commands[COMMANDS_MAX];
	struct order o = { "", "", "", 0, 0 };
	size_t count, writing, rounds = 0;
	bool ok = true;

	if (argc < 7 || chdir(argv[3]) != 0)
		die("sweep CLAQUE FAULT.so FOLDER TABLE SAMPLES SEED [COMMAND [CLASS [N [HOW]]]]");
	claque = argv[1];
	fault_library = argv[2];
	if (strncmp(argv[5], "kill:", 5) == 0)
		rounds = strtoul(argv[5] + 5, NULL, 10);
	else
		o.samples = strtod(argv[5], NULL);
	rng = strtoull(argv[6], NULL, 10) * UINT64_C(0x9e3779b97f4a7c15) + 1;
	o.command = argc > 7 ? argv[7] : "";
	o.class = argc > 8 ? argv[8] : "";
	o.n = argc > 9 ? strtoull(argv[9], NULL, 10) : 0;
	o.how = argc > 10 ? argv[10] : "";
	(void)signal(SIGALRM, on_alarm);
	map_report();
	writing = read_table(argv[4], commands, &count);
	if (rounds > 0)
		ok = torture(&o, commands, writing, rounds);
	for (size_t i = 0; i < count && rounds == 0; i++)
		ok &= sweep(&o, &commands[i]);
	return print_tallies(rounds > 0) && ok ? 0 : 1;
}
