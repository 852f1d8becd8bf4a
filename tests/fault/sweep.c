/*
 * sweep.c - runs every command of a table with its n-th call of each class failing, and
 * looks at what is left.
 *
 *   sweep CLAQUE FAULT.so FOLDER TABLE SAMPLES SEED [COMMAND [CLASS [N [HOW]]]]
 *   sweep CLAQUE FAULT.so FOLDER TABLE kill:ROUNDS SEED [COMMAND]
 *   sweep CLAQUE FAULT.so FOLDER TABLE around:SAMPLES SEED [COMMAND [CLASS [N]]]
 *
 * FOLDER/start holds what commands begin with; FOLDER/run is made from it for each run. A
 * line of TABLE: the command's name, then its words; a word in '' may have blanks. Where a
 * class has at most SAMPLES calls in a command, each is failed, else as many, spread
 * evenly (of 0.3, one in every third class); a third of them fail from then on, not once.
 *
 * kill:ROUNDS kills (-9) that often instead, each time at such a call of a command that
 * writes; nobody can say then what is left behind. around:SAMPLES lets no call fail, but
 * makes something wrong around the command (surroundings.h).
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

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.h"
#include "fault.h"
#include "snapshot.h"
#include "surroundings.h"

enum { CLASSES = FAULT_CLASSES + SURROUNDINGS };

struct tally {
	uint64_t injected, failed, same, wrong;
};

static struct fault_report *report;
static struct snapshot before, after, now;
static struct ending clean;
static struct tally tallies[CLASSES];
static char told[TEXT_BYTES];	/* the annotations, without a fault */
static uint64_t rng;

static const char *const class_names[] = {
#define X(name, what) #name,
	FAULT_LIST(X) SURROUNDING_LIST(X)
#undef X
};

static uint64_t
next_random(void)
{
	rng ^= rng << 13;
	rng ^= rng >> 7;
	return rng ^= rng << 17;
}

static void
run(const struct command *c, const char *fault, struct ending *out)
{
	memset(report, 0, sizeof(*report));
	command_run(c, fault, out);
}

/* --- judging */

/*
 * libarchive ends the process itself, by SIGSEGV, where a string of its own finds no memory
 * (__archive_errx), and does not look whether its list of inputs found any. Nothing but that
 * may end so; and what is left behind is judged as ever.
 */
static bool
ended_by_libarchive(const struct ending *e)
{
	return WIFSIGNALED(e->status) && WTERMSIG(e->status) == SIGSEGV && report->of_archive > 0;
}

/* h: what was wrong around it, or NULL. */
static const char *
judge_ending(const struct ending *e, bool failed, const struct harm *h)
{
	int code = WEXITSTATUS(e->status);

	if (ended_by_libarchive(e))
		return NULL;
	if (WIFSIGNALED(e->status))
		return WTERMSIG(e->status) == SIGKILL ? "did not end" : "was ended by a signal";
	if (code == WEXITSTATUS(clean.status) &&
	    (e->out == clean.out || (h != NULL && surroundings_other_case(h))))
		return NULL;
	if (!failed)
		return "another ending without a fault";
	if (code > 4)
		return "an exit status of its own";
	if (h != NULL && surroundings_no_matter(h))
		return "it does something else, for what should not matter";
	if (h != NULL && code == 0 && surroundings_any_ending(h))
		return NULL;
	if (!e->named)
		return code == 0 ? "no error, but another output" : "an error that names no fault";
	return NULL;
}

/* Is a line of all that `other` has not in `is`? */
static bool
lost(char *all, const char *is, const char *other)
{
	char *rest = all, *line;

	(void)strsep(&rest, "\n");	/* names the end of the ledger */
	while ((line = strsep(&rest, "\n")) != NULL)
		if (strstr(is, line) == NULL && strstr(other, line) != NULL) {
			(void)printf("  not told any more: %s\n", line);
			return true;
		}
	return false;
}

/*
 * Every line of start/NAME.ndjson is still told, but for those that the command itself takes
 * away; and if it came to an end beside another writer, all that it adds.
 */
static bool
has_annotations(const char *name, const struct ending *e, const struct harm *h)
{
	static char was[TEXT_BYTES], is[TEXT_BYTES], expected[TEXT_BYTES];
	struct command list = { .words = { (char *)(uintptr_t)"annotations",
					   (char *)(uintptr_t)name }, .word_count = 2 };
	bool all = e->status == 0 && h != NULL && h->kind == SURROUNDING_second &&
		   !h->command->differs;
	char path[PATH_BYTES];
	struct ending listed;

	(void)snprintf(path, sizeof(path), "start/%s.ndjson", name);
	if (access(path, F_OK) != 0)
		return true;
	run(&list, NULL, &listed);
	(void)read_text(path, was, sizeof(was));
	(void)read_text("out", is, sizeof(is));
	memcpy(expected, told, sizeof(expected));
	return !lost(was, is, told) && (!all || !lost(expected, is, told)) &&
	       (h == NULL || surroundings_kept(h, is));
}

static const char *
judge_case(const struct file *f, bool other, const struct ending *e, const struct harm *h)
{
	const char *name = strrchr(f->path, '/') + 1;
	struct command verify = { .words = { (char *)(uintptr_t)"verify", (char *)(uintptr_t)name },
				  .word_count = 2 };
	struct ending verified;

	if (f->digest == CASE_BROKEN)
		return "SQLite does not call the case whole";
	if (!other)
		return "the case is neither as it was nor as it should be";
	run(&verify, NULL, &verified);
	if (verified.status != 0) {
		(void)fputs(verified.err, stdout);
		return "claque verify does not call the case whole";
	}
	return has_annotations(name, e, h) ? NULL : "annotations are lost";
}

static const char *
judge_file(const struct file *f, const struct ending *e, bool other, const struct harm *h)
{
	const struct file *old = snapshot_find(&before, f->path), *new = snapshot_find(&after, f->path);
	bool is_case = ends_with(f->path, ".claque");

	if (((old != NULL && old->digest == f->digest) ||
	     (new != NULL && new->digest == f->digest)) &&
	    !(is_case && h != NULL && h->kind == SURROUNDING_second))
		return NULL;
	if (old == NULL && ((is_case && f->digest == CASE_EMPTY) ||
			    (e->left && snapshot_is_part(f->path))))
		return NULL;
	if (is_case && (old != NULL || new != NULL))
		return judge_case(f, other, e, h);
	if (old == NULL && new == NULL)
		return "a file is left behind";
	return h != NULL && surroundings_other_case(h) ? NULL : "a file is there in part";
}

/* now: what is there. other: a case may hold something else. */
static const char *
judge_files(const struct ending *e, bool other, const struct harm *h)
{
	static struct snapshot there;
	const char *wrong = NULL;

	there = now;
	for (size_t i = 0; wrong == NULL && i < there.count; i++) {
		wrong = judge_file(&there.files[i], e, other, h);
		if (wrong != NULL)
			(void)printf("  %s\n", there.files[i].path);
	}
	for (size_t i = 0; wrong == NULL && i < before.count; i++)
		if (snapshot_find(&there, before.files[i].path) == NULL &&
		    snapshot_find(&after, before.files[i].path) != NULL &&
		    (h == NULL || h->kind != SURROUNDING_shortened))
			wrong = "a file is lost";
	now = there;
	return wrong;
}

/* Of several files the others went in first: rows stand in another order, and none is missing. */
static bool
imports_several(const struct command *c)
{
	return strcmp(c->words[0], "import") == 0 && c->word_count > 3 && c->words[3][0] != '-';
}

/*
 * otherwise: it may leave something else. It went on without what failed, such as a line of a
 * report; or the ledger had told of an export that did not get its name then, and the next
 * export tells of that.
 */
static const char *
judge_again(const struct command *c, bool otherwise)
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
	if (imports_several(c))
		return snapshot_counts_equal(&now, &after) ? NULL
			: "without a fault afterwards it leaves more or less";
	return otherwise || snapshot_equal(&now, &after) ? NULL
		: "without a fault afterwards it leaves something else";
}

static void
count(const struct command *c, unsigned class, const char *fault, const struct ending *e,
      const char *wrong)
{
	struct tally *t = &tallies[class];

	t->injected++;
	t->failed += wrong == NULL && e->status != clean.status;
	t->same += wrong == NULL && e->status == clean.status;
	t->wrong += wrong != NULL;
	if (wrong != NULL)
		(void)printf("%s %s: %s (status %x)\n  %s%s", c->name, fault, wrong,
			     (unsigned)e->status, e->err[0] != '\0' ? e->err : command_output(),
			     e->err[0] == '\0' ? "\n" : "");
}

static void
fail_once(const struct command *c, enum fault_class class, uint64_t n, const char *how)
{
	char fault[64];
	const char *wrong;
	struct ending e;
	bool failed, killed;

	(void)snprintf(fault, sizeof(fault), "%s:%llu%s", class_names[class],
		       (unsigned long long)n, how);
	command_set_up(c);
	run(c, fault, &e);
	failed = report->failed > 0;
	killed = strcmp(how, ":kill") == 0 && failed && WIFSIGNALED(e.status) &&
		 WTERMSIG(e.status) == SIGKILL;
	e.left = e.left || killed;	/* nobody can say so */
	snapshot_take(&now, "run", c->goes_on);
	wrong = killed ? NULL : judge_ending(&e, failed, NULL);
	if (wrong == NULL && e.status == clean.status && e.out == clean.out && !c->differs &&
	    !snapshot_equal(&now, &after))
		wrong = "no error, but other files";
	if (wrong == NULL)
		wrong = judge_files(&e, c->goes_on || c->differs, NULL);
	if (wrong == NULL && (killed || !e.left))	/* else somebody has to remove it first */
		wrong = judge_again(c, e.status == 0 || c->differs ||
				    (strncmp(c->name, "export", 6) == 0 &&
				     (killed || class == FAULT_rename)));
	if (failed || wrong != NULL)
		count(c, class, fault, &e, wrong);
}

/* Was a case that was moved away changed after that, and nothing said? */
static bool
is_silent(const struct harm *h, const struct ending *e)
{
	static struct snapshot moved;
	char path[PATH_BYTES];
	const struct file *was, *then, *is;

	(void)snprintf(path, sizeof(path), "run/%s", h->word);
	was = snapshot_find(&before, path);
	is = snapshot_find(&now, path);
	(void)snprintf(path, sizeof(path), "then/%s", h->word);
	snapshot_take(&moved, "then", h->command->goes_on);
	then = snapshot_find(&moved, path);
	return e->status == 0 && was != NULL && then != NULL && is != NULL &&
	       then->digest == was->digest && is->digest != was->digest;
}

/* The same with something wrong around it. */
static void
surround_once(const struct command *c, enum surrounding kind, uint64_t n)
{
	char fault[64];
	const char *wrong;
	struct harm h;
	struct ending e;
	bool failed, other;

	(void)snprintf(fault, sizeof(fault), "%s:%llu", class_names[FAULT_CLASSES + kind],
		       (unsigned long long)n);
	command_set_up(c);
	surroundings_set(&h, kind, n, c);
	run(c, h.fault[0] == '\0' ? NULL : h.fault, &e);
	failed = h.fault[0] == '\0' || report->failed > 0;
	e.named = surroundings_named(&h, e.err) || surroundings_named(&h, command_output());
	other = c->differs || surroundings_other_case(&h);
	wrong = surroundings_end(&h, &e, failed);
	snapshot_take(&now, "run", c->goes_on);
	if (wrong == NULL)
		wrong = judge_ending(&e, failed, &h);
	if (wrong == NULL && failed && surroundings_moves_case(&h) && is_silent(&h, &e))
		wrong = "it wrote to a case that was moved, and did not say so";
	if (wrong == NULL && e.status == clean.status && e.out == clean.out && !other &&
	    !snapshot_equal(&now, &after))
		wrong = "no error, but other files";
	if (wrong == NULL)
		wrong = judge_files(&e, c->goes_on || other, &h);
	if (wrong == NULL && surroundings_again(&h) && !e.left)
		wrong = judge_again(c, e.status == 0 || c->differs || strncmp(c->name, "export", 6) == 0);
	count(c, FAULT_CLASSES + kind, fault, &e, wrong);
}

/* What the first case that it names tells afterwards. */
static void
learn_annotations(const struct command *c)
{
	struct command list = { .words = { (char *)(uintptr_t)"annotations" }, .word_count = 2 };
	struct ending e;

	told[0] = '\0';
	for (int i = c->word_count - 1; i > 0; i--)
		if (ends_with(c->words[i], ".claque"))
			list.words[1] = c->words[i];
	if (list.words[1] == NULL)
		return;
	run(&list, NULL, &e);
	(void)read_text("out", told, sizeof(told));
}

static bool
learn(const struct command *c, struct fault_report *seen)
{
	struct ending again;

	command_set_up(c);
	snapshot_take(&before, "run", c->goes_on);
	run(c, "", &clean);
	*seen = *report;
	snapshot_take(&after, "run", c->goes_on);
	learn_annotations(c);
	command_set_up(c);
	run(c, "", &again);
	snapshot_take(&now, "run", c->goes_on);
	if (!WIFEXITED(clean.status) || WEXITSTATUS(clean.status) > 1 ||
	    again.status != clean.status || again.out != clean.out ||
	    (!c->differs && !snapshot_equal(&now, &after))) {
		(void)printf("%s: differs from run to run, or fails without a fault: %s\n", c->name,
			     clean.err);
		return false;
	}
	return true;
}

static void
fail_nth(const struct command *c, unsigned class, uint64_t n, const char *how)
{
	if (class < FAULT_CLASSES)
		fail_once(c, (enum fault_class)class, n, how);
	else
		surround_once(c, (enum surrounding)(class - FAULT_CLASSES), n);
}

static void
sweep_class(const struct command *c, unsigned class, uint64_t calls, double samples)
{
	uint64_t most = (uint64_t)samples, tried;

	most += (double)(next_random() % 1024) < 1024 * (samples - (double)most);
	tried = calls < most ? calls : most;
	for (uint64_t i = 0; i < tried; i++) {
		uint64_t from = i * calls / tried, to = (i + 1) * calls / tried;

		fail_nth(c, class, 1 + from + next_random() % (to - from),
			 next_random() % 3 == 0 ? ":on" : "");
	}
}

/* --- what is asked for */

#define FEW 0.1
enum { PARTS = 4 };

struct order {
	const char *command, *class, *how;	/* "": all */
	uint64_t n;				/* 0: samples */
	unsigned from, to;			/* classes */
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
	for (unsigned i = o->from; i < o->to; i++) {
		if (o->class[0] != '\0' && strcmp(o->class, class_names[i]) != 0)
			continue;
		if (o->n > 0)
			fail_nth(c, i, o->n, o->how);
		else
			sweep_class(c, i, i < FAULT_CLASSES ? seen.calls[i] :
				    surroundings_count((enum surrounding)(i - FAULT_CLASSES), c,
						       &seen), samples);
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

/* Tells what was done to the commands, of the classes that were asked for. */
static bool
print_tallies(const struct order *o, const char *word, const char *what_all)
{
	static const char *const what[] = {
#define X(name, text) text,
		FAULT_LIST(X) SURROUNDING_LIST(X)
#undef X
	};
	uint64_t wrong = 0, injected = 0;

	for (unsigned i = o->from; i < o->to; i++) {
		const struct tally *t = &tallies[i];

		(void)printf("%-9s%6llu %s, %6llu ended with an error, %6llu made no"
			     " difference, %llu wrong (%s)\n", class_names[i],
			     (unsigned long long)t->injected, word, (unsigned long long)t->failed,
			     (unsigned long long)t->same, (unsigned long long)t->wrong, what[i]);
		wrong += t->wrong;
		injected += t->injected;
	}
	(void)printf("%llu %s, %llu wrong\n", (unsigned long long)injected, what_all,
		     (unsigned long long)wrong);
	return wrong == 0 && injected > 0;
}

int
main(int argc, char **argv)
{
	static struct command commands[COMMANDS_MAX];
	struct order o = { "", "", "", .to = FAULT_CLASSES };
	const char *what = "faults injected", *word = "injected";
	size_t count, writing, rounds = 0;
	bool ok = true;

	if (argc < 7 || chdir(argv[3]) != 0)
		die("sweep CLAQUE FAULT.so FOLDER TABLE SAMPLES SEED [COMMAND [CLASS [N [HOW]]]]");
	if (strncmp(argv[5], "kill:", 5) == 0) {
		rounds = strtoul(argv[5] + 5, NULL, 10);
		what = "times killed";
		word = "killed";
	} else if (strncmp(argv[5], "around:", 7) == 0) {
		o.samples = strtod(argv[5] + 7, NULL);
		o.from = FAULT_CLASSES;
		o.to = CLASSES;
		what = "environment faults";
		word = "met";
	} else {
		o.samples = strtod(argv[5], NULL);
	}
	rng = strtoull(argv[6], NULL, 10) * UINT64_C(0x9e3779b97f4a7c15) + 1;
	o.command = argc > 7 ? argv[7] : "";
	o.class = argc > 8 ? argv[8] : "";
	o.n = argc > 9 ? strtoull(argv[9], NULL, 10) : 0;
	o.how = argc > 10 ? argv[10] : "";
	(void)setvbuf(stdout, NULL, _IOLBF, 0);	/* what is wrong is seen at once */
	commands_begin(argv[1], argv[2], surroundings_enter);
	if (o.from == FAULT_CLASSES)
		surroundings_begin(argv[1]);
	map_report();
	writing = commands_read(argv[4], commands, &count);
	if (rounds > 0)
		ok = torture(&o, commands, writing, rounds);
	for (size_t i = 0; i < count && rounds == 0; i++)
		ok &= sweep(&o, &commands[i]);
	return print_tallies(&o, word, what) && ok ? 0 : 1;
}
