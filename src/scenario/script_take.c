/* script_take.c - values of scenario files, from text to what the generator takes. */
#include "config.h"

#include "scenario/script_impl.h"

#include <math.h>

#include "base/clock.h"
#include "base/err.h"

enum { MINUTE = 60000, HOUR = 60 * MINUTE, DAY = 24 * HOUR, ZONE_MOST = 14 * 60 };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* "12", "12.5", and the rest behind it without blanks. */
static bool
cut_number(struct claque_str value, double *out, struct claque_str *rest)
{
	size_t len = 0;

	while (len < value.len && (byte_is_digit(value.p[len]) || value.p[len] == '.'))
		len++;
	*rest = str_trim(str_sub(value, len, value.len));
	return len > 0 && len < 30 && str_to_double(str_sub(value, 0, len), out);
}

static bool
in_range(const struct script_key *k, double x)
{
	return x >= k->least && x <= k->most;
}

static bool
whole_number(const struct script_read *r, struct claque_str value, int64_t *out)
{
	return str_to_i64(value, out) && in_range(r->key, (double)*out);
}

static bool
read_text(const struct script_read *r, struct claque_str value, void *at)
{
	struct claque_str *out = at;

	*out = str_dup(r->perm, value);
	return value.len <= SCRIPT_TEXT_MAX;
}

static bool
read_number(const struct script_read *r, struct claque_str value, void *at)
{
	uint64_t *out = at;
	int64_t n;

	if (!whole_number(r, value, &n))
		return false;
	*out = (uint64_t)n;
	return true;
}

static bool
read_count(const struct script_read *r, struct claque_str value, void *at)
{
	uint32_t *out = at;
	int64_t n;

	if (!whole_number(r, value, &n))
		return false;
	*out = (uint32_t)n;
	return true;
}

static bool
read_share(const struct script_read *r, struct claque_str value, void *at)
{
	struct claque_str rest;
	double *out = at, x;

	if (!cut_number(value, &x, &rest) || !str_eq(rest, STR("%")) || !in_range(r->key, x))
		return false;
	*out = x / 100;
	return true;
}

static bool
read_real(const struct script_read *r, struct claque_str value, void *at)
{
	struct claque_str rest;
	double *out = at, x;

	if (!cut_number(value, &x, &rest) || rest.len > 0 || !in_range(r->key, x))
		return false;
	*out = x;
	return true;
}

static bool
read_span(const struct script_read *r, struct claque_str value, void *at)
{
	static const struct {
		char letter;
		int64_t ms;
	} units[] = { { 's', 1000 }, { 'm', MINUTE }, { 'h', HOUR }, { 'd', DAY } };
	struct claque_str rest;
	int64_t *out = at;
	double x;

	if (!cut_number(value, &x, &rest) || rest.len != 1 || x > 1e6)
		return false;
	for (size_t i = 0; i < LENGTH(units); i++)
		if (rest.p[0] == units[i].letter) {
			*out = (int64_t)llround(x * (double)units[i].ms);
			return in_range(r->key, (double)*out / MINUTE);
		}
	return false;
}

static bool
read_date(const struct script_read *r, struct claque_str value, void *at)
{
	int64_t *out = at;

	(void)r;
	return value.len == 10 && clock_parse(value, out) &&
	       *out >= clock_days(2011, 1, 1) * DAY && *out < clock_days(2060, 1, 1) * DAY;
}

static bool
read_model(const struct script_read *r, struct claque_str value, void *at)
{
	bool *out = at;

	(void)r;
	*out = str_eq(value, STR("demo"));
	return *out || str_eq(value, STR("networks"));
}

static bool
read_country(const struct script_read *r, struct claque_str value, void *at)
{
	const struct country **out = at;

	(void)r;
	for (size_t i = 0; i < places_count(); i++)
		if (str_eq_nocase(value, str_of(places_at(i)->name))) {
			*out = places_at(i);
			return true;
		}
	return false;
}

static bool
read_tongue(const struct script_read *r, struct claque_str value, void *at)
{
	enum tongue *out = at;

	(void)r;
	for (unsigned i = 0; i < TONGUE_COUNT; i++)
		if (str_eq(value, str_of(tongue_called((enum tongue)i)))) {
			*out = (enum tongue)i;
			return true;
		}
	return false;
}

static bool
is_platform(struct claque_str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.p[i] < 'a' || s.p[i] > 'z') && !byte_is_digit(s.p[i]))
			return false;
	return s.len > 0 && s.len <= 20;
}

static bool
read_platforms(const struct script_read *r, struct claque_str value, void *at)
{
	const char **out = at;
	struct claque_str first = { 0 }, rest = value;

	(void)str_cut(&rest, ' ', &first);
	rest = str_trim(rest);
	if (!is_platform(first) || !is_platform(rest) || str_eq(first, rest))
		return false;
	out[0] = str_z(r->perm, first);
	out[1] = str_z(r->perm, rest);
	return true;
}

static bool
read_platform(const struct script_read *r, struct claque_str value, void *at)
{
	uint8_t *out = at;

	*out = str_eq(value, str_of(r->script->platforms[1]));
	return *out || str_eq(value, str_of(r->script->platforms[0]));
}

/* "0", "3 of 120"; of what has one group only "120". */
static bool
read_groups(const struct script_read *r, struct claque_str value, void *at)
{
	struct script_groups *out = at;
	const struct script_sort *sort =
		script_sort((enum script_sort_id)(out - r->script->sorts));
	size_t of = str_find(value, STR("of"), 0);
	int64_t count = 1, members = 0;
	bool good;

	if (of == value.len)
		good = str_to_i64(value, &members) && (sort->most == 1 || members == 0);
	else
		good = sort->most > 1 && str_to_i64(str_trim(str_sub(value, 0, of)), &count) &&
		       str_to_i64(str_trim(str_sub(value, of + 2, value.len)), &members) &&
		       count >= 1 && count <= sort->most && members != 0;
	if (!good || (members != 0 && !in_range(r->key, (double)members)))
		return false;
	*out = (struct script_groups){ members == 0 ? 0 : (uint32_t)count, (uint32_t)members };
	return true;
}

static bool
read_level(const struct script_read *r, struct claque_str value, void *at)
{
	struct knobs *out = at;
	int64_t n;

	if (!whole_number(r, value, &n))
		return false;
	*out = *world_knobs((int)n);
	for (size_t i = 0; i < r->script->network_count; i++)
		if (&r->script->networks[i].knobs == out)
			r->script->levels[i] = (int)n;
	return true;
}

static bool
read_tactics(const struct script_read *r, struct claque_str value, void *at)
{
	struct claque_str name;
	uint32_t *out = at;

	*out = 0;
	while (str_cut(&value, ' ', &name)) {
		enum tactic t = scenario_tactic(str_z(r->perm, str_trim(name)));

		if (name.len > 0 && t == TACTIC_COUNT)
			return false;
		*out |= name.len > 0 ? 1u << t : 0;
	}
	return true;
}

static bool
read_zone(const struct script_read *r, struct claque_str value, void *at)
{
	struct claque_str hours = str_sub(value, 1, 2), minutes = str_sub(value, 4, value.len);
	int16_t *out = at;
	int64_t h, m;

	(void)r;
	if (value.len != 6 || value.p[3] != ':' || (value.p[0] != '+' && value.p[0] != '-') ||
	    !byte_is_digit(hours.p[0]) || !str_to_i64(hours, &h) || !byte_is_digit(minutes.p[0]) ||
	    !str_to_i64(minutes, &m) || m > 59 || 60 * h + m > ZONE_MOST)
		return false;
	*out = (int16_t)((value.p[0] == '-' ? -1 : 1) * (60 * h + m));
	return true;
}

bool
script_take(const struct script_read *r, struct claque_str value, void *at)
{
	static bool (*const readers[])(const struct script_read *, struct claque_str, void *) = {
		[SCRIPT_FORM_TEXT] = read_text, [SCRIPT_FORM_NUMBER] = read_number,
		[SCRIPT_FORM_COUNT] = read_count, [SCRIPT_FORM_SHARE] = read_share,
		[SCRIPT_FORM_REAL] = read_real, [SCRIPT_FORM_SPAN] = read_span,
		[SCRIPT_FORM_DATE] = read_date, [SCRIPT_FORM_MODEL] = read_model,
		[SCRIPT_FORM_COUNTRY] = read_country, [SCRIPT_FORM_TONGUE] = read_tongue,
		[SCRIPT_FORM_PLATFORMS] = read_platforms, [SCRIPT_FORM_PLATFORM] = read_platform,
		[SCRIPT_FORM_GROUPS] = read_groups, [SCRIPT_FORM_LEVEL] = read_level,
		[SCRIPT_FORM_TACTICS] = read_tactics, [SCRIPT_FORM_ZONE] = read_zone };

	return readers[r->key->form](r, value, at);
}

/* --- knobs that are turned afterwards */

static double
number_at(const struct script *s, const struct script_key *k, size_t network)
{
	const void *at = (const char *)&s->networks[network] + k->offset;

	if (k->form == SCRIPT_FORM_LEVEL)
		return s->levels[network];
	if (k->form == SCRIPT_FORM_SPAN)
		return (double)*(const int64_t *)at / MINUTE;
	if (k->form == SCRIPT_FORM_SHARE)
		return *(const double *)at * 100;
	return k->form == SCRIPT_FORM_COUNT ? *(const uint32_t *)at : *(const double *)at;
}

enum claque_rc
script_turn(struct script *s, const char *knob, struct claque_str value, double *number,
	    struct claque_err *err)
{
	size_t key = script_key_find(knob), turned = 0;
	struct script_read r = { .script = s };
	char values[200];
	struct arena scratch = { values, values + sizeof(values) };

	r.key = script_key(key < script_key_count() ? key : 0);
	if (!r.key->knob && r.key->form != SCRIPT_FORM_LEVEL)
		return err_set(err, CLAQUE_EUSAGE, "'%s' is no knob of a network; "
			       "claque-scenario(7) lists them", knob);
	for (size_t i = 0; i < s->network_count; i++) {
		if (!script_is_read(s, key, i))
			continue;
		if (!script_take(&r, value, (char *)&s->networks[i] + r.key->offset))
			return err_set(err, CLAQUE_EUSAGE, "%s '" STR_FMT "': write " STR_FMT, knob,
				       STR_ARG(str_head(value, 60)),
				       STR_ARG(script_key_values(key, &scratch)));
		if (!network_uses(&s->networks[i], TACTIC_CAMOUFLAGE))
			s->networks[i].knobs.filler = 0;
		*number = number_at(s, r.key, i);
		turned++;
	}
	if (turned > 0)
		return CLAQUE_OK;
	return err_set(err, CLAQUE_EUSAGE, "no network of scenario " STR_FMT " has a use for the "
		       "knob %s; claque generate --explain tells what it says", STR_ARG(s->name),
		       knob);
}
