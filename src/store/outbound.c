#include "config.h"

#include "store/outbound.h"

#include "store/schema.h"
#include "store/stmt.h"

/* Rows of account, source, post and input are found by their ids, one probe each. */
#define OUTBOUND_SQL "SELECT o.kind, s.act, o.key, a.native_id, a.platform, p.native_id, p.text," \
	" s.at, f.sha256, s.row FROM share s CROSS JOIN source o ON o.id = s.source" \
	" CROSS JOIN account a ON a.id = s.account CROSS JOIN post p ON p.id = s.post" \
	" CROSS JOIN input_file f ON f.id = s.input_file WHERE s.basis <> " COPIED " ORDER BY s.id"

enum claque_rc
outbound_shares(struct store *s,
		enum claque_rc (*each)(void *ctx, const struct outbound_share *row,
				       struct claque_err *err),
		void *ctx, struct claque_err *err)
{
	sqlite3_stmt *st;
	enum claque_rc rc = stmt_prepare(s, OUTBOUND_SQL, &st, err);

	while (rc == CLAQUE_OK && (rc = stmt_step(s, st, err)) == CLAQUE_OK)
		rc = each(ctx, &(struct outbound_share){
			.kind = (enum claque_object_kind)column_i64(st, 0, 0),
			.act = (enum claque_act)column_i64(st, 1, 0), .object = column_str(st, 2),
			.account = column_str(st, 3), .platform = column_str(st, 4),
			.post = column_str(st, 5), .text = column_str(st, 6),
			.at = column_i64(st, 7, CLAQUE_NO_TIME), .input = column_str(st, 8),
			.row = (uint64_t)column_i64(st, 9, 0) }, err);
	(void)sqlite3_finalize(st);
	return rc == CLAQUE_DONE ? CLAQUE_OK : rc;
}
