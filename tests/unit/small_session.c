#include "config.h"

#include "test.h"

#include "small_session.h"

#include "small_case.h"

struct session *
open_case(bool read_only)
{
	struct session_options options = { .path = "copy.claque", .who = STR("nr"),
					   .read_only = read_only };
	struct claque_err err = { 0 };
	struct session *s;

	assert_ok(session_open(&s, &options, &err), err);
	return s;
}

struct session *
fresh(void)
{
	small_case_copy("copy.claque");
	return open_case(false);
}

unsigned
run(struct session *s, enum action_id id, const char *arg)
{
	bool did;
	unsigned bits = action_run(s, id, str_of(arg), &did);

	assert_true(did);
	return bits;
}

int64_t
notes(struct session *s)
{
	return session_side_count(s, LIST_NOTES, (struct subject){ 0 });
}
