#include "config.h"

#include "model/killchain.h"

#define TACTIC_0 "0. Acquiring assets"
#define TACTIC_1 "1. Disguising assets"
#define TACTIC_2 "2. Gathering information"
#define TACTIC_3 "3. Coordinating and planning"
#define TACTIC_4 "4. Testing defenses"
#define TACTIC_5 "5. Evading detection"
#define TACTIC_6 "6. Indiscriminate engagement"
#define TACTIC_7 "7. Targeted engagement"
#define TACTIC_8 "8. Compromising assets"
#define TACTIC_9 "9. Enabling longevity"

static const struct killchain_step steps[] = {
#define PROCEDURE(tactic, technique, procedure) \
	{ TACTIC_##tactic, technique, procedure },
#include "model/killchain_steps.inc"
#undef PROCEDURE
};

enum { STEPS = sizeof(steps) / sizeof(steps[0]) };

/* As STIX names phases: small letters and hyphens. */
static const char *const phases[] = {
	"acquiring-assets", "disguising-assets", "gathering-information",
	"coordinating-and-planning", "testing-defenses", "evading-detection",
	"indiscriminate-engagement", "targeted-engagement", "compromising-assets",
	"enabling-longevity",
};

struct claque_str
killchain_number(struct claque_str label)
{
	size_t len = 0, dots = 0;

	while (len < label.len && (byte_is_digit(label.p[len]) || label.p[len] == '.'))
		dots += label.p[len++] == '.';
	while (len > 0 && label.p[len - 1] == '.')
		len--, dots--;
	/* The taxonomy writes some procedures with a fourth, empty level. */
	if (dots == 3 && len > 2 && str_eq(str_sub(label, len - 2, 2), STR(".0")))
		len -= 2;
	return len == 0 ? (struct claque_str){ 0 } : str_sub(label, 0, len);
}

const struct killchain_step *
killchain_find(struct claque_str number)
{
	for (size_t i = 0; i < STEPS; i++)
		if (str_eq(killchain_number(str_of(steps[i].procedure)), number))
			return &steps[i];
	return NULL;
}

const struct killchain_step *
killchain_under(struct claque_str number)
{
	for (size_t i = 0; i < STEPS; i++)
		if (str_eq(killchain_number(str_of(steps[i].technique)), number))
			return &steps[i];
	return NULL;
}

const char *
killchain_phase(struct claque_str number)
{
	bool known = number.len > 1 && byte_is_digit(number.p[0]) && number.p[1] == '.';

	return known ? phases[number.p[0] - '0'] : NULL;
}

static bool
is_under(struct claque_str number, struct claque_str branch)
{
	return str_starts(number, branch) &&
	       (number.len == branch.len || number.p[branch.len] == '.');
}

struct claque_str
killchain_role(struct claque_str number)
{
	if (is_under(number, STR("0.9")))
		return STR("persona");
	if (is_under(number, STR("6.2")))
		return STR("amplifier");
	return (struct claque_str){ 0 };
}
