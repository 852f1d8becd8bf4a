/*
 * graph.h - the network of accounts, walked once for every format of graphs.
 *
 * A node is an account under its own id, always text: 19 digits do not survive
 * as a number. An account that only an edge names is a node without a row, and
 * all nodes come before the first edge. No two nodes have one id: an id that
 * had characters which XML cannot say, or that another platform has given out
 * as well, gets a number behind a '#'.
 */
#ifndef EXPORT_GRAPH_H
#define EXPORT_GRAPH_H

#include "base/map.h"
#include "export/sink.h"
#include "export/table.h"

struct graph {
	const struct export_input *in;
	const struct rowset *members, *edges;	/* NULL: not there, or without ids */
	struct sink *sink;			/* a form appends to its buf */
	struct arena scratch;
	uint64_t edges_done;			/* before this one */
};

/* How a format writes it. Ids and texts are as they are: escaping is the form's. */
struct graph_form {
	void (*head)(struct graph *g);
	/* row: of members, or NULL. */
	void (*node)(struct graph *g, struct claque_str id, const struct row *row);
	void (*between)(struct graph *g);	/* after the nodes; or NULL */
	void (*edge)(struct graph *g, struct claque_str from, struct claque_str to,
		     const struct row *row);
	void (*foot)(struct graph *g);
};

CLAQUE_CHECKED enum claque_rc graph_write(const struct graph_form *form,
	const struct export_input *in, const char *path, struct claque_err *err);

/* "string", "long", "double" or "boolean": GraphML and GEXF agree on the words. */
const char *graph_type(enum column_form form);
/* The cell as its type is written; false: there is none, or it is of another type. */
bool graph_value(const struct column *column, const struct value *value, struct arena *perm,
		 struct claque_str *out);
/* "members, edges": those that are not there; "" if both are. */
const char *graph_absent(const struct graph *g);
/* Of a member's row: its handle, else "". */
struct claque_str graph_label(const struct graph *g, const struct row *row, struct arena *perm);

#endif
