/*
 * stix_value.c - values, by the letter that the table of types gives each property. Each
 * check is a function; a value of the wrong JSON type is told as such and not looked into.
 */
#include "config.h"

#include "export/stix_value.h"

#include <stdarg.h>
#include <stdio.h>

enum { SHOWN_BYTES = 60, MESSAGE_BYTES = 500, SECONDS_LEN = 19, MS_DIGITS = 3 };
/* The largest whole number that JSON carries everywhere. */
static const json_int_t count_max = 9007199254740991;

void
stix_tell(struct stix_object *o, const char *property, const char *fmt, ...)
{
	struct stix_checking *run = o->run->run;
	char what[MESSAGE_BYTES];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(what, sizeof(what), fmt, ap);
	va_end(ap);
	run->problems++;
	if (n < 0)
		n = 0;
	if ((size_t)n >= sizeof(what))
		n = (int)sizeof(what) - 1;
	run->tell(run->ctx, &(struct stix_problem){
		.object = o->id.len > 0 ? str_head(o->id, STIX_ID_MAX) : STR("(an object without id)"),
		.property = property[0] != '\0' ? str_head(str_of(property), STIX_ID_MAX) :
			    STR("(a property without name)"),
		.what = { what, (size_t)n } });
}

struct claque_str
stix_text(const json_t *object, const char *key)
{
	return json_string_of(json_object_get(object, key));
}

struct claque_str
stix_quote(struct claque_str s)
{
	return str_head(s, SHOWN_BYTES);
}

bool
stix_has_word(struct claque_str words, struct claque_str word)
{
	struct claque_str each;

	while (str_cut(&words, ' ', &each))
		if (each.len > 0 && str_eq(each, word))
			return true;
	return false;
}

/* "2023-11-30T12:00:00Z" with any fraction; *digits of that. */
static bool
is_time(struct claque_str s, size_t *digits)
{
	static const char shape[] = "0000-00-00T00:00:00";
	static const struct { size_t at; int least, most; } parts[] = {
		{ 5, 1, 12 }, { 8, 1, 31 }, { 11, 0, 23 }, { 14, 0, 59 }, { 17, 0, 60 },
	};

	*digits = 0;
	if (s.len <= SECONDS_LEN || s.p[s.len - 1] != 'Z')
		return false;
	for (size_t i = 0; i < SECONDS_LEN; i++)
		if (shape[i] == '0' ? !byte_is_digit(s.p[i]) : s.p[i] != shape[i])
			return false;
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		const char *p = s.p + parts[i].at;
		int number = (p[0] - '0') * 10 + (p[1] - '0');

		if (number < parts[i].least || number > parts[i].most)
			return false;
	}
	for (size_t i = SECONDS_LEN + 1; i + 1 < s.len; i++, ++*digits)
		if (!byte_is_digit(s.p[i]))
			return false;
	return s.len == SECONDS_LEN + 1 || (s.p[SECONDS_LEN] == '.' && *digits > 0);
}

/* Digit by digit; of a fraction, what is not written is 0. */
static int
compare_times(struct claque_str a, struct claque_str b)
{
	size_t longest = a.len > b.len ? a.len : b.len;

	for (size_t i = 0; i < longest; i++) {
		char x = i < a.len ? a.p[i] : '0', y = i < b.len ? b.p[i] : '0';

		x = byte_is_digit(x) ? x : '0';
		y = byte_is_digit(y) ? y : '0';
		if (x != y)
			return x < y ? -1 : 1;
	}
	return 0;
}

static void
order_of(struct stix_object *o, const char *first, const char *second)
{
	struct claque_str a = stix_text(o->json, first), b = stix_text(o->json, second);
	size_t digits;

	if (is_time(a, &digits) && is_time(b, &digits) && compare_times(a, b) > 0)
		stix_tell(o, second, "it is before %s", first);
}

void
stix_check_order(struct stix_object *o)
{
	struct claque_str rest = str_of(o->type->order != NULL ? o->type->order : ""), first;
	char a[STIX_ID_MAX], b[STIX_ID_MAX];

	order_of(o, "created", "modified");
	if (!str_cut(&rest, '<', &first) || first.len == 0)
		return;
	(void)snprintf(a, sizeof(a), STR_FMT, STR_ARG(first));
	(void)snprintf(b, sizeof(b), STR_FMT, STR_ARG(rest));
	order_of(o, a, b);
}

static void
check_time(struct stix_object *o, const char *key, const json_t *value, bool milliseconds)
{
	struct claque_str s = json_string_of(value);
	size_t digits;

	if (!is_time(s, &digits))
		stix_tell(o, key, "'" STR_FMT "' is no time; write 2023-11-30T12:00:00.000Z",
			  STR_ARG(stix_quote(s)));
	else if (milliseconds && digits != MS_DIGITS)
		stix_tell(o, key, "'" STR_FMT "' is not in milliseconds; write three digits after"
			  " the point", STR_ARG(stix_quote(s)));
}

static void
check_text(struct stix_object *o, const char *key, const json_t *value)
{
	static const char *const addresses[] = { "domain-name", "url", "email-addr", "ipv4-addr" };
	struct claque_str s = json_string_of(value);

	if (!json_is_string(value)) {
		stix_tell(o, key, "it has to be text");
		return;
	}
	for (size_t i = 0; i < 4; i++)
		if (strcmp(key, "value") == 0 && strcmp(o->type->name, addresses[i]) == 0 &&
		    (str_find(s, STR("[.]"), 0) < s.len || str_starts(s, STR("hxxp"))))
			stix_tell(o, key, "'" STR_FMT "' is defanged; write it as it is",
				  STR_ARG(stix_quote(s)));
}

static void
check_flag(struct stix_object *o, const char *key, const json_t *value)
{
	if (!json_is_boolean(value))
		stix_tell(o, key, "it has to be true or false");
}

static void
check_whole(struct stix_object *o, const char *key, const json_t *value, json_int_t most)
{
	if (!json_is_integer(value) || json_integer_value(value) < 0 ||
	    json_integer_value(value) > most)
		stix_tell(o, key, "it has to be a whole number from 0 to %lld", (long long)most);
}

static void
check_list(struct stix_object *o, const char *key, const json_t *value, json_type of,
	   const char *what)
{
	const json_t *each;
	size_t i;

	if (!json_is_array(value) || json_array_size(value) == 0) {
		stix_tell(o, key, "it has to be a list of %s that is not empty; without any, take"
			  " it out", what);
		return;
	}
	json_array_foreach(value, i, each)
		if (json_typeof(each) != of) {
			stix_tell(o, key, "entry %zu has to be %s", i, what);
			return;
		}
}

static void
check_object_value(struct stix_object *o, const char *key, const json_t *value)
{
	if (!json_is_object(value) || json_object_size(value) == 0)
		stix_tell(o, key, "it has to be an object that is not empty");
}

static void
check_opinion(struct stix_object *o, const char *key, const json_t *value)
{
	static const char words[] = "strongly-disagree disagree neutral agree strongly-agree";

	if (!stix_has_word(str_of(words), json_string_of(value)))
		stix_tell(o, key, "'" STR_FMT "' is none of: %s",
			  STR_ARG(stix_quote(json_string_of(value))), words);
}

static void
check_pattern(struct stix_object *o, const char *key, const json_t *value)
{
	struct claque_str s = json_string_of(value);
	size_t at = 0;
	const char *fault;

	if (!json_is_string(value) ||
	    !str_eq(stix_text(o->json, "pattern_type"), STR("stix"))) {
		check_text(o, key, value);
		return;
	}
	fault = stix_pattern_fault(s, &at);
	if (fault != NULL)
		stix_tell(o, key, "at byte %zu of '" STR_FMT "': %s", at, STR_ARG(stix_quote(s)),
			  fault);
}

static void
check_phases(struct stix_object *o, const char *key, const json_t *value)
{
	const json_t *each;
	size_t i;

	check_list(o, key, value, JSON_OBJECT, "objects");
	json_array_foreach(value, i, each)
		if (!json_is_string(json_object_get(each, "kill_chain_name")) ||
		    !json_is_string(json_object_get(each, "phase_name")))
			stix_tell(o, key, "entry %zu needs kill_chain_name and phase_name", i);
}

static void
check_external(struct stix_object *o, const char *key, const json_t *value)
{
	const json_t *each;
	size_t i;

	check_list(o, key, value, JSON_OBJECT, "objects");
	json_array_foreach(value, i, each) {
		bool says = json_object_get(each, "description") != NULL ||
			    json_object_get(each, "url") != NULL ||
			    json_object_get(each, "external_id") != NULL;

		if (!json_is_string(json_object_get(each, "source_name")) || !says)
			stix_tell(o, key, "entry %zu needs source_name, and one of description,"
				  " url, external_id", i);
	}
}

static void
check_hashes(struct stix_object *o, const char *key, const json_t *value)
{
	static const struct { const char *name; size_t digits; } known[] = {
		{ "MD5", 32 }, { "SHA-1", 40 }, { "SHA-256", 64 }, { "SHA-512", 128 },
	};
	bool hex;

	check_object_value(o, key, value);
	for (size_t i = 0; i < 4; i++) {
		struct claque_str s = stix_text(value, known[i].name);

		hex = s.len == 0 || s.len == known[i].digits;
		for (size_t k = 0; k < s.len; k++)
			hex = hex && byte_hex(s.p[k]) >= 0;
		if (!hex)
			stix_tell(o, key, "%s has to be %zu hexadecimal digits", known[i].name,
				  known[i].digits);
	}
}

static void
check_extension_values(struct stix_object *o, const char *key, const json_t *value)
{
	static const char words[] = "clear green amber amber+strict red";
	const char *id;
	json_t *each;

	check_object_value(o, key, value);
	json_object_foreach((json_t *)(uintptr_t)value, id, each) {
		const json_t *tlp = json_object_get(each, "tlp_2_0");

		if (!json_is_object(each))
			stix_tell(o, key, "an extension has to be an object");
		else if (tlp != NULL && !stix_has_word(str_of(words), json_string_of(tlp)))
			stix_tell(o, key, "tlp_2_0 is one of: %s", words);
	}
}

static void
check_texts(struct stix_object *o, const char *key, const json_t *value)
{
	check_list(o, key, value, JSON_STRING, "texts");
}

static void
check_objects(struct stix_object *o, const char *key, const json_t *value)
{
	check_list(o, key, value, JSON_OBJECT, "objects");
}

static void
check_any_time(struct stix_object *o, const char *key, const json_t *value)
{
	check_time(o, key, value, false);
}

static void
check_version_time(struct stix_object *o, const char *key, const json_t *value)
{
	check_time(o, key, value, true);
}

static void
check_count(struct stix_object *o, const char *key, const json_t *value)
{
	check_whole(o, key, value, count_max);
}

static void
check_confidence(struct stix_object *o, const char *key, const json_t *value)
{
	check_whole(o, key, value, 100);
}

static void
check_number(struct stix_object *o, const char *key, const json_t *value)
{
	if (!json_is_number(value))
		stix_tell(o, key, "it has to be a number");
}

static void
check_version(struct stix_object *o, const char *key, const json_t *value)
{
	if (!str_eq(json_string_of(value), STR("2.1")))
		stix_tell(o, key, "it has to be '2.1'");
}

static const struct {
	char kind;
	void (*check)(struct stix_object *o, const char *key, const json_t *value);
} checks[] = {
	{ 's', check_text }, { 'd', check_text }, { 'r', check_text }, { 'S', check_texts },
	{ 'R', check_texts }, { 'O', check_objects }, { 't', check_any_time },
	{ 'm', check_version_time }, { 'i', check_count }, { 'c', check_confidence },
	{ 'n', check_number }, { 'b', check_flag }, { 'o', check_object_value },
	{ 'h', check_hashes }, { 'p', check_pattern }, { 'e', check_opinion },
	{ 'k', check_phases }, { 'l', check_external }, { 'x', check_extension_values },
	{ 'v', check_version },
};

void
stix_check_value(struct stix_object *o, const char *key, char kind, const json_t *value)
{
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		if (checks[i].kind == kind)
			checks[i].check(o, key, value);
}
