#include "config.h"

#include "case/ledger.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

enum { PASSWD_BYTES = 16 << 10 };

static struct claque_str
login_name(struct arena *perm)
{
	char *room = ARENA_NEW(perm, char, PASSWD_BYTES);
	struct passwd entry, *found = NULL;

	if (getpwuid_r(getuid(), &entry, room, PASSWD_BYTES, &found) != 0 || found == NULL)
		return STR("");
	return str_of(found->pw_name);
}

struct claque_str
case_who(struct arena *perm)
{
	struct claque_str who = case_line(perm, str_of(getenv("CLAQUE_WHO")), WHO_BYTES_MAX);

	if (who.len == 0)
		who = case_line(perm, login_name(perm), WHO_BYTES_MAX);
	return who.len > 0 ? who : STR("unknown");
}
