#include "config.h"

#include "engine/site.h"

#include "base/array.h"
#include "engine/tick.h"

/* The host of "https://host/path". */
static struct claque_str
host_of_url(struct claque_str url)
{
	size_t from = str_find(url, STR("://"), 0), to;

	from = from == url.len ? 0 : from + 3;
	for (to = from; to < url.len && url.p[to] != '/' && url.p[to] != '?' && url.p[to] != ':';)
		to++;
	return str_sub(url, from, to - from);
}

enum claque_object_kind
site_kind(const struct claque_dataset *ds)
{
	for (uint32_t o = 0; o < ds->object_names.count; o++)
		if (dataset_object_kind(ds, o) == CLAQUE_OBJECT_domain)
			return CLAQUE_OBJECT_domain;
	return CLAQUE_OBJECT_url;
}

struct claque_str
site_of_object(const struct claque_dataset *ds, uint32_t object)
{
	struct claque_str id = claque_dataset_object_id(ds, object);

	return dataset_object_kind(ds, object) == CLAQUE_OBJECT_url ? host_of_url(id) : id;
}

struct site *
sites_add(struct sites *s, struct claque_str name)
{
	struct host host;
	bool is_new;
	uint32_t number;

	if (!host_read(name, &s->suffixes, &host))
		return NULL;
	number = map_add(&s->names, name, &is_new);
	if (is_new) {
		ARRAY_GROW(s->items, s->cap, (size_t)number + 1);
		s->items[number] = (struct site){ .host = host, .first = CLAQUE_NO_TIME,
						  .last = CLAQUE_NO_TIME };
		s->count = (size_t)number + 1;
	}
	return &s->items[number];
}

struct gather {
	struct sites *sites;
	const struct claque_dataset *ds;
	uint32_t *seen;		/* by account: the last site it was counted for, + 1 */
	uint32_t stamp;
};

/* Shares come by time, so the first rows are the earliest. */
static void
add_link(struct gather *g, struct site *site, const struct claque_share *share)
{
	struct sites *s = g->sites;

	site->links++;
	if (share->at != CLAQUE_NO_TIME) {
		if (site->first == CLAQUE_NO_TIME || share->at < site->first)
			site->first = share->at;
		if (site->last == CLAQUE_NO_TIME || share->at > site->last)
			site->last = share->at;
	}
	if (site->row_count < SITE_ROWS)
		site->rows[site->row_count++] = share->row;
	if (g->seen[share->account] == g->stamp)
		return;
	g->seen[share->account] = g->stamp;
	site->accounts++;
	s->diet[share->account]++;
	ARRAY_GROW(s->audience, s->audience_cap, s->audience_count + 1);
	s->audience[s->audience_count++] = share->account;
}

static void
add_links(struct gather *g, struct site *site, uint32_t object)
{
	const struct claque_dataset *ds = g->ds;

	for (uint64_t i = ds->object_from[object]; i < ds->object_from[object + 1]; i++)
		add_link(g, site, &ds->shares[i]);
}

struct named {
	struct claque_str id;
	uint32_t object;
};

static int
compare_names(const void *pa, const void *pb)
{
	const struct named *a = pa, *b = pb;

	return str_cmp(a->id, b->id);
}

/* Sites get their numbers by name: sums over them must not depend on the order of the input. */
static struct named *
list_objects(const struct claque_dataset *ds, enum claque_object_kind kind, size_t *count)
{
	struct named *list = NULL;
	size_t cap = 0;

	*count = 0;
	for (uint32_t o = 0; o < ds->object_names.count; o++) {
		if (dataset_object_kind(ds, o) != kind)
			continue;
		ARRAY_GROW(list, cap, *count + 1);
		list[(*count)++] = (struct named){ claque_dataset_object_id(ds, o), o };
	}
	if (*count > 1)
		array_sort(list, *count, sizeof(*list), compare_names);
	return list;
}

static enum claque_rc
gather_domains(struct gather *g, const struct named *list, size_t count, struct ticker *t)
{
	const struct claque_dataset *ds = g->ds;

	for (size_t i = 0; i < count; i++) {
		uint32_t o = list[i].object;
		struct site *site = sites_add(g->sites, list[i].id);

		if (!tick(t, 1, 4 * (ds->object_from[o + 1] - ds->object_from[o]) + 1))
			return CLAQUE_STOPPED;
		if (site == NULL)
			continue;
		g->stamp++;
		site->audience_from = g->sites->audience_count;
		add_links(g, site, o);
	}
	return CLAQUE_OK;
}

struct page {
	uint32_t site, object;
};

static int
compare_pages(const void *pa, const void *pb)
{
	const struct page *a = pa, *b = pb;

	if (a->site != b->site)
		return a->site < b->site ? -1 : 1;
	return (a->object > b->object) - (a->object < b->object);
}

/* URLs of the sites. */
static size_t
list_pages(struct gather *g, struct page **out)
{
	const struct claque_dataset *ds = g->ds;
	size_t count = 0, cap = 0;

	*out = NULL;
	for (uint32_t o = 0; o < ds->object_names.count; o++) {
		uint32_t number;

		if (dataset_object_kind(ds, o) != CLAQUE_OBJECT_url ||
		    ds->object_from[o] == ds->object_from[o + 1])
			continue;
		number = map_get(&g->sites->names, site_of_object(ds, o));
		if (number == MAP_NONE)
			continue;
		ARRAY_GROW(*out, cap, count + 1);
		(*out)[count++] = (struct page){ number, o };
	}
	return count;
}

static void
gather_pages(struct gather *g, bool links_too)
{
	struct page *pages;
	size_t count = list_pages(g, &pages);

	if (count > 1)
		array_sort(pages, count, sizeof(*pages), compare_pages);
	for (size_t i = 0; i < count; i++) {
		struct site *site = &g->sites->items[pages[i].site];

		site->pages++;
		if (!links_too)
			continue;
		if (site->pages == 1) {
			g->stamp++;
			site->audience_from = g->sites->audience_count;
		}
		add_links(g, site, pages[i].object);
	}
	array_free(pages);
}

static enum claque_rc
gather_all(struct gather *g, const struct claque_progress *progress)
{
	enum claque_object_kind kind = site_kind(g->ds);
	size_t count;
	struct named *list = list_objects(g->ds, kind, &count);
	struct ticker t = { .progress = progress, .stage = "reading links", .total = count };
	enum claque_rc rc = CLAQUE_OK;

	if (kind == CLAQUE_OBJECT_domain)
		rc = gather_domains(g, list, count, &t);
	for (size_t i = 0; i < count && kind == CLAQUE_OBJECT_url; i++)
		(void)sites_add(g->sites, site_of_object(g->ds, list[i].object));
	if (rc == CLAQUE_OK)
		gather_pages(g, kind == CLAQUE_OBJECT_url);
	array_free(list);
	return rc;
}

enum claque_rc
sites_init(struct sites *s, const struct claque_dataset *ds, const struct claque_progress *progress)
{
	struct gather g = { .sites = s, .ds = ds };
	enum claque_rc rc;

	*s = (struct sites){ .suffixes = ds->suffixes };
	map_init(&s->names);
	s->diet = ARRAY_NEW(uint32_t, ds->account_names.count);
	g.seen = ARRAY_NEW(uint32_t, ds->account_names.count);
	rc = gather_all(&g, progress);
	array_free(g.seen);
	return rc;
}

void
sites_done(struct sites *s)
{
	map_done(&s->names);
	array_free(s->items);
	array_free(s->audience);
	array_free(s->diet);
	*s = (struct sites){ 0 };
}
