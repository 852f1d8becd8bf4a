/*
 * test.h - what every unit test includes: cmocka with its three prerequisites.
 */
#ifndef TESTS_UNIT_TEST_H
#define TESTS_UNIT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

/* A view against a literal. */
#define assert_str(s, z) do { \
	struct claque_str got_ = (s); \
	assert_int_equal(got_.len, strlen(z)); \
	assert_memory_equal(got_.p, z, got_.len); \
} while (0)

/* A call that must succeed; shows the message where it does not. */
#define assert_ok(call, err) do { \
	if ((call) != CLAQUE_OK) \
		fail_msg("%s: %s", #call, (err).msg); \
} while (0)

#endif
