#include "config.h"

#include "export/graph.h"

#include <stdlib.h>

#include "base/err.h"
#include "export/xml.h"

enum { ROOM_BYTES = 4 << 20, NAMES_BYTES_MAX = 1 << 12 };

struct ends {			/* columns of a table of nodes or edges; -1: none */
	int from, from_platform, to, to_platform;
};

struct walk {
	struct graph g;
	const struct graph_form *form;
	const struct rowset *table;	/* that is being walked */
	struct ends ends;
	struct map nodes;		/* id, NUL, platform */
	struct map ids;			/* their ids alone */
	bool *numbered;			/* by node: its id would not tell it from another */
	size_t numbered_cap;
};

const char *
graph_type(enum column_form form)
{
	static const char *const types[] = {
		[FORM_TEXT] = "string", [FORM_ID] = "string", [FORM_TIME] = "string",
		[FORM_COUNT] = "long", [FORM_FLAG] = "boolean",
		[FORM_SCORE] = "double", [FORM_REAL] = "double", [FORM_ODDS] = "double",
		[FORM_PVALUE] = "double",
	};

	return types[form];
}

bool
graph_value(const struct column *c, const struct value *v, struct arena *perm,
	    struct claque_str *out)
{
	bool number = graph_type(c->form)[0] != 's';

	if (v->type == VALUE_NULL || (number && v->type == VALUE_TEXT))
		return false;
	*out = value_listing(perm, c, v);
	if (c->form == FORM_FLAG)
		*out = value_number(v, 0) != 0 ? STR("true") : STR("false");
	return !number || out->len > 0;
}

const char *
graph_absent(const struct graph *g)
{
	if (g->members == NULL)
		return g->edges == NULL ? "members, edges" : "members";
	return g->edges == NULL ? "edges" : "";
}

static struct claque_str
cell_text(const struct rowset *t, struct arena *perm, const struct row *row, int column)
{
	return column < 0 ? STR("") :
	       value_listing(perm, &t->columns[column], table_value(row, column));
}

struct claque_str
graph_label(const struct graph *g, const struct row *row, struct arena *perm)
{
	return cell_text(g->members, perm, row, table_column(g->members, "handle name"));
}

/* '#' is the mark of a number, so an id with one of its own gets a number, too. */
static bool
needs_number(struct claque_str id, struct claque_str clean)
{
	return id.p != clean.p || str_find(id, STR("#"), 0) < id.len ||
	       str_find(id, STR("\xef\xbf\xbd"), 0) < id.len;
}

/* The id that the node has in the file; *is_new: it was not written yet. */
static struct claque_str
find_node(struct walk *w, struct arena *perm, const struct row *row, int column, int platform,
	  bool *is_new)
{
	struct claque_str id = cell_text(w->table, perm, row, column);
	struct claque_str where = cell_text(w->table, perm, row, platform);
	struct claque_str clean = xml_clean(perm, id);
	char *key = ARENA_NEW(perm, char, id.len + where.len + 1);
	uint32_t number;
	bool first;

	if (id.len > 0)
		memcpy(key, id.p, id.len);
	if (where.len > 0)
		memcpy(key + id.len + 1, where.p, where.len);
	number = map_add(&w->nodes, (struct claque_str){ key, id.len + where.len + 1 }, is_new);
	if (*is_new) {
		(void)map_add(&w->ids, id, &first);
		GROW(w->numbered, w->numbered_cap, (size_t)number + 1);
		w->numbered[number] = !first || needs_number(id, clean);
	}
	return w->numbered[number] ? str_fmt(perm, STR_FMT "#%u", STR_ARG(clean), number) : clean;
}

static void
add_member(void *ctx, const struct row *row)
{
	struct walk *w = ctx;
	struct arena scratch = w->g.scratch;
	bool is_new;
	struct claque_str id = find_node(w, &scratch, row, w->ends.from, w->ends.from_platform,
					 &is_new);

	if (is_new)	/* in a second group: the better one came first */
		w->form->node(&w->g, id, row);
}

static struct claque_str
end_of(struct walk *w, struct arena *perm, const struct row *row, int column, int platform)
{
	bool is_new;
	struct claque_str id = find_node(w, perm, row, column, platform, &is_new);

	if (is_new)
		w->form->node(&w->g, id, NULL);
	return id;
}

/* An end of an edge that no group holds is a node all the same. */
static void
add_ends(void *ctx, const struct row *row)
{
	struct walk *w = ctx;
	struct arena scratch = w->g.scratch;

	(void)end_of(w, &scratch, row, w->ends.from, w->ends.from_platform);
	(void)end_of(w, &scratch, row, w->ends.to, w->ends.to_platform);
}

static void
add_edge(void *ctx, const struct row *row)
{
	struct walk *w = ctx;
	struct arena scratch = w->g.scratch;
	struct claque_str from = end_of(w, &scratch, row, w->ends.from, w->ends.from_platform);
	struct claque_str to = end_of(w, &scratch, row, w->ends.to, w->ends.to_platform);

	w->form->edge(&w->g, from, to, row);
	w->g.edges_done++;
}

static enum claque_rc
walk_table(struct walk *w, const struct rowset *table, const struct ends *ends,
	   void (*each)(void *ctx, const struct row *row), struct claque_err *err)
{
	if (table == NULL)
		return CLAQUE_OK;
	w->table = table;
	w->ends = *ends;
	return sink_walk(w->g.sink, table, each, w, err);
}

/* Before the first edge, all nodes: a walk that asks for nothing but ends. */
static enum claque_rc
walk_ends(struct walk *w, const struct ends *ends, struct claque_err *err)
{
	const struct rowset *t = w->g.edges;
	const int columns[] = { ends->from, ends->from_platform, ends->to, ends->to_platform };
	struct buf names;
	enum claque_rc rc;

	if (t == NULL)
		return CLAQUE_OK;
	buf_init(&names, NAMES_BYTES_MAX);
	for (size_t i = 0; i < sizeof(columns) / sizeof(columns[0]); i++)
		if (columns[i] >= 0)
			buf_addf(&names, "%s%s", names.len > 0 ? " " : "", t->columns[columns[i]].name);
	buf_addc(&names, '\0');
	w->table = t;
	w->ends = *ends;
	rc = sink_walk_some(w->g.sink, t, names.p, add_ends, w, err);
	buf_done(&names);
	return rc;
}

static enum claque_rc
walk_all(struct walk *w, struct claque_err *err)
{
	const struct rowset *members = table_find(w->g.in, "members");
	const struct rowset *edges = table_find(w->g.in, "edges");
	const struct ends of_edges = {
		.from = table_column(edges, "a account_a account_id from source user_1"),
		.to = table_column(edges, "b account_b account_id_y to target user_2"),
		.from_platform = table_column(edges, "a_platform"),
		.to_platform = table_column(edges, "b_platform"),
	};
	bool told = edges == NULL || (of_edges.from_platform >= 0 && of_edges.to_platform >= 0);
	const struct ends of_members = {
		.from = table_column(members, "account_id account id"),
		.from_platform = told ? table_column(members, "platform") : -1,	/* by both */
	};
	enum claque_rc rc;

	/* Only a table with the columns that make nodes or edges is one. */
	w->g.members = of_members.from < 0 ? NULL : members;
	w->g.edges = of_edges.from < 0 || of_edges.to < 0 ? NULL : edges;
	w->form->head(&w->g);
	rc = walk_table(w, w->g.members, &of_members, add_member, err);
	if (rc == CLAQUE_OK)
		rc = walk_ends(w, &of_edges, err);
	if (w->form->between != NULL)
		w->form->between(&w->g);
	if (rc == CLAQUE_OK)
		rc = walk_table(w, w->g.edges, &of_edges, add_edge, err);
	w->form->foot(&w->g);
	return rc;
}

enum claque_rc
graph_write(const struct graph_form *form, const struct export_input *in, const char *path,
	    struct claque_err *err)
{
	struct sink sink;
	struct walk w = { .g = { .in = in, .sink = &sink }, .form = form };
	struct arena room;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROOM_BYTES);
	w.g.scratch = room;
	map_init(&w.nodes);
	map_init(&w.ids);
	rc = sink_close(&sink, walk_all(&w, err), err);
	map_done(&w.nodes);
	map_done(&w.ids);
	free(w.numbered);
	arena_free(room);
	return rc;
}
