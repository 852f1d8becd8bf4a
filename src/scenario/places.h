/*
 * places.h - countries that accounts may say they are in: time zone, tongue,
 * towns. The engine knows none of this.
 */
#ifndef SCENARIO_PLACES_H
#define SCENARIO_PLACES_H

#include "scenario/tongue.h"

enum { PLACES_TOWNS = 12 };

struct country {
	const char *name;
	enum tongue tongue;
	int16_t zone;			/* minutes east of UTC, of its easternmost part */
	uint8_t zones;			/* how many, an hour apart, going west */
	const char *towns[PLACES_TOWNS];
};

size_t places_count(void);
const struct country *places_at(size_t index);
/* A town of it by seed. */
const char *places_town(const struct country *c, uint64_t seed);

#endif
