/* scene.h - builds what the parts read: networks, groups, background. */
#ifndef ENGINE_SCENE_H
#define ENGINE_SCENE_H

#include "engine/part.h"

CLAQUE_CHECKED enum claque_rc scene_init(struct scene *s, const struct claque_dataset *ds,
	const struct claque_score_settings *settings, const struct claque_progress *progress,
	struct claque_err *err);
void scene_done(struct scene *s);

/* What an edge adds to the graph that is clustered: -log10 p, at most 12. */
double scene_edge_weight(const struct claque_edge *edge);

#endif
