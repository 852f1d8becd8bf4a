/* cmd_import.c - claque import: files in, with a report of what became of them. */
#include "config.h"

#include <stdio.h>

#include "app/import_job.h"
#include "app/import_look.h"
#include "app/media_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/look.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/who.h"
#include "text/json.h"

/* NOTE_UNDER: what goes on from the line before stands deeper than any line does. */
enum { MAP_MAX = 32, REPORT_MAX = 1 << 20, NOTE_UNDER = 6 };

static void
tell_refusals(const struct import_report *r)
{
	for (size_t i = 0; i < r->refusal_count; i++)
		say("    row %llu: %s", (unsigned long long)r->refusals[i].row, r->refusals[i].reason);
	if (r->totals.forgotten > 0)
		say("    %llu of somebody whom the case forgot: not taken",
		    (unsigned long long)r->totals.forgotten);
	if (r->totals.refused - r->totals.forgotten > r->refusal_count)
		say("    ... and %llu more; claque refused CASE lists them",
		    (unsigned long long)(r->totals.refused - r->totals.forgotten - r->refusal_count));
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
	say_under(NOTE_UNDER, "    %s: %s", seen->unknown_lost ? "places that are not kept" :
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
tell_bundle(const struct bundle_report *b)
{
	size_t others = b->annotations[MERGE_UNKNOWN] + b->annotations[MERGE_REFUSED];

	if (b->rows.whole)
		say("    the case was empty, and is now the one that the bundle was made of");
	if (!b->rows.runs && b->rows.left[BUNDLE_RUN] > 0)
		say("    %llu runs of theirs are left out: the case has its own (claque diff)",
		    (unsigned long long)b->rows.left[BUNDLE_RUN]);
	if (b->taken + b->annotations[MERGE_SAME] + b->annotations[MERGE_CONFLICT] + others > 0)
		say("    annotations: %zu taken, %zu there already, %zu in conflict and left as they are "
		    "here, %zu on what is not here", b->taken, b->annotations[MERGE_SAME],
		    b->annotations[MERGE_CONFLICT], others);
	if (b->ledgers > 0)
		say("    %zu ledgers of other cases, %lld entries, kept apart (claque verify checks them)",
		    b->ledgers, (long long)b->entries);
	if (b->fault[0] != '\0')
		say("    FAULT: %s", b->fault);
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
	if (r->is_bundle)
		tell_bundle(&r->bundle);
	tell_unknown(&r->seen);
	tell_zone(&r->seen);
	tell_refusals(r);
}

/* Whoever waited for it reads what for. */
static void
tell_after(void *ctx, const struct import_after *a)
{
	enum { TOLD_FROM_MS = 1000 };

	(void)ctx;
	if (a->all < TOLD_FROM_MS)
		return;
	progress_hide();
	say("then %.1f s: indexes %.1f, copies and changes of profiles %.1f, totals %.1f, digests %.1f",
	    (double)a->all / 1000, (double)a->of.indexes / 1000, (double)a->of.rows / 1000,
	    (double)a->of.totals / 1000, (double)a->digests / 1000);
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

static json_t *
bundle_json(const struct bundle_report *b)
{
	json_t *o = json_object();

	json_put(o, "whole", json_boolean(b->rows.whole));
	json_put(o, "runs_taken", json_boolean(b->rows.runs));
	json_put(o, "content_sha256", json_text(str_of(b->content)));
	json_put(o, "annotations_taken", json_integer((json_int_t)b->taken));
	json_put(o, "annotations_there", json_integer((json_int_t)b->annotations[MERGE_SAME]));
	json_put(o, "conflicts", json_integer((json_int_t)b->annotations[MERGE_CONFLICT]));
	json_put(o, "ledgers", json_integer((json_int_t)b->ledgers));
	json_put(o, "ledger_fault", json_text(str_of(b->fault)));
	return o;
}

static void
print_json(json_t *o)
{
	struct buf line;

	buf_init(&line, REPORT_MAX);
	json_line(&line, o);
	(void)fwrite(line.p, 1, line.len, stdout);
	buf_done(&line);
	json_decref(o);
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
	if (r->is_bundle)
		json_put(o, "bundle", bundle_json(&r->bundle));
	print_json(o);
}

/*
 * The report has said it; an unreadable file is no less nothing than a foreign one, and
 * one of several is a file that could not be read.
 */
static enum status
status_after(enum claque_rc rc, bool told_failure, const struct claque_err *err)
{
	if (told_failure && (rc == CLAQUE_EINPUT || rc == CLAQUE_EIO))
		return STATUS_NOTHING;
	if (rc != CLAQUE_OK)
		return fail(rc, err);
	return told_failure ? STATUS_FAILED : STATUS_OK;
}

/* --- pictures */

static void
tell_notes(const char *what, uint64_t count, const struct media_note notes[MEDIA_SHOWN])
{
	for (uint64_t i = 0; i < count && i < MEDIA_SHOWN; i++)
		say_under(NOTE_UNDER, "    %s: %s: %s", what, notes[i].path, notes[i].text);
	if (count > MEDIA_SHOWN)
		say("    ... and %llu more %s; claque refused CASE lists them",
		    (unsigned long long)(count - MEDIA_SHOWN), what);
}

static void
media_text(const struct media_report *r)
{
	progress_hide();
	say("%s (pictures): %llu pictures, %llu in posts, %llu profile pictures, %llu known already,"
	    " %llu unmet, %llu refused, %.1f s", r->folder, (unsigned long long)r->pictures,
	    (unsigned long long)r->posts, (unsigned long long)r->accounts,
	    (unsigned long long)r->known, (unsigned long long)r->unmet,
	    (unsigned long long)r->refused, (double)r->took_ms / 1000);
	if (r->resumed_at > 0)
		say("    went on after picture %llu, where an earlier import was cut off",
		    (unsigned long long)r->resumed_at);
	if (r->near > 0)
		say("    %llu are nearly the same as an earlier one and share its key",
		    (unsigned long long)r->near);
	if (r->others > 0)
		say("    %llu files of other kinds, not looked at", (unsigned long long)r->others);
	if (r->absent > 0)
		say_under(4, "    %llu pictures that a table names are not there, the first: %s",
			  (unsigned long long)r->absent, r->first_absent);
	tell_notes("unmet", r->unmet, r->unmet_notes);
	tell_notes("refused", r->refused, r->refused_notes);
}

static json_t *
notes_json(uint64_t count, const struct media_note *notes)
{
	json_t *list = json_array();

	for (uint64_t i = 0; list != NULL && i < count && i < MEDIA_SHOWN; i++) {
		json_t *o = json_object();

		json_put(o, "file", json_text(str_of(notes[i].path)));
		json_put(o, "text", json_text(str_of(notes[i].text)));
		(void)json_array_append_new(list, o);
	}
	return list;
}

static void
media_json(const struct media_report *r)
{
	const struct { const char *key; uint64_t n; } numbers[] = {
		{ "pictures", r->pictures }, { "in_posts", r->posts }, { "avatars", r->accounts },
		{ "near", r->near }, { "known", r->known }, { "unmet", r->unmet },
		{ "refused", r->refused }, { "other_files", r->others }, { "absent", r->absent },
		{ "resumed_at", r->resumed_at },
	};
	json_t *o = json_object();

	progress_hide();
	json_put(o, "folder", json_text(str_of(r->folder)));
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		json_put(o, numbers[i].key, json_integer((json_int_t)numbers[i].n));
	json_put(o, "first_unmet", notes_json(r->unmet, r->unmet_notes));
	json_put(o, "first_refused", notes_json(r->refused, r->refused_notes));
	print_json(o);
}

static void
media_look_text(const struct media_look *look)
{
	progress_hide();
	say("%s (pictures): %llu pictures, %llu files of other kinds; %llu that a table names are not "
	    "there", look->folder, (unsigned long long)look->pictures,
	    (unsigned long long)look->others, (unsigned long long)look->absent);
	for (size_t i = 0; i < look->note_count; i++)
		say_under(4, "    %s: %s", look->notes[i].path, look->notes[i].text);
}

static void
media_look_json(const struct media_look *look)
{
	json_t *o = json_object();

	progress_hide();
	json_put(o, "folder", json_text(str_of(look->folder)));
	json_put(o, "pictures", json_integer((json_int_t)look->pictures));
	json_put(o, "other_files", json_integer((json_int_t)look->others));
	json_put(o, "absent", json_integer((json_int_t)look->absent));
	json_put(o, "first", notes_json(look->note_count, look->notes));
	print_json(o);
}

static enum status
explain_media(const struct invocation *call)
{
	struct claque_progress progress = progress_start();
	struct claque_err err = { 0 };
	enum claque_rc rc = media_look(args_value(call, "media"), &progress,
				       args_flag(call, "json") ? media_look_json : media_look_text,
				       &err);

	progress_stop();
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static enum status
run_media(const struct invocation *call)
{
	struct media_request request = {
		.case_path = call->args[0], .folder = args_value(call, "media"), .who = who(),
		.report = args_flag(call, "json") ? media_json : media_text,
	};
	struct claque_progress progress = progress_start();
	struct claque_err err = { 0 };
	enum claque_rc rc = media_job(&request, &progress, &err);

	progress_stop();
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

/* *went_on: files were read, though perhaps not every one. */
static enum status
run_explain(const struct invocation *call, bool *went_on)
{
	struct claque_str map[MAP_MAX];
	bool told_failure = false;
	struct import_look_request request = {
		.paths = call->args, .path_count = call->arg_count,
		.format = args_value(call, "format"),
		.map = map, .map_count = args_values(call, "map", map, MAP_MAX),
		.ctx = &told_failure, .report = args_flag(call, "json") ? look_json : look_text,
		.warn = say_warning,
	};
	struct claque_err err = { 0 };
	enum claque_rc rc = import_look(&request, &err);

	*went_on = rc == CLAQUE_OK;
	return status_after(rc, told_failure, &err);
}

static enum status
run_import(const struct invocation *call, bool *went_on)
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
		.after = args_flag(call, "json") ? NULL : tell_after, .warn = say_warning,
	};
	struct claque_progress progress = progress_start();
	struct claque_err err = { 0 };
	enum claque_rc rc = import_job(&request, &progress, &err);

	progress_stop();
	*went_on = rc == CLAQUE_OK;
	return status_after(rc, told_failure, &err);
}

static enum status
run(const struct invocation *call)
{
	struct claque_err err;

	bool media = args_value(call, "media") != NULL, went_on = true;
	enum status status = STATUS_OK, of_media = STATUS_OK;

	if (media && args_flag(call, "dry-run"))
		return fail(err_set(&err, CLAQUE_EUSAGE, "--media and --dry-run: give --explain "
				    "instead, which tells what a folder's pictures are of"), &err);
	if (call->arg_count == 0 && !(media && args_flag(call, "explain")))
		return fail(err_set(&err, CLAQUE_EUSAGE, "something is missing: claque import "
				    "CASE FILE..."), &err);
	if (args_flag(call, "explain")) {
		if (call->arg_count > 0 || !media)
			status = run_explain(call, &went_on);
		if (went_on && media)
			of_media = explain_media(call);
		return status == STATUS_OK ? of_media : status;
	}
	if (call->arg_count < 2 && !media)
		return fail(err_set(&err, CLAQUE_EUSAGE, "something is missing: claque import "
				    "CASE FILE..."), &err);
	if (call->arg_count > 1)
		status = run_import(call, &went_on);
	if (went_on && media)
		of_media = run_media(call);
	return status == STATUS_OK ? of_media : status;
}

/* X(term, meaning) */
#define PICTURE_WORDS(X) \
	X("pictures.csv", "A table in the folder, by hand: file,platform,account_id,post_id,role. A " \
	  "row with a post_id is a picture in that post, or with role avatar its author's profile " \
	  "picture; one with an account_id is that account's profile picture. platform may be " \
	  "left out where the id is of one account or post only") \
	X(".metadata.json", "of 4CAT's image downloader: the posts that an address stood in. Which " \
	  "column that was it does not tell: for downloaded avatars write a pictures.csv") \
	X("result.json", "of Telegram Desktop: the photo of each message. Give the export's folder") \
	X("names", "where no table speaks of a file: POSTID-MEDIAID.jpg (Twitter's archives) and " \
	  "POSTID_1.jpg are in that post, an id of less than five digits with PLATFORM_ before it " \
	  "only; PLATFORM_ID.jpg and ID.jpg are in the post, or are the " \
	  "profile picture of the account, that has this id, or this handle. The first that the " \
	  "case knows counts") \
	X("posts", "share the picture under its PDQ hash of 256 bits (Facebook 2019), or under that " \
	  "of the earliest one in the case from which it differs in at most 31: extras tell file, " \
	  "hash, quality and how many bits. Resized, saved again or cut by 1 % a picture stays " \
	  "within that; cut by 5 % it mostly does not, and a mirrored one is another picture") \
	X("accounts", "get a pHash of 64 bits (Zauner 2010) in place of the picture's address; " \
	  "avatar-reuse takes 6 differing bits or fewer for the same picture, twins and claque " \
	  "like 10. A file of accounts that is imported later puts the address back: give the " \
	  "folder again") \
	X("refused", "what nothing in the case has, is no PNG, JPEG, GIF or WebP, is damaged or cut " \
	  "off, over 32 MiB, 16,384 dots a side or 64 million in all, under 16 dots a side, or so " \
	  "plain that it looks like many others (PDQ's quality below 50). claque refused lists " \
	  "each. Pictures are decoded by a process that has their bytes and nothing else; one " \
	  "that takes it over ten seconds, or breaks it, is refused, too. Links are not followed")

static void
write_pictures(const struct section_writer *to)
{
	to->heading("PICTURES");
#define X(term, meaning) to->entry(term, meaning);
	PICTURE_WORDS(X)
#undef X
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

static void
write_sections(const struct section_writer *to)
{
	write_pictures(to);
	write_formats(to);
}

const struct command command_import = {
	.name = "import", .synopsis = "CASE [FILE...]",
	.summary = "Adds posts, accounts, profile changes and indicators to a case",
	.detail =
"The case is made if it is absent. A FILE may be packed (.gz, .zst, .xz, .zip), or a\n"
"folder that holds accounts.csv, posts.csv and profile_changes.csv. Its format is told\n"
"by content, never by name. A tar, and an archive within an archive, has to be unpacked first.\n"
"\n"
"Every file is kept with its SHA-256, and every row knows its file and number. A row that\n"
"cannot be taken is refused alone, with the reason; the rest goes in. The same file again\n"
"adds nothing; an import that was cut off, even by kill -9, goes on where it stopped. Of several\n"
"files one that cannot be read is told and left out: the others go in, and the exit status is 4.\n"
"One that somebody writes to while it is read is not taken for whole, and has to be given again.\n"
"\n"
"With --media, pictures that somebody saved are compared with each other: those of posts\n"
"become shares, and profile pictures become hashes of their accounts. Nothing of a picture\n"
"itself is kept in the case.\n"
"\n"
"A progress line is shown on a terminal only. Where what follows from the rows (indexes, copies,\n"
"totals, digests) took a second or more, a last line tells how long each of them took.\n"
"\n"
"A case bundle (claque export --to bundle) is taken whole or, if a line of it is lost or\n"
"altered, not at all. An empty case becomes the one that it was made of, row for row. In any\n"
"other, what is there already stays as it is and gains what it lacks; what runs found is taken\n"
"where the case has no run of its own, and topics by rule packs are not; annotations are\n"
"taken as by claque merge, conflicts left as they are here. Rows keep the file, digest and row\n"
"that they first came from. The other case's ledger is kept apart, as the chain that it is;\n"
"an entry in the case's own tells of it, and claque verify checks both.\n"
"\n"
"claque-formats(7) lists the formats, and says how to teach claque another one.",
	.examples =
"claque import case.claque posts.csv accounts.csv\ttwo files of the native form\n"
"claque import case.claque data/\ta folder that holds them\n"
"claque import --explain posts.csv\twhat is what in it, and its first rows as understood\n"
"claque import --dry-run x.claque shares.csv.gz\twhat would be taken, without writing\n"
"claque import mine.claque case.ndjson\ta colleague's whole case\n"
"claque import case.claque --map author=account_id my.csv\ta column under another name\n"
"claque import case.claque --media avatars/\tpictures of what the case has already\n"
"claque import --explain --media avatars/\twhat the first of them are said to be of",
	.options = {
		{ "format", "NAME|PATH.map", "do not look at the content: the file is of this format, "
		  "or of that which a mapping file tells" },
		{ "map", "COLUMN=FIELD", "read this column as that field; may be given again" },
		{ "media", "FOLDER", "the pictures in it and below it, after the files; the case must have "
		  "their posts and accounts" },
		{ "explain", NULL, "no CASE: tell each FILE's format and why, which place is taken for what, "
		  "what is not taken, and the first three rows as understood; write nothing" },
		{ "dry-run", NULL, "read and report, write nothing" },
		{ "json", NULL, "the report as one JSON object a file" },
	},
	.sections = write_sections,
	.min_args = 0, .max_args = ARGUMENT_MAX, .run = run,
};
