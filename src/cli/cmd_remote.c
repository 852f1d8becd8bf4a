/* cmd_remote.c - claque remote: shares on ClickHouse servers. */
#include "config.h"

#include <stdlib.h>

#include "app/remote_job.h"
#include "app/value.h"
#include "base/err.h"
#include "base/file.h"
#include "cli/args.h"
#include "cli/printer.h"
#include "cli/progress.h"
#include "cli/who.h"

enum { REMOTE_ARENA = 1 << 20, PASSWORD_MAX = 4096, ACCOUNTS_MAX = 100000, PULL_ARENA = 64 << 20 };

/* What every subcommand begins with. */
struct remote_call {
	const struct invocation *call;
	const char *url;
	struct remote_options options;
	struct mapping mapping;
	struct buf password, map_text;
	struct remote *remote;
	struct arena perm;
};

/* From a file that nobody else can list, without its line end. */
static enum claque_rc
read_password(struct remote_call *c, struct claque_err *err)
{
	const char *path = args_value(c->call, "password-file");
	enum claque_rc rc = CLAQUE_OK;

	c->options.http.user = getenv("CLAQUE_REMOTE_USER");
	c->options.http.password = getenv("CLAQUE_REMOTE_PASSWORD");
	if (path == NULL)
		return CLAQUE_OK;
	rc = file_read(path, &c->password, err);
	if (rc == CLAQUE_OK)
		c->options.http.password = str_z(&c->perm, str_trim(buf_str(&c->password)));
	return rc;
}

static enum claque_rc
read_mapping(struct remote_call *c, struct claque_err *err)
{
	const char *path = args_value(c->call, "mapping");
	enum claque_rc rc;

	if (path == NULL)
		return CLAQUE_OK;
	rc = file_read(path, &c->map_text, err);
	if (rc == CLAQUE_OK && c->map_text.over)
		rc = err_set(err, CLAQUE_ELIMIT, "%s: more than %d bytes", path, MAPPING_BYTES_MAX);
	if (rc == CLAQUE_OK)
		rc = mapping_parse(buf_str(&c->map_text), path, &c->mapping, err);
	c->options.mapping = &c->mapping;
	return rc;
}

static enum claque_rc
read_options(struct remote_call *c, struct claque_err *err)
{
	struct http_options *http = &c->options.http;
	const char *database = args_value(c->call, "database");
	enum claque_rc rc;

	http->timeout_s = 3600;
	http->retries = 2;
	http->ca_file = args_value(c->call, "ca-file");
	if (database != NULL)
		c->options.database = str_of(database);
	rc = args_duration(c->call, "timeout", &http->timeout_s, err);
	if (rc == CLAQUE_OK && (http->timeout_s < 1 || http->timeout_s > 7 * 86400))
		rc = err_set(err, CLAQUE_EUSAGE, "--timeout takes 1s to 7d");
	if (rc == CLAQUE_OK)
		rc = args_int(c->call, "retries", 0, 20, &http->retries, err);
	if (rc == CLAQUE_OK)
		rc = read_password(c, err);
	if (rc == CLAQUE_OK)
		rc = read_mapping(c, err);
	return rc == CLAQUE_OK ? remote_open(&c->remote, c->url, &c->options, err) : rc;
}

static enum claque_rc
read_network(const struct invocation *call, struct remote_network *out, struct claque_err *err)
{
	const char *name = args_value(call, "signal");
	struct claque_network_settings *s = &out->settings;
	enum claque_signal signal;
	int64_t cap, least = 1, parts = 0;
	enum claque_rc rc = claque_signal_parse(str_of(name != NULL ? name : "co-reshare"),
						&signal, err);

	if (rc != CLAQUE_OK)
		return rc;
	*s = claque_network_defaults(signal);
	cap = s->object_cap;
	rc = args_duration(call, "window", &s->window_s, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "object-cap", 0, UINT32_MAX, &cap, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "min-weight", 1, UINT32_MAX, &least, err);
	if (rc == CLAQUE_OK)
		rc = args_real(call, "max-q", 0, 1, &s->max_q, err);
	if (rc == CLAQUE_OK)
		rc = args_int(call, "parts", 0, REMOTE_PARTS_MAX, &parts, err);
	s->object_cap = (uint32_t)cap;
	s->min_weight = (uint32_t)least;
	out->parts = (uint64_t)parts;
	return rc;
}

/* --- what there is to do, each with the servers at hand */

static enum claque_rc
init(struct remote_call *c, const struct claque_progress *progress, struct claque_err *err)
{
	struct claque_str shards[REMOTE_SHARDS_MAX];
	const char *urls[REMOTE_SHARDS_MAX];
	const char *cluster = args_value(c->call, "cluster");
	struct remote_plan plan = { urls, args_values(c->call, "shard", shards, REMOTE_SHARDS_MAX),
				    str_of(cluster) };
	enum claque_rc rc;

	if (cluster != NULL && plan.url_count > 0)
		return err_set(err, CLAQUE_EUSAGE, "--shard or --cluster, not both");
	for (size_t i = 0; i < plan.url_count; i++)
		urls[i] = shards[i].p;
	rc = remote_init(c->remote, &plan, progress, err);
	if (rc != CLAQUE_OK)
		return rc;
	progress_stop();
	for (unsigned i = 0; i < remote_shards(c->remote); i++)
		say("shard %u  %s", i + 1, remote_url(c->remote, i));
	return CLAQUE_OK;
}

static enum claque_rc
load(struct remote_call *c, const struct claque_progress *progress, struct claque_err *err)
{
	struct remote_loaded loaded;
	enum claque_rc rc = remote_find_shards(c->remote, progress, err);

	if (rc == CLAQUE_OK)
		rc = remote_load_job(c->remote, c->call->args[2], progress, &loaded, err);
	if (rc != CLAQUE_OK)
		return rc;
	progress_stop();
	say("%llu shares sent to %u shards, %llu were there",
	    (unsigned long long)loaded.shares, remote_shards(c->remote),
	    (unsigned long long)loaded.passed);
	return CLAQUE_OK;
}

static enum claque_rc
network(struct remote_call *c, const struct claque_progress *progress, struct claque_err *err)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct remote_network how = { 0 };
	enum claque_rc rc = printer_init(&printer, c->call, 0, err);

	if (rc == CLAQUE_OK)
		rc = read_network(c->call, &how, err);
	if (rc == CLAQUE_OK)
		rc = remote_find_shards(c->remote, progress, err);
	if (rc != CLAQUE_OK)
		return rc;
	rc = remote_network_job(c->remote, &how, progress, &sink, err);
	printer_end(&printer);
	return rc;
}

static enum claque_rc
find_groups(struct remote_call *c, const struct claque_progress *progress,
	    struct remote_groups *out, struct claque_err *err)
{
	struct remote_network how = { 0 };
	enum claque_rc rc = read_network(c->call, &how, err);

	*out = (struct remote_groups){ 0 };
	/* Edges that chance gives tie everybody to everybody. */
	if (args_value(c->call, "max-q") == NULL)
		how.settings.max_q = 0.01;
	if (rc == CLAQUE_OK)
		rc = remote_find_shards(c->remote, progress, err);
	return rc == CLAQUE_OK ? remote_groups_find(c->remote, &how, progress, out, err) : rc;
}

static enum claque_rc
score(struct remote_call *c, const struct claque_progress *progress, struct claque_err *err)
{
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	struct remote_groups groups = { 0 };
	enum claque_rc rc = printer_init(&printer, c->call, 0, err);

	if (rc == CLAQUE_OK)
		rc = find_groups(c, progress, &groups, err);
	if (rc == CLAQUE_OK) {
		remote_groups_put(&groups, &sink);
		printer_end(&printer);
	}
	remote_groups_done(&groups);
	return rc;
}

/* R7: the members of the group; 0 for anything else. */
static uint32_t
group_of(const char *text)
{
	int64_t n;

	return text[0] == 'R' && str_to_i64(str_of(text + 1), &n) && n > 0 && n < UINT32_MAX
	       ? (uint32_t)n : 0;
}

static enum claque_rc
list_group(struct remote_call *c, uint32_t group, const struct claque_progress *progress,
	   struct claque_str *out, size_t *count, struct claque_err *err)
{
	struct remote_groups groups;
	enum claque_rc rc = find_groups(c, progress, &groups, err);

	for (size_t i = 0; i < groups.count && rc == CLAQUE_OK; i++)
		if (groups.members[i].group == group && *count < ACCOUNTS_MAX)
			out[(*count)++] = str_dup(&c->perm, claque_counted_account_id(
				groups.counted, groups.members[i].account));
	remote_groups_done(&groups);
	if (rc == CLAQUE_OK && *count == 0)
		rc = err_set(err, CLAQUE_ENOTFOUND, "there is no group R%u; `claque remote score`"
			     " with the same options lists them", (unsigned)group);
	return rc;
}

static enum claque_rc
list_accounts(struct remote_call *c, const struct claque_progress *progress,
	      struct claque_str *out, size_t *count, struct claque_err *err)
{
	uint32_t group = c->call->arg_count == 3 ? group_of(c->call->args[2]) : 0;

	*count = 0;
	if (group > 0)
		return list_group(c, group, progress, out, count, err);
	for (size_t i = 2; i < c->call->arg_count; i++) {
		struct claque_str rest = str_of(c->call->args[i]), id;

		while (str_cut(&rest, ',', &id) && *count < ACCOUNTS_MAX)
			out[(*count)++] = id;
	}
	return remote_find_shards(c->remote, progress, err);
}

static enum claque_rc
pull(struct remote_call *c, const struct claque_progress *progress, struct claque_err *err)
{
	struct claque_str *accounts = ARENA_NEW(&c->perm, struct claque_str, ACCOUNTS_MAX);
	struct remote_pull_request request = { .accounts = accounts, .who = who(),
					       .case_path = args_value(c->call, "into") };
	struct remote_pulled pulled;
	enum claque_rc rc;

	if (request.case_path == NULL)
		return err_set(err, CLAQUE_EUSAGE, "--into CASE tells where the posts go");
	rc = list_accounts(c, progress, accounts, &request.account_count, err);
	if (rc == CLAQUE_OK)
		rc = remote_pull_job(c->remote, &request, progress, &pulled, err);
	if (rc != CLAQUE_OK)
		return rc;
	progress_stop();
	if (pulled.done_before)
		say("%llu shares of %zu accounts, all pulled before",
		    (unsigned long long)pulled.shares, request.account_count);
	else
		say("%llu shares of %zu accounts: %llu posts, and %llu that were there",
		    (unsigned long long)pulled.shares, request.account_count,
		    (unsigned long long)pulled.posts, (unsigned long long)pulled.duplicates);
	return CLAQUE_OK;
}

static enum claque_rc
status(struct remote_call *c, const struct claque_progress *progress, struct claque_err *err)
{
	static const struct column columns[] = {
		{ .name = "shard", .form = FORM_COUNT }, { .name = "url", .form = FORM_TEXT },
		{ .name = "shares", .form = FORM_COUNT }, { .name = "objects", .form = FORM_COUNT },
		{ .name = "accounts", .form = FORM_COUNT },
		{ .name = "inputs", .form = FORM_COUNT },
		{ .name = "first", .form = FORM_TIME }, { .name = "last", .form = FORM_TIME },
	};
	struct remote_status shards[REMOTE_SHARDS_MAX];
	struct printer printer;
	struct row_sink sink = printer_sink(&printer);
	enum claque_rc rc = printer_init(&printer, c->call, 0, err);

	if (rc == CLAQUE_OK)
		rc = remote_find_shards(c->remote, progress, err);
	if (rc == CLAQUE_OK)
		rc = remote_status(c->remote, shards, progress, err);
	if (rc != CLAQUE_OK)
		return rc;
	sink.head(sink.ctx, columns, sizeof(columns) / sizeof(columns[0]));
	for (unsigned i = 0; i < remote_shards(c->remote); i++) {
		const struct remote_status *s = &shards[i];
		bool any = s->shares > 0;
		const struct value values[] = {
			value_int(i + 1), value_str(str_of(remote_url(c->remote, i))),
			value_int((int64_t)s->shares), value_int((int64_t)s->objects),
			value_int((int64_t)s->accounts), value_int((int64_t)s->inputs),
			any ? value_int(s->first) : (struct value){ 0 },
			any ? value_int(s->last) : (struct value){ 0 },
		};

		(void)sink.each(sink.ctx, &(struct row){ (int64_t)i, values });
	}
	printer_end(&printer);
	return CLAQUE_OK;
}

static const struct way {
	const char *name;
	size_t least, most;		/* arguments, the name and the URL among them */
	enum claque_rc (*run)(struct remote_call *c, const struct claque_progress *progress,
			      struct claque_err *err);
} ways[] = {
	{ "init", 2, 2, init }, { "load", 3, 3, load }, { "network", 2, 2, network },
	{ "score", 2, 2, score }, { "pull", 3, ARGUMENT_MAX, pull }, { "status", 2, 2, status },
};

static const struct way *
way_of(const struct invocation *call)
{
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++)
		if (strcmp(call->args[0], ways[i].name) == 0 && call->arg_count >= ways[i].least &&
		    call->arg_count <= ways[i].most)
			return &ways[i];
	return NULL;
}

static enum status
run_remote(const struct invocation *call)
{
	const struct way *way = way_of(call);
	struct arena whole = arena_new(PULL_ARENA);
	struct remote_call c = { .call = call, .url = call->args[1], .perm = whole };
	struct claque_err err = { 0 };
	struct claque_progress progress;
	enum claque_rc rc;

	buf_init(&c.password, PASSWORD_MAX);
	buf_init(&c.map_text, MAPPING_BYTES_MAX);
	rc = way == NULL ? err_set(&err, CLAQUE_EUSAGE, "claque remote init URL, load URL"
				   " CASE|FILE, network URL, score URL, pull URL R1|ACCOUNT... --into CASE or"
				   " status URL") : read_options(&c, &err);
	if (rc == CLAQUE_OK) {
		progress = progress_start();
		rc = way->run(&c, &progress, &err);
		progress_stop();
	}
	remote_close(c.remote);
	buf_done(&c.password);
	buf_done(&c.map_text);
	arena_free(whole);
	return rc == CLAQUE_OK ? STATUS_OK : fail(rc, &err);
}

const struct command command_remote = {
	.name = "remote", .synopsis = "init URL | load URL CASE|FILE | network URL | score URL |"
	" pull URL R1|ACCOUNT... --into CASE | status URL",
	.summary = "Shares on ClickHouse servers: networks of what one machine does not hold",
	.detail =
"The one command that uses a network. URL is that of a ClickHouse server's HTTP port, or of\n"
"the first of several shards: http://127.0.0.1:8123, https://db.example:8443.\n"
"\n"
"init makes the tables, on URL and on each --shard URL, or on the shards of a --cluster that\n"
"the server knows. Rows go to shards by the hash of the object that is shared, so that all who\n"
"shared one thing meet on one of them. Which shards there are is fixed from then on.\n"
"\n"
"load sends the shares of a case, or of any file that claque import reads. What is there is\n"
"passed over: to load again adds nothing, and one that was stopped goes on. Texts of posts go\n"
"with their shares; tags, verdicts and allow lists stay in the case.\n"
"\n"
"network prints what claque network prints for the same shares, to the last digit: the servers\n"
"count, the pairs and degrees come home, and p and q are computed here. score ranks accounts\n"
"by those edges (--max-q .01 unless told) and puts them into groups R1, R2, ... by Leiden: it\n"
"is no score of claque score, which takes the whole case, but tells what to pull. pull brings\n"
"the shares of a group, or of accounts named by their ids, into a case as posts.\n"
"\n"
"CLAQUE_REMOTE_USER and CLAQUE_REMOTE_PASSWORD in the environment, or --password-file, name\n"
"the user; a password is never sent in the clear to another machine. TLS is verified.\n"
"\n"
"Where a connection fails the statement is tried again, --retries times, after a pause that\n"
"doubles; a load asks first what has arrived. Where a shard stays away, or refuses, nothing\n"
"is printed, what runs on the other shards is killed, and the message names the shard and\n"
"what it answered: exit status 4; run the command again once the shard is back. Ctrl-C kills\n"
"what runs on the servers.\n"
"\n"
"--mapping FILE reads a table that somebody else keeps, claque-remote(7).",
	.examples =
"claque remote init http://10.0.0.1:8123 --shard http://10.0.0.2:8123\ttwo shards\n"
"claque remote load http://10.0.0.1:8123 case.claque\tits shares\n"
"claque remote network http://10.0.0.1:8123 --window 60s --max-q .01 --csv\tedges\n"
"claque remote score http://10.0.0.1:8123\twhom to bring home\n"
"claque remote pull http://10.0.0.1:8123 R1 --into lead.claque\ttheir posts\n"
"claque remote network https://db.example:8443 --mapping tweets.mapping\tsomebody's table",
	.options = {
		{ "shard", "URL", "init: a further shard; may be repeated" },
		{ "cluster", "NAME", "init: the shards of this cluster, on the port of URL; with a"
			" Distributed table claque_share_all" },
		{ "database", "NAME", "where the tables are (claque)" },
		{ "mapping", "FILE", "read the table that FILE describes" },
		{ "password-file", "FILE", "the password, instead of CLAQUE_REMOTE_PASSWORD" },
		{ "ca-file", "FILE", "certificates to trust, instead of the system's" },
		{ "timeout", "TIME", "of one statement (1h)" },
		{ "retries", "N", "further tries where the connection fails (2)" },
		{ "parts", "N", "at least so many parts of the work: more where a server's memory"
			" is short" },
		{ "signal", "NAME", "co-reshare (default) or co-url" },
		{ "window", "TIME", "60s, 5m, 1h, 1d, whole; inclusive (60s)" },
		{ "object-cap", "N", "leave out sources shared by more accounts (250); 0 is none" },
		{ "min-weight", "N", "leave out edges below (1)" },
		{ "max-q", "Q", "leave out edges above this false discovery rate (1; score and pull"
			" .01)" },
		{ "into", "CASE", "pull: the case; made if absent" },
		{ "csv", NULL, "RFC 4180 with a header, exact numbers" },
		{ "json", NULL, "one JSON object a line" },
		{ "limit", "N", "at most N rows; 0 is all" },
	},
	.min_args = 2, .max_args = ARGUMENT_MAX, .run = run_remote,
};
