/* cmd_import.c - claque import: files in, with a report of what became of them. */
#include "config.h"

#include <stdio.h>

#include "app/import_job.h"
#include "app/import_look.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/look.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/who.h"
#include "text/json.h"

enum { MAP_MAX = 32, REPORT_MAX = 1 << 20 };

static void
tell_refusals(const struct import_report *r)
{
	for (size_t i = 0; i < r->refusal_count; i++)
		say("    row %llu: %s", (unsigned long long)r->refusals[i].row, r->refusals[i].reason);
	if (r->totals.refused > r->refusal_count)
		say("    ... and %llu more; claque refused CASE lists them",
		    (unsigned long long)(r->totals.refused - r->refusal_count));
}

static void
tell_records(const struct input_totals *t)
{
	const struct { uint64_t n; const char *what; } rows[] = {
		{ t->posts, "posts" }, { t->shares, "shares" }, { t->accounts, "accounts" },
		{ t->changes, "profile changes" }, { t->indicators, "indicators" },
	};
	char line[200] = "";
	size_t used = 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].n > 0)
			used += (size_t)snprintf(line + used, sizeof(line) - used, "%s%llu %s",
				used > 0 ? ", " : "", (unsigned long long)rows[i].n, rows[i].what);
	if (used > 0)
		say("    %s", line);
}

static void
tell_unknown(const struct import_totals *seen)
{
	if (seen->unknown_columns[0] == '\0')
		return;
	say_under(4, "    %s: %s", seen->unknown_lost ? "places that are not kept" :
		  "columns that no field takes, kept as extras", seen->unknown_columns);
}

/* Ids and times are two clocks of one platform: a whole number of hours is a zone. */
static void
tell_zone(const struct import_totals *seen)
{
	if (seen->id_times_off == 0)
		return;
	say("    %llu of %llu times are not those of the posts' ids, the first by %+.1f h: does "
	    "the file have times of another zone?", (unsigned long long)seen->id_times_off,
	    (unsigned long long)seen->id_times, (double)seen->id_off_ms / 3600000);
}

/* The importer's messages begin with the file, the store's do not. */
static void
tell_failure(const struct import_report *r)
{
	if (str_starts(str_of(r->message), str_of(r->path)))
		say("%s", r->message);
	else
		say("%s: %s", r->path, r->message);
}

static void
tell_text(void *ctx, const struct import_report *r)
{
	const struct input_totals *t = &r->totals;
	bool *told_failure = ctx;

	progress_hide();
	if (r->rc != CLAQUE_OK) {
		tell_failure(r);
		*told_failure = true;
		return;
	}
	if (r->done_before) {
		say("%s (%s): already in the case, nothing added", r->path, r->format);
		return;
	}
	say("%s (%s): %llu rows, %llu taken, %llu duplicate, %llu refused, %.1f s", r->path, r->format,
	    (unsigned long long)t->rows, (unsigned long long)t->taken,
	    (unsigned long long)t->duplicates, (unsigned long long)t->refused,
	    (double)r->took_ms / 1000);
	if (t->partly > 0)
		say("    %llu of the rows only in part", (unsigned long long)t->partly);
	if (r->resumed_at > 0)
		say("    went on after row %llu, where an earlier import was cut off",
		    (unsigned long long)r->resumed_at);
	tell_records(t);
	tell_unknown(&r->seen);
	tell_zone(&r->seen);
	tell_refusals(r);
}

static json_t *
refusals_json(const struct import_report *r)
{
	json_t *list = json_array();

	for (size_t i = 0; list != NULL && i < r->refusal_count; i++) {
		json_t *o = json_object();

		json_put(o, "row", json_integer((json_int_t)r->refusals[i].row));
		json_put(o, "reason", json_text(str_of(r->refusals[i].reason)));
		(void)json_array_append_new(list, o);
	}
	return list;
}

static void
tell_json(void *ctx, const struct import_report *r)
{
	const struct input_totals *t = &r->totals;
	const struct { const char *key; uint64_t n; } numbers[] = {
		{ "rows", t->rows }, { "taken", t->taken }, { "duplicates", t->duplicates },
		{ "refused", t->refused }, { "partly", t->partly }, { "posts", t->posts }, { "shares", t->shares },
		{ "accounts", t->accounts }, { "changes", t->changes },
		{ "indicators", t->indicators }, { "resumed_at", r->resumed_at },
	};
	json_t *o = json_object();
	struct buf line;
	bool *told_failure = ctx;

	progress_hide();
	*told_failure |= r->rc != CLAQUE_OK;
	json_put(o, "file", json_text(str_of(r->path)));
	json_put(o, "format", r->format != NULL ? json_text(str_of(r->format)) : json_null());
	json_put(o, "result", json_text(str_of(claque_rc_text(r->rc))));
	if (r->rc != CLAQUE_OK)
		json_put(o, "message", json_text(str_of(r->message)));
	json_put(o, "already_imported", json_boolean(r->done_before));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		json_put(o, numbers[i].key, json_integer((json_int_t)numbers[i].n));
	json_put(o, "unknown_columns", json_text(str_of(r->seen.unknown_columns)));
	json_put(o, "unknown_lost", json_boolean(r->seen.unknown_lost));
	json_put(o, "id_times_off", json_integer((json_int_t)r->seen.id_times_off));
	json_put(o, "first_refusals", refusals_json(r));
	buf_init(&line, REPORT_MAX);
	json_line(&line, o);
	(void)fwrite(line.p, 1, line.len, stdout);
	buf_done(&line);
	json_decref(o);
}

/* The report has said it; an unreadable file is no less nothing than a foreign one. */
static enum status
status_after(enum claque_rc rc, bool told_failure, const struct claque_err *err)
{
	if (told_failure && (rc == CLAQUE_EINPUT || rc == CLAQUE_EIO))
		return STATUS_NOTHING;
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, err);
}

static void
warn(void *ctx, struct claque_str text)
{
	(void)ctx;
	(void)fflush(stdout);
	say_aside("claque: warning: " STR_FMT, STR_ARG(text));
}

static enum status
run_explain(const struct invocation *call)
{
	struct claque_str map[MAP_MAX];
	bool told_failure = false;
	struct import_look_request request = {
		.paths = call->args, .path_count = call->arg_count,
		.format = args_value(call, "format"),
		.map = map, .map_count = args_values(call, "map", map, MAP_MAX),
		.ctx = &told_failure, .report = args_flag(call, "json") ? look_json : look_text,
		.warn = warn,
	};
	struct claque_err err = { 0 };
	enum claque_rc rc = import_look(&request, &err);

	return status_after(rc, told_failure, &err);
}

static enum status
run_import(const struct invocation *call)
{
	struct claque_str map[MAP_MAX];
	bool dry = args_flag(call, "dry-run"), told_failure = false;
	struct import_request request = {
		.case_path = call->args[0],
		.paths = call->args + 1, .path_count = call->arg_count - 1,
		.format = args_value(call, "format"),
		.map = map, .map_count = args_values(call, "map", map, MAP_MAX),
		.dry_run = dry, .who = who(),
		.ctx = &told_failure, .report = args_flag(call, "json") ? tell_json : tell_text,
		.warn = warn,
	};
	struct claque_progress progress = progress_start();
	struct claque_err err = { 0 };
	enum claque_rc rc = import_job(&request, &progress, &err);

	progress_stop();
	return status_after(rc, told_failure, &err);
}

static enum status
run(const struct invocation *call)
{
	struct claque_err err;

	if (args_flag(call, "explain"))
		return run_explain(call);
	if (call->arg_count < 2)
		return fail(err_set(&err, CLAQUE_EUSAGE, "something is missing: claque import "
				    "CASE FILE..."), &err);
	return run_import(call);
}

static void
write_formats(const struct section_writer *to)
{
	size_t count;
	const struct import_format *formats = import_formats(&count);

	to->heading("FORMATS");
	for (size_t i = 0; i < count; i++)
		to->entry(formats[i].name, formats[i].help);
	to->entry("...", "and those of mapping files: claque-formats(7)");
}

const struct command command_import = {
	.name = "import", .synopsis = "CASE FILE...",
	.summary = "Adds posts, accounts, profile changes and indicators to a case",
	.detail =
"The case is made if it is absent. A FILE may be packed (.gz, .zst, .xz, .zip), or a\n"
"folder that holds accounts.csv, posts.csv and profile_changes.csv. Its format is told\n"
"by content, never by name.\n"
"\n"
"Every file is kept with its SHA-256, and every row knows its file and number. A row that\n"
"cannot be taken is refused alone, with the reason; the rest goes in. The same file again\n"
"adds nothing; an import that was cut off, even by kill -9, goes on where it stopped.\n"
"\n"
"A progress line is shown on a terminal only.\n"
"\n"
"claque-formats(7) lists the formats, and says how to teach claque another one.",
	.examples =
"claque import case.claque posts.csv accounts.csv\ttwo files of the native form\n"
"claque import case.claque data/\ta folder that holds them\n"
"claque import --explain posts.csv\twhat is what in it, and its first rows as understood\n"
"claque import --dry-run x.claque shares.csv.gz\twhat would be taken, without writing\n"
"claque import case.claque --map author=account_id my.csv\ta column under another name",
	.options = {
		{ "format", "NAME|PATH.map", "do not look at the content: the file is of this format, "
		  "or of that which a mapping file tells" },
		{ "map", "COLUMN=FIELD", "read this column as that field; may be given again" },
		{ "explain", NULL, "no CASE: tell each FILE's format and why, which place is taken for what, "
		  "what is not taken, and the first three rows as understood; write nothing" },
		{ "dry-run", NULL, "read and report, write nothing" },
		{ "json", NULL, "the report as one JSON object a file" },
	},
	.sections = write_formats,
	.min_args = 1, .max_args = ARGUMENT_MAX, .run = run,
};
