#include "config.h"

#include "base/tidy.h"

#include <pthread.h>
#include <stddef.h>
#include <sys/stat.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct tidy *kept;

void
tidy_keep(struct tidy *t)
{
	(void)pthread_mutex_lock(&lock);
	t->next = kept;
	kept = t;
	(void)pthread_mutex_unlock(&lock);
}

void
tidy_drop(struct tidy *t)
{
	struct tidy **at = &kept;

	(void)pthread_mutex_lock(&lock);
	while (*at != NULL && *at != t)
		at = &(*at)->next;
	if (*at != NULL)
		*at = t->next;
	(void)pthread_mutex_unlock(&lock);
}

/* Taken off before it runs: if memory runs out in there, the rest still has its turn. */
static struct tidy *
take_last(void)
{
	struct tidy *t;

	(void)pthread_mutex_lock(&lock);
	t = kept;
	kept = t != NULL ? t->next : NULL;
	(void)pthread_mutex_unlock(&lock);
	return t;
}

const char *
tidy_all(void)
{
	static const char *left;	/* also when this is called again from in here */
	struct tidy *t;
	struct stat st;

	while ((t = take_last()) != NULL) {
		left = t->path;
		t->run(t->ctx);
		if (lstat(t->path, &st) != 0)
			left = NULL;
	}
	return left;
}
