#include "config.h"

#include "scenario/script_impl.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/edit.h"
#include "base/err.h"

enum {
	QUOTE_MAX = 60, SCRIPT_NAME_MAX = 40, DAY = 86400000, RETURN_DAYS = 5,
	ROOM_FOR_PEOPLE = 50
};

#define QUOTED(s) STR_ARG(str_head(s, QUOTE_MAX))
#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static enum claque_rc refuse(const struct script_read *r, size_t line, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* line 0: the file as a whole. */
static enum claque_rc
refuse(const struct script_read *r, size_t line, const char *fmt, ...)
{
	char text[700];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (line == 0)
		return err_set(r->err, CLAQUE_EINPUT, "%s: %s", r->path, text);
	return err_set(r->err, CLAQUE_EINPUT, "%s:%zu: %s", r->path, line, text);
}

/* The network that the lines below its own belong to, or NULL. */
static struct network *
open_network(const struct script_read *r)
{
	struct script *s = r->script;

	return s->network_count > 0 ? &s->networks[s->network_count - 1] : NULL;
}

/* part 0: the world, 1: the first network. */
static bool
is_given(const struct script *s, size_t part, const char *name)
{
	return (s->given[part] >> script_key_find(name) & 1) != 0;
}

/* --- what is missing, or does not go together */

/* A word of a network, and the tactic without which it says nothing. */
static const struct belonging {
	const char *word;
	enum tactic tactic;
	bool needed;	/* nor can the tactic do without the word */
} belongings[] = {
	{ "twins", TACTIC_TWINS, true }, { "becomes", TACTIC_RENAMES, true },
	{ "takedown", TACTIC_RETURNS, true }, { "returned", TACTIC_RETURNS, true },
	{ "filler", TACTIC_CAMOUFLAGE, false }, { "stock", TACTIC_CAMOUFLAGE, false },
	{ "handles", TACTIC_HANDLES, false }, { "avatars", TACTIC_AVATARS, false },
	{ "discipline", TACTIC_HOURS, false }, { "batch-days", TACTIC_BURSTS, false },
	{ "wave-hours", TACTIC_RENAMES, false }, { "redirect-days", TACTIC_REDIRECTS, false },
	{ "paid", TACTIC_ADS, false }, { "petitions", TACTIC_PETITIONS, false },
	{ "talking-points", TACTIC_REPLIES, false }, { "spend", TACTIC_ADS, false },
	{ "paraphrased", TACTIC_PARAPHRASE, false },
};

/* A tactic, and the one that it is a kind of. */
static const enum tactic kinds[][2] = {
	{ TACTIC_LOOKALIKES, TACTIC_LINKS }, { TACTIC_REDIRECTS, TACTIC_LOOKALIKES },
	{ TACTIC_ADS, TACTIC_LINKS },
};

bool
script_is_read(const struct script *s, size_t i, size_t network)
{
	for (size_t b = 0; script_key(i)->scope == SCRIPT_NETWORK && b < LENGTH(belongings); b++)
		if (strcmp(belongings[b].word, script_key(i)->name) == 0)
			return network_uses(&s->networks[network], belongings[b].tactic);
	return true;
}

static enum claque_rc
check_belongings(const struct script_read *r, const struct network *n, size_t line)
{
	for (size_t i = 0; i < LENGTH(belongings); i++) {
		const struct belonging *b = &belongings[i];
		bool given = is_given(r->script, r->script->network_count, b->word);
		const char *tactic = scenario_tactic_name(b->tactic);

		if (given && !network_uses(n, b->tactic))
			return refuse(r, line, "network %s: '%s' is for %s; write %s among its uses,"
				      " or take the line out", n->name, b->word, tactic, tactic);
		if (!given && b->needed && network_uses(n, b->tactic))
			return refuse(r, line, "network %s uses %s, for which it needs a line '%s';"
				      " write one", n->name, tactic, b->word);
	}
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (network_uses(n, kinds[i][0]) && !network_uses(n, kinds[i][1]))
			return refuse(r, line, "network %s: %s need %s; write it among its uses",
				      n->name, scenario_tactic_name(kinds[i][0]),
				      scenario_tactic_name(kinds[i][1]));
	return CLAQUE_OK;
}

/* Something must be done together. */
static bool
acts_together(const struct network *n)
{
	return network_uses(n, TACTIC_COPIES) || network_uses(n, TACTIC_RESHARES) ||
	       network_uses(n, TACTIC_LINKS) || network_uses(n, TACTIC_PETITIONS) ||
	       network_uses(n, TACTIC_REPLIES);
}

static enum claque_rc
check_numbers(const struct script_read *r, const struct network *n, size_t line)
{
	if (n->twins > n->count || n->returned > n->count)
		return refuse(r, line, "network %s: more %s than accounts; each is like another of"
			      " them, so write at most %u", n->name,
			      n->twins > n->count ? "twins" : "returned", n->count);
	if (network_uses(n, TACTIC_RETURNS) &&
	    n->takedown + RETURN_DAYS >= r->script->settings.days)
		return refuse(r, line, "network %s: who is removed on day %u is back %d days later,"
			      " after the %u days of the period; write an earlier takedown", n->name,
			      n->takedown, RETURN_DAYS, r->script->settings.days);
	if (network_uses(n, TACTIC_RETURNS) && network_uses(n, TACTIC_RENAMES))
		return refuse(r, line, "network %s: renames and returns do not go together; make two"
			      " networks of it", n->name);
	return CLAQUE_OK;
}

/* lean has its default by what is used. */
static enum claque_rc
check_sides(const struct script_read *r, struct network *n, size_t line)
{
	bool both = network_uses(n, TACTIC_BOTH_SIDES);

	if (!is_given(r->script, r->script->network_count, "left"))
		n->lean = both ? 0.5 : 1;
	if (both == (n->lean > 0 && n->lean < 1))
		return CLAQUE_OK;
	return refuse(r, line, both ? "network %s uses both-sides; 'left' is more than 0 %% and less"
				      " than 100 %%" :
		      "network %s: 'left' is 0 %% or 100 %% unless it uses both-sides", n->name);
}

static enum claque_rc
check_network(const struct script_read *r)
{
	struct network *n = open_network(r);
	size_t part = r->script->network_count, line;
	enum claque_rc rc;

	if (n == NULL)
		return CLAQUE_OK;
	line = r->network_lines[part - 1];
	for (size_t i = 0; i < script_key_count(); i++)
		if (script_key(i)->scope == SCRIPT_NETWORK && script_key(i)->required &&
		    (r->script->given[part] >> i & 1) == 0)
			return refuse(r, line, "network %s has no line '%s'; write one: %s", n->name,
				      script_key(i)->name, script_key(i)->help);
	if (!acts_together(n))
		return refuse(r, line, "network %s does nothing together; write copies, reshares,"
			      " links, petitions or replies among its uses", n->name);
	rc = check_belongings(r, n, line);
	if (rc == CLAQUE_OK)
		rc = check_numbers(r, n, line);
	if (rc == CLAQUE_OK)
		rc = check_sides(r, n, line);
	if (!network_uses(n, TACTIC_CAMOUFLAGE))
		n->knobs.filler = 0;
	return rc;
}

static enum claque_rc
check_model(const struct script_read *r)
{
	const struct script *s = r->script;
	enum script_scope other = s->demo ? SCRIPT_OPEN : SCRIPT_DEMO;

	for (size_t i = 0; i < script_key_count(); i++)
		if (script_key(i)->scope == other && (s->given[0] >> i & 1) != 0)
			return refuse(r, 0, "'%s' is not for model %s; take the line out, or write"
				      " model %s", script_key(i)->name,
				      s->demo ? "demo" : "networks", s->demo ? "networks" : "demo");
	if (s->demo && s->network_count > 0)
		return refuse(r, r->network_lines[0], "the model demo has networks of its own; take"
			      " these out, or write model networks");
	if (s->demo && (s->settings.renamed > s->settings.planted ||
			s->settings.twins > s->settings.planted))
		return refuse(r, 0, "more renamed accounts or twins than planted ones; write fewer");
	return CLAQUE_OK;
}

static enum claque_rc
check_whole(const struct script_read *r)
{
	const struct script *s = r->script;
	uint32_t seconds = s->sorts[SCRIPT_SECONDS].count * s->sorts[SCRIPT_SECONDS].members;
	enum claque_rc rc;

	if (s->name.len == 0)
		return refuse(r, 0, "holds no scenario; its first line is: scenario NAME");
	for (size_t i = 0; i < script_key_count(); i++)
		if (script_key(i)->scope != SCRIPT_NETWORK && script_key(i)->required &&
		    (s->given[0] >> i & 1) == 0)
			return refuse(r, 0, "it has no line '%s'; write one: %s",
				      script_key(i)->name, script_key(i)->help);
	rc = check_model(r);
	if (rc == CLAQUE_OK)
		rc = check_network(r);
	if (rc == CLAQUE_OK && !s->demo &&
	    (uint64_t)s->partisans + seconds + ROOM_FOR_PEOPLE > s->settings.organic)
		rc = refuse(r, 0, "partisans and second accounts are more than the %u people; write"
			    " more people", s->settings.organic);
	return rc;
}

/* --- lines */

static enum claque_rc
take_scenario(const struct script_read *r)
{
	struct claque_str value = r->lines.value;

	if (!str_eq(r->lines.word, STR("scenario")))
		return refuse(r, r->lines.number, "the first line of a scenario is: scenario NAME");
	if (!lines_is_name(value, SCRIPT_NAME_MAX))
		return refuse(r, r->lines.number, "'%.*s' is no name; write at most %d small letters,"
			      " digits and -", QUOTED(value), SCRIPT_NAME_MAX);
	r->script->name = str_dup(r->perm, value);
	return CLAQUE_OK;
}

/* What is not said is as the table says. */
static void
set_standards(struct script_read *r, bool network, char *base)
{
	for (size_t i = 0; i < script_key_count(); i++) {
		r->key = script_key(i);
		if ((r->key->scope == SCRIPT_NETWORK) == network && r->key->standard[0] != '\0')
			(void)script_take(r, str_of(r->key->standard), base + r->key->offset);
	}
}

/* Groups of the truth are told apart by their names. */
static bool
is_taken(const struct script *s, struct claque_str name)
{
	static const char *const others[] = { "partisan-", "source-", "twins-", "returned-" };

	for (unsigned i = 0; i < SCRIPT_SORT_COUNT; i++)
		if (str_starts(name, str_of(script_sort((enum script_sort_id)i)->group)))
			return true;
	for (size_t i = 0; i < LENGTH(others); i++)
		if (str_starts(name, str_of(others[i])))
			return true;
	for (size_t i = 0; i < s->network_count; i++)
		if (str_eq(name, str_of(s->networks[i].name)))
			return true;
	return false;
}

static enum claque_rc
take_network(struct script_read *r)
{
	struct script *s = r->script;
	struct claque_str name = r->lines.value;
	enum claque_rc rc = check_network(r);
	struct network *n;

	if (rc != CLAQUE_OK)
		return rc;
	if (s->network_count == SCRIPT_NETWORKS_MAX)
		return refuse(r, r->lines.number, "more than %d networks; write fewer, larger ones",
			      SCRIPT_NETWORKS_MAX);
	if (!lines_is_name(name, NETWORK_NAME - 1) || is_taken(s, name))
		return refuse(r, r->lines.number, "'%.*s' cannot be a network's name; write at most"
			      " %d small letters, digits and -, and no name that another group has",
			      QUOTED(name), NETWORK_NAME - 1);
	r->network_lines[s->network_count] = r->lines.number;
	n = &s->networks[s->network_count++];
	*n = (struct network){ .claimed = s->home, .platform = 1 };
	memcpy(n->name, name.p, name.len);
	set_standards(r, true, (char *)n);
	return CLAQUE_OK;
}

static struct word
spelled(struct claque_str s)
{
	struct word w = { .len = (uint8_t)(s.len < WORD_MAX ? s.len : WORD_MAX) };

	for (size_t i = 0; i < w.len; i++)
		w.code[i] = (unsigned char)s.p[i];
	return w;
}

/* Is a line with this word good here? */
static bool
is_for(const struct script_read *r, const struct script_key *k)
{
	return (k->scope == SCRIPT_NETWORK) == (r->script->network_count > 0);
}

static enum claque_rc
refuse_word(const struct script_read *r)
{
	struct claque_str name = r->lines.word;
	struct word written = spelled(name), opening = spelled(STR("network"));
	const char *nearest = "network";
	unsigned least = edit_distance(&written, &opening);

	for (size_t i = 0; i < script_key_count(); i++) {
		const struct script_key *k = script_key(i);
		struct word word = spelled(str_of(k->name));
		unsigned far = edit_distance(&written, &word);

		if (str_eq(name, str_of(k->name)) && k->scope == SCRIPT_NETWORK)
			return refuse(r, r->lines.number, "'%s' is of a network; write it below a "
				      "line 'network NAME'", k->name);
		if (str_eq(name, str_of(k->name)))
			return refuse(r, r->lines.number, "'%s' is of the world; write it above the "
				      "first network", k->name);
		if (is_for(r, k) && far < least) {
			least = far;
			nearest = k->name;
		}
	}
	return refuse(r, r->lines.number, "there is no word '%.*s'; did you mean '%s'? "
		      "claque-scenario(7) lists them", QUOTED(name), nearest);
}

/* The level sets all knobs: what was turned above it would be turned back. */
static enum claque_rc
check_order(const struct script_read *r)
{
	uint64_t given = r->script->given[r->script->network_count];

	for (size_t i = 0; r->key->form == SCRIPT_FORM_LEVEL && i < script_key_count(); i++)
		if (script_key(i)->knob && (given >> i & 1) != 0)
			return refuse(r, r->lines.number, "the level sets all knobs; write it above "
				      "'%s'", script_key(i)->name);
	return CLAQUE_OK;
}

static enum claque_rc
take_value(struct script_read *r, size_t i)
{
	struct script *s = r->script;
	struct network *n = open_network(r);
	char *base = n != NULL ? (char *)n : (char *)s;
	uint64_t *given = &s->given[s->network_count];
	enum claque_rc rc;

	r->key = script_key(i);
	if ((*given >> i & 1) != 0)
		return refuse(r, r->lines.number, "a second line '%s'; take one out", r->key->name);
	rc = check_order(r);
	if (rc != CLAQUE_OK)
		return rc;
	if (!script_take(r, r->lines.value, base + r->key->offset)) {
		struct arena scratch = *r->perm;

		return refuse(r, r->lines.number, "%s '%.*s': write " STR_FMT, r->key->name,
			      QUOTED(r->lines.value), STR_ARG(script_key_values(i, &scratch)));
	}
	*given |= 1ull << i;
	if (r->key->form == SCRIPT_FORM_COUNTRY && n == NULL && !is_given(s, 0, "tongue"))
		s->tongue = s->home->tongue;
	return CLAQUE_OK;
}

static enum claque_rc
take_line(struct script_read *r)
{
	struct claque_str word = r->lines.word;

	if (r->lines.fault != NULL)
		return refuse(r, r->lines.number, "%s", r->lines.fault);
	if (r->script->name.len == 0)
		return take_scenario(r);
	if (r->lines.value.len == 0)
		return refuse(r, r->lines.number, "'%.*s': nothing stands behind it", QUOTED(word));
	if (str_eq(word, STR("network")))
		return take_network(r);
	if (str_eq(word, STR("scenario")))
		return refuse(r, r->lines.number, "a second scenario; write another file");
	for (size_t i = 0; i < script_key_count(); i++)
		if (is_for(r, script_key(i)) && str_eq(word, str_of(script_key(i)->name)))
			return take_value(r, i);
	return refuse_word(r);
}

enum claque_rc
script_read(struct arena *perm, const char *path, struct claque_str text, struct script *out,
	    struct claque_err *err)
{
	struct script_read r = { .perm = perm, .script = out, .path = path, .err = err };
	enum claque_rc rc = CLAQUE_OK;

	*out = (struct script){ .settings.stealth = SCENARIO_AS_DEMO };
	if (text.len > SCRIPT_BYTES_MAX)
		return refuse(&r, 0, "over %d bytes; no scenario needs so many", SCRIPT_BYTES_MAX);
	set_standards(&r, false, (char *)out);
	out->tongue = out->home->tongue;
	r.lines = lines_of(text);
	while (rc == CLAQUE_OK && lines_next(&r.lines))
		rc = take_line(&r);
	return rc == CLAQUE_OK ? check_whole(&r) : rc;
}

/* --- the world */

struct scenario_settings
script_settings(const struct script *s)
{
	struct scenario_settings settings = s->settings;

	settings.script = s->demo ? NULL : s;
	return settings;
}

static struct network
settled_network(const struct script *s, const struct world *w, size_t i, double size)
{
	struct network n = s->networks[i];

	n.seed = hash_mix(w->settings.seed, 300 + i);
	n.created_at = w->settings.start - n.age * (int64_t)DAY;
	n.acts *= fmin(size, 1);
	return n;
}

void
script_settle(const struct script *s, struct world *w)
{
	const struct script_groups *seconds = &s->sorts[SCRIPT_SECONDS];
	struct scenario_settings *out = &w->settings;
	double size = (double)out->posts / (double)s->settings.posts;
	double most = 1e7 - s->partisans, least = seconds->members + ROOM_FOR_PEOPLE;
	uint32_t others = s->settings.organic - s->partisans;

	w->graded = true;
	w->home = s->home;
	w->tongue = s->tongue;
	w->platforms[0] = s->platforms[0];
	w->platforms[1] = s->platforms[1];
	w->organic_handles = s->organic_handles;
	w->longest_handle = s->longest_handle < SCRIPT_HANDLE_MOST ? s->longest_handle : 0;
	w->sittings = s->sittings;
	w->elsewhere = s->elsewhere;
	w->partisans = (uint32_t)fmin(s->partisans * size, 1e6);
	out->organic = w->partisans + (uint32_t)fmin(fmax(others * size, least), most);
	out->planted = out->renamed = out->twins = 0;
	for (size_t i = 0; i < s->network_count; i++) {
		struct network *n = &w->networks[w->network_count++];

		*n = settled_network(s, w, i, size);
		out->planted += n->count + n->returned;
		out->twins += n->twins;
		w->ads |= network_uses(n, TACTIC_ADS);
	}
}
