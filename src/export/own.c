/*
 * own.c - a mistyped --out must not cost a home folder: what is replaced or taken away is
 * looked at file by file first, and one that we would not have written saves them all.
 */
#include "config.h"

#include "export/own.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/tree.h"
#include "model/bag.h"

enum { ROOM_BYTES = 1 << 30, MANIFEST_MAX = 64 << 20, HEX_AND_BLANKS = 66 };

/* A file of a folder of CSV files. */
static bool
is_table_name(struct claque_str name)
{
	return str_find(name, STR("/"), 0) == name.len &&
	       (str_eq(name, STR("README.txt")) || str_ends(name, STR(".csv")));
}

/* A copy of an input file: "003-posts.csv". */
static bool
is_copy_name(struct claque_str name)
{
	size_t digits = 0;

	while (digits < name.len && byte_is_digit(name.p[digits]))
		digits++;
	return digits >= 3 && digits < name.len && name.p[digits] == '-' &&
	       str_find(name, STR("/"), 0) == name.len;
}

static bool
is_payload_name(struct claque_str name)
{
	static const char *const names[] = {
		"case.md", "case.html", "network.graphml", "network.gexf", "case.stix.json",
		"ledger.ndjson", "annotations.ndjson",
	};

	if (str_starts(name, STR("csv/")))
		return is_table_name(str_sub(name, 4, name.len));
	if (str_starts(name, STR("inputs/")))
		return is_copy_name(str_sub(name, 7, name.len));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_eq(name, str_of(names[i])))
			return true;
	return false;
}

static bool
is_bag_name(struct claque_str name)
{
	if (str_starts(name, STR("data/")))
		return is_payload_name(str_sub(name, 5, name.len));
	for (unsigned i = 0; i < BAG_TAG_COUNT; i++)
		if (str_eq(name, str_of(bag_tag_names[i])))
			return true;
	return false;
}

/* Folders of a bag, the innermost first; "" is the bag. */
static const char *const bag_folders[] = { "/data/csv", "/data/inputs", "/data", "" };
enum { BAG_FOLDERS = sizeof(bag_folders) / sizeof(bag_folders[0]) };

static bool
is_bag_folder(const char *name)
{
	for (size_t i = 0; i < BAG_FOLDERS; i++)
		if (strcmp(bag_folders[i], name) == 0)
			return true;
	return false;
}

/* Is there a folder in this one that an export does not make, be it empty? */
static bool
has_strange_folder(const char *path, const char *below, bool bag, struct arena scratch)
{
	DIR *dir = opendir(str_fmt(&scratch, "%s%s", path, below).p);
	const struct dirent *entry;
	struct stat st;
	bool strange = false;

	while (!strange && dir != NULL && (entry = readdir(dir)) != NULL) {
		struct arena perm = scratch;

		strange = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
			  (fstatat(dirfd(dir), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
			   (S_ISDIR(st.st_mode) &&
			    !(bag && is_bag_folder(str_fmt(&perm, "%s/%s", below,
							   entry->d_name).p))));
	}
	if (dir != NULL)
		(void)closedir(dir);
	return strange;
}

static bool
all_own_folders(const char *path, bool bag, struct arena scratch)
{
	for (size_t i = bag ? 0 : BAG_FOLDERS - 1; i < BAG_FOLDERS; i++)
		if (has_strange_folder(path, bag_folders[i], bag, scratch))
			return false;
	return true;
}

static bool
all_own(const struct tree_file *files, size_t count, bool bag)
{
	for (size_t i = 0; i < count; i++) {
		struct claque_str name = str_of(files[i].path);

		if (!files[i].regular || !(bag ? is_bag_name(name) : is_table_name(name)))
			return false;
	}
	return true;
}

/* At most `max` of its first bytes; false: it cannot be read. */
static bool
read_head(const char *path, size_t max, struct buf *out)
{
	char chunk[1 << 12];
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	ssize_t n = -1;

	while (fd >= 0 && out->len < max && (n = read(fd, chunk, sizeof(chunk))) > 0)
		buf_add(out, (struct claque_str){ chunk, (size_t)n });
	if (fd >= 0)
		(void)close(fd);
	return fd >= 0 && n >= 0 && !out->over;
}

/* Folders of CSV files are common, and so are bags; only ours have this on top. */
static bool
has_own_readme(const char *path, struct arena scratch)
{
	struct claque_str top = STR("claque export\n");
	struct buf head;
	bool own;

	buf_init(&head, MANIFEST_MAX);
	own = read_head(str_fmt(&scratch, "%s/README.txt", path).p, top.len, &head) &&
	      str_starts(buf_str(&head), top);
	buf_done(&head);
	return own;
}

static int
by_text(const void *pa, const void *pb)
{
	return str_cmp(*(const struct claque_str *)pa, *(const struct claque_str *)pb);
}

/* The paths of "HEX  PATH" lines, sorted. */
static size_t
listed_paths(struct claque_str manifest, struct arena *perm, struct claque_str **out)
{
	struct claque_str rest = manifest, line;
	size_t most = manifest.len / HEX_AND_BLANKS, count = 0;

	*out = ARENA_NEW(perm, struct claque_str, most + 1);
	while (count < most && str_cut(&rest, '\n', &line))
		if (line.len > HEX_AND_BLANKS)
			(*out)[count++] = str_sub(line, HEX_AND_BLANKS, line.len);
	qsort(*out, count, sizeof(**out), by_text);
	return count;
}

/* Somebody may have laid a file of his own into data/, under a name of ours. */
static bool
all_listed(const char *path, const struct tree_file *files, size_t count, struct arena scratch)
{
	struct claque_str *listed;
	struct buf manifest;
	size_t listed_count = 0;
	bool all;

	buf_init(&manifest, MANIFEST_MAX);
	all = read_head(str_fmt(&scratch, "%s/%s", path, bag_tag_names[BAG_MANIFEST]).p,
			MANIFEST_MAX, &manifest);
	listed_count = listed_paths(buf_str(&manifest), &scratch, &listed);
	for (size_t i = 0; all && i < count; i++) {
		struct claque_str name = str_of(files[i].path);

		all = !str_starts(name, STR("data/")) ||
		      bsearch(&name, listed, listed_count, sizeof(*listed), by_text) != NULL;
	}
	buf_done(&manifest);
	return all;
}

bool
own_folder(const char *path, bool bag)
{
	struct arena whole = arena_new(ROOM_BYTES), perm = whole;
	struct tree_file *files;
	struct claque_err err;
	size_t count;
	/* The README first: a home folder need not be read to see that it is none of ours. */
	bool own = has_own_readme(path, perm) && all_own_folders(path, bag, perm) &&
		   tree_list(path, &perm, &files, &count, &err) == CLAQUE_OK &&
		   all_own(files, count, bag) && (!bag || all_listed(path, files, count, perm));

	arena_free(whole);
	return own;
}

static void
remove_files(const char *path, const struct tree_file *files, size_t count, struct arena scratch)
{
	for (size_t i = 0; i < count; i++) {
		struct arena perm = scratch;

		(void)unlink(str_fmt(&perm, "%s/%s", path, files[i].path).p);
	}
	for (size_t i = 0; i < BAG_FOLDERS; i++) {
		struct arena perm = scratch;

		(void)rmdir(str_fmt(&perm, "%s%s", path, bag_folders[i]).p);
	}
}

void
own_remove(const char *path)
{
	struct arena whole, perm;
	struct tree_file *files;
	struct claque_err err;
	struct stat st;
	size_t count;

	if (unlink(path) == 0 || lstat(path, &st) != 0 || !S_ISDIR(st.st_mode))
		return;
	whole = arena_new(ROOM_BYTES);
	perm = whole;
	if (tree_list(path, &perm, &files, &count, &err) == CLAQUE_OK &&
	    (all_own(files, count, false) || all_own(files, count, true)))
		remove_files(path, files, count, perm);
	arena_free(whole);
}
