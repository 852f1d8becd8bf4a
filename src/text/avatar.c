#include "config.h"

#include "text/avatar.h"

#include "text/url.h"

/* What X puts between a picture's name and its ending. */
static const char *const sizes[] = {
	"_normal", "_bigger", "_mini", "_400x400", "_200x200", "_x96", "_reasonably_small",
};

static size_t
rfind(struct claque_str s, char c)
{
	const char *at = s.len > 0 ? memrchr(s.p, c, s.len) : NULL;

	return at != NULL ? (size_t)(at - s.p) : s.len;
}

/* "/profile_images/1/a_normal.jpg" as "/profile_images/1/a". */
static struct claque_str
without_size(struct claque_str path)
{
	size_t dot = rfind(path, '.');
	struct claque_str name = dot > rfind(path, '/') || rfind(path, '/') == path.len ?
				 str_sub(path, 0, dot) : path;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		struct claque_str size = str_of(sizes[i]);

		if (name.len > size.len &&
		    str_eq(str_sub(name, name.len - size.len, size.len), size))
			return str_sub(name, 0, name.len - size.len);
	}
	return name;
}

/* "/img/avatar/plain/did:plc:x/bafkrei@jpeg": the last part names the content. */
static struct claque_str
content_id(struct claque_str path)
{
	struct claque_str last = str_sub(path, rfind(path, '/') + 1, path.len);

	return str_sub(last, 0, str_find(last, STR("@"), 0));
}

struct claque_str
avatar_key(struct arena *perm, struct claque_str s)
{
	struct claque_str picture = str_trim(s);
	struct url_parts parts;

	if ((!str_starts(picture, STR("http://")) && !str_starts(picture, STR("https://"))) ||
	    !url_split(picture, &parts) || parts.path.len <= 1)
		return picture;
	if (str_eq_nocase(parts.host, STR("cdn.bsky.app")))
		return content_id(parts.path);
	return str_dup(perm, without_size(parts.path));
}
