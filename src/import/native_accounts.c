/*
 * native_accounts.c - our own accounts table: a profile as it was at the end
 * of the period, or at observed_at where the file tells.
 */
#include "config.h"

#include "import/format.h"

/* X(column, need) */
#define ACCOUNTS_FIELDS(X) \
	X(account_id, REQUIRED) X(platform, OPTIONAL) X(handle, OPTIONAL) \
	X(display_name, OPTIONAL) X(created_at, OPTIONAL) X(location, OPTIONAL) \
	X(bio, OPTIONAL) X(url, OPTIONAL) X(avatar_hash, OPTIONAL) X(avatar_tag, OPTIONAL) \
	X(followers, OPTIONAL) X(following, OPTIONAL) X(posts_total, OPTIONAL) \
	X(verified, OPTIONAL) X(lang, OPTIONAL) X(observed_at, OPTIONAL)

#define X(name, need) ACCOUNTS_##name,
enum { ACCOUNTS_FIELDS(X) ACCOUNTS_COUNT };
#undef X

static const struct field fields[] = {
#define X(name, need) COLUMN(#name, need),
	ACCOUNTS_FIELDS(X)
#undef X
};

static bool
read_time(struct input_row *row, size_t field, int64_t *out, enum claque_rc *rc,
	  struct claque_err *err)
{
	enum time_precision precision;

	*out = CLAQUE_NO_TIME;
	return input_cell(row, field).len == 0 ||
	       input_time(row, field, TIMES_OF_PLATFORMS, out, &precision, rc, err);
}

static bool
read_verified(struct input_row *row, int *out, enum claque_rc *rc, struct claque_err *err)
{
	static const struct {
		const char *word;
		int value;
	} words[] = {
		{ "", COUNT_UNKNOWN }, { "1", 1 }, { "0", 0 }, { "true", 1 }, { "false", 0 },
		{ "yes", 1 }, { "no", 0 },
	};
	struct claque_str s = input_cell(row, ACCOUNTS_verified);

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (str_eq_nocase(s, str_of(words[i].word))) {
			*out = words[i].value;
			return true;
		}
	}
	*rc = input_refuse(row, err, "verified: '%.*s' is not 0 or 1", QUOTED(s));
	return false;
}

static enum claque_rc
take_row(struct input_row *row, struct claque_err *err)
{
	struct record record = { .type = RECORD_ACCOUNT };
	struct account_record *account = &record.account;
	enum claque_rc rc;

	if (!input_need(row, ACCOUNTS_account_id, &account->id, &rc, err) ||
	    !read_time(row, ACCOUNTS_created_at, &account->created_at, &rc, err) ||
	    !read_time(row, ACCOUNTS_observed_at, &account->observed_at, &rc, err) ||
	    !input_count(row, ACCOUNTS_followers, &account->followers, &rc, err) ||
	    !input_count(row, ACCOUNTS_following, &account->following, &rc, err) ||
	    !input_count(row, ACCOUNTS_posts_total, &account->posts_total, &rc, err) ||
	    !read_verified(row, &account->verified, &rc, err))
		return rc;
	account->platform = input_id(row, ACCOUNTS_platform);
	account->handle = input_cell(row, ACCOUNTS_handle);
	account->display_name = row->value[ACCOUNTS_display_name];
	account->location = row->value[ACCOUNTS_location];
	account->bio = row->value[ACCOUNTS_bio];
	account->url = input_cell(row, ACCOUNTS_url);
	account->avatar_hash = input_cell(row, ACCOUNTS_avatar_hash);
	account->avatar_tag = input_cell(row, ACCOUNTS_avatar_tag);
	account->lang = input_cell(row, ACCOUNTS_lang);
	return input_put(row, &record, err);
}

const struct format format_native_accounts = {
	.about = {
		.name = "native-accounts",
		.help = "claque's own accounts table, one row a profile",
		.columns = "account_id; also platform, handle, display_name, created_at, "
			   "location, bio, url, avatar_hash, avatar_tag, followers, following, "
			   "posts_total, verified, lang, observed_at",
	},
	.fields = fields,
	.field_count = ACCOUNTS_COUNT,
	.known_min = 2,
	.row = take_row,
};
