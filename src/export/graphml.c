/*
 * graphml.c - the network as GraphML (graphdrawing.org, 2002): what Gephi,
 * igraph, networkx and the peers' users read.
 *
 * A node is an account under its own id, always text: 19 digits do not survive
 * as a number. Every other column of "members" and "edges" becomes an
 * attribute under its name. An account that only an edge names gets a node
 * without attributes, so that no edge hangs in the air. XML 1.0 has no way to
 * write most control characters: they become U+FFFD, and an id that had some,
 * or a U+FFFD of its own, gets a number, so that two accounts never become one;
 * so does an id that another platform has given out as well.
 */
#include "config.h"

#include "export/table.h"

#include <stdlib.h>

#include "base/clock.h"
#include "base/err.h"
#include "base/map.h"
#include "base/utf8.h"
#include "export/sink.h"

enum { ROOM_BYTES = 4 << 20, NAMES_MAX = 1 << 12, REPLACEMENT = 0xfffd };

struct graph {
	struct sink *sink;
	struct arena scratch;
	const struct rowset *table;	/* that is being walked */
	int from, to;			/* columns of ids; nodes have only from */
	int from_platform, to_platform;	/* of the same, -1 where there is none */
	struct map nodes;		/* written: id, NUL, platform */
	struct map ids;			/* their ids alone */
	bool *numbered;			/* by node: its id would not tell it from another */
	size_t numbered_cap;
};

static bool
is_legal(uint32_t code)
{
	return code != UTF8_BAD && (code >= 0x20 || code == '\t' || code == '\n' || code == '\r') &&
	       code != 0xfffe && code != 0xffff;
}

/* White space as references: a parser turns bare ones in attributes into spaces. */
static const char *
reference(uint32_t code)
{
	switch (code) {
	case '&': return "&amp;";
	case '<': return "&lt;";
	case '>': return "&gt;";
	case '"': return "&quot;";
	case '\'': return "&apos;";
	case '\t': return "&#9;";
	case '\n': return "&#10;";
	case '\r': return "&#13;";
	default: return NULL;
	}
}

/* Text or attribute value; false if what is written could stand for another text. */
static bool
add_xml(struct buf *out, struct claque_str s)
{
	bool whole = true;
	size_t used;

	while (s.len > 0) {
		uint32_t code = utf8_next(s, &used);
		const char *ref = reference(code);

		if (ref != NULL)
			buf_addz(out, ref);
		else
			buf_add(out, is_legal(code) ? str_sub(s, 0, used) : STR("\xef\xbf\xbd"));
		whole = whole && is_legal(code) && code != REPLACEMENT;
		s = str_sub(s, used, s.len);
	}
	return whole;
}

static const char *
attribute_type(enum column_form form)
{
	static const char *const types[] = {
		[FORM_TEXT] = "string", [FORM_ID] = "string", [FORM_TIME] = "string",
		[FORM_COUNT] = "long", [FORM_FLAG] = "boolean",
		[FORM_SCORE] = "double", [FORM_REAL] = "double", [FORM_ODDS] = "double",
		[FORM_PVALUE] = "double",
	};

	return types[form];
}

static void
add_key(struct buf *out, const char *on, const char *name, const char *type)
{
	buf_addf(out, "  <key id=\"%s_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
		 on, name, on, name, type);
}

static void
add_table_keys(struct buf *out, const char *on, const struct rowset *t)
{
	for (size_t i = 0; t != NULL && i < t->column_count; i++)
		add_key(out, on, t->columns[i].name, attribute_type(t->columns[i].form));
}

static void
add_data(struct buf *out, const char *on, const char *name, struct claque_str value)
{
	buf_addf(out, "<data key=\"%s_%s\">", on, name);
	(void)add_xml(out, value);
	buf_addz(out, "</data>");
}

/* A number where the key promises one; a cell of another type is left out. */
static void
add_cell(struct buf *out, const char *on, const struct column *c, const struct value *v,
	 struct arena scratch)
{
	bool promised = attribute_type(c->form)[0] != 's';
	struct claque_str text = value_listing(&scratch, c, v);

	if (v->type == VALUE_NULL || (promised && (v->type == VALUE_TEXT || text.len == 0)))
		return;
	if (c->form == FORM_FLAG)
		text = value_number(v, 0) != 0 ? STR("true") : STR("false");
	add_data(out, on, c->name, text);
}

static void
add_cells(struct graph *g, const char *on, const struct row *row)
{
	for (size_t i = 0; i < g->table->column_count; i++)
		add_cell(&g->sink->buf, on, &g->table->columns[i], &row->values[i], g->scratch);
}

/* The text of a cell, "" for a column that is not there. */
static struct claque_str
cell_text(struct graph *g, struct arena *perm, const struct row *row, int column)
{
	return column < 0 ? STR("") :
	       value_listing(perm, &g->table->columns[column], table_value(row, column));
}

struct node {
	struct claque_str id;
	uint32_t number;
	bool is_new;
};

/* '#' is the mark of a number, so an id with one of its own gets a number, too. */
static struct node
find_node(struct graph *g, struct arena *perm, const struct row *row, int column, int platform)
{
	struct node n = { .id = cell_text(g, perm, row, column) };
	struct claque_str where = cell_text(g, perm, row, platform);
	char *key = ARENA_NEW(perm, char, n.id.len + where.len + 1);
	bool first;

	if (n.id.len > 0)
		memcpy(key, n.id.p, n.id.len);
	if (where.len > 0)
		memcpy(key + n.id.len + 1, where.p, where.len);
	n.number = map_add(&g->nodes, (struct claque_str){ key, n.id.len + where.len + 1 },
			   &n.is_new);
	if (!n.is_new)
		return n;
	(void)map_add(&g->ids, n.id, &first);
	GROW(g->numbered, g->numbered_cap, (size_t)n.number + 1);
	g->numbered[n.number] = !first || str_find(n.id, STR("#"), 0) < n.id.len;
	return n;
}

static void
add_id(struct graph *g, const struct node *n)
{
	if (!add_xml(&g->sink->buf, n->id) || g->numbered[n->number])
		buf_addf(&g->sink->buf, "#%u", n->number);
}

static void
add_node(void *ctx, const struct row *row)
{
	struct graph *g = ctx;
	struct arena scratch = g->scratch;
	struct node n = find_node(g, &scratch, row, g->from, g->from_platform);
	struct buf *out = &g->sink->buf;

	if (!n.is_new)
		return;		/* in a second group: the better one came first */
	buf_addz(out, "    <node id=\"");
	add_id(g, &n);
	buf_addz(out, "\">");
	add_cells(g, "node", row);
	buf_addz(out, "</node>\n");
}

/* An end of an edge that no group holds is a node all the same. */
static struct node
end_of(struct graph *g, struct arena *perm, const struct row *row, int column, int platform)
{
	struct node n = find_node(g, perm, row, column, platform);

	if (n.is_new) {
		buf_addz(&g->sink->buf, "    <node id=\"");
		add_id(g, &n);
		buf_addz(&g->sink->buf, "\"/>\n");
	}
	return n;
}

static void
add_edge(void *ctx, const struct row *row)
{
	struct graph *g = ctx;
	struct arena scratch = g->scratch;
	struct node from = end_of(g, &scratch, row, g->from, g->from_platform);
	struct node to = end_of(g, &scratch, row, g->to, g->to_platform);

	buf_addz(&g->sink->buf, "    <edge source=\"");
	add_id(g, &from);
	buf_addz(&g->sink->buf, "\" target=\"");
	add_id(g, &to);
	buf_addz(&g->sink->buf, "\">");
	add_cells(g, "edge", row);
	buf_addz(&g->sink->buf, "</edge>\n");
}

static const char *const graph_keys[] = {
	"marking", "case", "made_at", "version", "settings", "absent",
};

static void
add_head(struct graph *g, const struct export_input *in, const struct rowset *members,
	 const struct rowset *edges)
{
	struct buf *out = &g->sink->buf, absent;
	struct arena scratch = g->scratch;

	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
	for (size_t i = 0; i < sizeof(graph_keys) / sizeof(graph_keys[0]); i++)
		add_key(out, "graph", graph_keys[i], "string");
	add_table_keys(out, "node", members);
	add_table_keys(out, "edge", edges);
	buf_addz(out, "  <graph id=\"network\" edgedefault=\"undirected\">\n    ");
	add_data(out, "graph", "marking", str_of(tlp_marking(in->tlp)));
	add_data(out, "graph", "case", str_of(in->case_name));
	add_data(out, "graph", "made_at", clock_text(&scratch, in->made_at, CLOCK_RFC3339));
	add_data(out, "graph", "version", str_of(in->version));
	add_data(out, "graph", "settings", in->settings);
	buf_init(&absent, NAMES_MAX);
	buf_addf(&absent, "%s%s%s", members == NULL ? "members" : "",
		 members == NULL && edges == NULL ? ", " : "", edges == NULL ? "edges" : "");
	if (absent.len > 0)
		add_data(out, "graph", "absent", buf_str(&absent));
	buf_done(&absent);
	buf_addc(out, '\n');
}

/* Only a table with the columns that make nodes or edges is one. */
static const struct rowset *
usable(const struct rowset *t, int from, int to)
{
	return from < 0 || to < 0 ? NULL : t;
}

static enum claque_rc
write_graph(struct graph *g, const struct export_input *in, struct claque_err *err)
{
	const struct rowset *members = table_find(in, "members"), *edges = table_find(in, "edges");
	int node = table_column(members, "account_id account id");
	int a = table_column(edges, "a account_a account_id from source user_1");
	int b = table_column(edges, "b account_b account_id_y to target user_2");
	int a_platform = table_column(edges, "a_platform");
	int b_platform = table_column(edges, "b_platform");
	bool told = edges == NULL || (a_platform >= 0 && b_platform >= 0);	/* by both tables */
	enum claque_rc rc = CLAQUE_OK;

	members = usable(members, node, node);
	edges = usable(edges, a, b);
	add_head(g, in, members, edges);
	if (members != NULL) {
		g->table = members;
		g->from = node;
		g->from_platform = told ? table_column(members, "platform") : -1;
		rc = sink_walk(g->sink, members, add_node, g, err);
	}
	if (rc == CLAQUE_OK && edges != NULL) {
		g->table = edges;
		g->from = a;
		g->to = b;
		g->from_platform = a_platform;
		g->to_platform = b_platform;
		rc = sink_walk(g->sink, edges, add_edge, g, err);
	}
	buf_addz(&g->sink->buf, "  </graph>\n</graphml>\n");
	return rc;
}

enum claque_rc
graphml_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	struct sink sink;
	struct graph g = { .sink = &sink };
	struct arena room;
	enum claque_rc rc = sink_open(&sink, path, err);

	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROOM_BYTES);
	g.scratch = room;
	map_init(&g.nodes);
	map_init(&g.ids);
	rc = sink_close(&sink, write_graph(&g, in, err), err);
	map_done(&g.nodes);
	map_done(&g.ids);
	free(g.numbered);
	arena_free(room);
	return rc;
}
