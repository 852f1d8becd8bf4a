/*
 * sniff_json.c - formats of JSON by the places that their items have.
 */
#include "config.h"

#include "import/sniff.h"

#include "base/err.h"

enum { LIST_MAX = 240 };

/* A path that begins with '^' is one of the shell. */
static bool
has(const struct item *item, const char *path)
{
	return path[0] == '^' ? feed_at(item->shell, path + 1) != NULL :
				feed_at(item->value, path) != NULL;
}

static size_t
count_paths(const struct format *format)
{
	size_t count = 0;

	while (format->signature[count] != NULL)
		count++;
	return count;
}

static size_t
count_present(const struct format *format, const struct item *item)
{
	size_t count = 0;

	for (size_t i = 0; format->signature[i] != NULL; i++)
		count += has(item, format->signature[i]);
	return count;
}

const struct format *
sniff_item(const struct item *item, const struct import_options *options)
{
	const struct format *format, *best = NULL;
	size_t most = 0;

	if (options->format != NULL) {
		format = format_find(options, options->format);
		return format != NULL && format->item != NULL ? format : NULL;
	}
	for (size_t i = 0; (format = format_at(options, i)) != NULL; i++) {
		size_t paths = format->item != NULL ? count_paths(format) : 0;

		if (paths > most && count_present(format, item) == paths) {
			most = paths;
			best = format;
		}
	}
	return best;
}

/* "data or meta", "messages around it": a path in words. */
static void
list_path(struct buf *list, const char *path)
{
	bool around = path[0] == '^';

	buf_addz(list, list->len > 0 ? ", " : "");
	for (const char *p = path + around; *p != '\0'; p++)
		if (*p == '|')
			buf_addz(list, " or ");
		else
			buf_addc(list, *p);
	buf_addz(list, around ? " around it" : "");
}

static void
list_missing(struct buf *list, const struct format *format, const struct item *item)
{
	for (size_t i = 0; format->signature[i] != NULL; i++)
		if (!has(item, format->signature[i]))
			list_path(list, format->signature[i]);
}

static enum claque_rc
refuse_nearest(const struct format *nearest, const struct item *item, struct claque_err *err)
{
	struct buf list;
	enum claque_rc rc;

	buf_init(&list, LIST_MAX);
	list_missing(&list, nearest, item);
	rc = err_set(err, CLAQUE_EINPUT, "no known format of JSON; nearest is %s, which also has "
		     STR_FMT, nearest->about.name, STR_ARG(buf_str(&list)));
	buf_done(&list);
	return rc;
}

enum claque_rc
sniff_refuse_shape(const struct format *asked, const char *is, struct claque_err *err)
{
	const char *of = asked->row != NULL ? "tables" : asked->item != NULL ? "JSON" : "XML";

	return err_set(err, CLAQUE_EINPUT, "format %s is one of %s; this is %s",
		       asked->about.name, of, is);
}

enum claque_rc
sniff_refuse(const struct item *first, const struct import_options *options,
	     struct claque_err *err)
{
	const struct format *format, *nearest = NULL;
	size_t most = 0;

	if (options->format != NULL)
		return sniff_refuse_shape(format_find(options, options->format), "JSON", err);
	for (size_t i = 0; (format = format_at(options, i)) != NULL; i++) {
		size_t present = format->item != NULL ? count_present(format, first) : 0;

		if (present > most) {
			most = present;
			nearest = format;
		}
	}
	if (nearest != NULL)
		return refuse_nearest(nearest, first, err);
	return err_set(err, CLAQUE_EINPUT, "no known format of JSON: its objects have no key that "
		       "any has; a mapping file tells what is what (claque-formats(7))");
}
