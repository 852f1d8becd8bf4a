/*
 * pair.c - what two accounts, or two groups, have in common. Everything is a
 * number that can be measured on a random pair as well: without that, five
 * common sources mean nothing.
 */
#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "base/err.h"
#include "store/picture_impl.h"

#define FAST_MS 60000
#define WAVE_MS "600000"
#define DAY_MS 86400000.0

enum { LOOKED_AT = 20000, HOURS_OF_WEEK = 168, BIO_WORDS_MAX = 64 };

_Static_assert(CLAQUE_OBJECT_domain == 2 && CLAQUE_OBJECT_hashtag == 3, "kinds in the SQL below");

static const char changes_sql[] =
	"SELECT count(DISTINCT x.id) FROM json_each(?1) j CROSS JOIN profile_change x"
	" ON x.account = j.value WHERE EXISTS (SELECT 1 FROM json_each(?2) k"
	" CROSS JOIN profile_change y ON y.account = k.value"
	" AND y.at BETWEEN x.at - " WAVE_MS " AND x.at + " WAVE_MS ")";
/* Monday 00:00 is hour 0: the first of January 1970 was a Thursday. */
static const char hours_sql[] =
	"SELECT (p.at / 3600000 + 72) % 168, count(*) FROM json_each(?1) j CROSS JOIN post p"
	" ON p.account = j.value WHERE p.at >= 0 GROUP BY 1";
static const char created_sql[] =
	"SELECT avg(a.created_at) FROM json_each(?1) j CROSS JOIN account a ON a.id = j.value";

struct reading {
	struct store *s;
	struct claque_str a, b;		/* the groups as JSON */
};

static int64_t
lag(const struct pair_source *source)
{
	if (source->at[0] == CLAQUE_NO_TIME || source->at[1] == CLAQUE_NO_TIME)
		return INT64_MAX;
	return llabs(source->at[1] - source->at[0]);
}

/* Kept in order of the lag; what is farthest falls off the end. */
static void
keep(struct pair *out, struct pair_source source)
{
	size_t at = out->source_count;

	if (at == PAIR_SOURCES_MAX && lag(&source) >= lag(&out->sources[at - 1]))
		return;
	if (at < PAIR_SOURCES_MAX)
		out->source_count++;
	else
		at--;
	for (; at > 0 && lag(&out->sources[at - 1]) > lag(&source); at--)
		out->sources[at] = out->sources[at - 1];
	out->sources[at] = source;
}

static void
common_sql(struct buf *sql, const struct lens *lens)
{
	buf_addz(sql, "SELECT x.source, x.at, y.at FROM (SELECT s.source, min(s.at) AS at");
	shares_sql(sql, lens, SHARES_OF_SET);
	buf_addf(sql, " GROUP BY s.source LIMIT %d) x JOIN (SELECT s.source, min(s.at) AS at",
		 LOOKED_AT);
	shares_sql(sql, lens, SHARES_OF_SECOND);
	buf_addz(sql, " GROUP BY s.source) y ON y.source = x.source JOIN source o"
		 " ON o.id = x.source WHERE o.kind NOT IN (2, 3) ORDER BY x.source");
	buf_addc(sql, '\0');
}

static enum claque_rc
read_common(struct reading *r, const struct lens *lens, struct pair *out, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	struct buf sql;
	enum claque_rc rc;

	buf_init(&sql, PICTURE_SQL_MAX);
	common_sql(&sql, lens);
	rc = stmt_prepare(r->s, sql.p, &st, err);
	buf_done(&sql);
	if (rc != CLAQUE_OK)
		return rc;
	shares_bind(st, lens, r->a);
	bind_str(st, P_VALUE, r->b);
	out->traits[PAIR_COMMON] = out->traits[PAIR_FAST] = 0;
	while ((rc = stmt_step(r->s, st, err)) == CLAQUE_OK) {
		struct pair_source source = { column_i64(st, 0, 0),
			{ column_i64(st, 1, CLAQUE_NO_TIME), column_i64(st, 2, CLAQUE_NO_TIME) } };

		out->traits[PAIR_COMMON]++;
		out->traits[PAIR_FAST] += lag(&source) <= FAST_MS;
		keep(out, source);
	}
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* The first number of the first row, NAN for none. */
static enum claque_rc
number(struct reading *r, const char *sql, bool of_b, double *out, struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(r->s, sql, &st, err);

	*out = (double)NAN;
	if (rc != CLAQUE_OK)
		return rc;
	bind_str(st, 1, of_b ? r->b : r->a);
	if (sqlite3_bind_parameter_count(st) > 1)
		bind_str(st, 2, r->b);
	rc = stmt_step(r->s, st, err);
	if (rc == CLAQUE_OK && sqlite3_column_type(st, 0) != SQLITE_NULL)
		*out = sqlite3_column_double(st, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

static enum claque_rc
read_hours(struct reading *r, bool of_b, double hours[HOURS_OF_WEEK], struct claque_err *err)
{
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(r->s, hours_sql, &st, err);

	if (rc != CLAQUE_OK)
		return rc;
	for (int i = 0; i < HOURS_OF_WEEK; i++)
		hours[i] = 0;
	bind_str(st, 1, of_b ? r->b : r->a);
	while ((rc = stmt_step(r->s, st, err)) == CLAQUE_OK)
		hours[column_i64(st, 0, 0) % HOURS_OF_WEEK] = (double)column_i64(st, 1, 0);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}

/* Pearson's r; NAN where one of them is the same in every hour. */
static double
correlation(const double a[HOURS_OF_WEEK], const double b[HOURS_OF_WEEK])
{
	double ma = 0, mb = 0, ab = 0, aa = 0, bb = 0;

	for (int i = 0; i < HOURS_OF_WEEK; i++) {
		ma += a[i] / HOURS_OF_WEEK;
		mb += b[i] / HOURS_OF_WEEK;
	}
	for (int i = 0; i < HOURS_OF_WEEK; i++) {
		ab += (a[i] - ma) * (b[i] - mb);
		aa += (a[i] - ma) * (a[i] - ma);
		bb += (b[i] - mb) * (b[i] - mb);
	}
	return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : (double)NAN;
}

static size_t
words_of(struct arena *perm, struct claque_str text, struct claque_str words[BIO_WORDS_MAX])
{
	struct claque_str rest = str_lower(perm, text), word;
	size_t n = 0;

	while (n < BIO_WORDS_MAX && str_cut(&rest, ' ', &word)) {
		bool known = false;

		while (word.len > 0 && str_find(STR(".,;:!?\"'()#"), str_sub(word, word.len - 1, 1),
						0) < 11)
			word.len--;
		for (size_t i = 0; i < n; i++)
			known |= str_eq(words[i], word);
		if (word.len > 0 && !known)
			words[n++] = word;
	}
	return n;
}

/* Common words of all words, 0..1. */
static double
words_in_common(struct arena scratch, struct claque_str a, struct claque_str b)
{
	struct claque_str of_a[BIO_WORDS_MAX], of_b[BIO_WORDS_MAX];
	size_t n = words_of(&scratch, a, of_a), m = words_of(&scratch, b, of_b), both = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < m; k++)
			both += str_eq(of_a[i], of_b[k]);
	return n == 0 || m == 0 ? (double)NAN : (double)both / (double)(n + m - both);
}

static enum claque_rc
read_bios(struct store *s, int64_t a, int64_t b, double *out, struct claque_err *err)
{
	enum { BIO_BYTES = 1 << 20, BIO_MAX = 4096 };
	struct arena whole = arena_new(BIO_BYTES), scratch = whole;
	struct claque_str bios[2] = { { 0 }, { 0 } };
	sqlite3_stmt *st = NULL;
	enum claque_rc rc = stmt_prepare(s, "SELECT bio FROM account WHERE id = ?1", &st, err);

	for (int i = 0; rc == CLAQUE_OK && i < 2; i++) {
		bind_i64(st, 1, i == 0 ? a : b);
		rc = stmt_step(s, st, err);
		if (rc == CLAQUE_OK)
			bios[i] = str_dup(&scratch, str_head(column_str(st, 0), BIO_MAX));
		rc = rc == CLAQUE_DONE ? CLAQUE_OK : rc;
		(void)sqlite3_reset(st);
	}
	(void)sqlite3_finalize(st);
	*out = words_in_common(scratch, bios[0], bios[1]);
	arena_free(whole);
	return rc;
}

static enum claque_rc
read_traits(struct reading *r, struct pair *out, struct claque_err *err)
{
	double hours[2][HOURS_OF_WEEK], made[2];
	enum claque_rc rc = read_hours(r, false, hours[0], err);

	if (rc == CLAQUE_OK)
		rc = read_hours(r, true, hours[1], err);
	if (rc == CLAQUE_OK)
		out->traits[PAIR_HOURS] = correlation(hours[0], hours[1]);
	if (rc == CLAQUE_OK)
		rc = number(r, created_sql, false, &made[0], err);
	if (rc == CLAQUE_OK)
		rc = number(r, created_sql, true, &made[1], err);
	if (rc == CLAQUE_OK)
		out->traits[PAIR_CREATED] = fabs(made[0] - made[1]) / DAY_MS;
	return rc == CLAQUE_OK ? number(r, changes_sql, false, &out->traits[PAIR_CHANGES], err) : rc;
}

enum claque_rc
pair_read(struct store *s, const struct group *a, const struct group *b, const struct lens *lens,
	  struct pair *out, struct claque_err *err)
{
	struct buf json[2];
	struct reading r = { .s = s };
	enum claque_rc rc;

	*out = (struct pair){ .source_count = 0 };
	for (int i = 0; i < PAIR_TRAIT_COUNT; i++)
		out->traits[i] = (double)NAN;
	for (int i = 0; i < 2; i++) {
		buf_init(&json[i], GROUP_JSON_MAX);
		group_json(&json[i], i == 0 ? a : b);
	}
	r.a = buf_str(&json[0]);
	r.b = buf_str(&json[1]);
	rc = read_common(&r, lens, out, err);
	if (rc == CLAQUE_OK)
		rc = read_traits(&r, out, err);
	if (rc == CLAQUE_OK && a->count == 1 && b->count == 1)
		rc = read_bios(s, a->accounts[0], b->accounts[0], &out->traits[PAIR_BIO], err);
	buf_done(&json[0]);
	buf_done(&json[1]);
	return rc;
}
