#include "config.h"

#include "app/complete.h"

enum { TABLES_MAX = 200, COLUMNS_MAX = 64, TOKENS_MAX = 2000 };

static const char *const sql_words[] = {
	"select", "from", "where", "group by", "order by", "having", "limit", "join", "left join",
	"on", "as", "and", "or", "not", "in", "like", "glob", "between", "is null", "is not null",
	"distinct", "desc", "asc", "with", "union all", "case", "when", "then", "else", "end",
	"exists", "explain query plan", "count(*)", "count(", "sum(", "avg(", "min(", "max(",
	"length(", "lower(", "substr(", "replace(", "instr(", "round(", "coalesce(", "strftime(",
	"group_concat(", "total(", "abs(", "iif(", "offset", "using", "over", "row_number()",
	"claque_match(", "claque_badge(",
};

/* After these no name of a table's own can follow: they end it. */
static const char *const clause_words[] = {
	"select", "from", "where", "group", "order", "having", "limit", "join", "left", "inner",
	"cross", "outer", "natural", "on", "using", "union", "as", "and", "or", "by", "with",
};

struct reading {
	struct arena *perm;
	struct schema *out;
};

static bool
take_name(void *ctx, struct claque_str name, struct claque_str column)
{
	struct reading *r = ctx;
	struct schema *s = r->out;
	struct schema_table *t = s->count > 0 ? &s->tables[s->count - 1] : NULL;

	if (t == NULL || !str_eq(t->name, name)) {
		if (s->count == TABLES_MAX)
			return false;
		t = &s->tables[s->count++];
		t->name = str_dup(r->perm, name);
		t->columns = ARENA_NEW(r->perm, struct claque_str, COLUMNS_MAX);
	}
	if (t->column_count < COLUMNS_MAX)
		t->columns[t->column_count++] = str_dup(r->perm, column);
	return true;
}

enum claque_rc
schema_read(struct store *store, struct arena *perm, struct schema *out, struct claque_err *err)
{
	struct reading r = { perm, out };

	*out = (struct schema){ .tables = ARENA_NEW(perm, struct schema_table, TABLES_MAX) };
	return store_schema(store, take_name, &r, err);
}

/* --- the text as words and signs */

struct token {
	struct claque_str s;		/* a word, or one sign; of a text in quotes the first quote */
	bool word;
};

struct tokens {
	struct token at[TOKENS_MAX];
	size_t count;
	bool in_quotes;			/* the text ends within quotes */
};

static bool
is_word(char c)
{
	return byte_is_alpha(c) || byte_is_digit(c) || c == '_' || (unsigned char)c >= 0x80;
}

static void
cut_up(struct claque_str text, struct tokens *out)
{
	*out = (struct tokens){ 0 };
	for (size_t i = 0; i < text.len && out->count < TOKENS_MAX; ) {
		char c = text.p[i];
		size_t end = i + 1;

		if (byte_is_space(c)) {
			i++;
			continue;
		}
		if (is_word(c))
			while (end < text.len && is_word(text.p[end]))
				end++;
		out->at[out->count++] = (struct token){ str_sub(text, i, end - i), is_word(c) };
		if (c == '\'' || c == '"') {
			end = str_find(text, str_sub(text, i, 1), end);
			out->in_quotes = end == text.len;
			end++;
		}
		i = end;
	}
}

static bool
is_clause(struct claque_str word)
{
	for (size_t i = 0; i < sizeof(clause_words) / sizeof(clause_words[0]); i++)
		if (str_eq_nocase(word, str_of(clause_words[i])))
			return true;
	return false;
}

static bool
token_is(const struct tokens *t, size_t at, const char *word)
{
	return at < t->count && str_eq_nocase(t->at[at].s, str_of(word));
}

/* Does the name of a table stand there, or is one expected behind the last token? */
static bool
is_table_place(const struct tokens *t, size_t at)
{
	size_t i = at;

	if (at == 0)
		return false;
	if (token_is(t, at - 1, "from") || token_is(t, at - 1, "join"))
		return true;
	if (!token_is(t, at - 1, ","))
		return false;
	while (i-- > 0)
		if (t->at[i].word && is_clause(t->at[i].s) && !token_is(t, i, "as"))
			return token_is(t, i, "from");
	return false;
}

static const struct schema_table *
find_table(const struct schema *s, struct claque_str name)
{
	for (size_t i = 0; i < s->count; i++)
		if (str_eq_nocase(s->tables[i].name, name))
			return &s->tables[i];
	return NULL;
}

/* "v_posts p", "v_posts as p" */
static struct claque_str
other_name(const struct tokens *t, size_t at)
{
	size_t next = token_is(t, at + 1, "as") ? at + 2 : at + 1;

	return next < t->count && t->at[next].word && !is_clause(t->at[next].s) ? t->at[next].s :
	       STR("");
}

/* --- what is offered */

struct offer {
	struct arena *perm;
	struct claque_str begins, *out;
	size_t count;
};

static void
add(struct offer *o, struct claque_str word)
{
	if (o->count == COMPLETE_MAX || word.len <= o->begins.len ||
	    !str_eq_nocase(str_sub(word, 0, o->begins.len), o->begins))
		return;
	for (size_t i = 0; i < o->count; i++)
		if (str_eq_nocase(o->out[i], word))
			return;
	o->out[o->count++] = word;
}

static void
add_columns(struct offer *o, const struct schema_table *t)
{
	for (size_t i = 0; t != NULL && i < t->column_count; i++)
		add(o, t->columns[i]);
}

/* Columns of what the query names; of a query that names nothing yet, of all views. */
static void
add_columns_of_all(struct offer *o, const struct schema *s, const struct tokens *all)
{
	bool any = false;

	for (size_t i = 0; i < all->count; i++) {
		const struct schema_table *t = is_table_place(all, i) ?
					       find_table(s, all->at[i].s) : NULL;

		any = any || t != NULL;
		add_columns(o, t);
	}
	for (size_t i = 0; i < s->count && !any; i++)
		if (str_starts(s->tables[i].name, STR("v_")))
			add_columns(o, &s->tables[i]);
}

static void
add_columns_behind(struct offer *o, const struct schema *s, const struct tokens *all,
		   struct claque_str name)
{
	add_columns(o, find_table(s, name));
	for (size_t i = 0; i < all->count; i++)
		if (is_table_place(all, i) && str_eq_nocase(other_name(all, i), name))
			add_columns(o, find_table(s, all->at[i].s));
}

static struct claque_str
upper(struct arena *perm, struct claque_str s)
{
	struct claque_str copy = str_dup(perm, s);
	char *p = ARENA_NEW(perm, char, s.len + 1);

	for (size_t i = 0; i < s.len; i++)
		p[i] = copy.p[i] >= 'a' && copy.p[i] <= 'z' ? (char)(copy.p[i] - 32) : copy.p[i];
	copy.p = p;
	return copy;
}

/* At its beginning a query can only read. */
static void
add_words(struct offer *o, bool begins)
{
	bool capitals = o->begins.len > 0 && byte_is_upper(o->begins.p[0]);

	for (size_t i = 0; i < sizeof(sql_words) / sizeof(sql_words[0]); i++) {
		struct claque_str word = str_of(sql_words[i]);

		if (!begins || str_eq(word, STR("select")) || str_eq(word, STR("with")) ||
		    str_starts(word, STR("explain")))
			add(o, capitals ? upper(o->perm, word) : word);
	}
}

size_t
complete(const struct schema *schema, struct arena *perm, struct claque_str text, size_t at,
	 size_t *from, struct claque_str out[COMPLETE_MAX])
{
	struct tokens *before = ARENA_NEW(perm, struct tokens, 1);
	struct tokens *all = ARENA_NEW(perm, struct tokens, 1);
	struct offer o = { .perm = perm, .out = out };
	size_t last;

	*from = at;
	while (*from > 0 && is_word(text.p[*from - 1]))
		--*from;
	o.begins = str_sub(text, *from, at - *from);
	cut_up(str_sub(text, 0, *from), before);
	cut_up(text, all);
	last = before->count;
	if (before->in_quotes || token_is(before, last - 1, "as"))
		return 0;
	if (last >= 2 && token_is(before, last - 1, ".")) {
		add_columns_behind(&o, schema, all, before->at[last - 2].s);
		return o.count;
	}
	if (is_table_place(before, last)) {
		for (size_t i = 0; i < schema->count; i++)
			add(&o, schema->tables[i].name);
		return o.count;
	}
	if (last > 0)
		add_columns_of_all(&o, schema, all);
	add_words(&o, last == 0);
	return o.count;
}

struct claque_str
complete_common(const struct claque_str *words, size_t count)
{
	struct claque_str common = count > 0 ? words[0] : STR("");

	for (size_t i = 1; i < count; i++) {
		size_t n = 0;

		while (n < common.len && n < words[i].len &&
		       byte_lower(common.p[n]) == byte_lower(words[i].p[n]))
			n++;
		common.len = n;
	}
	return common;
}
