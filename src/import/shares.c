/*
 * shares.c - what one post shares, each thing once.
 */
#include "config.h"

#include "import/format.h"

#include "text/url.h"

enum { SHARES_FIRST = 8 };

struct share_set
share_set_new(struct input_row *row)
{
	return (struct share_set){ .scratch = &row->scratch };
}

static void
make_room(struct share_set *set)
{
	size_t room = set->room == 0 ? SHARES_FIRST : set->room * 2;
	struct share_record *items = ARENA_NEW(set->scratch, struct share_record, room);

	if (set->count > 0)
		memcpy(items, set->items, set->count * sizeof(*items));
	set->items = items;
	set->room = room;
}

void
share_set_add(struct share_set *set, struct share_record share)
{
	for (size_t i = 0; i < set->count; i++)
		if (set->items[i].kind == share.kind && set->items[i].act == share.act &&
		    str_eq(set->items[i].key, share.key))
			return;
	set->full = set->count == SHARES_MAX;
	if (set->full)
		return;
	if (set->count == set->room)
		make_room(set);
	set->items[set->count++] = share;
}

static bool
is_list_mark(char c)
{
	return c == '[' || c == ']' || c == '\'' || c == '"' || c == ',';
}

/* Some exports write lists as their language prints them. */
static struct claque_str
strip_list_marks(struct claque_str piece)
{
	while (piece.len > 0 && is_list_mark(piece.p[0]))
		piece = str_sub(piece, 1, piece.len);
	while (piece.len > 0 && is_list_mark(piece.p[piece.len - 1]))
		piece.len--;
	return piece;
}

static void
add_url(struct share_set *set, struct claque_str piece)
{
	struct share_record share = { .act = CLAQUE_ACT_link };
	struct url url;

	if (piece.len == 0 || !url_read(strip_list_marks(piece), set->scratch, &url))
		return;
	if (url.status.len > 0 && str_eq(url.status, set->self))
		return;
	share.kind = url.status.len > 0 ? CLAQUE_OBJECT_post : CLAQUE_OBJECT_url;
	share.key = url.status.len > 0 ? url.status : url.key;
	share_set_add(set, share);
	if (url.status.len > 0)
		return;
	share.kind = CLAQUE_OBJECT_domain;
	share.key = url.host;
	share_set_add(set, share);
}

void
share_set_add_urls(struct share_set *set, struct claque_str pieces)
{
	struct claque_str piece;

	while (!set->full && str_cut(&pieces, ' ', &piece))
		add_url(set, str_trim(piece));
}

static void
add_pieces(struct share_set *set, struct share_record like, struct claque_str pieces,
	   char separator)
{
	struct claque_str piece;

	while (!set->full && str_cut(&pieces, separator, &piece)) {
		piece = str_trim(piece);
		if (like.kind == CLAQUE_OBJECT_hashtag && str_starts(piece, STR("#")))
			piece = str_sub(piece, 1, piece.len);
		like.key = str_lower(set->scratch, piece);
		if (piece.len > 0)
			share_set_add(set, like);
	}
}

void
share_set_add_hashtags(struct share_set *set, struct claque_str pieces, char separator)
{
	add_pieces(set, (struct share_record){ .kind = CLAQUE_OBJECT_hashtag,
		   .act = CLAQUE_ACT_tag }, pieces, separator);
}

void
share_set_add_media(struct share_set *set, struct claque_str pieces, char separator)
{
	add_pieces(set, (struct share_record){ .kind = CLAQUE_OBJECT_media,
		   .act = CLAQUE_ACT_media }, pieces, separator);
}
