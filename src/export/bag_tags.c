/*
 * bag_tags.c - what makes a folder a bag: a digest of each file in data/, of each tag file
 * but those made over the digests, and a signature of the latter.
 *
 * The signature is of the bytes of tagmanifest-sha256.txt and nothing else, so that any
 * program that knows Ed25519 can check it; who signed with which key and when stands in
 * bag-info.txt, which that file covers.
 */
#include "config.h"

#include "export/bag.h"

#include "base/clock.h"
#include "base/err.h"
#include "base/sign.h"
#include "base/stamp.h"
#include "base/tree.h"
#include "export/sink.h"
#include "export/table.h"
#include "model/bag.h"

enum { TEXT_BYTES_MAX = 64 << 20 };

static void
add_digest(struct buf *out, const char digest[SHA256_HEX + 1], const char *path)
{
	buf_addf(out, "%s  %s\n", digest, path);
}

static enum claque_rc
write_tag(struct bag *bag, enum bag_tag tag, struct claque_str text, struct arena scratch,
	  struct claque_err *err)
{
	char digest[SHA256_HEX + 1];
	struct sink sink;
	enum claque_rc rc = sink_open(&sink, str_fmt(&scratch, "%s/%s", bag->path,
						     bag_tag_names[tag]).p, err);

	if (rc != CLAQUE_OK)
		return rc;
	buf_add(&sink.buf, text);
	rc = sink_close(&sink, rc, err);
	sha256_end(&sink.digest, digest);
	if (rc == CLAQUE_OK && bag_tag_sealed[tag])
		add_digest(&bag->tags, digest, bag_tag_names[tag]);
	return rc;
}

static enum claque_rc
digest_payload(struct bag *bag, struct arena scratch, struct claque_err *err)
{
	const char *data = str_fmt(&scratch, "%s/data", bag->path).p;
	struct tree_file *files;
	enum claque_rc rc = tree_list(data, &scratch, &files, &bag->files, err);

	for (size_t i = 0; rc == CLAQUE_OK && i < bag->files; i++) {
		struct arena perm = scratch;
		const char *name = str_fmt(&perm, "data/%s", files[i].path).p;
		char digest[SHA256_HEX + 1];
		uint64_t bytes;

		rc = sha256_file(str_fmt(&perm, "%s/%s", bag->path, name).p, digest, &bytes,
				 bag->ask->progress, err);
		if (rc == CLAQUE_OK) {
			add_digest(&bag->manifest, digest, name);
			bag->bytes += bytes;
		}
	}
	return rc;
}

/* One line a value: a name may hold a line end, and would be a line of its own. */
static void
add_value(struct buf *out, struct claque_str value)
{
	for (size_t i = 0; i < value.len; i++)
		buf_addc(out, (unsigned char)value.p[i] < ' ' ? ' ' : value.p[i]);
	buf_addc(out, '\n');
}

static void
add_line(struct buf *out, const char *label, struct claque_str value)
{
	buf_addf(out, "%s: ", label);
	add_value(out, value);
}

static void
add_case(struct buf *out, const struct export_input *in, struct arena scratch)
{
	add_line(out, "External-Identifier", str_of(in->case_name));
	add_line(out, "External-Description",
		 str_fmt(&scratch, "%s. A case file of coordinated behaviour: leads, which are no "
			 "verdicts, with what speaks for and against them. Attribution: not "
			 "assessed.", tlp_marking(in->tlp)));
	add_line(out, "Claque-Named", in->redaction.len > 0 ? in->redaction : STR("everybody"));
	if (in->ledger_entries == 0)
		return;
	add_line(out, BAG_ENTRIES, str_fmt(&scratch, "%lld", (long long)in->ledger_entries));
	add_line(out, BAG_HASH, in->ledger_hash);
	add_line(out, BAG_ROWS, in->redaction.len > 0 ? STR("redacted") : STR("exact"));
}

static void
add_info(struct buf *out, const struct bag *bag, struct arena scratch)
{
	const struct export_input *in = bag->in;
	const struct export_bag *ask = bag->ask;

	add_line(out, "Bagging-Date", clock_text(&scratch, in->made_at, CLOCK_DATE));
	if (ask->who.len > 0)
		add_line(out, "Contact-Name", ask->who);
	add_line(out, "Bag-Software-Agent", str_fmt(&scratch, "claque %s", in->version));
	add_line(out, BAG_OXUM, str_fmt(&scratch, "%llu.%llu", (unsigned long long)bag->bytes,
					(unsigned long long)bag->files));
	add_case(out, in, scratch);
	if (ask->key == NULL)
		return;
	add_line(out, BAG_SIGNER, sign_public_text(&scratch, ask->key->public_key));
	add_line(out, BAG_SIGNED_BY, ask->who);
	add_line(out, BAG_SIGNED_AT, clock_text(&scratch, in->made_at, CLOCK_RFC3339));
}

static const char contents_text[] =
	"data/case.md, .html     the case to read\n"
	"data/csv/               each table of it, and what they are\n"
	"data/network.graphml, .gexf   the network of accounts\n"
	"data/case.stix.json     STIX 2.1\n";

static const char check_text[] =
	"\nIs it whole? In this folder, with coreutils alone:\n"
	"  sha256sum -c manifest-sha256.txt && sha256sum -c tagmanifest-sha256.txt\n"
	"With claque, which also checks the signature and the chain of the ledger:\n"
	"  claque verify FOLDER\n";

static const char signed_text[] =
	"\nIs it signed? signature.txt is an Ed25519 signature (RFC 8032) of the bytes of\n"
	"tagmanifest-sha256.txt by the key in public-key.pem. Whose key that is, nothing in\n"
	"here can show: compare it with one that you have from its owner.\n"
	"  claque verify FOLDER --key KEY\n"
	"or, with OpenSSL 3:\n"
	"  sed -n 's/^signature //p' signature.txt | base64 -d >../signature\n"
	"  openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin \\\n"
	"    -in tagmanifest-sha256.txt -sigfile ../signature\n";

static const char stamp_text[] =
	"\nSince when is it there? request.tsq asks a time-stamping authority of your choice (RFC\n"
	"3161) about tagmanifest-sha256.txt; only its digest leaves. Nothing was sent. To send\n"
	"it, and to check the answer against the authority's certificate:\n"
	"  curl -H 'Content-Type: application/timestamp-query' --data-binary @request.tsq \\\n"
	"    -o response.tsr URL\n"
	"  openssl ts -verify -in response.tsr -data tagmanifest-sha256.txt -CAfile CA.pem\n";

static void
add_readme(struct buf *out, const struct bag *bag, struct arena scratch)
{
	const struct export_input *in = bag->in;

	buf_addf(out, "claque export\n\nmarking   %s\nmade at   ", tlp_marking(in->tlp));
	buf_add(out, clock_text(&scratch, in->made_at, CLOCK_RFC3339));
	buf_addf(out, "\nclaque    %s\nnamed     ", in->version);
	add_value(out, in->redaction.len > 0 ? in->redaction : STR("everybody"));
	buf_addz(out, "\nA bag (BagIt 1.0, RFC 8493):\n\n");
	buf_addz(out, contents_text);
	if (in->ledger_entries > 0 && table_find(in, "ledger") != NULL)
		buf_addz(out, "data/ledger.ndjson      every act of the analyst, hash-chained\n");
	if (bag->ask->annotations.len > 0)
		buf_addz(out, "data/annotations.ndjson notes and verdicts, for claque merge\n");
	if (bag->ask->input_count > 0)
		buf_addz(out, "data/inputs/            input files as they were imported\n");
	buf_addz(out, check_text);
	if (bag->ask->key != NULL)
		buf_addz(out, signed_text);
	if (bag->ask->stamp)
		buf_addz(out, stamp_text);
	if (bag->left_out.len > 0) {
		buf_addz(out, "\nInput files that are not in it:\n");
		buf_add(out, buf_str(&bag->left_out));
	}
	buf_addz(out, "\nA lead is a reason to look, not a verdict. Attribution: not assessed.\n");
}

static enum claque_rc
write_sealed(struct bag *bag, struct arena scratch, struct claque_err *err)
{
	const struct sign_key *key = bag->ask->key;
	enum claque_rc rc = write_tag(bag, BAG_BAGIT, STR(BAG_FIRST_FILE), scratch, err);
	struct buf text;

	buf_init(&text, TEXT_BYTES_MAX);
	add_info(&text, bag, scratch);
	if (rc == CLAQUE_OK)
		rc = write_tag(bag, BAG_INFO, buf_str(&text), scratch, err);
	buf_clear(&text);
	add_readme(&text, bag, scratch);
	if (rc == CLAQUE_OK)
		rc = write_tag(bag, BAG_README, buf_str(&text), scratch, err);
	buf_done(&text);
	if (rc == CLAQUE_OK)
		rc = write_tag(bag, BAG_MANIFEST, buf_str(&bag->manifest), scratch, err);
	if (rc == CLAQUE_OK && key != NULL)
		rc = write_tag(bag, BAG_KEY, sign_public_pem(&scratch, key->public_key), scratch,
			       err);
	return rc;
}

static enum claque_rc
write_signature(struct bag *bag, struct claque_str sealing, struct arena scratch,
		struct claque_err *err)
{
	const struct sign_key *key = bag->ask->key;
	struct sign_note note = {
		.file = str_of(bag_tag_names[BAG_TAGS]), .who = bag->ask->who,
		.when = clock_text(&scratch, bag->in->made_at, CLOCK_RFC3339),
	};

	if (key == NULL)
		return CLAQUE_OK;
	memcpy(note.public_key, key->public_key, SIGN_PUBLIC_BYTES);
	sign_make(key, sealing, note.signature);
	return write_tag(bag, BAG_SIGNATURE, sign_note_text(&scratch, &note), scratch, err);
}

static enum claque_rc
write_request(struct bag *bag, struct claque_str sealing, struct arena scratch,
	      struct claque_err *err)
{
	unsigned char request[STAMP_BYTES];
	char digest[SHA256_HEX + 1];

	if (!bag->ask->stamp)
		return CLAQUE_OK;
	sha256_text(sealing, digest);
	stamp_request(digest, request);
	return write_tag(bag, BAG_REQUEST,
			 (struct claque_str){ (const char *)request, sizeof(request) }, scratch, err);
}

enum claque_rc
bag_seal(struct bag *bag, struct arena scratch, struct claque_err *err)
{
	struct claque_str sealing;
	enum claque_rc rc = digest_payload(bag, scratch, err);

	if (rc == CLAQUE_OK && (bag->manifest.over || bag->left_out.over))
		rc = err_set(err, CLAQUE_ELIMIT, "too many files for one bag");
	if (rc == CLAQUE_OK)
		rc = write_sealed(bag, scratch, err);
	sealing = buf_str(&bag->tags);
	if (rc == CLAQUE_OK)
		rc = write_tag(bag, BAG_TAGS, sealing, scratch, err);
	if (rc == CLAQUE_OK)
		rc = write_signature(bag, sealing, scratch, err);
	if (rc == CLAQUE_OK)
		rc = write_request(bag, sealing, scratch, err);
	if (rc == CLAQUE_OK)
		rc = sink_sync_folder(str_fmt(&scratch, "%s/data", bag->path).p, err);
	return rc == CLAQUE_OK ? sink_sync_folder(bag->path, err) : rc;
}
