/*
 * claque/memory.h - how much memory the arrays of the engine may take, and lists given back.
 *
 * What a score holds grows with the posts: some 250 bytes a post. Where that is more than
 * there is, or than somebody wants to give, arrays lie in files that the kernel reads and
 * writes as needed. This is the one thing of libclaque that is of the whole process and
 * not of one context, as memory is.
 */
#ifndef CLAQUE_MEMORY_H
#define CLAQUE_MEMORY_H

#include "claque/types.h"

/*
 * From now on the arrays of all contexts together keep at most so many bytes in memory;
 * those that come or grow beyond it lie in files in this folder, which have no names and
 * are gone with the process, however it ends. Results do not depend on it. Not counted:
 * arrays below 1 MiB, and what the caller holds.
 * bytes 0: no limit, as at first; the folder is then not looked at. Not while another
 * thread is in libclaque. EIO, and nothing changed, where no file can be made there.
 */
CLAQUE_CHECKED enum claque_rc claque_memory_limit(uint64_t bytes, const char *folder,
	struct claque_err *err);
/* How many bytes lay in files at most since then. */
uint64_t claque_memory_in_files(void);

/* Gives back a list that a call has made and says is freed by this. Takes NULL. */
void claque_free(void *list);

#endif
