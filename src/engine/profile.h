/*
 * profile.h - profiles as what can be compared: words of names and bios by
 * number with their frequency, handles without what platforms add to them.
 *
 * Names are spelt in ASCII where there is a usual spelling (Latin with accents,
 * Cyrillic, Greek), so that a name and the handle made of it meet; other
 * scripts stay as they are.
 */
#ifndef ENGINE_PROFILE_H
#define ENGINE_PROFILE_H

#include "base/edit.h"
#include "base/map.h"
#include "engine/dataset.h"

enum { NAME_WORDS_MAX = 6, BIO_WORDS_MAX = 32 };

#define NO_TERM UINT32_MAX

/* Strings by number, and on how many accounts each stands. */
struct terms {
	struct map known;
	uint32_t *count;
	size_t cap;
};

struct profile {
	uint32_t words[NAME_WORDS_MAX];	/* of the name, in its order: profiles.words */
	uint8_t word_count;
	uint8_t bio_count;
	uint32_t name, stem, bio, place;	/* whole; NO_TERM: empty */
	uint32_t bio_words[BIO_WORDS_MAX];	/* profiles.bio_words, rising; none of the name's */
};

struct profiles {
	const struct claque_dataset *ds;
	struct profile *items;		/* by account number */
	struct terms words, names;	/* "ivan petrov" */
	struct terms stems;		/* handle: ASCII letters only */
	struct terms bios, bio_words, places;
};

void profiles_init(struct profiles *p, const struct claque_dataset *ds);
void profiles_done(struct profiles *p);

/* A term's bytes as a word. */
struct word term_word(const struct terms *t, uint32_t term);
/* Whether the handle is made of the name: its stem of pieces of the name's words. */
bool profile_handle_of_name(const struct profiles *p, uint32_t account);
/* Shared weight by all weight of the two bios' words, rare words weighing more: 0..1. */
double profile_bio_likeness(const struct profiles *p, uint32_t a, uint32_t b);

#endif
