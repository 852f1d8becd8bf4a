#include "config.h"

#include "text/lines.h"

#include "base/utf8.h"

struct lines
lines_of(struct claque_str text)
{
	if (str_starts(text, STR("\xef\xbb\xbf")))
		text = str_sub(text, 3, text.len);
	return (struct lines){ .rest = text };
}

static const char *
fault_of(struct claque_str line)
{
	if (memchr(line.p, '\0', line.len) != NULL)
		return "a NUL byte; this is no text";
	return utf8_valid(line) ? NULL : "no valid UTF-8; save the file as UTF-8";
}

bool
lines_next(struct lines *l)
{
	while (str_cut(&l->rest, '\n', &l->line)) {
		struct claque_str s = str_trim(l->line);
		size_t len = 0;

		l->number++;
		if (s.len == 0 || s.p[0] == '#')
			continue;
		l->fault = fault_of(s);
		while (len < s.len && !byte_is_space(s.p[len]))
			len++;
		l->word = str_sub(s, 0, len);
		l->value = str_trim(str_sub(s, len, s.len));
		return true;
	}
	return false;
}

bool
lines_is_name(struct claque_str s, size_t most)
{
	for (size_t i = 0; i < s.len; i++)
		if (!(s.p[i] >= 'a' && s.p[i] <= 'z') && !byte_is_digit(s.p[i]) && s.p[i] != '-')
			return false;
	return s.len > 0 && s.len <= most && s.p[0] != '-';
}
