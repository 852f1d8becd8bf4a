/*
 * gexf.c - the network as GEXF 1.3 (gexf.net, 2022), without its module viz: the
 * official XSD refuses files with one. networkx 2.8 reads GEXF up to 1.2 only and
 * is served by GraphML.
 */
#include "config.h"

#include "export/graph.h"

#include "base/clock.h"
#include "export/xml.h"

static void
add_attributes(struct buf *out, const char *on, const struct rowset *t)
{
	buf_addf(out, "    <attributes class=\"%s\" mode=\"static\">\n", on);
	for (size_t i = 0; i < t->column_count; i++)
		buf_addf(out, "      <attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n",
			 t->columns[i].name, t->columns[i].name,
			 graph_type(t->columns[i].form));
	buf_addz(out, "    </attributes>\n");
}

static void
add_head(struct graph *g)
{
	struct buf *out = &g->sink->buf;
	struct arena scratch = g->scratch;
	struct claque_str made = clock_text(&scratch, g->in->made_at, CLOCK_RFC3339);

	buf_addz(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		 "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n  <meta lastmodifieddate=\"");
	xml_add(out, str_sub(made, 0, sizeof("2026-01-01") - 1));
	buf_addz(out, "\">\n    <creator>claque ");
	xml_add(out, str_of(g->in->version));
	buf_addz(out, "</creator>\n    <description>");
	xml_add(out, str_fmt(&scratch, "%s; case %s; made at " STR_FMT "; " STR_FMT "%s%s%s" STR_FMT,
			     tlp_marking(g->in->tlp), g->in->case_name, STR_ARG(made),
			     STR_ARG(g->in->settings), graph_absent(g)[0] != '\0' ? "; without " : "",
			     graph_absent(g), g->in->redaction.len > 0 ? "; named: " : "",
			     STR_ARG(g->in->redaction)));
	buf_addz(out, "</description>\n  </meta>\n"
		 "  <graph defaultedgetype=\"undirected\" mode=\"static\" idtype=\"string\">\n");
	if (g->members != NULL)
		add_attributes(out, "node", g->members);
	if (g->edges != NULL)
		add_attributes(out, "edge", g->edges);
	buf_addz(out, "    <nodes>\n");
}

static void
add_cells(struct graph *g, const struct rowset *t, const struct row *row)
{
	struct buf *out = &g->sink->buf;

	buf_addz(out, "<attvalues>");
	for (size_t i = 0; i < t->column_count; i++) {
		struct arena scratch = g->scratch;
		struct claque_str text;

		if (!graph_value(&t->columns[i], &row->values[i], &scratch, &text))
			continue;
		buf_addf(out, "<attvalue for=\"%s\" value=\"", t->columns[i].name);
		xml_add(out, text);
		buf_addz(out, "\"/>");
	}
	buf_addz(out, "</attvalues>");
}

static void
add_node(struct graph *g, struct claque_str id, const struct row *row)
{
	struct buf *out = &g->sink->buf;
	struct arena scratch = g->scratch;
	struct claque_str label = row != NULL ? graph_label(g, row, &scratch) : STR("");

	buf_addz(out, "      <node id=\"");
	xml_add(out, id);
	buf_addz(out, "\" label=\"");
	xml_add(out, label.len > 0 ? label : id);
	buf_addz(out, "\">");
	if (row != NULL)
		add_cells(g, g->members, row);
	buf_addz(out, "</node>\n");
}

static void
add_between(struct graph *g)
{
	buf_addz(&g->sink->buf, "    </nodes>\n    <edges>\n");
}

static void
add_edge(struct graph *g, struct claque_str from, struct claque_str to, const struct row *row)
{
	const struct value *weight = table_value(row, table_column(g->edges, "weight"));
	struct buf *out = &g->sink->buf;

	buf_addf(out, "      <edge id=\"%llu\" source=\"", (unsigned long long)g->edges_done);
	xml_add(out, from);
	buf_addz(out, "\" target=\"");
	xml_add(out, to);
	buf_addf(out, "\" weight=\"%.17g\">", value_number(weight, 1));
	add_cells(g, g->edges, row);
	buf_addz(out, "</edge>\n");
}

static void
add_foot(struct graph *g)
{
	buf_addz(&g->sink->buf, "    </edges>\n  </graph>\n</gexf>\n");
}

enum claque_rc
gexf_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	static const struct graph_form form = {
		.head = add_head, .node = add_node, .between = add_between, .edge = add_edge,
		.foot = add_foot,
	};

	return graph_write(&form, in, path, err);
}
