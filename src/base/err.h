/*
 * err.h - fill a claque_err and return its code in one statement.
 *
 * Why a struct the caller owns and not a last-error variable: a stale
 * message read after the wrong call is worse than no message.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "claque/types.h"

enum claque_rc err_set(struct claque_err *err, enum claque_rc rc, const char *fmt, ...)
	__attribute__((nonnull, format(printf, 3, 4)));
/* Put "context: " before the message already there. */
enum claque_rc err_wrap(struct claque_err *err, const char *fmt, ...)
	__attribute__((nonnull, format(printf, 2, 3)));

#ifdef __clang_analyzer__	/* which looks at one file, and would think of any code */
#define err_set(err, code, ...) ((void)(err_set)((err), (code), __VA_ARGS__), (code))
#endif

#endif
