/*
 * write.c - the formats, and an export that is there whole or not at all.
 *
 * A writer works beside the place, under PATH.part-PID; then the name is moved
 * over in one step. A folder that is replaced changes places with the new one
 * and is taken apart only then, and only if it is ours (own.c).
 */
#include "config.h"

#include "export/export.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cipher.h"
#include "base/err.h"
#include "base/tidy.h"
#include "export/own.h"
#include "export/table.h"

enum { ROOM_BYTES = 1 << 20, KNOWN_MAX = 1 << 12 };

static const struct export_format formats[] = {
	{ "csv", "a folder of CSV files, exact, for programs", "", csv_write },
	{ "csv-safe", "a folder of CSV files with guarded cells, for spreadsheets", "",
	  csv_safe_write },
	{ "graphml", "the network of accounts, for Gephi, igraph, networkx", ".graphml",
	  graphml_write },
	{ "gexf", "the network as GEXF 1.3, for Gephi", ".gexf", gexf_write },
	{ "dot", "the network for Graphviz", ".dot", dot_write },
	{ "killchain-csv", "indicators along the kill chain, as Meta publishes them", ".csv",
	  killchain_csv_write },
	{ "killchain-csv-safe", "the same with guarded cells, for spreadsheets", ".csv",
	  killchain_safe_write },
	{ "killchain-tsv", "the same parted by tabs, a line a row", ".tsv", killchain_tsv_write },
	{ "indicators-csv", "indicators as a flat list, as Meta published them until 2023", ".csv",
	  indicators_csv_write },
	{ "indicators-csv-safe", "the same with guarded cells, for spreadsheets", ".csv",
	  indicators_safe_write },
	{ "stix", "a bundle of STIX 2.1, to the letter", ".json", stix_write },
	{ "stix-opencti", "the same with what OpenCTI reads beyond it", ".json", stix_opencti_write },
	{ "misp", "an event of MISP", ".json", misp_write },
	{ "html", "a case file to read in a browser or print: one file, no script", ".html",
	  html_write },
	{ "markdown", "a case file to read: leads with their evidence", ".md", markdown_write },
	{ "bundle", "the whole case in one file, for claque import: a line of JSON a row", ".ndjson",
	  bundle_write },
	{ "bag", "all of it in a folder that others can check: BagIt, digests, a signature", "",
	  bag_write },
};

enum { FORMAT_COUNT = sizeof(formats) / sizeof(formats[0]) };

const struct export_format *
export_formats(size_t *count)
{
	*count = FORMAT_COUNT;
	return formats;
}

enum claque_rc
export_find(struct claque_str name, const struct export_format **out, struct claque_err *err)
{
	struct buf known;
	enum claque_rc rc;

	buf_init(&known, KNOWN_MAX);
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		if (str_eq(name, str_of(formats[i].name))) {
			buf_done(&known);
			*out = &formats[i];
			return CLAQUE_OK;
		}
		buf_addf(&known, "%s%s", i > 0 ? ", " : "", formats[i].name);
	}
	rc = err_set(err, CLAQUE_ENOTFOUND, "no export format '" STR_FMT "'; there are " STR_FMT,
		     STR_ARG(name), STR_ARG(buf_str(&known)));
	buf_done(&known);
	return rc;
}

/* May what is at `path` make room for an export of this format? */
static enum claque_rc
check_old(const struct export_format *format, bool encrypted, const char *path, mode_t mode,
	  struct claque_err *err)
{
	bool folder = format->ending[0] == '\0' && !encrypted, bag = format->write == bag_write;

	if (folder && !(S_ISDIR(mode) && own_folder(path, bag)))
		return err_set(err, CLAQUE_EUSAGE, "'%s' is no folder of an earlier export and is "
			       "not replaced; choose another name", path);
	if (!folder && !S_ISREG(mode))
		return err_set(err, CLAQUE_EUSAGE, "'%s' is no plain file and is not replaced; "
			       "choose another name", path);
	return CLAQUE_OK;
}

/* *there: something is, and it may be replaced. */
static enum claque_rc
check_place(const char *path, bool replace, bool *there, mode_t *mode, struct claque_err *err)
{
	struct stat st = { 0 };

	if (path[0] == '\0')
		return err_set(err, CLAQUE_EUSAGE, "the path is empty");
	*there = lstat(path, &st) == 0;
	*mode = st.st_mode;
	if (!*there && errno != ENOENT)
		return err_set(err, CLAQUE_EIO, "cannot write '%s': %s", path, strerror(errno));
	if (*there && !replace)
		return err_set(err, CLAQUE_EUSAGE,
			       "'%s' is there already; choose another name or ask to replace it",
			       path);
	return CLAQUE_OK;
}

/* Some file systems, NFS among them, know only the plain rename. */
static bool
lacks_flag(void)
{
	return errno == EINVAL || errno == ENOSYS || errno == ENOTSUP;
}

static int
move_new(const char *part, const char *path)
{
	struct stat st;

	if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
		return 0;
	if (!lacks_flag())
		return -1;
	if (lstat(path, &st) == 0) {
		errno = EEXIST;
		return -1;
	}
	return rename(part, path);
}

static int
swap_folders(const char *part, const char *path, struct arena scratch)
{
	const char *aside = str_fmt(&scratch, "%s.old", part).p;

	if (renameat2(AT_FDCWD, part, AT_FDCWD, path, RENAME_EXCHANGE) == 0)
		return 0;
	if (!lacks_flag() || rename(path, aside) != 0)
		return -1;
	if (rename(part, path) != 0) {
		(void)rename(aside, path);
		return -1;
	}
	return rename(aside, part);
}

static enum claque_rc
move_over(const char *part, const char *path, bool there, struct arena scratch,
	  struct claque_err *err)
{
	struct stat st;
	int failed;

	if (!there)
		failed = move_new(part, path);
	else if (lstat(part, &st) == 0 && S_ISDIR(st.st_mode))
		failed = swap_folders(part, path, scratch);
	else
		failed = rename(part, path);
	if (failed == 0)
		return CLAQUE_OK;
	return err_set(err, errno == EEXIST ? CLAQUE_EUSAGE : CLAQUE_EIO,
		       "cannot give '%s' its name: %s", path, strerror(errno));
}

/* The new name to the disk; without it the export is still whole, so no error. */
static void
sync_parent(const char *path, struct arena scratch)
{
	const char *slash = strrchr(path, '/');
	const char *parent = slash == NULL ? "." :
		str_fmt(&scratch, "%.*s", (int)(slash - path) + 1, path).p;
	int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
}

static const char *
without_slash(struct arena *perm, const char *path)
{
	struct claque_str s = str_of(path);

	while (s.len > 1 && s.p[s.len - 1] == '/')
		s.len--;
	return str_z(perm, s);
}

static void
remove_part(void *part)
{
	own_remove(part);
}

/* Where files can no longer be opened or taken away, somebody else must do it. */
static void
tell_left(const char *part, struct claque_err *err)
{
	struct stat st;
	size_t len = strlen(err->msg);

	if (lstat(part, &st) == 0 && len < sizeof(err->msg))
		(void)snprintf(err->msg + len, sizeof(err->msg) - len, "; '%s' is left behind, "
			       "remove it", part);
}

/* What was written, as one file of the same name. */
static enum claque_rc
encrypt(const struct export_input *in, const char *part, struct arena scratch,
	struct claque_err *err)
{
	const char *file = str_fmt(&scratch, "%s.file", part).p;
	struct cipher_job job = { part, file, in->passphrase, cipher_cost_usual,
				  &in->encrypting };
	struct tidy tidy = { .path = file, .run = remove_part, .ctx = (char *)(uintptr_t)file };
	enum claque_rc rc;

	own_remove(file);
	tidy_keep(&tidy);
	rc = cipher_write(&job, err);
	if (rc == CLAQUE_OK)
		own_remove(part);
	if (rc == CLAQUE_OK && rename(file, part) != 0)
		rc = err_set(err, CLAQUE_EIO, "cannot give '%s' its name: %s", file, strerror(errno));
	own_remove(file);
	tidy_drop(&tidy);
	return rc;
}

enum claque_rc
export_write(const struct export_format *format, const struct export_input *in, const char *path,
	     bool replace, struct claque_err *err)
{
	struct arena room = arena_new(ROOM_BYTES), scratch = room;
	const char *place = without_slash(&scratch, path);
	struct claque_str part_name = str_fmt(&scratch, "%s.part-%ld", place, (long)getpid());
	char *part = (char *)(uintptr_t)part_name.p;	/* only read */
	struct tidy tidy = { .path = part, .run = remove_part, .ctx = part };
	mode_t mode = 0;
	bool there = false;
	enum claque_rc rc = check_place(place, replace, &there, &mode, err);

	if (rc == CLAQUE_OK && there)
		rc = check_old(format, in->passphrase.len > 0, place, mode, err);
	if (rc != CLAQUE_OK)
		goto out;
	own_remove(part);
	tidy_keep(&tidy);
	rc = format->write(in, part, err);
	if (rc == CLAQUE_OK && in->inspect != NULL)
		rc = in->inspect(in->inspect_ctx, part, place, err);
	if (rc == CLAQUE_OK && in->passphrase.len > 0)
		rc = encrypt(in, part, scratch, err);
	if (rc == CLAQUE_OK)
		rc = move_over(part, place, there, scratch, err);
	own_remove(part);
	tidy_drop(&tidy);
	if (rc == CLAQUE_OK) {
		sync_parent(place, scratch);
	} else if (rc >= CLAQUE_EUSAGE) {
		(void)err_wrap(err, "export to '%s'", path);
		tell_left(part, err);
	}
out:
	arena_free(room);
	return rc;
}
