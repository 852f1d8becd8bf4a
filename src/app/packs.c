#include "config.h"

#include "app/packs.h"

#include <stdlib.h>

#include "base/err.h"
#include "base/file.h"
#include "base/folder.h"

enum { PATH_BYTES = 1 << 20, FOLDERS = 2 };

static enum claque_rc
add_file(struct packs *p, const char *path, struct claque_err *err)
{
	size_t before = rules_packs(p->rules);
	struct buf text;
	enum claque_rc rc;

	buf_init(&text, RULES_BYTES_MAX + 1);
	rc = file_read(path, &text, err);
	if (rc == CLAQUE_OK)
		rc = rules_add(p->rules, str_of(path), buf_str(&text), err);
	if (rc == CLAQUE_OK && rules_packs(p->rules) > before)
		sha256_text(buf_str(&text), p->digests[before]);
	buf_done(&text);
	return rc;
}

/* The user's (NULL: no home), and the one that is installed or told. */
static void
find_folders(struct arena *perm, const char *out[FOLDERS])
{
	out[0] = folder_of_user(perm, "XDG_CONFIG_HOME", ".config", "rules");
	out[1] = folder_of_data(perm, "CLAQUE_RULES", "rules");
}

enum claque_rc
packs_missing(const struct packs_order *order, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_BYTES), perm = whole;
	const char *folders[FOLDERS];
	enum claque_rc rc;

	find_folders(&perm, folders);
	if (order->only)
		rc = err_set(err, CLAQUE_ENOTFOUND, "no rule pack: --only leaves those of --rules"
			     " FILE, and none is named");
	else
		rc = err_set(err, CLAQUE_ENOTFOUND, "no rule pack (NAME.rules) in %s%s%s; --rules"
			     " FILE names one, and claque-rules(7) tells what it looks like",
			     folders[0] != NULL ? folders[0] : "",
			     folders[0] != NULL ? ", nor in " : "", folders[1]);
	arena_free(whole);
	return rc;
}

struct finding {
	struct packs *packs;
	const struct packs_order *order;
};

/* One bad file of a folder must not keep the topics of all others from being looked for. */
static enum claque_rc
add_found(void *ctx, const char *path, struct claque_err *err)
{
	const struct finding *f = ctx;

	if (add_file(f->packs, path, err) != CLAQUE_OK && f->order->warn != NULL)
		f->order->warn(f->order->ctx, str_of(err->msg));
	return CLAQUE_OK;
}

enum claque_rc
packs_read(const struct packs_order *order, struct packs *out, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_BYTES), perm = whole;
	const char *folders[FOLDERS];
	struct finding finding = { out, order };
	const struct folder_walk walk = { ".rules", &finding, add_found };
	enum claque_rc rc = CLAQUE_OK;

	find_folders(&perm, folders);
	*out = (struct packs){ .rules = rules_new() };
	for (size_t i = 0; rc == CLAQUE_OK && i < order->file_count; i++)
		rc = add_file(out, str_z(&perm, order->files[i]), err);
	for (size_t i = 0; rc == CLAQUE_OK && !order->only && i < FOLDERS; i++)
		if (folders[i] != NULL)
			rc = folder_each(folders[i], &walk, perm, err);
	arena_free(whole);
	return rc;
}

void
packs_done(struct packs *p)
{
	rules_free(p->rules);
	p->rules = NULL;
}
