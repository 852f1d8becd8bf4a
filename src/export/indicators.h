/*
 * indicators.h - one thing to look for, as an export tells it: published by others and
 * imported into the case, or confirmed in it by the analyst.
 */
#ifndef EXPORT_INDICATORS_H
#define EXPORT_INDICATORS_H

#include "export/table.h"
#include "model/record.h"

/* Column numbers of the table "indicators"; -1 for what it lacks. */
struct ioc_columns {
	int kind, value, raw, platform, tactic, technique, procedure, role, note, published;
};

struct ioc_columns ioc_columns(const struct rowset *table);
/* Views into the row; what is not there is empty. */
struct indicator_record ioc_of_row(const struct ioc_columns *columns, const struct row *row);
/*
 * The cell that says it: as it was published, or, where a name of an account is all there
 * is, the defanged link to its profile.
 */
struct claque_str ioc_cell(struct arena *perm, const struct indicator_record *ioc);

#endif
