/*
 * avatar.h - the part of a picture's address that stays while the picture does.
 */
#ifndef TEXT_AVATAR_H
#define TEXT_AVATAR_H

#include "base/str.h"

/*
 * Two addresses of one profile picture give the same key, of two pictures
 * another: sizes ("_normal", "_400x400"), signatures that expire (the query) and
 * the host that happened to serve it are dropped; of Bluesky's the content's hash
 * is left. What is no address (a perceptual hash) is its own key. A view into s,
 * or in perm.
 */
struct claque_str avatar_key(struct arena *perm, struct claque_str s);

#endif
