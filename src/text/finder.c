#include "config.h"

#include "text/finder.h"

#include <stdlib.h>

enum { STATES_MAX = 200000, CLASSES = 256 };

/* A state is what was read so far of some string; 0 is nothing. */
struct state {
	uint32_t fail;		/* the longest other string's beginning that ends here, too */
	uint32_t out;		/* 1 + of hits; 0: no string ends here */
	uint32_t shorter;	/* the next state down the fails at which a string ends; 0: none */
};

struct hit {
	uint32_t number, next;	/* next: 1 + of hits */
};

struct finder {
	uint32_t *next;		/* states x classes */
	struct state *states;
	struct hit *hits;
	size_t next_cap, state_cap, state_count, hit_cap, hit_count;
	uint8_t classes[CLASSES];	/* of bytes; 0: in no string */
	size_t class_count;
	char *bytes;		/* the strings, until they are sealed */
	size_t *ends;
	uint32_t *numbers;
	size_t byte_cap, byte_count, end_cap, number_cap, count;
};

struct finder *
finder_new(void)
{
	struct finder *f = calloc(1, sizeof(*f));

	if (f == NULL)
		base_oom();
	f->class_count = 1;
	return f;
}

void
finder_free(struct finder *f)
{
	if (f == NULL)
		return;
	free(f->next);
	free(f->states);
	free(f->hits);
	free(f->bytes);
	free(f->ends);
	free(f->numbers);
	free(f);
}

bool
finder_add(struct finder *f, struct claque_str s, uint32_t number)
{
	if (s.len == 0 || f->byte_count + s.len >= STATES_MAX)
		return false;
	GROW(f->bytes, f->byte_cap, f->byte_count + s.len);
	GROW(f->ends, f->end_cap, f->count + 1);
	GROW(f->numbers, f->number_cap, f->count + 1);
	memcpy(f->bytes + f->byte_count, s.p, s.len);
	f->byte_count += s.len;
	f->ends[f->count] = f->byte_count;
	f->numbers[f->count++] = number;
	for (size_t i = 0; i < s.len; i++) {
		uint8_t *class = &f->classes[(unsigned char)s.p[i]];

		if (*class == 0 && f->class_count < CLASSES)
			*class = (uint8_t)f->class_count++;
	}
	return true;
}

static uint32_t
new_state(struct finder *f)
{
	size_t at = f->state_count++;

	GROW(f->states, f->state_cap, f->state_count);
	GROW(f->next, f->next_cap, f->state_count * f->class_count);
	f->states[at] = (struct state){ 0 };
	memset(f->next + at * f->class_count, 0, f->class_count * sizeof(*f->next));
	return (uint32_t)at;
}

static void
grow_string(struct finder *f, struct claque_str s, uint32_t number)
{
	uint32_t at = 0;

	for (size_t i = 0; i < s.len; i++) {
		size_t slot = at * f->class_count + f->classes[(unsigned char)s.p[i]];

		if (f->next[slot] == 0) {
			uint32_t made = new_state(f);

			f->next[slot] = made;
		}
		at = f->next[slot];
	}
	GROW(f->hits, f->hit_cap, f->hit_count + 1);
	f->hits[f->hit_count++] = (struct hit){ number, f->states[at].out };
	f->states[at].out = (uint32_t)f->hit_count;
}

/* A state, and those that follow it: where each goes when its next byte is no part of it. */
static void
link_state(struct finder *f, uint32_t at, uint32_t *queue, size_t *queued)
{
	for (size_t c = 0; c < f->class_count; c++) {
		uint32_t *to = &f->next[at * f->class_count + c];
		uint32_t back = at == 0 ? 0 : f->next[f->states[at].fail * f->class_count + c];

		if (*to == 0) {
			*to = back;
			continue;
		}
		f->states[*to].fail = back;
		f->states[*to].shorter = f->states[back].out != 0 ? back : f->states[back].shorter;
		queue[(*queued)++] = *to;
	}
}

void
finder_seal(struct finder *f)
{
	uint32_t *queue = NULL;
	size_t cap = 0, queued = 0, begin = 0;

	(void)new_state(f);
	for (size_t i = 0; i < f->count; i++) {
		grow_string(f, (struct claque_str){ f->bytes + begin, f->ends[i] - begin },
			    f->numbers[i]);
		begin = f->ends[i];
	}
	GROW(queue, cap, f->state_count);
	link_state(f, 0, queue, &queued);
	for (size_t i = 0; i < queued; i++)
		link_state(f, queue[i], queue, &queued);
	free(queue);
}

void
finder_run(const struct finder *f, struct claque_str text, uint64_t *bits)
{
	uint32_t at = 0;

	for (size_t i = 0; i < text.len; i++) {
		uint32_t end;

		at = f->next[at * f->class_count + f->classes[(unsigned char)text.p[i]]];
		end = f->states[at].out != 0 ? at : f->states[at].shorter;
		for (; end != 0; end = f->states[end].shorter)
			for (uint32_t h = f->states[end].out; h != 0; h = f->hits[h - 1].next)
				bits[f->hits[h - 1].number / 64] |=
					(uint64_t)1 << (f->hits[h - 1].number % 64);
	}
}
