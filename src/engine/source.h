/*
 * source.h - what goes back to one source: a post, whether it is reshared
 * natively, quoted, linked or copied word for word on any platform.
 *
 * Why: an operation that lifts a politician's posts from one platform to
 * another leaves no reshare that two of its accounts have in common; each
 * copies, links or reshares, and only together they show the same choice.
 */
#ifndef ENGINE_SOURCE_H
#define ENGINE_SOURCE_H

#include "engine/coact.h"
#include "engine/neardup.h"

/* A text that more accounts post is a phrase: it joins no two posts into one source. */
enum { SOURCE_ACCOUNTS_MAX = 250 };

/*
 * Fills *out, sorted. One source are:
 *   a post of the dataset's objects: its native reshares, quotes and links to it;
 *   and the posts of the text group of its own words, if the post is among the
 *   dataset's, or else the group of just the words that its native reshares repeat;
 *   and, through that group, other posts that say the same.
 * Text groups without such a post are sources of their own if two accounts
 * wrote in them. Objects of kind `object` are sources as they are.
 *
 * One act for an account, source and post. Whoever wrote the earliest of a
 * source's posts does not act on it, if that is what was reshared, quoted or
 * linked; nor does the author of a post act on it who is known by id only.
 */
CLAQUE_CHECKED enum claque_rc source_acts(struct coact *out, const struct claque_dataset *ds,
	const struct neardup *texts, const struct claque_progress *progress,
	struct claque_err *err);

#endif
