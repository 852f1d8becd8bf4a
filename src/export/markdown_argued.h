/* markdown_argued.h - what analysts argue, as Markdown: see argued.h. */
#ifndef EXPORT_MARKDOWN_ARGUED_H
#define EXPORT_MARKDOWN_ARGUED_H

#include "export/argued.h"
#include "export/sink.h"

struct argument {
	const struct reading *r;
	struct sink *sink;
	struct arena perm, scratch;
};

/* "## Claims", with evidence for and against; "## Competing hypotheses"; ABCDE and the rest. */
void markdown_claims(const struct argument *m);
void markdown_hypotheses(const struct argument *m);
void markdown_fields(const struct argument *m);
void markdown_techniques(const struct argument *m);
/* "Not assessed." or what the analyst wrote; subject "" : of the case and of clusters. */
void markdown_attribution(const struct argument *m, struct claque_str subject);

#endif
