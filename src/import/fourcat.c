#include "config.h"

#include "import/fourcat.h"

enum { DATE_LEN = 10 };

static bool
says_nothing(struct claque_str s)
{
	static const char *const words[] = { "-1", "N/A", "None", "nan" };

	s = str_trim(s);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_eq(s, str_of(words[i])))
			return true;
	return false;
}

/* "2023-09-01 14:00:00" is of the server's zone; a number, or a time with its zone, is not. */
static bool
lacks_zone(struct claque_str when)
{
	int64_t number;

	when = str_trim(when);
	if (when.len == 0 || str_to_i64(when, &number) || when.p[when.len - 1] == 'Z')
		return false;
	for (size_t i = DATE_LEN; i < when.len; i++)
		if (when.p[i] == '+' || when.p[i] == '-')
			return false;
	return true;
}

void
fourcat_mend(struct feed_facts *facts, struct arena *scratch)
{
	static const enum feed_role roles[] = {
		ROLE_likes, ROLE_shares, ROLE_replies, ROLE_followers, ROLE_following,
		ROLE_posts_total, ROLE_lang, ROLE_location, ROLE_bio, ROLE_verified,
		ROLE_account_created,
	};
	struct claque_str *avatar = &facts->of[ROLE_avatar];

	(void)scratch;
	facts->no_zone = lacks_zone(facts->of[ROLE_created_at]);
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (says_nothing(facts->of[roles[i]]))
			facts->of[roles[i]] = (struct claque_str){ 0 };
	if (avatar->len > 0 && memchr(avatar->p, '?', avatar->len) != NULL)
		avatar->len = (size_t)((const char *)memchr(avatar->p, '?', avatar->len) -
				       avatar->p);
}
