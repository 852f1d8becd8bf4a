/*
 * bag.h - the names in a bag of ours (BagIt 1.0, RFC 8493): export/ writes them, and
 * case/ checks them.
 */
#ifndef MODEL_BAG_H
#define MODEL_BAG_H

#include <stdbool.h>

/*
 * X(id, name, sealed). Sealed ones are in the tag manifest; the others are made over it, or
 * come later, as an authority's answer does.
 */
#define BAG_TAG_LIST(X) \
	X(BAGIT, "bagit.txt", true) X(INFO, "bag-info.txt", true) X(README, "README.txt", true) \
	X(MANIFEST, "manifest-sha256.txt", true) X(KEY, "public-key.pem", true) \
	X(TAGS, "tagmanifest-sha256.txt", false) X(SIGNATURE, "signature.txt", false) \
	X(REQUEST, "request.tsq", false) X(RESPONSE, "response.tsr", false)

enum bag_tag {
#define X(id, name, sealed) BAG_##id,
	BAG_TAG_LIST(X)
#undef X
	BAG_TAG_COUNT
};

#define X(id, name, sealed) [BAG_##id] = name,
static const char *const bag_tag_names[BAG_TAG_COUNT] = { BAG_TAG_LIST(X) };
#undef X
#define X(id, name, sealed) [BAG_##id] = sealed,
static const bool bag_tag_sealed[BAG_TAG_COUNT] = { BAG_TAG_LIST(X) };
#undef X

#define BAG_FIRST_FILE	"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
#define BAG_LEDGER	"data/ledger.ndjson"

/* Lines of bag-info.txt that are ours or are looked at. */
#define BAG_OXUM	"Payload-Oxum"
#define BAG_ENTRIES	"Claque-Ledger-Entries"
#define BAG_HASH	"Claque-Ledger-Hash"
#define BAG_ROWS	"Claque-Ledger-Rows"	/* "exact", or "redacted" */
#define BAG_SIGNER	"Claque-Signing-Key"
#define BAG_SIGNED_BY	"Claque-Signed-By"
#define BAG_SIGNED_AT	"Claque-Signed-At"

#endif
