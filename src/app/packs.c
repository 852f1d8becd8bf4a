#include "config.h"

#include "app/packs.h"

#include <stdlib.h>

#include "base/file.h"
#include "base/folder.h"

enum { PATH_BYTES = 1 << 20 };

static enum claque_rc
add_file(void *ctx, const char *path, struct claque_err *err)
{
	struct packs *p = ctx;
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

enum claque_rc
packs_read(const struct packs_order *order, struct packs *out, struct claque_err *err)
{
	struct arena whole = arena_new(PATH_BYTES), perm = whole;
	const char *told = getenv("CLAQUE_RULES");
	const char *folders[] = {
		folder_of_user(&perm, "XDG_CONFIG_HOME", ".config", "rules"),
		told != NULL ? told : PKGDATADIR "/rules",
	};
	const struct folder_walk walk = { ".rules", out, add_file };
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct packs){ .rules = rules_new() };
	for (size_t i = 0; rc == CLAQUE_OK && i < order->file_count; i++)
		rc = add_file(out, str_z(&perm, order->files[i]), err);
	for (size_t i = 0; rc == CLAQUE_OK && !order->only && i < 2; i++)
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
