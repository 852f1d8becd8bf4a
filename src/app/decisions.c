#include "config.h"

#include "app/decisions.h"

#include <math.h>
#include <stdlib.h>

#include "app/table_file.h"
#include "base/err.h"
#include "store/result.h"
#include "text/url.h"

enum { ROOM = 1 << 20 };

void
decisions_init(struct decisions *d)
{
	*d = (struct decisions){ 0 };
	map_init(&d->accounts);
	map_init(&d->sources);
	map_init(&d->authors);
	map_init(&d->cleared);
	d->room = arena_new(ROOM);
}

void
decisions_done(struct decisions *d)
{
	map_done(&d->accounts);
	map_done(&d->sources);
	map_done(&d->authors);
	map_done(&d->cleared);
	arena_free(d->room);
	free(d->priors);
	free(d->account_met);
	free(d->source_met);
}

/* True if it is a new one. */
static bool
add_prior(struct decisions *d, struct claque_str account, double prior)
{
	bool is_new;
	uint32_t n = map_add(&d->accounts, account, &is_new);

	GROW(d->priors, d->prior_cap, (size_t)n + 1);
	GROW(d->account_met, d->account_met_cap, (size_t)n + 1);
	if (is_new) {
		d->priors[n] = prior;
		d->account_met[n] = false;
	}
	return is_new;
}

static void
allow(struct decisions *d, struct claque_str key)
{
	bool is_new;
	uint32_t n = map_add(&d->sources, key, &is_new);

	GROW(d->source_met, d->source_met_cap, (size_t)n + 1);
	if (is_new)
		d->source_met[n] = false;
}

struct file {
	struct decisions *d;
	const char *path;
	uint64_t rows;
};

static enum claque_rc
check_name(struct file *f, struct claque_str name, uint64_t row, struct claque_err *err)
{
	if (++f->rows > DECISIONS_MAX)
		return err_set(err, CLAQUE_ELIMIT, "%s, row %llu: more than %d rows; keep those that "
			       "matter most", f->path, (unsigned long long)row, DECISIONS_MAX);
	if (name.len == 0 || name.len > DECISION_BYTES_MAX)
		return err_set(err, CLAQUE_EINPUT, "%s, row %llu: the first cell is %s; fill it in or "
			       "delete the row", f->path, (unsigned long long)row,
			       name.len == 0 ? "empty" : "too long");
	return CLAQUE_OK;
}

static enum claque_rc
take_prior(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct file *f = ctx;
	struct claque_str account = str_trim(cells[0]);
	double prior = 0;
	enum claque_rc rc = check_name(f, account, row, err);

	if (rc != CLAQUE_OK)
		return rc;
	if (!str_to_double(str_trim(cells[1]), &prior) || !(prior >= 1e-9 && prior <= 1 - 1e-9))
		return err_set(err, CLAQUE_EINPUT, "%s, row %llu: '" STR_FMT "' is no prior; give how "
			       "likely it is before looking, more than 0 and less than 1", f->path,
			       (unsigned long long)row, STR_ARG(str_head(cells[1], 40)));
	if (!add_prior(f->d, account, prior))
		return err_set(err, CLAQUE_EINPUT, "%s, row %llu: account " STR_FMT " is there "
			       "already; keep one of both rows", f->path, (unsigned long long)row,
			       STR_ARG(str_head(account, 40)));
	return CLAQUE_OK;
}

/* What people write, in the form of keys; an address without a path is a domain. */
static struct claque_str
key_of(struct claque_str s, struct arena *perm)
{
	struct url_parts parts;
	struct url url;

	if (s.p[0] == '#')
		return str_lower(perm, s);
	if (s.p[0] == '@' || !url_split(s, &parts) || !url_read(s, perm, &url))
		return s;
	if (url.status.len > 0)
		return url.status;
	return parts.path.len <= 1 && parts.query.len == 0 ? url.host : url.key;
}

static enum claque_rc
take_allowed(void *ctx, const struct claque_str *cells, uint64_t row, struct claque_err *err)
{
	struct file *f = ctx;
	struct claque_str source = str_trim(cells[0]);
	struct arena scratch = f->d->room;
	enum claque_rc rc = check_name(f, source, row, err);

	if (rc == CLAQUE_OK)
		allow(f->d, key_of(source, &scratch));
	return rc;
}

enum claque_rc
decisions_read(struct decisions *d, const struct decision_files *files, struct claque_err *err)
{
	struct file priors = { .d = d, .path = files->priors };
	struct file allowed = { .d = d, .path = files->allow };
	struct table_file prior_table = { .path = files->priors, .required = 2, .ctx = &priors,
					  .columns = { "account_id", "prior" }, .each = take_prior };
	struct table_file allow_table = { .path = files->allow, .required = 1, .ctx = &allowed,
					  .columns = { "source" }, .each = take_allowed };
	enum claque_rc rc = CLAQUE_OK;

	if (files->priors != NULL)
		rc = table_file_read(&prior_table, err);
	if (rc == CLAQUE_OK && files->allow != NULL)
		rc = table_file_read(&allow_table, err);
	return rc;
}

static bool
take_run_prior(void *ctx, struct claque_str account, double prior)
{
	(void)add_prior(ctx, account, prior);
	return true;
}

static bool
take_run_source(void *ctx, struct claque_str key, double unused)
{
	(void)unused;
	allow(ctx, key);
	return true;
}

static bool
take_run_cleared(void *ctx, struct claque_str id, double unused)
{
	(void)unused;
	(void)decisions_clear(ctx, id, true);
	return true;
}

enum claque_rc
decisions_of_run(struct decisions *d, struct store *store, struct claque_err *err)
{
	enum claque_rc rc = result_decided(store, RESULT_PRIORS, take_run_prior, d, err);

	if (rc == CLAQUE_OK)
		rc = result_decided(store, RESULT_ALLOWED, take_run_source, d, err);
	return rc == CLAQUE_OK ? result_decided(store, RESULT_CLEARED, take_run_cleared, d, err) : rc;
}

static json_t *
names_json(const struct map *names)
{
	json_t *list = json_array();

	for (uint32_t n = 0; n < names->count; n++)
		if (json_array_append_new(list, json_text(map_key(names, n))) != 0)
			base_oom();
	return list;
}

void
decisions_put(const struct decisions *d, json_t *settings)
{
	json_t *priors = json_array();

	for (uint32_t n = 0; n < d->accounts.count; n++) {
		json_t *pair = json_object();

		json_put(pair, "account", json_text(map_key(&d->accounts, n)));
		json_put(pair, "prior", json_number(d->priors[n]));
		if (json_array_append_new(priors, pair) != 0)
			base_oom();
	}
	json_put(settings, "allow", names_json(&d->sources));
	json_put(settings, "cleared_accounts", names_json(&d->cleared));
	json_put(settings, "priors", priors);
}

/* The name with this byte before it, looked up; MAP_NONE. */
static uint32_t
find_marked(const struct decisions *d, const struct map *m, char mark, struct claque_str name)
{
	struct arena scratch = d->room;

	if (m->count == 0 || name.len == 0 || name.len > DECISION_BYTES_MAX)
		return MAP_NONE;
	if (name.p[0] == mark)
		return map_get(m, name);
	return map_get(m, str_fmt(&scratch, "%c" STR_FMT, mark, STR_ARG(name)));
}

static bool
meet(struct decisions *d, uint32_t n)
{
	if (n != MAP_NONE)
		d->source_met[n] = true;
	return n != MAP_NONE;
}

/* Is the host an allowed domain, or below one? */
static bool
meet_host(struct decisions *d, struct claque_str host)
{
	while (host.len > 0) {
		size_t dot = str_find(host, STR("."), 0);

		if (meet(d, map_get(&d->sources, host)))
			return true;
		host = str_sub(host, dot + 1, host.len);
	}
	return false;
}

static bool
meet_page(struct decisions *d, struct claque_str key)
{
	struct arena scratch = d->room;
	struct claque_str host;

	return meet(d, map_get(&d->sources, key)) ||
	       (url_host(key, &scratch, &host) && meet_host(d, host));
}

double
decisions_meet_account(struct decisions *d, struct claque_str id, struct claque_str handle)
{
	uint32_t n = map_get(&d->accounts, id);

	if (n == MAP_NONE)
		n = find_marked(d, &d->accounts, '@', handle);
	if (meet(d, find_marked(d, &d->sources, '@', handle)) ||
	    meet(d, find_marked(d, &d->sources, '@', id)))
		(void)map_add(&d->authors, id, NULL);
	if (n == MAP_NONE)
		return (double)NAN;
	d->account_met[n] = true;
	return d->priors[n];
}

bool
decisions_meet_source(struct decisions *d, enum claque_object_kind kind, struct claque_str key,
		      struct claque_str author)
{
	if (kind == CLAQUE_OBJECT_domain)
		return meet_host(d, key);
	if (kind == CLAQUE_OBJECT_url)
		return meet_page(d, key);
	if (kind == CLAQUE_OBJECT_hashtag)
		return meet(d, find_marked(d, &d->sources, '#', key));
	return meet(d, map_get(&d->sources, key)) ||
	       (author.len > 0 && map_get(&d->authors, author) != MAP_NONE);
}

bool
decisions_clear(struct decisions *d, struct claque_str id, bool tagged)
{
	if (tagged)
		(void)map_add(&d->cleared, id, NULL);
	return tagged || map_get(&d->cleared, id) != MAP_NONE;
}

void
decisions_allow_source(struct decisions *d, enum claque_object_kind kind, struct claque_str key)
{
	struct arena scratch = d->room;

	allow(d, kind == CLAQUE_OBJECT_hashtag ? str_fmt(&scratch, "#" STR_FMT, STR_ARG(key))
							 : key);
}

static size_t
count_unmet(const bool *met, uint32_t count)
{
	size_t unmet = 0;

	for (uint32_t n = 0; n < count; n++)
		unmet += !met[n];
	return unmet;
}

size_t
decisions_unmet_accounts(const struct decisions *d)
{
	return count_unmet(d->account_met, d->accounts.count);
}

size_t
decisions_unmet_sources(const struct decisions *d)
{
	return count_unmet(d->source_met, d->sources.count);
}
