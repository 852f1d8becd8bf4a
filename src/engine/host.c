#include "config.h"

#include "engine/host.h"

#include "base/utf8.h"
#include "engine/confusable.h"
#include "engine/punycode.h"

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

/* Second levels that registries keep for themselves. */
static const char *const shared[] = {
	"ac", "co", "com", "edu", "go", "gob", "gouv", "gov", "mil", "ne", "net", "nom", "or",
	"org",
};

/* What is sold under com, net and org as if it were a country's. */
static const char *const sold[] = {
	"ae", "br", "cn", "co", "de", "eu", "gb", "gr", "hu", "in", "jp", "kr", "mx", "no", "ru",
	"sa", "se", "uk", "us", "uy", "za",
};

static const char *const legacy[] = {
	"biz", "com", "edu", "gov", "info", "int", "mil", "net", "org",
};

static bool
is_one_of(struct claque_str s, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(s, str_of(list[i])))
			return true;
	return false;
}

/* The label that ends at `end`. */
static struct claque_str
label_before(struct claque_str text, size_t end)
{
	size_t from = end;

	while (from > 0 && text.p[from - 1] != '.')
		from--;
	return str_sub(text, from, end - from);
}

static bool
is_double(struct claque_str second, struct claque_str top)
{
	if (top.len == 2)
		return is_one_of(second, shared, LENGTH(shared));
	return (str_eq(top, STR("com")) || str_eq(top, STR("net")) || str_eq(top, STR("org"))) &&
	       is_one_of(second, sold, LENGTH(sold));
}

static enum suffix_class
class_of(struct claque_str suffix, struct claque_str top)
{
	if (top.len == 2)
		return SUFFIX_COUNTRY;
	return suffix.len == top.len && is_one_of(top, legacy, LENGTH(legacy)) ? SUFFIX_LEGACY
									      : SUFFIX_NEW;
}

/* False for what no host may hold, and for numbers at the end: an address. */
static bool
is_name(struct claque_str text, struct claque_str top)
{
	bool digits = true;

	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] == '.' && (i == 0 || i + 1 == text.len || text.p[i - 1] == '.'))
			return false;
	for (size_t i = 0; i < top.len; i++)
		digits = digits && byte_is_digit(top.p[i]);
	return top.len > 1 && top.len < text.len && !digits;
}

/* By the rule of thumb. */
static struct claque_str
guess_suffix(struct claque_str text, struct claque_str top)
{
	struct claque_str second = label_before(text, text.len - top.len - 1);

	if (second.len + 1 + top.len < text.len && is_double(second, top))
		return str_sub(text, text.len - top.len - 1 - second.len, text.len);
	return top;
}

static bool
split(struct claque_str text, const struct suffixes *known, struct host *out)
{
	struct claque_str top = label_before(text, text.len);
	bool hosted = false;
	size_t told = 0;

	if (!is_name(text, top))
		return false;
	out->text = text;
	if (known->suffix != NULL)
		told = known->suffix(known->ctx, text, &hosted);
	out->suffix = told >= top.len && told + 1 < text.len ?
		str_sub(text, text.len - told, told) : guess_suffix(text, top);
	out->class = hosted ? SUFFIX_NEW : class_of(out->suffix, top);
	out->label = label_before(text, text.len - out->suffix.len - 1);
	out->domain = str_sub(text, text.len - out->suffix.len - 1 - out->label.len, text.len);
	return out->label.len > 0;
}

static void
read_plain(struct claque_str s, struct word *w)
{
	w->len = 0;
	while (s.len > 0 && w->len < WORD_MAX) {
		size_t used;

		w->code[w->len++] = utf8_next(s, &used);
		s = str_sub(s, used, s.len);
	}
}

static void
read_label(struct claque_str label, struct word *w)
{
	size_t count;

	if (str_starts(label, STR("xn--")) &&
	    punycode_decode(str_sub(label, 4, label.len), w->code, WORD_MAX, &count))
		w->len = (uint8_t)count;
	else
		read_plain(label, w);
}

static void
drop_hyphens(struct host *h)
{
	h->plain.len = 0;
	h->letters = 0;
	for (uint8_t i = 0; i < h->skeleton.len; i++) {
		uint32_t code = h->skeleton.code[i];

		if (code == '-')
			continue;
		h->plain.code[h->plain.len++] = code;
		h->letters |= UINT64_C(1) << (code % 64);
	}
}

static bool
read_letters(struct host *h)
{
	read_label(h->label, &h->skeleton);
	confusable_fold(&h->skeleton);
	drop_hyphens(h);
	return h->plain.len > 0;
}

bool
host_of_name(struct claque_str name, struct host *out)
{
	*out = (struct host){ .text = name, .domain = name, .label = name, .class = SUFFIX_NEW };
	return read_letters(out);
}

bool
host_read(struct claque_str text, const struct suffixes *known, struct host *out)
{
	*out = (struct host){ .class = SUFFIX_NEW };
	return split(text, known, out) && read_letters(out);
}

/* "a.b.c" is under "b.c", "ab.c" is not. */
static bool
is_under(struct claque_str name, struct claque_str domain)
{
	return name.len > domain.len && name.p[name.len - domain.len - 1] == '.' &&
	       str_eq(str_sub(name, name.len - domain.len, domain.len), domain);
}

bool
host_same_owner(const struct host *a, const struct host *b)
{
	return str_eq(a->domain, b->domain) || is_under(a->domain, b->domain) ||
	       is_under(b->domain, a->domain);
}
