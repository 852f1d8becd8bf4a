/*
 * image_tables.c - pictures.csv, 4CAT's .metadata.json, Telegram Desktop's result.json.
 *
 * 4CAT (processors/visualisation/download_images.py): an object by address of
 * {"filename", "success", "post_ids"}. Which column the addresses stood in it does not
 * tell, so all of them are taken for pictures in posts.
 *
 * pictures.csv is written by hand: a row that cannot be meant stops the import with its
 * number, before anything is stored.
 */
#include "config.h"

#include "import/image_tables.h"

#include <csv.h>
#include <stdlib.h>

#include "base/err.h"
#include "text/json.h"

/* --- pictures.csv */

/* X(column) */
#define COLUMN_LIST(X) X(file) X(platform) X(account_id) X(post_id) X(role)

enum column_of_pictures {
#define X(name) COLUMN_##name,
	COLUMN_LIST(X)
#undef X
	COLUMN_COUNT, CELLS_MAX = 64
};

struct csv_table {
	struct arena *perm;
	const struct image_claims *out;
	struct claque_str cells[CELLS_MAX];
	size_t count, row;
	size_t place[COLUMN_COUNT];	/* of the column in a row, from 1; 0: not there */
	enum claque_rc rc;
	struct claque_err err;
};

static void
on_cell(void *bytes, size_t len, void *ctx)
{
	struct csv_table *t = ctx;

	if (t->count < CELLS_MAX)
		t->cells[t->count++] = str_trim(str_dup(t->perm,
			(struct claque_str){ bytes, len }));
}

static struct claque_str
cell_of(const struct csv_table *t, enum column_of_pictures column)
{
	size_t place = t->place[column];

	return place > 0 && place <= t->count ? t->cells[place - 1] : STR("");
}

static void
read_names(struct csv_table *t)
{
	static const char *const names[] = {
#define X(name) #name,
		COLUMN_LIST(X)
#undef X
	};

	for (size_t i = 0; i < t->count; i++)
		for (size_t c = 0; c < COLUMN_COUNT; c++)
			if (str_eq_nocase(t->cells[i], str_of(names[c])))
				t->place[c] = i + 1;
	if (t->place[COLUMN_file] == 0 ||
	    (t->place[COLUMN_account_id] == 0 && t->place[COLUMN_post_id] == 0))
		t->rc = err_set(&t->err, CLAQUE_EINPUT, "its first row must name the columns file "
				"and account_id or post_id");
}

/* NULL, or what is wrong with the row. */
static const char *
read_claim(const struct csv_table *t, struct image_claim *out)
{
	struct claque_str post = cell_of(t, COLUMN_post_id), role = cell_of(t, COLUMN_role);
	struct claque_str account = cell_of(t, COLUMN_account_id);
	bool avatar = str_eq_nocase(role, STR("avatar")), media = str_eq_nocase(role, STR("media"));

	if (post.len == 0 && account.len == 0)
		return "it has neither account_id nor post_id";
	if (role.len > 0 && !avatar && !media)
		return "its role is neither avatar nor media";
	if (media && post.len == 0)
		return "a picture of role media needs a post_id";
	*out = (struct image_claim){
		.of_post = post.len > 0,
		.role = avatar || post.len == 0 ? IMAGE_AVATAR : IMAGE_MEDIA,
		.platform = str_lower(t->perm, cell_of(t, COLUMN_platform)),
		.id = post.len > 0 ? post : account, .by = "pictures.csv",
	};
	return NULL;
}

/* libcsv tells CR and LF one by one: between them there is an empty row. */
static void
on_end(int byte, void *ctx)
{
	struct csv_table *t = ctx;
	struct image_claim claim;
	const char *wrong;

	(void)byte;
	if (t->rc != CLAQUE_OK || t->count == 0 || (t->count == 1 && t->cells[0].len == 0)) {
		t->count = 0;
		return;
	}
	if (t->row++ == 0) {
		read_names(t);
	} else if ((wrong = read_claim(t, &claim)) != NULL) {
		t->rc = err_set(&t->err, CLAQUE_EINPUT, "row %zu: %s", t->row, wrong);
	} else {
		t->out->put(t->out->ctx, cell_of(t, COLUMN_file), &claim);
	}
	t->count = 0;
}

static enum claque_rc
read_csv(struct claque_str bytes, struct arena *perm, const struct image_claims *out,
	 struct claque_err *err)
{
	struct csv_table *t = ARENA_NEW(perm, struct csv_table, 1);
	struct csv_parser parser;

	if (str_starts(bytes, STR("\xef\xbb\xbf")))
		bytes = str_sub(bytes, 3, bytes.len);
	*t = (struct csv_table){ .perm = perm, .out = out, .rc = CLAQUE_OK };
	if (csv_init(&parser, 0) != 0 ||
	    csv_parse(&parser, bytes.p, bytes.len, on_cell, on_end, t) != bytes.len ||
	    csv_fini(&parser, on_cell, on_end, t) != 0)
		base_oom();
	csv_free(&parser);
	*err = t->err;
	return t->rc;
}

/* --- 4CAT */

static struct claque_str
text_at(const json_t *object, const char *key)
{
	return json_string_of(json_object_get(object, key));
}

/* A string or a whole number, as an id; empty if it is neither. */
static struct claque_str
id_of(const json_t *value, struct arena *perm)
{
	if (json_is_integer(value))
		return str_fmt(perm, "%lld", (long long)json_integer_value(value));
	return str_dup(perm, json_string_of(value));
}

static enum claque_rc
read_fourcat(struct claque_str bytes, struct arena *perm, const struct image_claims *out,
	     struct claque_err *err)
{
	json_error_t why;
	json_t *all = json_read(bytes, &why), *entry, *id;
	const char *address;
	size_t i;

	if (!json_is_object(all)) {
		json_decref(all);
		return err_set(err, CLAQUE_EINPUT, "it is no JSON object");
	}
	json_object_foreach(all, address, entry) {
		json_array_foreach(json_object_get(entry, "post_ids"), i, id) {
			struct image_claim claim = { .role = IMAGE_MEDIA, .of_post = true,
				.id = id_of(id, perm), .by = ".metadata.json" };

			if (text_at(entry, "filename").len > 0 && claim.id.len > 0)
				out->put(out->ctx, text_at(entry, "filename"), &claim);
		}
	}
	json_decref(all);
	return CLAQUE_OK;
}

/* --- Telegram Desktop */

/* Posts are CHAT/MESSAGE, as the importer of result.json names them. */
static void
read_chat(const json_t *chat, struct arena *perm, const struct image_claims *out)
{
	struct claque_str number = id_of(json_object_get(chat, "id"), perm);
	json_t *message;
	size_t i;

	json_array_foreach(json_object_get(chat, "messages"), i, message) {
		struct claque_str photo = text_at(message, "photo");
		struct image_claim claim = { .role = IMAGE_MEDIA, .of_post = true,
			.platform = STR("telegram"), .by = "result.json" };

		claim.id = str_fmt(perm, STR_FMT "/" STR_FMT, STR_ARG(number),
				   STR_ARG(id_of(json_object_get(message, "id"), perm)));
		if (photo.len > 0)
			out->put(out->ctx, photo, &claim);
	}
}

static enum claque_rc
read_telegram(struct claque_str bytes, struct arena *perm, const struct image_claims *out,
	      struct claque_err *err)
{
	static const char *const lists[] = { "chats", "left_chats" };
	json_error_t why;
	json_t *all = json_read(bytes, &why), *chat;
	size_t i;

	if (!json_is_object(all)) {
		json_decref(all);
		return err_set(err, CLAQUE_EINPUT, "it is no JSON object");
	}
	read_chat(all, perm, out);
	for (size_t l = 0; l < sizeof(lists) / sizeof(lists[0]); l++)
		json_array_foreach(json_object_get(json_object_get(all, lists[l]), "list"), i, chat)
			read_chat(chat, perm, out);
	json_decref(all);
	return CLAQUE_OK;
}

const struct image_table *
image_table(size_t i)
{
	static const struct image_table tables[] = {
		{ "pictures.csv", read_csv },
		{ ".metadata.json", read_fourcat },
		{ "result.json", read_telegram },
	};

	return i < sizeof(tables) / sizeof(tables[0]) ? &tables[i] : NULL;
}
