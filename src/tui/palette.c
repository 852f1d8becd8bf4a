/*
 * palette.c - everything by name. One prompt finds commands, screens, columns
 * to sort by, clusters, accounts and sources; each hit shows its key, so that
 * the palette makes itself unnecessary.
 *
 * A hit has the letters of each typed word in its name, in their order, or the
 * word as it is in its help. Of commands only letters that stand close together
 * or begin words count: with some eighty entries, any would find what was not
 * meant. Of accounts any will do, and the best of all of them are shown, of a
 * million while one types the next letter.
 */
#include "config.h"

#include "tui/view.h"

#include "app/lessons.h"
#include "app/pivot.h"
#include "app/views.h"
#include "text/fuzzy.h"

enum { ENTRIES_MAX = 320, ROWS_MAX = 14, MISS = 1 << 20, LETTER = 16, IN_NAME = 4000, IN_HELP = 200,
       AFTER_COMMANDS = 8 };

struct entry {
	struct claque_str name, keys, help;
	enum action_id action;		/* ACTION_COUNT: go to screen and subject */
	struct claque_str arg;
	enum screen_id screen;
	struct subject subject;
	const struct saved_view *view;	/* or NULL */
	struct claque_str line;		/* of claque.conf, or "" */
	int rank;
};

static void
add(struct entry *entries, size_t *count, const struct entry *e)
{
	if (*count < ENTRIES_MAX)
		entries[(*count)++] = *e;
}

static void
add_actions(struct ui *u, struct entry *entries, size_t *count)
{
	for (unsigned i = 0; i < ACTION_COUNT; i++) {
		enum action_id id = (enum action_id)i;
		const struct action *a = action_get(id);

		if (id != ACTION_SCREEN && id != ACTION_PALETTE && action_missing(u->s, id) == NULL)
			add(entries, count, &(struct entry){ .name = str_of(a->name),
			    .keys = ui_key_of(u, id), .help = str_of(a->help), .action = id });
	}
}

static void
add_screens(struct ui *u, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;

	for (unsigned i = 0; i < SCREEN_COUNT; i++) {
		const struct screen *s = screen_get((enum screen_id)i);

		if (screen_takes((enum screen_id)i, SUBJECT_none))
			add(entries, count, &(struct entry){ .action = ACTION_SCREEN,
			    .name = str_fmt(perm, "go to %s", s->name),
			    .keys = settings_key(&u->set, perm, ACTION_SCREEN, str_of(s->name)),
			    .help = str_of(s->help),
			    .arg = str_of(s->name) });
	}
}

static void
add_pivots(struct ui *u, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;
	struct pivot pivots[PIVOT_MAX];
	struct subject on = session_subject(u->s);
	size_t n = pivot_list(u->s, on, pivots);
	struct claque_str name = safe_text(perm, session_subject_name(u->s, on, perm));

	for (size_t i = 0; i < n; i++)
		add(entries, count, &(struct entry){ .action = ACTION_COUNT,
		    .name = str_fmt(perm, "%s of " STR_FMT, screen_get(pivots[i].screen)->name,
				    STR_ARG(name)),
		    .keys = str_fmt(perm, "o %c", pivots[i].letter),
		    .help = str_fmt(perm, "pivot: " STR_FMT,
				    STR_ARG(pivot_count_text(u->s, perm, &pivots[i]))),
		    .screen = pivots[i].screen, .subject = on });
}

static void
add_columns(struct ui *u, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;
	struct sort_key keys[SORT_KEYS_MAX];
	size_t n;
	const struct column *columns = session_columns(u->s, &n);

	n = sort_keys(u->s, keys);
	for (size_t i = 0; i < n; i++) {
		const struct column *c = &columns[keys[i].column];

		add(entries, count, &(struct entry){ .action = ACTION_SORT,
		    .name = str_fmt(perm, "sort by %s", c->name),
		    .keys = keys[i].letter == ' ' ? STR("s") : str_fmt(perm, "s %c", keys[i].letter),
		    .help = str_of(c->help), .arg = str_of(c->name) });
	}
}

static void
add_views(struct ui *u, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;
	struct saved_view *views = ARENA_NEW(perm, struct saved_view, VIEWS_MAX);
	size_t n = views_read(u->s, perm, views);

	for (size_t i = 0; i < n; i++)
		add(entries, count, &(struct entry){ .action = ACTION_VIEWS, .keys = STR("S"),
		    .name = str_fmt(perm, "view " STR_FMT, STR_ARG(safe_text(perm, views[i].name))),
		    .help = safe_text(perm, views[i].lens), .view = &views[i] });
}

/* Every choice of every option that is not chosen now. */
static void
add_settings(struct ui *u, struct claque_str typed, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;

	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		const struct setting *o = setting_get((enum setting_id)i);
		struct claque_str choices = str_of(o->choices), name;

		for (int n = 0; str_cut(&choices, ' ', &name); n++) {
			struct claque_str line = str_fmt(perm, "set %s " STR_FMT, o->name,
							 STR_ARG(name));

			if (n != u->set.values[i] && !str_eq_nocase(line, typed))
				add(entries, count, &(struct entry){ .name = line, .line = line,
				    .help = str_of(o->help), .action = ACTION_COUNT });
		}
	}
}

/* What is typed may be a line of claque.conf: map M go-to matrix. */
static void
add_line(struct ui *u, struct claque_str typed, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;
	struct settings *trial;
	struct claque_err err;

	if (typed.len == 0 || typed.p[0] == '#')
		return;
	trial = ARENA_NEW(perm, struct settings, 1);
	*trial = u->set;
	if (settings_line(trial, typed, &err) == CLAQUE_OK)
		add(entries, count, &(struct entry){ .name = typed, .line = typed,
		    .keys = STR("Enter"), .rank = -1, .action = ACTION_COUNT,
		    .help = STR("for this session, as a line of claque.conf") });
}

/* "lesson" and the beginning of its name: files are looked for only then. */
static void
add_lessons(struct ui *u, struct claque_str typed, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;
	struct lessons *all;
	struct claque_err err;

	if (!str_starts(typed, STR("lesson")))
		return;
	all = ARENA_NEW(perm, struct lessons, 1);
	if (lessons_read(all, &err) == CLAQUE_OK)
		for (size_t i = 0; i < all->count; i++) {
			const struct lesson *l = &all->at[i];

			add(entries, count, &(struct entry){ .action = ACTION_LESSON,
			    .name = str_fmt(perm, "lesson " STR_FMT, STR_ARG(l->name)),
			    .help = str_dup(perm, l->title), .arg = str_dup(perm, l->name) });
		}
	lessons_done(all);
}

/* What is typed may itself be the name of a thing in the case. */
static void
add_subject(struct ui *u, struct claque_str typed, struct entry *entries, size_t *count)
{
	struct arena *perm = &u->grid.scratch;
	struct subject subject;
	struct claque_err err;

	if (typed.len < 2 || session_find(u->s, typed, &subject, &err) != CLAQUE_OK)
		return;
	add(entries, count, &(struct entry){ .action = ACTION_COUNT,
	    .name = safe_text(perm, session_subject_name(u->s, subject, perm)),
	    .keys = STR("Enter"), .rank = -1, .screen = screen_of(subject.kind),
	    .help = str_fmt(perm, "open this %s", subject_kind_name(subject.kind)),
	    .subject = subject });
}

static bool
is_in_nocase(struct arena *perm, struct claque_str s, struct claque_str needle)
{
	return str_find(str_lower(perm, s), str_lower(perm, needle), 0) < s.len;
}

/* Letters that are all over the name are not what was meant: -1. */
static int
score_of(struct claque_str name, struct claque_str word)
{
	struct fuzzy f;
	int score;

	fuzzy_read(&f, word);
	score = fuzzy_score(&f, name);
	return score >= LETTER * (int)f.len ? score : -1;
}

/* The lower the better; MISS if a word is nowhere. */
static int
rank_of(struct arena perm, const struct entry *e, struct claque_str typed)
{
	struct claque_str word;
	int rank = IN_NAME;

	if (typed.len > 0 && str_eq(typed, e->keys))
		return 1;
	while (str_cut(&typed, ' ', &word)) {
		int score = word.len > 0 ? score_of(e->name, word) : 0;

		if (score >= 0)
			rank -= score;
		else if (is_in_nocase(&perm, e->help, word))
			rank += IN_HELP;
		else
			return MISS;
	}
	return rank;
}

/* A stable insertion sort: the table's order decides between equals. */
static size_t
rank_all(struct ui *u, struct claque_str typed, struct entry *entries, size_t count)
{
	int map = u->set.values[SETTING_LANGMAP];
	struct claque_str latin = map == 0 ? STR("") :
				  langmap_text(&u->grid.scratch, map, typed);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		struct entry e = entries[i];
		size_t at = kept;

		if (e.rank == 0)
			e.rank = rank_of(u->grid.scratch, &e, typed);
		if (e.rank >= MISS && latin.len > 0)
			e.rank = rank_of(u->grid.scratch, &e, latin);
		if (e.rank >= MISS)
			continue;
		while (at > 0 && entries[at - 1].rank > e.rank) {
			entries[at] = entries[at - 1];
			at--;
		}
		entries[at] = e;
		kept++;
	}
	return kept;
}

/* Ranked where they were found; the one that is named exactly is there already. */
static bool
add_accounts(struct ui *u, struct claque_str typed, struct entry *entries, size_t *count)
{
	struct found_names found = session_names(u->s, typed);
	struct arena *perm = &u->grid.scratch;
	size_t before = *count;

	for (size_t i = 0; i < found.got; i++) {
		const struct name_hit *hit = &found.hits[i];
		struct subject account = { SUBJECT_account, hit->account };
		bool twice = false;

		for (size_t k = 0; k < before; k++)
			twice = twice || (entries[k].subject.kind == SUBJECT_account &&
					  entries[k].subject.id == hit->account &&
					  entries[k].rank < 0);
		if (!twice)
			add(entries, count, &(struct entry){ .action = ACTION_COUNT,
			    .name = safe_text(perm, session_subject_name(u->s, account, perm)),
			    .keys = STR("Enter"), .rank = IN_NAME + AFTER_COMMANDS - hit->score,
			    .screen = screen_of(SUBJECT_account), .subject = account,
			    .help = str_fmt(perm, "account " STR_FMT,
					    STR_ARG(safe_text(perm, hit->name))) });
	}
	return found.all;
}

/* all: how many there are, matching or not; looked: through every account. */
static size_t
hits(struct ui *u, struct entry *entries, size_t *all, bool *looked)
{
	struct claque_str typed = str_dup(&u->grid.scratch, str_trim(edit_str(&u->edit)));
	size_t count = 0;

	add_subject(u, typed, entries, &count);
	add_line(u, typed, entries, &count);
	add_actions(u, entries, &count);
	add_pivots(u, entries, &count);
	add_screens(u, entries, &count);
	add_columns(u, entries, &count);
	add_settings(u, typed, entries, &count);
	add_views(u, entries, &count);
	add_lessons(u, typed, entries, &count);
	*looked = add_accounts(u, typed, entries, &count);
	*all = count;
	return rank_all(u, typed, entries, count);
}

static void
draw_entry(struct ui *u, struct area a, int line, const struct entry *e, bool chosen)
{
	int keys = a.cols * 2 / 5, help = keys + 14;

	(void)grid_safe(&u->grid, a, line, 1, keys - 2, STYLE_PLAIN, e->name, NULL, 0);
	(void)grid_text(&u->grid, a, line, keys, STYLE_BOLD, str_sub(e->keys, 0, 13));
	(void)grid_safe(&u->grid, a, line, help, a.cols - help - 1, STYLE_DIM, e->help, NULL, 0);
	if (!chosen)
		return;
	grid_style_row(&u->grid, a, line, STYLE_CURSOR);
}

static void
draw(struct ui *u)
{
	struct area all = grid_area(&u->grid), a;
	struct entry entries[ENTRIES_MAX];
	bool looked;
	size_t total, count = hits(u, entries, &total, &looked), top = 0;
	int rows = ROWS_MAX < all.rows - 8 ? ROWS_MAX : all.rows - 8;

	u->choices = count;
	if (u->choice >= count)
		u->choice = count > 0 ? count - 1 : 0;
	if ((int)u->choice >= rows)
		top = u->choice - (size_t)rows + 1;
	a = (struct area){ all.rows - 5 - rows, 1, rows + 2, all.cols - 2 };
	a = grid_box(&u->grid, a, str_fmt(&u->grid.scratch, "command  %zu of %zu%s", count, total,
						   looked ? "" : ", looking through accounts"));
	for (int line = 0; line < rows && top + (size_t)line < count; line++)
		draw_entry(u, a, line, &entries[top + (size_t)line],
			   top + (size_t)line == u->choice);
	if (count == 0 && looked)
		(void)grid_text(&u->grid, a, 0, 1, STYLE_DIM,
				STR("nothing is called that; a cluster, handle or id opens too"));
	grid_fill(&u->grid, (struct area){ all.rows - 1, 0, 1, all.cols }, ' ', STYLE_INPUT);
	(void)grid_text(&u->grid, all, all.rows - 1, 1, STYLE_INPUT, STR(":"));
	edit_draw(u, all, all.rows - 1, 3, &u->edit);
}

static void
run(struct ui *u, const struct entry *e)
{
	if (e->view != NULL)
		ui_open_view(u, e->view);
	else if (e->line.len > 0)
		ui_set(u, e->line);
	else if (e->action != ACTION_COUNT)
		ui_act(u, e->action, e->arg);
	else
		(void)session_go(u->s, e->screen, e->subject);
}

static void
key(struct ui *u, uint32_t pressed)
{
	struct entry entries[ENTRIES_MAX];
	size_t total, count;
	bool looked;

	session_hush(u->s);
	if (ui_choose(u, pressed, false))
		return;
	if (pressed == CK_ENTER) {
		count = hits(u, entries, &total, &looked);
		u->overlay = OVERLAY_NONE;
		if (u->choice < count)
			run(u, &entries[u->choice]);
	} else if (pressed == CK_ESC) {
		u->overlay = OVERLAY_NONE;
	} else if (edit_key(&u->edit, pressed)) {
		u->choice = 0;
	}
}

const struct overlay_ops overlay_palette = { draw, key, "" };
