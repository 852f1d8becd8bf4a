/*
 * fault.h - what the library that makes calls fail (fault.c) and the program that sweeps
 * over them (sweep.c) know of each other.
 *
 * CLAQUE_FAULT=CLASS:N fails the N-th call of a class once, CLASS:N:on that and every one
 * after it; with CLASS:N:kill the process is killed instead, and with CLASS:N:do nothing
 * fails: what the shell makes of CLAQUE_FAULT_DEED happens first, and nothing is counted
 * after it. CLAQUE_FAULT_REPORT names a file of a struct fault_report, shared while the
 * program runs: counts are right even if it dies.
 */
#ifndef FAULT_FAULT_H
#define FAULT_FAULT_H

#include <stdint.h>

/* X(name, what fails) */
#define FAULT_LIST(X) \
	X(alloc, "malloc, calloc, realloc: out of memory") \
	X(map, "mmap: out of memory") \
	X(open, "open, fopen, opendir, mkdir: too many open files") \
	X(read, "read, pread, fread, readdir: I/O error") \
	X(write, "write, pwrite, fwrite: no space left on device") \
	X(part, "write, pwrite: half is written, which is no fault") \
	X(sync, "fsync, fdatasync: I/O error") \
	X(rename, "rename: no space left on device") \
	X(trunc, "ftruncate: I/O error") \
	X(unlink, "unlink, rmdir: operation not permitted") \
	X(step, "sqlite3_step, sqlite3_exec: disk I/O error") \
	X(full, "sqlite3_step, sqlite3_exec: database or disk is full") \
	X(prepare, "sqlite3_prepare: disk I/O error") \
	X(spawn, "pthread_create, fork, pipe, socketpair: resource temporarily unavailable")

#define X(name, what) FAULT_##name,
enum fault_class { FAULT_LIST(X) FAULT_CLASSES };
#undef X

struct fault_report {
	uint64_t calls[FAULT_CLASSES];	/* seen, of each class */
	uint64_t failed;		/* made to fail */
	uint64_t of_archive;		/* of those, memory that libarchive asked for */
};

#endif
