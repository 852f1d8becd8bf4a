/*
 * ego.c - who is tied to whom around one account, or inside one cluster: the
 * validated edges of the last run, the strongest signal of each pair.
 */
#include "config.h"

#include "store/list.h"
#include "store/picture_impl.h"

#define LAST_RUN "(SELECT max(id) FROM run)"

static const char links_sql[] =
	"SELECT e.a, e.b, max(e.weight) AS w FROM json_each(?1) j CROSS JOIN edge e"
	" ON e.a = j.value AND e.run = " LAST_RUN
	" WHERE e.b IN (SELECT value FROM json_each(?1)) GROUP BY e.a, e.b ORDER BY w DESC, e.a, e.b";

static void
add_node(struct ego *ego, int64_t id, uint32_t weight)
{
	ego->nodes[ego->node_count++] = (struct ego_node){ .id = id, .weight = weight };
}

static enum claque_rc
read_nodes(struct store *s, const struct ego_of *of, size_t limit, struct arena *perm,
	   struct ego *ego, struct claque_err *err)
{
	struct list_query q = { .list = LIST_NEIGHBOURS, .subject = of->subject, .set = of->set,
				.lens = lens_open(), .sort = -1 };
	size_t count, got = 0;
	const struct column *columns = list_columns(LIST_NEIGHBOURS, &count);
	size_t weight = column_find(columns, count, STR("weight"));
	struct row *rows;
	int64_t all = 0;
	enum claque_rc rc = list_count(s, &q, 0, &all, err);

	if (rc == CLAQUE_OK)
		rc = list_rows(s, &q, 0, (int64_t)limit, perm, &rows, &got, err);
	for (size_t i = 0; i < got && ego->node_count < EGO_NODES_MAX; i++)
		add_node(ego, rows[i].id, (uint32_t)rows[i].values[weight].i);
	ego->folded = all - (int64_t)got;
	return rc;
}

static size_t
find_node(const struct ego *ego, int64_t id)
{
	size_t i = 0;

	while (i < ego->node_count && ego->nodes[i].id != id)
		i++;
	return i;
}

static void
add_link(struct ego *ego, size_t a, size_t b, uint32_t weight)
{
	if (a == ego->node_count || b == ego->node_count || a == b ||
	    ego->link_count == EGO_LINKS_MAX)
		return;
	ego->links[ego->link_count++] = (struct ego_link){
		(uint8_t)(a < b ? a : b), (uint8_t)(a < b ? b : a), weight };
}

static enum claque_rc
read_links(struct store *s, struct ego *ego, struct claque_err *err)
{
	struct group all = { .count = ego->node_count };
	sqlite3_stmt *st = NULL;
	struct buf json;
	enum claque_rc rc = stmt_prepare(s, links_sql, &st, err);

	_Static_assert((int)EGO_NODES_MAX <= (int)GROUP_MAX, "nodes are a group");
	if (rc != CLAQUE_OK)
		return rc;
	for (size_t i = 0; i < ego->node_count; i++)
		all.accounts[i] = ego->nodes[i].id;
	buf_init(&json, GROUP_JSON_MAX);
	group_json(&json, &all);
	bind_str(st, 1, buf_str(&json));
	while ((rc = stmt_step(s, st, err)) == CLAQUE_OK)
		add_link(ego, find_node(ego, column_i64(st, 0, 0)),
			 find_node(ego, column_i64(st, 1, 0)), (uint32_t)column_i64(st, 2, 0));
	(void)sqlite3_finalize(st);
	buf_done(&json);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

enum claque_rc
ego_read(struct store *s, const struct ego_of *of, size_t limit, struct arena *perm,
	 struct ego *out, struct claque_err *err)
{
	enum claque_rc rc;

	*out = (struct ego){ .has_centre = of->subject.kind == SUBJECT_account };
	if (out->has_centre)
		add_node(out, of->subject.id, 0);
	rc = read_nodes(s, of, limit < EGO_NODES_MAX - 1 ? limit : EGO_NODES_MAX - 1, perm,
			out, err);
	if (rc == CLAQUE_OK)
		rc = read_links(s, out, err);
	for (size_t i = 0; rc == CLAQUE_OK && i < out->node_count; i++)
		rc = list_subject_name(s, (struct subject){ SUBJECT_account, out->nodes[i].id },
				       perm, &out->nodes[i].name, err);
	return rc;
}
