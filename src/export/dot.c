/*
 * dot.c - the network in the language of Graphviz, for a drawing on paper.
 *
 * Every name and value stands in quotes, in which only '"' and '\' mean
 * something; a control character is U+FFFD. What a renderer takes for an order
 * of how to draw (a column called "rank") is kept from it by the prefix c_.
 */
#include "config.h"

#include "export/graph.h"

#include "base/clock.h"
#include "base/utf8.h"

static void
add_quoted(struct buf *out, struct claque_str s)
{
	size_t used;

	buf_addc(out, '"');
	for (; s.len > 0; s = str_sub(s, used, s.len)) {
		uint32_t code = utf8_next(s, &used);

		if (code == UTF8_BAD || code < 0x20 || (code >= 0x7f && code < 0xa0)) {
			buf_addz(out, "\xef\xbf\xbd");
			continue;
		}
		if (code == '"' || code == '\\')
			buf_addc(out, '\\');
		buf_add(out, str_sub(s, 0, used));
	}
	buf_addc(out, '"');
}

static void
add_setting(struct buf *out, const char *name, struct claque_str value)
{
	buf_addf(out, "  %s=", name);
	add_quoted(out, value);
	buf_addz(out, ";\n");
}

static void
add_head(struct graph *g)
{
	struct buf *out = &g->sink->buf;
	struct arena scratch = g->scratch;

	buf_addz(out, "graph ");
	add_quoted(out, str_of(g->in->case_name));
	buf_addz(out, " {\n");
	add_setting(out, "charset", STR("UTF-8"));
	add_setting(out, "label", str_fmt(&scratch, "%s  %s", tlp_marking(g->in->tlp),
					  g->in->case_name));
	add_setting(out, "c_made_at", clock_text(&scratch, g->in->made_at, CLOCK_RFC3339));
	add_setting(out, "c_version", str_of(g->in->version));
	add_setting(out, "c_settings", g->in->settings);
	add_setting(out, "c_absent", str_of(graph_absent(g)));
	buf_addz(out, "  node [shape=\"ellipse\"];\n");
}

static void
add_cells(struct graph *g, const struct rowset *t, const struct row *row)
{
	struct buf *out = &g->sink->buf;

	for (size_t i = 0; i < t->column_count; i++) {
		struct arena scratch = g->scratch;
		struct claque_str text;

		if (!graph_value(&t->columns[i], &row->values[i], &scratch, &text))
			continue;
		buf_addf(out, ", c_%s=", t->columns[i].name);
		add_quoted(out, text);
	}
}

static void
add_node(struct graph *g, struct claque_str id, const struct row *row)
{
	struct buf *out = &g->sink->buf;
	struct arena scratch = g->scratch;
	struct claque_str label = row != NULL ? graph_label(g, row, &scratch) : STR("");

	buf_addz(out, "  ");
	add_quoted(out, id);
	buf_addz(out, " [label=");
	add_quoted(out, label.len > 0 ? label : id);
	if (row != NULL)
		add_cells(g, g->members, row);
	buf_addz(out, "];\n");
}

static void
add_edge(struct graph *g, struct claque_str from, struct claque_str to, const struct row *row)
{
	struct buf *out = &g->sink->buf;

	buf_addz(out, "  ");
	add_quoted(out, from);
	buf_addz(out, " -- ");
	add_quoted(out, to);
	buf_addf(out, " [id=\"e%llu\"", (unsigned long long)g->edges_done);
	add_cells(g, g->edges, row);
	buf_addz(out, "];\n");
}

static void
add_foot(struct graph *g)
{
	buf_addz(&g->sink->buf, "}\n");
}

enum claque_rc
dot_write(const struct export_input *in, const char *path, struct claque_err *err)
{
	static const struct graph_form form = {
		.head = add_head, .node = add_node, .edge = add_edge, .foot = add_foot,
	};

	return graph_write(&form, in, path, err);
}
