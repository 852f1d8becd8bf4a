#include "config.h"

#include "app/packs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/folder.h"

enum { PATH_BYTES = 1 << 20, CHUNK = 1 << 14 };

static enum claque_rc
read_file(const char *path, struct buf *out, struct claque_err *err)
{
	FILE *f = fopen(path, "rb");
	char chunk[CHUNK];
	size_t n;
	bool bad;

	if (f == NULL)
		return err_set(err, CLAQUE_EIO, "%s cannot be read: %s", path, strerror(errno));
	while (!out->over && (n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_add(out, (struct claque_str){ chunk, n });
	bad = ferror(f) != 0;
	(void)fclose(f);
	if (bad)
		return err_set(err, CLAQUE_EIO, "%s cannot be read", path);
	return CLAQUE_OK;
}

static enum claque_rc
add_file(struct packs *p, const char *path, struct claque_err *err)
{
	size_t before = rules_packs(p->rules);
	struct buf text;
	enum claque_rc rc;

	buf_init(&text, RULES_BYTES_MAX + 1);
	rc = read_file(path, &text, err);
	if (rc == CLAQUE_OK)
		rc = rules_add(p->rules, str_of(path), buf_str(&text), err);
	if (rc == CLAQUE_OK && rules_packs(p->rules) > before)
		sha256_text(buf_str(&text), p->digests[before]);
	buf_done(&text);
	return rc;
}

static int
is_pack(const struct dirent *entry)
{
	struct claque_str name = str_of(entry->d_name), end = STR(".rules");

	return name.len > end.len && name.p[0] != '.' &&
	       str_eq(str_sub(name, name.len - end.len, end.len), end);
}

static int
by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

/* A folder that is not there holds none. */
static enum claque_rc
add_folder(struct packs *p, const char *folder, struct arena scratch, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct dirent **entries;
	int count = scandir(folder, &entries, is_pack, by_name);

	if (count < 0)
		return errno == ENOENT || errno == ENOTDIR ? CLAQUE_OK :
		       err_set(err, CLAQUE_EIO, "%s cannot be read: %s", folder, strerror(errno));
	for (int i = 0; i < count; i++) {
		struct arena perm = scratch;

		if (rc == CLAQUE_OK)
			rc = add_file(p, str_fmt(&perm, "%s/%s", folder, entries[i]->d_name).p, err);
		free(entries[i]);
	}
	free(entries);
	return rc;
}

enum claque_rc
packs_read(const struct packs_order *order, struct packs *out, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_BYTES), perm = whole;
	const char *told = getenv("CLAQUE_RULES");
	const char *folders[] = {
		folder_of_user(&perm, "XDG_CONFIG_HOME", ".config", "rules"),
		told != NULL ? told : PKGDATADIR "/rules",
	};
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct packs){ .rules = rules_new() };
	for (size_t i = 0; rc == CLAQUE_OK && i < order->file_count; i++)
		rc = add_file(out, str_z(&perm, order->files[i]), err);
	for (size_t i = 0; rc == CLAQUE_OK && !order->only && i < 2; i++)
		if (folders[i] != NULL)
			rc = add_folder(out, folders[i], perm, err);
	arena_free(whole);
	return rc;
}

void
packs_done(struct packs *p)
{
	rules_free(p->rules);
	p->rules = NULL;
}
