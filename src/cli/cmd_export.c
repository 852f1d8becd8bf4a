/* cmd_export.c - claque export: out of the case. */
#include "config.h"

#include <string.h>

#include "app/export_job.h"
#include "base/err.h"
#include "cli/args.h"
#include "cli/output.h"
#include "cli/phrase.h"
#include "cli/progress.h"
#include "cli/who.h"

enum { NAME_BYTES = 1 << 16 };

static enum claque_rc
read_request(const struct invocation *call, struct arena *perm, struct export_request *q,
	     struct claque_err *err)
{
	const char *tlp = args_value(call, "tlp"), *to = args_value(call, "to");
	const char *flavour = args_value(call, "flavour"), *redact = args_value(call, "redact");
	enum claque_rc rc = CLAQUE_OK;

	q->format = str_of(to);
	if (to != NULL && flavour != NULL && strcmp(flavour, "strict") != 0)
		q->format = str_fmt(perm, "%s-%s", to, flavour);
	q->path = args_value(call, "out");
	q->replace = args_flag(call, "replace");
	q->tlp = TLP_AMBER;
	if (q->format.len == 0 || q->path == NULL)
		return err_set(err, CLAQUE_EUSAGE, "export needs --to FORMAT and --out PATH");
	q->redaction.level = REDACTION_FULL;
	if (redact != NULL)
		rc = redaction_parse(str_of(redact), &q->redaction.level, err);
	if (rc == CLAQUE_OK && tlp != NULL)
		rc = tlp_parse(str_of(tlp), &q->tlp, err);
	q->redaction.followers = REDACTION_FOLLOWERS;
	q->stamp = args_flag(call, "timestamp-request");
	q->inputs = args_flag(call, "inputs");
	return rc == CLAQUE_OK ? args_int(call, "followers", 0, INT64_MAX,
					  &q->redaction.followers, err) : rc;
}

/* The key that signs, where one is asked for. */
static enum claque_rc
read_key(const struct invocation *call, struct sign_key *key, struct export_request *q,
	 struct claque_err *err)
{
	const char *path = args_value(call, "sign");
	char phrase[SIGN_PHRASE_MAX];
	enum claque_rc rc;

	if (path == NULL)
		return CLAQUE_OK;
	rc = phrase_read(call, phrase, err);
	if (rc == CLAQUE_OK)
		rc = sign_key_read(path, str_of(phrase), key, err);
	sign_forget(phrase, sizeof(phrase));
	q->key = key;
	return rc;
}

static enum claque_rc
read_phrase(const struct invocation *call, char phrase[SIGN_PHRASE_MAX], struct export_request *q,
	    struct claque_err *err)
{
	enum claque_rc rc;

	if (!args_flag(call, "encrypt"))
		return args_value(call, "encrypt-passphrase-file") == NULL ? CLAQUE_OK :
		       err_set(err, CLAQUE_EUSAGE, "--encrypt-passphrase-file goes with --encrypt");
	if (!str_eq(q->format, STR("bag")))
		return err_set(err, CLAQUE_EUSAGE, "only a bag is encrypted: --to bag");
	rc = phrase_of_bag(call, "encrypt-passphrase-file", true, phrase, err);
	q->passphrase = str_of(phrase);
	return rc;
}

static void
say_stamp(const char *path)
{
	say("nothing was sent; to send the request, and to check the answer:");
	say("  curl -H 'Content-Type: application/timestamp-query' --data-binary @%s/request.tsq "
	    "-o %s/response.tsr URL", path, path);
	say("  openssl ts -verify -in %s/response.tsr -data %s/tagmanifest-sha256.txt -CAfile CA.pem",
	    path, path);
}

static enum status
run_export(const struct invocation *call)
{
	struct export_request request = { .who = who() };
	struct sign_key key;
	char phrase[SIGN_PHRASE_MAX] = "";
	struct claque_progress progress;
	struct store *store = NULL;
	struct claque_err err = { 0 };
	struct arena whole = arena_new(NAME_BYTES), perm = whole;
	enum claque_rc rc = read_request(call, &perm, &request, &err);

	if (rc == CLAQUE_OK)
		rc = read_key(call, &key, &request, &err);
	if (rc == CLAQUE_OK)
		rc = read_phrase(call, phrase, &request, &err);
	if (rc == CLAQUE_OK)
		rc = store_open(&store, call->args[0], STORE_WRITE, &err);
	if (rc == CLAQUE_OK) {
		progress = progress_start();
		rc = export_job(store, &request, &progress, &err);
		progress_stop();
	}
	store_close(store);
	sign_key_forget(&key);
	sign_forget(phrase, sizeof(phrase));
	if (rc == CLAQUE_OK)
		say("%s: " STR_FMT ", %s", request.path, STR_ARG(request.format),
		    tlp_marking(request.tlp));
	if (rc == CLAQUE_OK && args_flag(call, "encrypt"))
		say("claque decrypt opens it; a passphrase that is lost cannot be had back");
	else if (rc == CLAQUE_OK && request.stamp)
		say_stamp(request.path);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

static void
write_formats(const struct section_writer *to)
{
	size_t count;
	const struct export_format *formats = export_formats(&count);

	to->heading("FORMATS");
	for (size_t i = 0; i < count; i++)
		to->entry(formats[i].name, formats[i].help);
}

const struct command command_export = {
	.name = "export", .synopsis = "CASE --to FORMAT --out PATH",
	.summary = "Writes the case for a reader, a spreadsheet, a program or another team",
	.detail =
"csv and csv-safe make a folder with one file a table; csv has the exact bytes, csv-safe\n"
"guards what a spreadsheet would run as a formula. graphml, gexf and dot are the network\n"
"of validated edges. markdown is the case file to read: leads with evidence for and against, notes,\n"
"inputs with their digests, method. html is the same at full length for a browser or a printer:\n"
"twenty parts from the bottom line to the change log, a card for each lead, pictures of the\n"
"network and of time; one file that runs and fetches nothing, in which no address is a link.\n"
"killchain-csv, killchain-tsv and indicators-csv hold the\n"
"published indicators of the case in the shapes in which Meta publishes them: what came in\n"
"that shape is read back as the same set. A kill-chain row has no date and no type of its\n"
"own, a flat one no tactic and no line ends. Their marking stands in a first row, which\n"
"claque import refuses by that reason. In front of them stands what is confirmed in the case.\n"
"\n"
"stix is a bundle of STIX 2.1 (claque check reads it): where something is confirmed a report,\n"
"with a campaign for each confirmed cluster and indicators; else a grouping of open leads\n"
"that indicates nothing. Confirmed is what has that verdict or the tag confirmed; cleared\n"
"accounts and those merely exposed to a cluster are left out. A threat actor is in it only\n"
"where a cluster has the tag actor:NAME. Published indicators that the case matches are\n"
"indicators with a sighting. misp is the same as an event: accounts are objects, and marked\n"
"for detection are confirmed addresses only.\n"
"\n"
"bag is all of it in one folder that others can check without claque (BagIt 1.0): the case\n"
"to read, its tables, network, STIX, ledger and annotations in data/, with the SHA-256 of\n"
"each file and of the lists of them (sha256sum -c manifest-sha256.txt). --sign signs it with\n"
"a key that claque key new made (Ed25519); its README tells how OpenSSL checks that.\n"
"--timestamp-request lays a request to a time-stamping authority (RFC 3161) beside it, and\n"
"sends nothing. --inputs takes the input files along that are still what was imported.\n"
"claque verify FOLDER checks it all. With --encrypt it is one file that only a passphrase opens\n"
"(claque-decrypt(1), claque-privacy(7)).\n"
"\n"
"bundle is the case itself for another team with claque: a line of JSON for each row that is\n"
"not made from others, with the file and row that it first came from, what runs found,\n"
"annotations, and the ledger. Its first line is the header, its last one tells how many lines\n"
"there are and their SHA-256. claque import makes the same case of it, and a bundle of that\n"
"differs in its header (when, from which case), in its ledgers, and so in its end; the\n"
"content_sha256 of the end, which leaves them out, is the same. Not in it: what is made anew\n"
"(totals, matches of indicators, who had which handle), where files lay on your machine, acts\n"
"that were undone (the ledger tells of them), and how you have the workbench arranged.\n"
"\n"
"--redact says who is named. full: everybody but exposed users, who only reshared a\n"
"cluster. pseudonymised: accounts with fewer than --followers (or of whom that is not known)\n"
"are u_ and what a key makes of them that stays in the case, the same in each of its\n"
"exports; mentions in texts, links to posts and ids with them; their profiles are withheld\n"
"and their posts cut. aggregate: nothing of single accounts and posts. What is about to\n"
"leave is searched for every name that must not: if one is there, nothing is written.\n"
"\n"
"An export appears whole or not at all, carries its TLP 2.0 marking (amber unless said\n"
"otherwise), and is an entry of the ledger.",
	.examples =
"claque export case.claque --to markdown --out case.md --tlp green\tto read\n"
"claque export case.claque --to html --out case.html --redact pseudonymised\tto print or mail\n"
"claque export case.claque --to stix --flavour opencti --out case.json\tfor OpenCTI\n"
"claque export case.claque --to graphml --out case.graphml\tfor Gephi, igraph, networkx\n"
"claque export case.claque --to bundle --out case.ndjson\tfor a colleague's claque import\n"
"claque export case.claque --to bag --sign my.key --out case-bag\tto hand over",
	.options = {
		{ "to", "FORMAT", "one of the formats below" },
		{ "out", "PATH", "file, or folder for csv and bag" },
		{ "flavour", "NAME", "of stix: strict (default) or opencti" },
		{ "tlp", "LEVEL", "clear, green, amber (default), amber+strict or red" },
		{ "redact", "LEVEL", "full (default), pseudonymised or aggregate" },
		{ "followers", "N", "pseudonymised: accounts with so many are named (5000)" },
		{ "sign", "KEYFILE", "of a bag: sign it" },
		{ "passphrase-file", "FILE", "the key's passphrase is its first line (else CLAQUE_PASSPHRASE)" },
		{ "timestamp-request", NULL, "of a bag: a request for a time-stamping authority" },
		{ "inputs", NULL, "of a bag: the input files, too; only where everybody is named" },
		{ "encrypt", NULL, "of a bag: one file that claque decrypt opens with the passphrase" },
		{ "encrypt-passphrase-file", "FILE",
		  "it is its first line (else CLAQUE_BAG_PASSPHRASE, else you are asked)" },
		{ "replace", NULL, "an existing file may be replaced" },
	},
	.sections = write_formats, .min_args = 1, .max_args = 1, .run = run_export,
};
