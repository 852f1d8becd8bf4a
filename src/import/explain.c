/* explain.c - how a file is understood, from the mapping that its import uses. */
#include "config.h"

#include <stdio.h>

#include "import/job.h"

/* A format whose fields are facts; those of the older ones are what they are called. */
static bool
is_feed(const struct format *format)
{
	bool facts = false;

	for (size_t f = 0; f < format->field_count; f++)
		facts = facts || format->fields[f].role != 0;
	return facts;
}

/* Is there a place before it that tells the same, and was found? */
static bool
comes_second(const struct import_explained *out, const struct import_place *place)
{
	for (const struct import_place *p = out->places; p < place; p++)
		if (p->found && strcmp(p->fact, place->fact) == 0)
			return true;
	return false;
}

static void
add_place(struct import_explained *out, const struct mapping *m, size_t f, bool found)
{
	const struct field *field = &m->format->fields[f];
	struct import_place *place = &out->places[out->place_count++];
	const char *name = m->names[f][0] != '\0' ? m->names[f] : field->name;

	place->fact = is_feed(m->format) ? feed_role_name(field->role) : field->name;
	place->how = field->how == HOW_plain ? "" : feed_how_name(field->how);
	place->inside = field->inside != NULL ? field->inside : "";
	place->needed = field->need == FIELD_REQUIRED;
	place->found = found;
	place->otherwise = is_feed(m->format) && !feed_is_list(field->role) &&
			   comes_second(out, place);
	(void)snprintf(place->place, sizeof(place->place), "%s", name);
}

static bool
is_found(const struct import_run *run, size_t f)
{
	return run->mapping.format->row != NULL ? run->mapping.column[f] >= 0 : run->seen[f];
}

void
explain_item(struct import_run *run, const json_t *value)
{
	const struct format *format = run->mapping.format;
	struct arena scratch = run->scratch;

	for (size_t f = 0; f < format->field_count; f++)
		if (!run->seen[f])
			run->seen[f] = feed_text(value, format->fields[f].name, &scratch).p != NULL ||
				       feed_at(value, format->fields[f].name) != NULL;
}

void
explain_run(const struct import_run *run, struct import_explained *out)
{
	const struct format *format = run->mapping.format;

	out->totals = run->totals;
	if (!run->mapped)
		return;
	out->format = &format->about;
	out->separator = run->mapping.separator;
	out->told = format->signature;
	out->columns = run->mapping.columns;
	for (size_t f = 0; f < format->field_count; f++)
		add_place(out, &run->mapping, f, is_found(run, f));
}
