#include "config.h"

#include "scenario/truth.h"

#include "base/clock.h"

#include "scenario/domain.h"
#include "scenario/tale.h"

static enum role
role_of(const struct cast *c, uint32_t actor)
{
	return c->groups[c->actors[actor].group].role;
}

/* A twin, or who came back, stands in the cell or network of the persona that it is like. */
void
truth_accounts(const struct cast *c, const uint32_t *order, struct outfile *o, struct arena scratch)
{
	outfile_text(o, STR("account_id,group,kind\n"));
	for (size_t i = 0; i < c->actor_count; i++) {
		struct arena once = scratch;
		const struct actor *a = &c->actors[order[i]];
		enum role role = role_of(c, order[i]);
		bool like = role == ROLE_TWIN || role == ROLE_RETURN;
		uint16_t group = like ? c->actors[a->persona].group : a->group;

		outfile_field(o, cast_id(c, order[i], &once));
		outfile_field(o, str_of(c->groups[group].name));
		outfile_field(o, str_of(cast_kind(role)));
		outfile_end_row(o);
	}
}

/* Whom it is like, and itself. */
static void
pair_fields(const struct cast *c, uint32_t actor, struct outfile *o, struct arena scratch)
{
	outfile_field(o, cast_id(c, c->actors[actor].persona, &scratch));
	outfile_field(o, cast_id(c, actor, &scratch));
}

void
truth_twins(const struct cast *c, const uint32_t *order, struct outfile *o, struct arena scratch)
{
	outfile_text(o, STR("account_id,twin_account_id,kind\n"));
	for (size_t i = 0; i < c->actor_count; i++) {
		enum role role = role_of(c, order[i]);

		if (role != ROLE_TWIN && role != ROLE_SECOND)
			continue;
		pair_fields(c, order[i], o, scratch);
		outfile_field(o, str_of(cast_kind(role)));
		outfile_end_row(o);
	}
}

void
truth_returns(const struct cast *c, const uint32_t *order, struct outfile *o, struct arena scratch)
{
	outfile_text(o, STR("account_id,returned_account_id\n"));
	for (size_t i = 0; i < c->actor_count; i++) {
		if (role_of(c, order[i]) != ROLE_RETURN)
			continue;
		pair_fields(c, order[i], o, scratch);
		outfile_end_row(o);
	}
}

/* One row an account: whatever it changed, it changed at one time. */
void
truth_changes(const struct cast *c, const uint32_t *order, struct outfile *o, struct arena scratch)
{
	outfile_text(o, STR("account_id,changed_at,label\n"));
	for (size_t i = 0; i < c->actor_count; i++) {
		struct arena once = scratch;
		const struct actor *a = &c->actors[order[i]];

		if (a->changed == 0)
			continue;
		outfile_field(o, cast_id(c, order[i], &once));
		outfile_field(o, clock_text(&once, a->changed_at, CLOCK_RFC3339));
		outfile_field(o, str_of(cast_kind(role_of(c, order[i]))));
		outfile_end_row(o);
	}
}

/* --- domains */

void
truth_note_host(struct map *hosts, const struct cast *c, const struct event *e,
		struct arena scratch)
{
	const struct claque_str scheme = STR("https://");
	struct claque_str url, host;

	if (e->act == ACT_COPY || !tale_links(e))
		return;
	url = tale_url(c, e, &scratch);
	host = str_sub(url, scheme.len, str_find(url, STR("/"), scheme.len) - scheme.len);
	(void)map_add(hosts, host, NULL);
}

struct domain_list {
	const struct map *hosts;
	struct outfile *out;
};

static void
domain_row(const struct domain_list *l, struct claque_str domain, struct claque_str target,
	   const char *label)
{
	if (map_get(l->hosts, domain) == MAP_NONE)
		return;
	outfile_field(l->out, domain);
	outfile_field(l->out, target);
	outfile_field(l->out, str_of(label));
	outfile_end_row(l->out);
}

static void
honest_domains(const struct cast *c, const struct domain_list *l, struct arena scratch)
{
	for (uint32_t i = 0; i < DOMAIN_OUTLETS; i++) {
		struct arena once = scratch;

		domain_row(l, domain_outlet(c, i, &once), STR(""), "outlet");
	}
	for (uint32_t i = 0; i < DOMAIN_EDITIONS; i++) {
		struct arena once = scratch;

		domain_row(l, domain_edition(c, i, &once),
			   domain_outlet(c, domain_edition_of(i), &once), "edition");
	}
	for (uint32_t i = 0; i < DOMAIN_BLOGS; i++) {
		struct arena once = scratch;

		domain_row(l, domain_blog(c, i, &once), STR(""), "blog");
	}
	for (uint32_t i = 0; i < DOMAIN_PETITIONS; i++) {
		struct arena once = scratch;

		domain_row(l, domain_petitions(c, i, &once), STR(""), "petitions");
	}
}

/* Throw-away hosts lead to the look-alikes, which need not have been seen themselves. */
static void
redirect_domains(const struct cast *c, const struct network *n, const struct domain_list *l,
		 struct arena scratch)
{
	uint32_t stretches = c->settings->days / n->redirect_days + 1, outlet;

	for (uint32_t i = 0; i < stretches * DOMAIN_LIKES; i++) {
		struct arena once = scratch;
		struct claque_str like = domain_like(c, n, i % DOMAIN_LIKES, &outlet, &once);

		domain_row(l, domain_redirect(c, n, i % DOMAIN_LIKES, i / DOMAIN_LIKES, &once),
			   like, "redirect");
	}
}

static void
network_domains(const struct cast *c, const struct network *n, const struct domain_list *l,
		struct arena scratch)
{
	domain_row(l, domain_campaign(c, n, &scratch), STR(""), "campaign");
	for (uint32_t k = 0; k < DOMAIN_LIKES; k++) {
		struct arena once = scratch;
		uint32_t outlet;
		struct claque_str like = domain_like(c, n, k, &outlet, &once);

		domain_row(l, like, domain_outlet(c, outlet, &once), "lookalike");
	}
	if (network_uses(n, TACTIC_REDIRECTS))
		redirect_domains(c, n, l, scratch);
}

void
truth_domains(const struct cast *c, const struct map *hosts, struct outfile *o,
	      struct arena scratch)
{
	const struct domain_list list = { hosts, o };

	outfile_text(o, STR("domain,target,label\n"));
	if (!c->world.graded)
		return;
	honest_domains(c, &list, scratch);
	for (uint32_t i = 0; i < c->group_count; i++)
		if (c->groups[i].role == ROLE_SPAM)
			domain_row(&list, domain_spam(c, i, &scratch), STR(""), "spam");
	for (size_t i = 0; i < c->world.network_count; i++)
		network_domains(c, &c->world.networks[i], &list, scratch);
}

/* --- the README's list */

static void
network_lines(const struct network *n, const char *platform, struct outfile *o,
	      struct arena scratch)
{
	const struct knobs *k = &n->knobs;

	outfile_text(o, str_fmt(&scratch,
		"%s: %u accounts on %s, %u twins on another platform; they claim %s and\n"
		"  work at UTC%+.1f; posts follow within %lld min, %.0f %% of the members take\n"
		"  part, %.0f %% of what they post is camouflage, %.0f %% of a copy's words differ\n  ",
		n->name, n->count, platform, n->twins, n->claimed->name, n->zone / 60.0,
		(long long)(k->delay / 60000), 100 * k->participation, 100 * k->filler,
		100 * k->reword));
	for (unsigned t = 0; t < TACTIC_COUNT; t++)
		if (network_uses(n, (enum tactic)t))
			outfile_text(o, str_fmt(&scratch, "%s ",
						scenario_tactic_name((enum tactic)t)));
	outfile_text(o, STR("\n"));
}

void
truth_networks(const struct cast *c, struct outfile *o, struct arena scratch)
{
	for (size_t i = 0; i < c->world.network_count; i++) {
		const struct network *n = &c->world.networks[i];

		network_lines(n, c->world.platforms[n->platform], o, scratch);
	}
}
