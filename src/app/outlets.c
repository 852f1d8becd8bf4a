#include "config.h"

#include "app/outlets.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/table_file.h"
#include "base/err.h"
#include "base/folder.h"
#include "text/url.h"

enum { OUTLETS_ARENA = 64 << 20, ROW_ARENA = 1 << 18, SHOWN = 60, HANDLE_MAX = 64 };

struct reading {
	struct outlets *out;
	struct arena *perm;
	struct arena scratch;		/* for a row */
	const char *path;
	struct claque_str name;		/* of the file, without its folders */
};

static bool
has(const struct claque_str *list, size_t count, struct claque_str s)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq_nocase(list[i], s))
			return true;
	return false;
}

static struct claque_str
where(const struct reading *r, uint64_t row)
{
	return str_fmt(r->perm, STR_FMT ":%llu", STR_ARG(r->name), (unsigned long long)row);
}

static void
take_domain(struct reading *r, struct claque_str host, uint64_t row)
{
	struct outlets *o = r->out;

	if (has(o->domains, o->domain_count, host))
		return;
	o->domains[o->domain_count] = host;
	o->domain_where[o->domain_count++] = where(r, row);
}

static void
take_handle(struct reading *r, struct claque_str handle, uint64_t row)
{
	struct outlets *o = r->out;

	if (handle.len > 0 && handle.p[0] == '@')
		handle = str_sub(handle, 1, handle.len);
	if (handle.len == 0 || has(o->handles, o->handle_count, handle))
		return;
	o->handles[o->handle_count] = str_dup(r->perm, handle);
	o->handle_where[o->handle_count++] = where(r, row);
}

static enum claque_rc
take_row(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct reading *r = ctx;
	struct claque_str domain = str_trim(cells[0]), handle = str_trim(cells[1]), host;
	struct arena scratch = r->scratch;

	if (r->out->domain_count == OUTLETS_MAX || r->out->handle_count == OUTLETS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s, row %llu: lists hold up to %d names; leave "
			       "out what nobody would imitate", r->path, (unsigned long long)row,
			       OUTLETS_MAX);
	if (domain.len == 0 && handle.len == 0)
		return CLAQUE_OK;
	if (domain.len > 0 && !url_host(domain, &scratch, &host))
		return err_set(err, CLAQUE_EINPUT, "%s, row %llu: '" STR_FMT "' is no host name; "
			       "write spiegel.de", r->path, (unsigned long long)row,
			       STR_ARG(str_head(domain, SHOWN)));
	if (handle.len > HANDLE_MAX)
		return err_set(err, CLAQUE_EINPUT, "%s, row %llu: a handle of over %d bytes", r->path,
			       (unsigned long long)row, HANDLE_MAX);
	if (domain.len > 0)
		take_domain(r, str_dup(r->perm, host), row);
	take_handle(r, handle, row);
	return CLAQUE_OK;
}

static struct claque_str
file_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return str_of(slash != NULL ? slash + 1 : path);
}

static enum claque_rc
add_file(struct outlets *out, struct arena *perm, const char *path, struct claque_err *err)
{
	struct arena row = arena_new(ROW_ARENA);
	struct reading r = { out, perm, row, path, file_name(path) };
	struct table_file table = { .path = path, .columns = { "domain", "handle" },
				    .required = 1, .ctx = &r, .each = take_row };
	enum claque_rc rc;

	rc = table_file_read(&table, err);
	arena_free(row);
	return rc;
}

/* A folder that is not told, or that has no list, adds nothing. */
static enum claque_rc
add_folder(struct outlets *out, struct arena *perm, const char *folder, struct claque_err *err)
{
	const char *path;

	if (folder == NULL)
		return CLAQUE_OK;
	path = str_fmt(perm, "%s/outlets.csv", folder).p;
	return access(path, F_OK) == 0 ? add_file(out, perm, path, err) : CLAQUE_OK;
}

enum claque_rc
outlets_read(const char *file, struct outlets *out, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;
	struct arena perm;

	*out = (struct outlets){ .whole = arena_new(OUTLETS_ARENA) };
	perm = out->whole;
	out->domains = ARENA_NEW(&perm, struct claque_str, OUTLETS_MAX);
	out->handles = ARENA_NEW(&perm, struct claque_str, OUTLETS_MAX);
	out->domain_where = ARENA_NEW(&perm, struct claque_str, OUTLETS_MAX);
	out->handle_where = ARENA_NEW(&perm, struct claque_str, OUTLETS_MAX);
	if (file[0] != '\0')
		rc = add_file(out, &perm, file, err);
	if (rc == CLAQUE_OK)
		rc = add_folder(out, &perm, folder_of_user(&perm, "XDG_CONFIG_HOME", ".config",
							   "rules"), err);
	if (rc == CLAQUE_OK)
		rc = add_folder(out, &perm, folder_of_data(&perm, "CLAQUE_RULES", "rules"), err);
	return rc;
}

void
outlets_done(struct outlets *o)
{
	arena_free(o->whole);
	*o = (struct outlets){ 0 };
}

static struct claque_str
find(const struct claque_str *list, const struct claque_str *places, size_t count,
     struct claque_str s)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(list[i], s))
			return places[i];
	return (struct claque_str){ 0 };
}

struct claque_str
outlets_say(const struct outlets *o, struct arena *perm, struct claque_str target,
	    struct claque_str why)
{
	struct claque_str place = find(o->domains, o->domain_where, o->domain_count, target);

	if (place.len == 0)
		place = find(o->handles, o->handle_where, o->handle_count, target);
	if (place.len == 0)
		return why;
	return str_fmt(perm, "imitates " STR_FMT " (list " STR_FMT "); " STR_FMT, STR_ARG(target),
		       STR_ARG(place), STR_ARG(why));
}
