#include "config.h"

#include "app/rules_job.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/formats.h"
#include "app/value.h"
#include "base/clock.h"
#include "import/import.h"
#include "store/topic.h"

enum { TRIAL_ARENA = 16 << 20, LANGS_BYTES = 400, STEP = 1024, SAMPLE_BYTES = 400 };

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct column list_columns[] = {
	{ .name = "pack", .form = FORM_ID }, { .name = "version", .form = FORM_ID },
	{ .name = "kind", .form = FORM_ID }, { .name = "topic", .form = FORM_ID },
	{ .name = "patterns", .form = FORM_COUNT }, { .name = "languages", .form = FORM_TEXT },
	{ .name = "examples", .form = FORM_COUNT }, { .name = "about", .form = FORM_TEXT },
	{ .name = "sha256", .form = FORM_ID }, { .name = "author", .form = FORM_TEXT },
	{ .name = "source", .form = FORM_TEXT }, { .name = "file", .form = FORM_ID },
};

/* The languages of a topic's patterns, each once. */
static struct claque_str
languages(const struct rules *rules, size_t topic, char room[LANGS_BYTES])
{
	size_t len = 0;

	room[0] = '\0';
	for (size_t i = 0; i < rules_patterns(rules); i++) {
		const struct rules_pattern *p = rules_pattern_at(rules, i);
		const char *lang = p->lang[0] != '\0' ? p->lang : "any";
		size_t n = strlen(lang);

		if (p->topic != topic || strstr(room, lang) != NULL || len + n + 2 > LANGS_BYTES)
			continue;
		len += (size_t)snprintf(room + len, LANGS_BYTES - len, "%s%s", len > 0 ? " " : "", lang);
	}
	return str_of(room);
}

void
rules_list(const struct packs *packs, const struct row_sink *sink)
{
	const struct rules *rules = packs->rules;
	char langs[LANGS_BYTES];

	sink->head(sink->ctx, list_columns, LENGTH(list_columns));
	for (size_t i = 0; i < rules_topics(rules); i++) {
		const struct rules_topic *t = rules_topic_at(rules, i);
		const struct rules_pack *p = rules_pack_at(rules, t->pack);
		const struct value values[LENGTH(list_columns)] = {
			value_str(p->name), value_str(p->version),
			value_str(str_of(rules_kind_name(p->kind))), value_str(t->name),
			value_int((int64_t)t->pattern_count), value_str(languages(rules, i, langs)),
			value_int((int64_t)(t->yes_count + t->no_count)), value_str(t->about),
			value_str(str_of(packs->digests[t->pack])), value_str(p->author),
			value_str(p->source), value_str(p->path),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

static const struct column check_columns[] = {
	{ .name = "result", .form = FORM_ID }, { .name = "line", .form = FORM_NUMBER },
	{ .name = "topic", .form = FORM_ID }, { .name = "should", .form = FORM_ID },
	{ .name = "lang", .form = FORM_ID }, { .name = "text", .form = FORM_TEXT },
	{ .name = "file", .form = FORM_ID },
};

static bool
has_topic(struct rules_scan *scan, const struct rules_example *e)
{
	const uint32_t *topics;
	size_t count = rules_scan_text(scan, e->text, str_of(e->lang), &topics);

	for (size_t i = 0; i < count; i++)
		if (topics[i] == e->topic)
			return true;
	return false;
}

struct rules_checked
rules_check(const struct rules *rules, const struct row_sink *sink)
{
	struct rules_scan *scan = rules_scan_new(rules, false);
	struct rules_checked out = { .examples = rules_examples(rules) };
	bool more = true;

	sink->head(sink->ctx, check_columns, LENGTH(check_columns));
	for (size_t i = 0; i < out.examples; i++) {
		const struct rules_example *e = rules_example_at(rules, i);
		const struct rules_topic *t = rules_topic_at(rules, e->topic);
		bool pass = has_topic(scan, e) == e->yes;
		const struct value values[LENGTH(check_columns)] = {
			value_str(pass ? STR("pass") : STR("FAIL")), value_int(e->line),
			value_str(t->name), value_str(e->yes ? STR("match") : STR("not match")),
			value_str(e->lang[0] != '\0' ? str_of(e->lang) : STR("any")),
			value_str(e->text), value_str(rules_pack_at(rules, t->pack)->path),
		};

		out.failed += !pass;
		more = more && sink->each(sink->ctx, &(struct row){ (int64_t)i, values });
	}
	rules_scan_free(scan);
	return out;
}

/* The numbers of the topics of a post, and whether it is one of the first of a topic. */
static void
try_post(struct rules_trial *t, struct claque_str text, struct claque_str lang, int64_t id,
	 struct claque_str origin)
{
	int64_t before = clock_ticks();
	const uint32_t *topics;
	size_t count = rules_scan_text(t->scan, text, lang, &topics);

	/* Of whole milliseconds each sum is right on the average, however short the steps. */
	t->ms += clock_ticks() - before;
	t->posts++;
	t->bytes += text.len;
	t->none += count == 0;
	for (size_t i = 0; i < count; i++) {
		struct rules_found *f = &t->topics[topics[i]];

		if (f->posts < RULES_SAMPLES) {
			f->sample_posts[f->posts] = id;
			f->samples[f->posts] = str_dup(&t->perm, str_head(origin, SAMPLE_BYTES));
		}
		f->posts++;
	}
}

struct trying {
	struct rules_trial *trial;
	const struct claque_progress *progress;
	const char *path;
	uint64_t total;
	bool stopped;
};

static bool
try_stored(void *ctx, const struct topic_post *post)
{
	struct trying *t = ctx;
	const struct claque_progress *p = t->progress;

	if (t->trial->posts % STEP == 0 && p->tick != NULL &&
	    !p->tick(p->ctx, "posts", t->trial->posts, t->total)) {
		t->stopped = true;
		return false;
	}
	try_post(t->trial, post->text, post->lang, post->id, (struct claque_str){ 0 });
	return true;
}

static enum claque_rc
find_origins(struct rules_trial *t, struct store *store, struct claque_err *err)
{
	enum claque_rc rc = CLAQUE_OK;

	for (size_t i = 0; i < rules_topics(t->rules); i++)
		for (size_t k = 0; rc == CLAQUE_OK && k < RULES_SAMPLES && k < t->topics[i].posts; k++)
			rc = topic_origin(store, t->topics[i].sample_posts[k], &t->perm,
					  &t->topics[i].samples[k], err);
	return rc;
}

static enum claque_rc
try_case(struct trying *t, struct claque_err *err)
{
	struct store_counts counts;
	struct store *store;
	enum claque_rc rc = store_open(&store, t->path, STORE_READ, err);

	if (rc != CLAQUE_OK)
		return rc;
	rc = store_count_all(store, &counts, err);
	t->total = rc == CLAQUE_OK ? (uint64_t)counts.posts : 0;
	if (rc == CLAQUE_OK)
		rc = topic_scan(store, 0, try_stored, t, err);
	if (rc == CLAQUE_OK && !t->stopped)
		rc = find_origins(t->trial, store, err);
	store_close(store);
	return t->stopped ? CLAQUE_STOPPED : rc;
}

static enum claque_rc
try_record(void *ctx, uint64_t row, const struct record *r, bool *duplicate, struct claque_err *err)
{
	struct trying *t = ctx;
	char origin[SAMPLE_BYTES];

	(void)err;
	*duplicate = false;
	if (r->type != RECORD_POST)
		return CLAQUE_OK;
	(void)snprintf(origin, sizeof(origin), "%s:%llu", t->path, (unsigned long long)row);
	try_post(t->trial, r->post.text, r->post.lang, 0, str_of(origin));
	return CLAQUE_OK;
}

static enum claque_rc
skip_refused(void *ctx, uint64_t row, struct claque_str reason, struct claque_err *err)
{
	(void)ctx, (void)row, (void)reason, (void)err;
	return CLAQUE_OK;
}

static enum claque_rc
row_done(void *ctx, uint64_t row, struct claque_err *err)
{
	(void)ctx, (void)row, (void)err;
	return CLAQUE_OK;
}

static enum claque_rc
try_file(struct trying *t, struct claque_err *err)
{
	const struct record_sink sink = { t, try_record, skip_refused, row_done };
	struct import_options options = { 0 };
	const struct formats_ear deaf = { 0 };
	struct import_maps *maps = NULL;
	struct import_totals totals;
	enum claque_rc rc = formats_read(&options.format, &deaf, &maps, err);

	options.maps = maps;
	if (rc == CLAQUE_OK)
		rc = import_file(t->path, &options, &sink, t->progress, &totals, err);
	import_maps_free(maps);
	return rc;
}

enum claque_rc
rules_try(struct rules_trial *t, const struct rules *rules, const char *path,
	  const struct claque_progress *progress, struct claque_err *err)
{
	struct trying trying = { .trial = t, .progress = progress, .path = path };
	struct claque_str stem = store_stem(path);

	*t = (struct rules_trial){ .rules = rules, .scan = rules_scan_new(rules, true) };
	t->whole = t->perm = arena_new(TRIAL_ARENA);
	t->topics = ARENA_NEW(&t->perm, struct rules_found, rules_topics(rules) + 1);
	return stem.len < strlen(path) ? try_case(&trying, err) : try_file(&trying, err);
}

void
rules_trial_done(struct rules_trial *t)
{
	rules_scan_free(t->scan);
	arena_free(t->whole);
}

static const struct column topic_columns[] = {
	{ .name = "topic", .form = FORM_ID }, { .name = "kind", .form = FORM_ID },
	{ .name = "posts", .form = FORM_COUNT }, { .name = "share", .form = FORM_REAL },
	{ .name = "sample_1", .form = FORM_ID }, { .name = "sample_2", .form = FORM_ID },
	{ .name = "sample_3", .form = FORM_ID }, { .name = "pack", .form = FORM_ID },
};

void
rules_trial_topics(const struct rules_trial *t, const struct row_sink *sink)
{
	sink->head(sink->ctx, topic_columns, LENGTH(topic_columns));
	for (size_t i = 0; i < rules_topics(t->rules); i++) {
		const struct rules_topic *topic = rules_topic_at(t->rules, i);
		const struct rules_pack *pack = rules_pack_at(t->rules, topic->pack);
		const struct rules_found *f = &t->topics[i];
		const struct value values[LENGTH(topic_columns)] = {
			value_str(topic->name), value_str(str_of(rules_kind_name(pack->kind))),
			value_int((int64_t)f->posts),
			value_real(t->posts > 0 ? (double)f->posts / (double)t->posts : 0),
			value_str(f->samples[0]), value_str(f->samples[1]), value_str(f->samples[2]),
			value_str(pack->name),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

static const struct column pattern_columns[] = {
	{ .name = "result", .form = FORM_ID }, { .name = "line", .form = FORM_NUMBER },
	{ .name = "topic", .form = FORM_ID }, { .name = "lang", .form = FORM_ID },
	{ .name = "posts", .form = FORM_COUNT }, { .name = "gave_up", .form = FORM_COUNT },
	{ .name = "searched", .form = FORM_FLAG }, { .name = "pattern", .form = FORM_TEXT },
	{ .name = "file", .form = FORM_ID },
};

static struct claque_str
pattern_result(const struct rules_tally *tally)
{
	if (tally->gave_up > 0)
		return STR("GAVE UP");
	return tally->hits > 0 ? STR("matches") : STR("never");
}

void
rules_trial_patterns(const struct rules_trial *t, const struct row_sink *sink)
{
	sink->head(sink->ctx, pattern_columns, LENGTH(pattern_columns));
	for (size_t i = 0; i < rules_patterns(t->rules); i++) {
		const struct rules_pattern *p = rules_pattern_at(t->rules, i);
		const struct rules_topic *topic = rules_topic_at(t->rules, p->topic);
		struct rules_tally tally = rules_scan_tally(t->scan, i);
		const struct value values[LENGTH(pattern_columns)] = {
			value_str(pattern_result(&tally)), value_int(p->line),
			value_str(topic->name),
			value_str(p->lang[0] != '\0' ? str_of(p->lang) : STR("any")),
			value_int((int64_t)tally.hits), value_int((int64_t)tally.gave_up),
			value_int(tally.searched), value_str(p->source),
			value_str(rules_pack_at(t->rules, topic->pack)->path),
		};

		if (!sink->each(sink->ctx, &(struct row){ (int64_t)i, values }))
			return;
	}
}

void
rules_trial_odd(const struct rules_trial *t, size_t *silent, size_t *gave_up)
{
	*silent = *gave_up = 0;
	for (size_t i = 0; i < rules_patterns(t->rules); i++) {
		struct rules_tally tally = rules_scan_tally(t->scan, i);

		*silent += tally.hits == 0 && tally.gave_up == 0;
		*gave_up += tally.gave_up > 0;
	}
}
