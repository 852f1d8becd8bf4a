/*
 * page_network.c - the best leads as a picture: discs of accounts with their ties.
 *
 * The layout has no chance in it and no seed: each lead is a disc, its accounts on a sunflower
 * (Vogel 1979) from the best tied in the middle outwards, discs on shelves in the order of the
 * leads. A force layout of a dense group is a ball whose shape tells nothing; what a reader
 * can take from a picture is how large the groups are, how much of each is core, and what
 * ties one to another. Accounts have no names in it.
 */
#include "config.h"

#include "export/page.h"

#include <math.h>

enum {
	GROUPS_MAX = 12, NODES_OF_ONE = 90, TIES_MAX = 2500, WIDTH = 806, GAP = 26, LABEL = 20
};

struct node {
	double x, y, size;
	uint32_t person;	/* number in the survey */
	bool core;
	uint32_t group;
};

struct disc {
	struct claque_str id;
	double x, y, radius;
	size_t members;		/* all of them, drawn or not */
};

struct picture {
	struct page *h;
	struct node *nodes;
	size_t node_count;
	struct disc discs[GROUPS_MAX];
	size_t disc_count;
	bool *tied;		/* by group of the survey */
	uint32_t *node_of;	/* by person: node + 1, or 0 */
	uint32_t (*ties)[2];
	size_t tie_count;
	int64_t ties_seen;	/* between accounts that are drawn */
	int64_t step;		/* of these, one in so many is drawn */
	int a, b, a_platform, b_platform;
	double height;
};

static struct claque_str
text_at(const struct row *row, int column)
{
	const struct value *v = table_value(row, column);

	return v->type == VALUE_TEXT ? v->s : STR("");
}

/* The members of one lead on their sunflower, around 0. */
static void
place_members(struct picture *p, const struct gathered *members, struct disc *disc)
{
	const struct survey *s = &p->h->s;
	size_t n = members->count < NODES_OF_ONE ? members->count : NODES_OF_ONE;
	int platform = gathered_column(members, "platform"), role = gathered_column(members, "role");
	int id = gathered_column(members, "account_id account");
	double most = n == 0 ? 0 : reading_number(members, "degree", members->rows);

	disc->radius = 14 + 9 * sqrt((double)n);
	for (size_t i = 0; i < n; i++) {
		const struct row *row = &members->rows[i];
		double far = (disc->radius - 6) * sqrt(((double)i + 0.5) / (double)n);
		double turn = (double)i * 2.39996322972865332;
		uint32_t who = survey_person(s, p->h->scratch, text_at(row, platform),
					     text_at(row, id));

		if (who == MAP_NONE || p->node_of[who] != 0)
			continue;
		p->nodes[p->node_count] = (struct node){
			far * cos(turn), far * sin(turn),
			2.2 + (most > 0 ? 3.2 * sqrt(fmax(reading_number(members, "degree", row), 0) /
						     most) : 0),
			who, str_eq(text_at(row, role), STR("core")) ||
			     str_eq(text_at(row, role), STR("seed")), (uint32_t)p->disc_count,
		};
		p->node_of[who] = (uint32_t)++p->node_count;
	}
}

/* Left to right, a new shelf where a row is full. */
static void
place_discs(struct picture *p)
{
	double x = 0, top = 0, tall = 0;

	for (size_t i = 0; i < p->disc_count; i++) {
		double side = 2 * p->discs[i].radius;

		if (x > 0 && x + side > WIDTH) {
			x = 0;
			top += tall + GAP + LABEL;
			tall = 0;
		}
		p->discs[i].x = x + side / 2;
		p->discs[i].y = top + side / 2 + LABEL;
		x += side + GAP;
		tall = side > tall ? side : tall;
	}
	p->height = top + tall + 2 * LABEL;
	for (size_t i = 0; i < p->node_count; i++) {
		p->nodes[i].x += p->discs[p->nodes[i].group].x;
		p->nodes[i].y += p->discs[p->nodes[i].group].y;
	}
}

static void
place_leads(struct picture *p)
{
	const struct reading *r = &p->h->r;

	for (size_t i = 0; i < r->leads.count && p->disc_count < GROUPS_MAX; i++) {
		struct arena perm = p->h->perm;
		struct disc *disc = &p->discs[p->disc_count];
		struct claque_str id = reading_text(&perm, &r->leads, OF_LEAD_ID, &r->leads.rows[i]);
		struct gathered members = reading_of_group(&r->members, OF_CLUSTER, id, &perm);

		if (members.count == 0)
			continue;
		gathered_sort(&members, gathered_column(&members, "degree"), false);
		disc->id = table_value(&r->leads.rows[i],
				       gathered_column(&r->leads, OF_LEAD_ID))->s;
		disc->members = members.count;
		place_members(p, &members, disc);
		p->disc_count++;
	}
}

/* A group that is no lead and has a tie to one. */
static void
note_tied(struct picture *p, uint32_t a, uint32_t b)
{
	const struct survey *s = &p->h->s;

	if (a == MAP_NONE || b == MAP_NONE || s->in_lead[a] == s->in_lead[b])
		return;
	b = s->in_lead[a] ? b : a;
	if (reading_is_lead(&p->h->r, map_key(&s->groups, s->group_of[b])))
		return;
	p->h->tied_groups += !p->tied[s->group_of[b]];
	p->tied[s->group_of[b]] = true;
}

/* Every other tie goes, and from here on only half as many come: an even part of all. */
static void
thin(struct picture *p)
{
	p->tie_count /= 2;
	for (size_t i = 0; i < p->tie_count; i++)
		memcpy(p->ties[i], p->ties[2 * i], sizeof(p->ties[i]));
	p->step *= 2;
}

static bool
take_tie(void *ctx, const struct row *row)
{
	struct picture *p = ctx;
	const struct survey *s = &p->h->s;
	uint32_t a = survey_person(s, p->h->scratch, text_at(row, p->a_platform), text_at(row, p->a));
	uint32_t b = survey_person(s, p->h->scratch, text_at(row, p->b_platform), text_at(row, p->b));

	note_tied(p, a, b);
	if (a == MAP_NONE || b == MAP_NONE || p->node_of[a] == 0 || p->node_of[b] == 0)
		return true;
	if (p->ties_seen++ % p->step != 0)
		return true;
	if (p->tie_count == TIES_MAX)
		thin(p);
	p->ties[p->tie_count][0] = p->node_of[a] - 1;
	p->ties[p->tie_count++][1] = p->node_of[b] - 1;
	return true;
}

/* All ties inside groups, or all across, as one path. */
static void
draw_ties(struct picture *p, bool across)
{
	const char *lead = across ? "<path class=\"across\" d=\"" : "<path class=\"inside\" d=\"";
	bool any = false;

	for (size_t i = 0; i < p->tie_count; i++) {
		const struct node *a = &p->nodes[p->ties[i][0]], *b = &p->nodes[p->ties[i][1]];

		if ((a->group != b->group) != across)
			continue;
		buf_addf(p->h->out, "%sM%.0f %.0fL%.0f %.0f", any ? "" : lead, a->x, a->y, b->x, b->y);
		any = true;
	}
	if (any)
		buf_addz(p->h->out, "\"/>\n");
}

static void
draw(struct picture *p)
{
	struct page *h = p->h;

	buf_addf(h->out, "<figure>\n<svg viewBox=\"0 0 %d %.0f\" role=\"img\"><title>The best leads "
		 "with their ties</title>\n", WIDTH, p->height);
	for (size_t i = 0; i < p->disc_count; i++)
		buf_addf(h->out, "<circle class=\"ring\" cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\"/>\n",
			 p->discs[i].x, p->discs[i].y, p->discs[i].radius);
	draw_ties(p, false);
	draw_ties(p, true);
	for (size_t i = 0; i < p->node_count; i++)
		buf_addf(h->out, "<circle class=\"%s\" cx=\"%.0f\" cy=\"%.0f\" r=\"%.1f\"/>\n",
			 p->nodes[i].core ? "core" : "periphery", p->nodes[i].x, p->nodes[i].y,
			 p->nodes[i].size);
	for (size_t i = 0; i < p->disc_count; i++) {
		buf_addf(h->out, "<text class=\"name\" x=\"%.0f\" y=\"%.0f\">", p->discs[i].x,
			 p->discs[i].y - p->discs[i].radius - 5);
		page_plain(h->out, h->scratch, p->discs[i].id);
		buf_addz(h->out, "</text>\n");
	}
	buf_addz(h->out, "</svg>\n");
}

static void
caption(struct picture *p)
{
	struct page *h = p->h;
	size_t members = 0;

	for (size_t i = 0; i < p->disc_count; i++)
		members += p->discs[i].members;
	buf_addf(h->out, "<figcaption>The first %zu of ", p->disc_count);
	page_count(h, h->r.leads.total);
	buf_addz(h->out, " leads, a disc each; dots are accounts (strong colour: core and seed; grey: "
		 "periphery), larger with more ties, the best tied in the middle; dashed are ties "
		 "between leads. Drawn are ");
	page_count(h, (int64_t)p->node_count);
	buf_addz(h->out, " of ");
	page_count(h, (int64_t)members);
	buf_addz(h->out, " accounts and ");
	page_count(h, (int64_t)p->tie_count);
	buf_addz(h->out, " of ");
	page_count(h, p->ties_seen);
	buf_addz(h->out, " ties among them. The layout follows from the ranks alone; there is no "
		 "seed.</figcaption>\n</figure>\n");
}

static enum claque_rc
read_ties(struct picture *p, struct claque_err *err)
{
	const struct rowset *t = table_find(p->h->in, "edges");

	if (t == NULL)
		return CLAQUE_OK;
	p->a = table_column(t, "a");
	p->b = table_column(t, "b");
	p->a_platform = table_column(t, "a_platform");
	p->b_platform = table_column(t, "b_platform");
	return table_walk_some(t, "a b a_platform b_platform", take_tie, p, err);
}

enum claque_rc
page_network(struct page *h, struct claque_err *err)
{
	struct picture p = { .h = h, .step = 1 };
	struct arena keep = h->perm;
	enum claque_rc rc;

	p.nodes = ARENA_NEW(&h->perm, struct node, (size_t)GROUPS_MAX * NODES_OF_ONE);
	p.node_of = ARENA_NEW(&h->perm, uint32_t, h->s.people.count + 1);
	p.ties = (uint32_t (*)[2])ARENA_NEW(&h->perm, uint32_t, 2 * (size_t)TIES_MAX);
	p.tied = ARENA_NEW(&h->perm, bool, h->s.groups.count + 1);
	place_leads(&p);
	place_discs(&p);
	rc = p.disc_count == 0 ? CLAQUE_OK : read_ties(&p, err);
	if (rc == CLAQUE_OK && p.disc_count > 0) {
		draw(&p);
		caption(&p);
	}
	h->perm = keep;
	return rc;
}
