#include "config.h"

#include "text/fingerprint.h"

#include "base/map.h"
#include "text/words.h"

static bool
is_link(struct claque_str word)
{
	return str_starts(word, STR("http://")) || str_starts(word, STR("https://"));
}

/* Without the dots that stand where a collector cut the text. */
static struct claque_str
uncut(struct claque_str word)
{
	size_t at = str_find(word, STR("\xe2\x80\xa6"), 0);

	return str_sub(word, 0, at);
}

uint64_t
text_fingerprint(struct arena *perm, struct claque_str text)
{
	struct claque_str line = words_line(perm, text), word;
	uint64_t h = 0;

	while (str_cut(&line, ' ', &word)) {
		word = uncut(word);
		if (word.len > 0 && !is_link(word))
			h = hash_mix(h, hash_bytes(word, 0));
	}
	return h;
}
