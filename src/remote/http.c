#include "config.h"

#include "remote/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <time.h>

#include "base/err.h"
#include "base/secret.h"

enum {
	CONNECT_S = 10, PAUSE_MS = 250, PAUSE_STEP_MS = 50, SAID_MAX = 2000, SAID_SHOWN = 220,
	ID_LETTERS = 20, URL_MAX = 2000, SESSION_S = 3600, RECEIVE_BYTES = 256 << 10
};

struct http {
	const char *url;
	const struct http_options *options;
	const atomic_bool *stop;
	CURL *curl;
	struct curl_slist *headers;
	char id[ID_LETTERS + 1];	/* of the statement at hand */
	struct buf said;		/* the answer, where it is a refusal */
	struct buf *answer;
};

/* This very machine: no word can be read on the way. */
static bool
is_here(struct claque_str host)
{
	static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct claque_str name = str_of(names[i]), behind;

		if (!str_starts(host, name))
			continue;
		behind = str_sub(host, name.len, 1);
		if (behind.len == 0 || behind.p[0] == ':' || behind.p[0] == '/')
			return true;
	}
	return false;
}

enum claque_rc
http_check_url(const char *url, const struct http_options *options, struct claque_err *err)
{
	struct claque_str s = str_of(url), host;
	bool secure = str_starts(s, STR("https://"));

	if (!secure && !str_starts(s, STR("http://")))
		return err_set(err, CLAQUE_EUSAGE, "'%.200s' names no server; give http://HOST:8123"
			       " or https://HOST:8443", url);
	host = str_sub(s, secure ? 8 : 7, s.len);
	for (size_t i = 0; i < s.len; i++)
		if (s.p[i] <= ' ' || s.p[i] > '~' || strchr("@?#\"'\\", s.p[i]) != NULL)
			return err_set(err, CLAQUE_EUSAGE, "the URL of a server takes scheme, host,"
				       " port and path only; user and password go into"
				       " CLAQUE_REMOTE_USER and CLAQUE_REMOTE_PASSWORD");
	if (host.len == 0 || s.len > URL_MAX / 2)
		return err_set(err, CLAQUE_EUSAGE, "'%.200s' names no server", url);
	if (!secure && options->password != NULL && options->password[0] != '\0' && !is_here(host))
		return err_set(err, CLAQUE_EUSAGE, "%.200s: a password is not sent in the clear to "
			       "another machine; use https", url);
	return CLAQUE_OK;
}

static void
new_id(struct http *h)
{
	unsigned char bytes[SECRET_BYTES];

	secret_make(bytes);
	secret_letters(bytes, h->id, ID_LETTERS);
}

enum claque_rc
http_new(struct http **out, const char *url, const struct http_options *options,
	 const atomic_bool *stop, struct claque_err *err)
{
	struct http *h = NULL;
	size_t cap = 0;

	GROW(h, cap, 1);
	*out = h;
	*h = (struct http){ .url = url, .options = options, .stop = stop };
	buf_init(&h->said, SAID_MAX);
	h->curl = curl_easy_init();
	/* Bodies go at once: not every server answers "may I". */
	h->headers = curl_slist_append(NULL, "Expect:");
	if (h->curl == NULL || h->headers == NULL) {
		http_free(h);
		*out = NULL;
		return err_set(err, CLAQUE_EIO, "libcurl could not be started");
	}
	return CLAQUE_OK;
}

void
http_free(struct http *h)
{
	if (h == NULL)
		return;
	if (h->curl != NULL)
		curl_easy_cleanup(h->curl);
	curl_slist_free_all(h->headers);
	buf_done(&h->said);
	free(h);
}

static long
status_of(CURL *curl)
{
	long status = 0;

	(void)curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

static size_t
on_bytes(char *bytes, size_t size, size_t count, void *ctx)
{
	struct http *h = ctx;
	struct claque_str got = { bytes, size * count };

	if (status_of(h->curl) != 200 || h->answer == NULL)
		buf_add(&h->said, got);
	else
		buf_add(h->answer, got);
	return h->answer == NULL || !h->answer->over ? got.len : 0;
}

static int
on_progress(void *ctx, curl_off_t down_all, curl_off_t down, curl_off_t up_all, curl_off_t up)
{
	const struct http *h = ctx;

	(void)down_all;
	(void)down;
	(void)up_all;
	(void)up;
	return atomic_load(h->stop) ? 1 : 0;
}

/* The query part: letters, digits and our own words, and the statement of an INSERT escaped. */
static enum claque_rc
add_query(struct http *h, const struct http_call *call, struct buf *url, struct claque_err *err)
{
	char *escaped;

	buf_addf(url, "%s%s?query_id=%s&wait_end_of_query=1&max_execution_time=%lld", h->url,
		 h->url[strlen(h->url) - 1] == '/' ? "" : "/", h->id,
		 (long long)h->options->timeout_s);
	if (call->answer != NULL)
		buf_addz(url, "&default_format=RowBinary");
	if (call->session.len > 0)
		buf_addf(url, "&session_id=" STR_FMT "&session_timeout=%d", STR_ARG(call->session),
			 SESSION_S);
	if (call->body.p == NULL)
		return CLAQUE_OK;
	escaped = curl_easy_escape(h->curl, call->sql.p, (int)call->sql.len);
	buf_addf(url, "&query=%s", escaped != NULL ? escaped : "");
	curl_free(escaped);
	return url->over ? err_set(err, CLAQUE_EUSAGE, "the URL is too long") : CLAQUE_OK;
}

/* Options that are the same for every call; those before are forgotten, the connection is not. */
static void
set_options(struct http *h)
{
	CURL *c = h->curl;

	curl_easy_reset(c);
	(void)curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	(void)curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	(void)curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->headers);
	(void)curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_S);
	/* The server gives up first, and says so. */
	(void)curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)h->options->timeout_s + CONNECT_S);
	(void)curl_easy_setopt(c, CURLOPT_TCP_KEEPALIVE, 1L);
	(void)curl_easy_setopt(c, CURLOPT_BUFFERSIZE, (long)RECEIVE_BYTES);
	(void)curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_bytes);
	(void)curl_easy_setopt(c, CURLOPT_WRITEDATA, h);
	(void)curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
	(void)curl_easy_setopt(c, CURLOPT_XFERINFODATA, h);
	(void)curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
	if (h->options->user != NULL || h->options->password != NULL)
		(void)curl_easy_setopt(c, CURLOPT_USERNAME,
				       h->options->user != NULL ? h->options->user : "default");
	if (h->options->password != NULL)
		(void)curl_easy_setopt(c, CURLOPT_PASSWORD, h->options->password);
	if (h->options->ca_file != NULL)
		(void)curl_easy_setopt(c, CURLOPT_CAINFO, h->options->ca_file);
}

/* ClickHouse begins what it refuses with "Code: 241, ..."; 0 where it does not. */
static int64_t
code_of(struct claque_str said)
{
	int64_t code = 0;
	size_t at = str_find(said, STR("Code: "), 0), end;

	if (at == said.len)
		return 0;
	at += 6;
	for (end = at; end < said.len && byte_is_digit(said.p[end]) && end < at + 6; end++)
		;
	return str_to_i64(str_sub(said, at, end - at), &code) ? code : 0;
}

/* What to do about it. */
static const struct {
	int64_t code;
	const char *remedy;
} remedies[] = {
	{ 60, "; is the server set up? `claque remote init` does that" },
	{ 81, "; is the server set up? `claque remote init` does that" },
	{ 159, "; give more --timeout, or a shorter --window" },
	{ 192, "; look at CLAQUE_REMOTE_USER" },
	{ 193, "; look at CLAQUE_REMOTE_PASSWORD" },
	{ 194, "; look at CLAQUE_REMOTE_PASSWORD" },
	{ 516, "; look at CLAQUE_REMOTE_USER and CLAQUE_REMOTE_PASSWORD" },
	{ 241, "; give more --parts, so that each needs less memory" },
	{ 394, "; somebody killed it there" },
};

/* Too many statements, the same one still running, a session that is not free yet. */
static bool
is_passing(int64_t code)
{
	return code == 202 || code == 216 || code == 373;
}

static enum claque_rc
refusal(const struct http *h, long status, struct claque_err *err)
{
	struct claque_str said = str_trim(str_head(buf_str(&h->said), SAID_SHOWN));
	int64_t code = code_of(buf_str(&h->said));
	const char *remedy = "";

	for (size_t i = 0; i < sizeof(remedies) / sizeof(remedies[0]); i++)
		if (remedies[i].code == code)
			remedy = remedies[i].remedy;
	return err_set(err, code == 60 || code == 81 ? CLAQUE_ENOTFOUND : CLAQUE_EIO,
		       "the server answers %ld: " STR_FMT "%s", status, STR_ARG(said), remedy);
}

/* What no second try mends, and what to do about it. */
static const struct {
	CURLcode code;
	const char *remedy;
} lasting[] = {
	{ CURLE_PEER_FAILED_VERIFICATION, "; name the host as its certificate does, and with"
	  " --ca-file who is trusted to sign it" },
	{ CURLE_SSL_CACERT_BADFILE, "; look at --ca-file" },
	{ CURLE_OPERATION_TIMEDOUT, "; give more --timeout" },
};

static enum claque_rc
failure(CURLcode code, bool *again, struct claque_err *err)
{
	const char *remedy = "";

	*again = true;
	for (size_t i = 0; i < sizeof(lasting) / sizeof(lasting[0]); i++)
		if (lasting[i].code == code) {
			remedy = lasting[i].remedy;
			*again = false;
		}
	return err_set(err, CLAQUE_EIO, "%s%s", curl_easy_strerror(code), remedy);
}

/* One try. *again: another may do better. */
static enum claque_rc
try_once(struct http *h, const struct http_call *call, bool *again, struct claque_err *err)
{
	const struct claque_str body = call->body.p != NULL ? call->body : call->sql;
	CURLcode code;
	long status;

	(void)curl_easy_setopt(h->curl, CURLOPT_POSTFIELDS, body.p);
	(void)curl_easy_setopt(h->curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
	code = curl_easy_perform(h->curl);
	status = status_of(h->curl);
	*again = false;
	if (atomic_load(h->stop))
		return CLAQUE_STOPPED;
	if (h->answer != NULL && h->answer->over)
		return err_set(err, CLAQUE_ELIMIT, "an answer of more than %zu MB; give more"
			       " --parts", h->answer->max >> 20);
	if (code != CURLE_OK)
		return failure(code, again, err);
	if (status != 200) {
		*again = is_passing(code_of(buf_str(&h->said))) || (status >= 502 && status <= 504);
		return refusal(h, status, err);
	}
	return CLAQUE_OK;
}

/* A new connection asks for the statement's end, whose own is of no use any more. */
static void
kill_there(const struct http *h)
{
	static const atomic_bool never;
	struct http_options options = *h->options;
	struct http *other;
	struct claque_err err;
	struct buf sql;
	struct http_call call = { .once = true };

	options.timeout_s = CONNECT_S;
	options.retries = 0;
	if (http_new(&other, h->url, &options, &never, &err) != CLAQUE_OK)
		return;
	buf_init(&sql, SAID_MAX);
	buf_addf(&sql, "KILL QUERY WHERE query_id = '%s' ASYNC", h->id);
	call.sql = buf_str(&sql);
	if (http_run(other, &call, &err) != CLAQUE_OK)
		err = (struct claque_err){ 0 };	/* it ends by itself once nobody reads its answer */
	buf_done(&sql);
	http_free(other);
}

/* False once it is to stop. */
static bool
pause_before(const struct http *h, int64_t try)
{
	const struct timespec step = { .tv_nsec = PAUSE_STEP_MS * 1000000L };
	int64_t left = (int64_t)PAUSE_MS << (try < 8 ? try : 8);

	for (; left > 0; left -= PAUSE_STEP_MS) {
		if (atomic_load(h->stop))
			return false;
		(void)nanosleep(&step, NULL);
	}
	return true;
}

static enum claque_rc
try_often(struct http *h, const struct http_call *call, struct claque_err *err)
{
	int64_t tries = call->once ? 1 : 1 + h->options->retries;
	enum claque_rc rc = CLAQUE_OK;
	bool again = true;

	for (int64_t i = 0; i < tries && again; i++) {
		if (i > 0 && !pause_before(h, i - 1))
			return CLAQUE_STOPPED;
		buf_clear(&h->said);
		if (h->answer != NULL)
			buf_clear(h->answer);
		rc = try_once(h, call, &again, err);
		if (rc == CLAQUE_OK)
			return CLAQUE_OK;
		if (rc == CLAQUE_EIO && again && i + 1 == tries && tries > 1)
			rc = err_wrap(err, "tried %lld times", (long long)tries);
	}
	return rc;
}

enum claque_rc
http_run(struct http *h, const struct http_call *call, struct claque_err *err)
{
	struct buf url;
	enum claque_rc rc;

	new_id(h);
	buf_init(&url, URL_MAX);
	h->answer = call->answer;
	set_options(h);
	rc = add_query(h, call, &url, err);
	buf_addc(&url, '\0');
	if (rc == CLAQUE_OK) {
		(void)curl_easy_setopt(h->curl, CURLOPT_URL, url.p);
		rc = try_often(h, call, err);
	}
	if (rc == CLAQUE_STOPPED && !call->once)
		kill_there(h);
	buf_done(&url);
	return rc;
}
