/*
 * fuzz_remote.c - any bytes as a mapping file (first byte even), or as what a server answers
 * to one of the statements (odd). A mapping is refused with a message, or every statement
 * that is made of it holds nothing of it but quoted names; an answer is refused, or all of
 * its bytes are rows, and counts of it may be fed to the engine.
 */
#include "config.h"

#include <stdlib.h>

#include "claque/counted.h"

#include "remote/answer.h"
#include "remote/sql.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_statements(const struct mapping *m)
{
	const struct sql_scope scope = { .mapping = m, .kinds = 1, .acts = 1, .object_cap = 250,
					 .window_ms = 60000, .hi = UINT64_MAX,
					 .database = STR("claque"), .cluster = STR("claque") };
	struct buf out;

	buf_init(&out, SQL_BYTES_MAX);
	for (unsigned i = 0; i < SQL_STATEMENTS; i++) {
		size_t quotes = 0;

		buf_clear(&out);
		sql_write((enum sql_statement)i, &scope, &out);
		if (out.over || out.len == 0)
			abort();
		for (size_t at = 0; at < out.len; at++) {
			quotes += out.p[at] == '`';
			if (out.p[at] == ';' || out.p[at] == '\\' || out.p[at] == '{' ||
			    (unsigned char)out.p[at] >= 0x80)
				abort();
		}
		if (quotes % 2 != 0)
			abort();
	}
	buf_done(&out);
}

struct fed {
	struct claque_counted *counted;
	char kind;
};

/* As remote/network.c gives rows to the engine, whatever they hold. */
static enum claque_rc
feed(void *ctx, const struct answer_cell *cells, struct claque_err *err)
{
	struct fed *f = ctx;
	const struct claque_counted_pair pair = {
		.a = (uint32_t)cells[0].u, .b = (uint32_t)cells[1].u, .weight = cells[2].u,
		.first_seen = cells[3].i, .last_seen = cells[4].i, .a_first = cells[5].u,
		.b_first = cells[6].u, .lags_ms = cells[7].is, .lag_count = cells[7].count };
	const struct claque_counted_account account = {
		.id = cells[1].s, .platform = cells[3].s, .objects = cells[5].u,
		.weeks = cells[6].is, .week_objects = cells[7].us,
		.week_count = cells[6].count < cells[7].count ? cells[6].count : cells[7].count };
	uint32_t number;
	enum claque_rc rc;

	if (f->kind == 'p')
		rc = claque_counted_add_pair(f->counted, &pair, err);
	else
		rc = claque_counted_add_account(f->counted, &account, &number, err);
	return rc == CLAQUE_EINPUT || rc == CLAQUE_ELIMIT ? CLAQUE_OK : rc;
}

static void
check_answer(struct claque_str bytes, enum sql_statement statement)
{
	static const struct claque_progress quiet;
	struct fed f = { .kind = statement == SQL_PAIRS ? 'p' : 'a' };
	struct claque_network_settings settings = claque_network_defaults(CLAQUE_SIGNAL_CO_RESHARE);
	struct claque_network net;
	struct claque_err err = { 0 };
	uint32_t number;
	enum claque_rc rc;

	if (claque_counted_new(&f.counted, &err) != CLAQUE_OK)
		abort();
	for (char name = 'a'; name < 'e'; name++)
		if (claque_counted_add_account(f.counted, &(struct claque_counted_account){
			{ &name, 1 }, STR("x"), 1, &(const int64_t){ 0 },
			&(const uint64_t){ 1 }, 1 }, &number, &err) != CLAQUE_OK)
			abort();
	if (claque_counted_add_week(f.counted, 0, &(struct claque_counted_total){ 4, 12 },
				    &err) != CLAQUE_OK)
		abort();
	rc = answer_read(bytes, sql_layout(statement), &(struct answer_sink){ &f, feed }, &err);
	if (rc != CLAQUE_OK && (rc != CLAQUE_EINPUT || err.msg[0] == '\0'))
		abort();
	if (claque_counted_close(f.counted, &quiet, &err) == CLAQUE_OK &&
	    claque_counted_finish(f.counted, &settings, &quiet, &net, &err) == CLAQUE_OK)
		claque_network_done(&net);
	claque_counted_free(f.counted);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct claque_str rest = { (const char *)data, size };
	struct mapping m;
	struct claque_err err = { 0 };

	if (size == 0)
		return 0;
	rest = str_sub(rest, 1, size);
	if ((data[0] & 1) != 0)
		check_answer(rest, (data[0] & 2) != 0 ? SQL_PAIRS : SQL_ACCOUNTS);
	else if (mapping_parse(rest, "fuzz", &m, &err) == CLAQUE_OK)
		check_statements(&m);
	else if (err.msg[0] == '\0')
		abort();
	return 0;
}
