#include "config.h"

#include "import/image_folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "import/image_tables.h"

enum { TABLE_BYTES_MAX = 128 << 20, NAME_CLAIMS = 5, ID_DIGITS_MIN = 5 };

#define NO_TABLE UINT32_MAX

/* --- names */

/* By ending: what a platform serves, and what somebody may have given such a name. */
static bool
is_picture(struct claque_str name)
{
	static const char *const endings[] = {
		".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".gif", ".webp", ".avif", ".heic",
		".bmp", ".svg", ".tif", ".tiff",
	};

	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++) {
		size_t len = strlen(endings[i]);

		if (name.len > len &&
		    str_eq_nocase(str_sub(name, name.len - len, len), str_of(endings[i])))
			return true;
	}
	return false;
}

static struct claque_str
base_of(struct claque_str path)
{
	const char *slash = memrchr(path.p, '/', path.len);
	size_t from = slash == NULL ? 0 : (size_t)(slash - path.p) + 1;

	return str_sub(path, from, path.len);
}

static struct claque_str
stem_of(struct claque_str path)
{
	struct claque_str name = base_of(path);
	const char *dot = memrchr(name.p, '.', name.len);

	return dot == NULL ? name : str_sub(name, 0, (size_t)(dot - name.p));
}

static void
guess(struct image_claim claims[NAME_CLAIMS], size_t *count, bool of_post,
      struct claque_str platform, struct claque_str id)
{
	if (id.len > 0)
		claims[(*count)++] = (struct image_claim){ of_post ? IMAGE_MEDIA : IMAGE_AVATAR,
			of_post, platform, id, "its name" };
}

/* The id before "-MEDIAID" or "_1"; empty if the name has no such form. */
static struct claque_str
leading_id(struct claque_str stem, size_t least)
{
	size_t digits = 0;

	while (digits < stem.len && byte_is_digit(stem.p[digits]))
		digits++;
	if (digits < least || digits == stem.len ||
	    (stem.p[digits] != '-' && stem.p[digits] != '_'))
		return STR("");
	return str_sub(stem, 0, digits);
}

/*
 * A few digits are as well a number of somebody's own: without a platform before them they
 * are taken for no id.
 */
bool
image_id_is_short(const char *path)
{
	struct claque_str stem = stem_of(str_of(path));

	return leading_id(stem, 1).len > 0 && leading_id(stem, ID_DIGITS_MIN).len == 0;
}

static size_t
guess_by_name(struct claque_str path, struct arena *perm, struct image_claim claims[NAME_CLAIMS])
{
	struct claque_str stem = stem_of(path), rest = stem, platform = STR("");
	size_t letters = 0, count = 0;

	while (letters < stem.len && byte_is_alpha(stem.p[letters]))
		letters++;
	guess(claims, &count, true, STR(""), leading_id(stem, ID_DIGITS_MIN));
	if (letters > 0 && letters + 1 < stem.len && stem.p[letters] == '_') {
		platform = str_lower(perm, str_sub(stem, 0, letters));
		rest = str_sub(stem, letters + 1, stem.len);
		guess(claims, &count, true, platform, leading_id(rest, 1));
		guess(claims, &count, false, platform, rest);
	}
	guess(claims, &count, true, platform, rest);
	guess(claims, &count, false, STR(""), stem);
	return count;
}

/* --- tables */

/* A claim of a table, before those of one file stand together. */
struct pending {
	uint32_t file;
	struct image_claim claim;
};

struct gathering {
	struct image_folder *folder;
	struct arena *perm;
	struct map numbers;		/* by path */
	struct pending *claims;
	size_t count, cap;
	uint32_t *strength;		/* by file: of the table that spoke of it, or NO_TABLE */
	uint32_t table;			/* whose turn it is */
	struct claque_str prefix;	/* of the table's folder, with its slash */
};

static void
put_claim(void *ctx, struct claque_str name, const struct image_claim *claim)
{
	struct gathering *g = ctx;
	struct claque_str path = str_fmt(g->perm, STR_FMT STR_FMT, STR_ARG(g->prefix),
					 STR_ARG(name));
	uint32_t file = map_get(&g->numbers, path);

	if (file == MAP_NONE) {
		if (g->folder->absent++ == 0)
			g->folder->first_absent = str_z(g->perm, path);
		return;
	}
	if (g->strength[file] != NO_TABLE && g->strength[file] != g->table)
		return;
	g->strength[file] = g->table;
	GROW(g->claims, g->cap, g->count + 1);
	g->claims[g->count++] = (struct pending){ file, *claim };
}

/* Its bytes, to be freed; NULL: it cannot be read. */
static enum claque_rc
read_bytes(const char *path, struct buf *out, struct claque_err *err)
{
	enum { CHUNK = 1 << 16 };
	static _Thread_local char chunk[CHUNK];
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC);
	ssize_t got = 0;

	if (fd < 0)
		return err_set(err, CLAQUE_EIO, "%s", strerror(errno));
	while (!out->over && (got = read(fd, chunk, CHUNK)) > 0)
		buf_add(out, (struct claque_str){ chunk, (size_t)got });
	(void)close(fd);
	if (got < 0)
		return err_set(err, CLAQUE_EIO, "%s", strerror(errno));
	return out->over ? err_set(err, CLAQUE_ELIMIT, "it has more than %d MiB",
				   TABLE_BYTES_MAX >> 20) : CLAQUE_OK;
}

static enum claque_rc
read_table(struct gathering *g, const struct tree_file *file, struct claque_err *err)
{
	const struct image_claims out = { g, put_claim };
	struct claque_str path = str_of(file->path);
	struct buf bytes;
	enum claque_rc rc;

	buf_init(&bytes, TABLE_BYTES_MAX);
	g->prefix = str_sub(path, 0, path.len - base_of(path).len);
	rc = read_bytes(str_fmt(g->perm, "%s/%s", g->folder->path, file->path).p, &bytes, err);
	if (rc == CLAQUE_OK)
		rc = image_table(g->table)->read(buf_str(&bytes), g->perm, &out, err);
	buf_done(&bytes);
	return rc == CLAQUE_OK ? rc : err_wrap(err, "%s/%s", g->folder->path, file->path);
}

static enum claque_rc
read_tables(struct gathering *g, struct claque_err *err)
{
	const struct image_folder *f = g->folder;
	enum claque_rc rc = CLAQUE_OK;

	for (g->table = 0; image_table(g->table) != NULL; g->table++)
		for (size_t i = 0; i < f->tree_count && rc == CLAQUE_OK; i++)
			if (f->tree[i].regular &&
			    str_eq(base_of(str_of(f->tree[i].path)),
				   str_of(image_table(g->table)->name)))
				rc = read_table(g, &f->tree[i], err);
	return rc;
}

static int
by_file(const void *pa, const void *pb)
{
	const struct pending *a = pa, *b = pb;

	if (a->file != b->file)
		return a->file < b->file ? -1 : 1;
	return str_cmp(a->claim.id, b->claim.id);
}

/* Each file its claims; what no table speaks of is guessed by name. */
static void
share_out(struct gathering *g)
{
	struct image_folder *f = g->folder;
	struct image_claim *claims = ARENA_NEW(g->perm, struct image_claim, g->count + 1);

	if (g->count > 0)
		qsort(g->claims, g->count, sizeof(*g->claims), by_file);
	for (size_t i = 0; i < g->count; i++) {
		struct image_file *file = &f->files[g->claims[i].file];

		claims[i] = g->claims[i].claim;
		if (file->claim_count++ == 0)
			file->claims = &claims[i];
	}
	for (size_t i = 0; i < f->count; i++) {
		struct image_claim *own;

		if (f->files[i].claim_count > 0)
			continue;
		own = ARENA_NEW(g->perm, struct image_claim, NAME_CLAIMS);
		f->files[i].claim_count = guess_by_name(str_of(f->files[i].path), g->perm, own);
		f->files[i].claims = own;
		f->files[i].guessed = true;
	}
}

static bool
is_table(struct claque_str name)
{
	for (size_t i = 0; image_table(i) != NULL; i++)
		if (str_eq(name, str_of(image_table(i)->name)))
			return true;
	return false;
}

static void
list_pictures(struct gathering *g)
{
	struct image_folder *f = g->folder;

	f->files = ARENA_NEW(g->perm, struct image_file, f->tree_count + 1);
	g->strength = ARENA_NEW(g->perm, uint32_t, f->tree_count + 1);
	for (size_t i = 0; i < f->tree_count; i++) {
		struct claque_str path = str_of(f->tree[i].path);

		if (!is_picture(base_of(path))) {
			f->others += !is_table(base_of(path));
			continue;
		}
		g->strength[f->count] = NO_TABLE;
		f->files[f->count++] = (struct image_file){ .path = f->tree[i].path };
		(void)map_add(&g->numbers, path, NULL);
	}
}

enum claque_rc
image_folder_read(const char *path, struct arena *perm, struct image_folder *out,
		  struct claque_err *err)
{
	struct gathering g = { .folder = out, .perm = perm };
	struct stat st;
	enum claque_rc rc;

	*out = (struct image_folder){ .path = path };
	if (stat(path, &st) != 0)
		return err_set(err, CLAQUE_EIO, "'%s': %s; --media takes the folder that holds the "
			       "pictures", path, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(err, CLAQUE_EIO, "'%s' is no folder; --media takes the one that holds "
			       "the pictures", path);
	rc = tree_list(path, perm, &out->tree, &out->tree_count, err);
	if (rc != CLAQUE_OK)
		return rc;
	map_init(&g.numbers);
	list_pictures(&g);
	rc = read_tables(&g, err);
	if (rc == CLAQUE_OK)
		share_out(&g);
	map_done(&g.numbers);
	free(g.claims);
	return rc;
}
