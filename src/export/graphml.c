/*
 * graphml.c - the network as GraphML (graphdrawing.org, 2002): what Gephi,
 * igraph, networkx and the peers' users read. Every column of "members" and
 * "edges" is an attribute under its name.
 */
#include "config.h"

#include "export/graph.h"

#include "base/clock.h"
#include "export/xml.h"

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
		add_key(out, on, t->columns[i].name, graph_type(t->columns[i].form));
}

static void
add_data(struct buf *out, const char *on, const char *name, struct claque_str value)
{
	buf_addf(out, "<data key=\"%s_%s\">", on, name);
	xml_add(out, value);
	buf_addz(out, "</data>");
}

static void
add_cells(struct graph *g, const char *on, const struct rowset *t, const struct row *row)
{
	for (size_t i = 0; i < t->column_count; i++) {
		struct arena scratch = g->scratch;
		struct claque_str text;

		if (graph_value(&t->columns[i], &row->values[i], &scratch, &text))
			add_data(&g->sink->buf, on, t->columns[i].name, text);
	}
}

static void
add_head(struct graph *g)
{
	static const char *const graph_keys[] = {
		"marking", "case", "made_at", "version", "settings", "absent",
	};
	struct buf *out = &g->sink->buf;
	struct arena scratch = g->scratch;

	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
	for (size_t i = 0; i < sizeof(graph_keys) / sizeof(graph_keys[0]); i++)
		add_key(out, "graph", graph_keys[i], "string");
	add_table_keys(out, "node", g->members);
	add_table_keys(out, "edge", g->edges);
	buf_addz(out, "  <graph id=\"network\" edgedefault=\"undirected\">\n    ");
	add_data(out, "graph", "marking", str_of(tlp_marking(g->in->tlp)));
	add_data(out, "graph", "case", str_of(g->in->case_name));
	add_data(out, "graph", "made_at", clock_text(&scratch, g->in->made_at, CLOCK_RFC3339));
	add_data(out, "graph", "version", str_of(g->in->version));
	add_data(out, "graph", "settings", g->in->settings);
	if (graph_absent(g)[0] != '\0')
		add_data(out, "graph", "absent", str_of(graph_absent(g)));
	buf_addc(out, '\n');
}

static void
add_node(struct graph *g, struct claque_str id, const struct row *row)
{
	struct buf *out = &g->sink->buf;

	buf_addz(out, "    <node id=\"");
	xml_add(out, id);
	if (row == NULL) {
		buf_addz(out, "\"/>\n");
		return;
	}
	buf_addz(out, "\">");
	add_cells(g, "node", g->members, row);
	buf_addz(out, "</node>\n");
}

static void
add_edge(struct graph *g, struct claque_str from, struct claque_str to, const struct row *row)
{
	struct buf *out = &g->sink->buf;

	buf_addz(out, "    <edge source=\"");
	xml_add(out, from);
	buf_addz(out, "\" target=\"");
	xml_add(out, to);
	buf_addz(out, "\">");
	add_cells(g, "edge", g->edges, row);
	buf_addz(out, "</edge>\n");
}

static void
add_foot(struct graph *g)
{
	buf_addz(&g->sink->buf, "  </graph>\n</graphml>\n");
}

enum claque_rc
graphml_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	static const struct graph_form form = {
		.head = add_head, .node = add_node, .edge = add_edge, .foot = add_foot,
	};

	return graph_write(&form, in, path, err);
}
