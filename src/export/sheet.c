#include "config.h"

#include "export/sheet.h"

#include <math.h>

#include "base/err.h"

#include "export/sheet_part.h"
#include "export/sink.h"

enum { ROOM = 32 << 20 };

const struct sheet_line sheet_lines[SHEET_LINES] = {
	{ "precision: of those accused, planted", offsetof(struct sheet_flag, precision) },
	{ "recall: of those planted, accused", offsetof(struct sheet_flag, recall) },
	{ "F1, the harmonic mean of both", offsetof(struct sheet_flag, f1) },
};

double
sheet_figure_of(size_t line, const struct sheet_flag *f)
{
	double x;

	memcpy(&x, (const char *)f + sheet_lines[line].figure, sizeof(x));
	return x;
}

struct claque_str
sheet_figure(struct arena *perm, double x)
{
	return isnan(x) ? STR("-") : str_fmt(perm, "%.2f", x);
}

struct claque_str
sheet_share(struct arena *perm, uint64_t n, uint64_t of)
{
	if (of == 0)
		return STR("-");
	return str_fmt(perm, "%llu of %llu (%.0f %%)", (unsigned long long)n,
		       (unsigned long long)of, 100 * (double)n / (double)of);
}

const char *
sheet_found(uint64_t n, uint64_t of)
{
	return n == 0 ? "missed" : 2 * n >= of ? "found" : "in part";
}

struct claque_str
sheet_bottom_line(struct arena *perm, const struct sheet *s)
{
	uint64_t planted = s->engine.hit + s->engine.missed;
	struct claque_str learner = STR("The learner has said nothing yet.");

	if (s->judged > 0)
		learner = str_fmt(perm, "The learner, with a verdict on %llu accounts, accuses %llu of"
				  " the planted ones and %llu others.", (unsigned long long)s->judged,
				  (unsigned long long)s->learner.hit,
				  (unsigned long long)s->learner.wrong);
	if (planted == 0)
		return str_fmt(perm, "Nothing was planted. The engine's leads accuse %llu innocents. "
			       STR_FMT, (unsigned long long)s->engine.wrong, STR_ARG(learner));
	return str_fmt(perm, "Of %llu planted accounts the engine's leads hold %llu, and %llu "
		       "others. " STR_FMT, (unsigned long long)planted,
		       (unsigned long long)s->engine.hit, (unsigned long long)s->engine.wrong,
		       STR_ARG(learner));
}

bool
sheet_is_name(const char *path)
{
	return str_ends(str_of(path), STR(".html")) || str_ends(str_of(path), STR(".md"));
}

enum claque_rc
sheet_write(const struct sheet *s, const char *path, struct claque_err *err)
{
	struct arena room;
	struct sink sink;
	enum claque_rc rc;

	if (!sheet_is_name(path))
		return err_set(err, CLAQUE_EUSAGE, "%s: a report ends in .html or .md", path);
	rc = sink_open(&sink, path, err);
	if (rc != CLAQUE_OK)
		return rc;
	room = arena_new(ROOM);
	(str_ends(str_of(path), STR(".md")) ? sheet_markdown : sheet_html)(s, &sink.buf, room);
	arena_free(room);
	return sink_close(&sink, CLAQUE_OK, err);
}
