/*
 * image_child.c - a process that does nothing but decode.
 *
 * The parent reads the file and lays its bytes where both see them; a byte through a
 * socket says begin, one back that the answer lies beside them. Before its
 * first picture the child closes every file that it inherited, the case among them, and
 * gives up opening others, writing, forking and more than 768 MiB. So what
 * hostile bytes may take over is a process without anything.
 *
 * It serves many pictures: a process each would cost as much as a small picture. A
 * filter of system calls (seccomp) was left out: it would depend on the machine and on
 * what the C library's allocator happens to call.
 */
#include "config.h"

#include "import/image.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"

enum {
	MEMORY_MAX = 768 << 20,		/* of address space, beyond what it was born with */
	CPU_S = 10, WAIT_MS = 30000,	/* of one picture */
	ASK_MS = 100, INHERITED_MAX = 1024,
};

/* What parent and child both see. */
struct room {
	size_t len;
	bool hashed;
	struct image_hashes hashes;
	char reason[IMAGE_REASON];
	char bytes[IMAGE_BYTES_MAX];
};

struct image_reader {
	struct room *room;
	pid_t child;		/* 0: none */
	int socket;
};

/* --- the child's side */

/* Where the limit is lower already that one stays. */
#define LIMIT(what, most) (void)setrlimit((what), &(struct rlimit){ (most), (most) })

/* A process has reserved many times what it uses (base/arena.h): what comes on top counts. */
static void
limit_memory(void)
{
#ifndef CLAQUE_SANITIZED	/* sanitizers reserve terabytes later on */
	char text[64] = "";
	struct claque_str rest, pages;
	int64_t reserved = 0;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
	ssize_t got = fd < 0 ? 0 : read(fd, text, sizeof(text));

	rest = (struct claque_str){ text, got > 0 ? (size_t)got : 0 };
	if (fd >= 0)
		(void)close(fd);
	if (str_cut(&rest, ' ', &pages) && str_to_i64(pages, &reserved))
		LIMIT(RLIMIT_AS, (rlim_t)(reserved * sysconf(_SC_PAGESIZE) + MEMORY_MAX));
#endif
}

/* The socket is 0 from here on; nothing is printed, for there is nowhere to print. */
static void
drop_rights(int socket)
{
	if (socket != 0 && dup2(socket, 0) < 0)
		_exit(1);
	for (int fd = 1; fd < INHERITED_MAX; fd++)
		(void)close(fd);
	limit_memory();
	LIMIT(RLIMIT_NOFILE, 1);
	LIMIT(RLIMIT_FSIZE, 0);
	LIMIT(RLIMIT_CORE, 0);
	LIMIT(RLIMIT_NPROC, 0);
}

/* Seconds count from the start of the process: what it has used does not count. */
static void
allow_time(void)
{
	struct rlimit cpu;
	struct rusage used;

	if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &cpu) != 0)
		return;
	cpu.rlim_cur = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + CPU_S;
	if (cpu.rlim_max == RLIM_INFINITY || cpu.rlim_cur <= cpu.rlim_max)
		(void)setrlimit(RLIMIT_CPU, &cpu);
}

static void __attribute__((noreturn))
serve(struct room *room, int socket)
{
	char go;

	(void)signal(SIGINT, SIG_IGN);	/* of the terminal's whole group: the parent decides */
	drop_rights(socket);
	while (read(0, &go, 1) == 1) {
		allow_time();
		room->hashed = image_decode((struct claque_str){ room->bytes, room->len },
					      &room->hashes, room->reason);
		if (send(0, &go, 1, MSG_NOSIGNAL) != 1)
			break;
	}
	_exit(0);
}

/* --- the parent's side */

static enum claque_rc
start_child(struct image_reader *r, struct claque_err *err)
{
	int pair[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
		return err_set(err, CLAQUE_EIO, "no socket for decoding: %s", strerror(errno));
	r->child = fork();
	if (r->child == 0)
		serve(r->room, pair[1]);
	(void)close(pair[1]);
	r->socket = pair[0];
	if (r->child > 0)
		return CLAQUE_OK;
	r->child = 0;
	(void)close(r->socket);
	return err_set(err, CLAQUE_EIO, "no process for decoding: %s", strerror(errno));
}

/* Whatever it is doing. */
static int
end_child(struct image_reader *r, bool kill_it)
{
	int status = 0;

	if (r->child == 0)
		return 0;
	if (kill_it)
		(void)kill(r->child, SIGKILL);
	while (waitpid(r->child, &status, 0) < 0 && errno == EINTR)
		;
	(void)close(r->socket);
	r->child = 0;
	return status;
}

static void
refuse(char reason[IMAGE_REASON], const char *why)
{
	(void)snprintf(reason, IMAGE_REASON, "%s", why);
}

/* It closed its end of the socket: it is ending. */
static enum claque_rc
bury(struct image_reader *r, char reason[IMAGE_REASON], struct claque_err *err)
{
	int status = end_child(r, false);

	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
		refuse(reason, "decoding it took more than ten seconds");
	else
		refuse(reason, "decoding it broke the decoder, which was stopped");
	return err_set(err, CLAQUE_EINPUT, "%s", reason);
}

/* Until the child answers. */
static enum claque_rc
await(struct image_reader *r, const struct claque_progress *progress,
      char reason[IMAGE_REASON], struct claque_err *err)
{
	struct pollfd wait = { .fd = r->socket, .events = POLLIN };
	char done;

	for (int ms = 0; ms < WAIT_MS; ms += ASK_MS) {
		int ready = poll(&wait, 1, ASK_MS);

		if (ready > 0)
			return read(r->socket, &done, 1) == 1 ? CLAQUE_OK : bury(r, reason, err);
		if (progress->tick != NULL &&
		    !progress->tick(progress->ctx, "decoding a picture", 0, 0)) {
			(void)end_child(r, true);
			return CLAQUE_STOPPED;
		}
	}
	(void)end_child(r, true);
	refuse(reason, "decoding it took more than thirty seconds");
	return err_set(err, CLAQUE_EINPUT, "%s", reason);
}

/* The bytes lie in the room. */
static enum claque_rc
have_decoded(struct image_reader *r, const struct claque_progress *progress,
	     struct image_hashes *out, char reason[IMAGE_REASON], struct claque_err *err)
{
	enum claque_rc rc = r->child == 0 ? start_child(r, err) : CLAQUE_OK;

	if (rc != CLAQUE_OK)
		return rc;
	r->room->hashed = false;
	rc = send(r->socket, "", 1, MSG_NOSIGNAL) == 1 ?
	     await(r, progress, reason, err) : bury(r, reason, err);
	if (rc != CLAQUE_OK)
		return rc;
	*out = r->room->hashes;
	if (r->room->hashed)
		return CLAQUE_OK;
	memcpy(reason, r->room->reason, IMAGE_REASON);
	reason[IMAGE_REASON - 1] = '\0';
	return err_set(err, CLAQUE_EINPUT, "%s", reason);
}

enum claque_rc
image_reader_new(struct image_reader **out, struct claque_err *err)
{
	struct image_reader *r = calloc(1, sizeof(*r));
	void *room = mmap(NULL, sizeof(struct room), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	*out = NULL;
	if (r == NULL)
		base_oom();
	if (room == MAP_FAILED) {
		free(r);
		return err_set(err, CLAQUE_EIO, "no memory for decoding: %s", strerror(errno));
	}
	r->room = room;
	*out = r;
	return CLAQUE_OK;
}

void
image_reader_free(struct image_reader *r)
{
	if (r == NULL)
		return;
	(void)end_child(r, true);
	(void)munmap(r->room, sizeof(*r->room));
	free(r);
}

/* Why it cannot be read, or NULL with its bytes in the room. */
static const char *
take_bytes(struct room *room, int fd)
{
	struct stat st;
	ssize_t got = 1;

	if (fstat(fd, &st) != 0)
		return strerror(errno);
	if (!S_ISREG(st.st_mode))
		return S_ISDIR(st.st_mode) ? "it is a folder" : "it is no regular file";
	if (st.st_size > IMAGE_BYTES_MAX)
		return "it has more than 32 MiB";
	for (room->len = 0; got > 0 && room->len < IMAGE_BYTES_MAX; room->len += (size_t)got) {
		got = read(fd, room->bytes + room->len, IMAGE_BYTES_MAX - room->len);
		if (got < 0)
			return strerror(errno);
	}
	return NULL;
}

enum claque_rc
image_read(struct image_reader *r, int folder, const char *path,
	     const struct claque_progress *progress, struct image_hashes *out,
	     char reason[IMAGE_REASON], struct claque_err *err)
{
	int fd = openat(folder, path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	const char *why = fd < 0 ? strerror(errno) : take_bytes(r->room, fd);

	if (fd < 0 && errno == ELOOP)
		why = "it is a symbolic link";
	if (fd >= 0)
		(void)close(fd);
	if (why == NULL)
		return have_decoded(r, progress, out, reason, err);
	refuse(reason, why);
	return err_set(err, CLAQUE_EINPUT, "%s", reason);
}

enum claque_rc
image_read_bytes(struct image_reader *r, struct claque_str bytes,
		   const struct claque_progress *progress, struct image_hashes *out,
		   char reason[IMAGE_REASON], struct claque_err *err)
{
	if (bytes.len > IMAGE_BYTES_MAX) {
		refuse(reason, "it has more than 32 MiB");
		return err_set(err, CLAQUE_EINPUT, "%s", reason);
	}
	r->room->len = bytes.len;
	if (bytes.len > 0)
		memcpy(r->room->bytes, bytes.p, bytes.len);
	return have_decoded(r, progress, out, reason, err);
}
