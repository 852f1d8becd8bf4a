/*
 * test_domain_data.c - the domains that Meta published in September 2022 for a
 * network of sites posing as outlets, among sites that are what they seem.
 * Names only: every site is linked once in the same way, so that how it is
 * linked tells nothing.
 */
#include "config.h"

#include "test.h"

#include "csv_table.h"

#include "claque/domain.h"

#include "base/map.h"

/* Outlets that the published names were made from, as known in public. */
static const char *const outlets[] = {
	"spiegel.de", "bild.de", "welt.de", "faz.net", "t-online.de", "sueddeutsche.de",
	"tagesspiegel.de", "nd-aktuell.de", "dailymail.co.uk", "theguardian.com", "delfi.lv",
	"ansa.it", "repubblica.it", "20minutes.fr",
};

/* Parts of the names by which the published list shows which outlet was meant. */
static const char *const stems[] = {
	"spiegel", "bild.", "welt.", "faz.", "t-onlin", "tonlin", "sueddeutsche", "nd-aktuell",
	"dailymail", "theguardian", "delfi", "ansa.", "repubblica", "20minut",
};

/* What they seem: sister sites, namesakes, neighbours in the alphabet, and the rest. */
static const char *const honest[] = {
	"spiegel.tv", "m.spiegel.de", "manager-magazin.de", "bild-am-sonntag.de", "welt.com",
	"welt-der-wunder.de", "theguardian.org", "guardian.ng", "dailymail.com.au", "delfi.lt",
	"delfi.ee", "20min.ch", "ansabrasil.com.br", "zeit.de", "stern.de", "focus.de",
	"tagesschau.de", "taz.de", "n-tv.de", "rtl.de", "handelsblatt.com", "heise.de",
	"golem.de", "bbc.co.uk", "bbc.com", "cnn.com", "nytimes.com", "reuters.com", "apnews.com",
	"lemonde.fr", "lefigaro.fr", "liberation.fr", "corriere.it", "lastampa.it", "ilpost.it",
	"elpais.com", "elmundo.es", "abc.es", "youtube.com", "wikipedia.org", "github.com",
	"change.org", "medium.com", "vimeo.com", "spotify.com", "independent.co.uk", "ft.com",
	"telegraph.co.uk", "mirror.co.uk", "metro.co.uk", "tvnet.lv", "lsm.lv", "postimees.ee",
	"err.ee", "lrt.lt", "15min.lt", "orf.at", "derstandard.at", "krone.at", "nzz.ch",
	"srf.ch", "blick.ch", "tagesanzeiger.ch", "watson.ch", "rp-online.de", "mdr.de",
	"ndr.de", "wdr.de", "br.de", "zdf.de", "ard.de", "dw.com", "bundestag.de", "europa.eu",
	"who.int", "un.org", "nasa.gov", "kicker.de", "sport1.de", "transfermarkt.de", "ebay.de",
	"amazon.de", "otto.de", "idealo.de", "chefkoch.de", "wetter.com", "gutefrage.net",
};

#define LENGTH(a) (sizeof(a) / sizeof((a)[0]))

static const struct claque_progress quiet;
static struct claque_err err;

static bool
is_imitation(struct claque_str domain)
{
	if (str_eq(domain, STR("schlauespiel.de")))
		return false;
	for (size_t i = 0; i < LENGTH(stems); i++) {
		size_t at = str_find(domain, str_of(stems[i]), 0);

		if (at == 0 || (at < domain.len && i == 0))
			return true;
	}
	return false;
}

static void
link_once(struct claque_dataset *ds, struct claque_str host, unsigned accounts)
{
	uint32_t object, account;

	assert_ok(claque_dataset_add_object(ds, CLAQUE_OBJECT_domain, host, &object, &err), err);
	for (unsigned n = 0; n < accounts; n++) {
		char id[8];
		struct claque_account a = { .created_at = CLAQUE_NO_TIME, .followers = -1,
					    .verified = -1 };

		(void)snprintf(id, sizeof(id), "%u", n);
		a.id = str_of(id);
		assert_ok(claque_dataset_add_account(ds, &a, &account, &err), err);
		assert_ok(claque_dataset_add_share(ds, &(struct claque_share){ .account = account,
			.object = object, .act = CLAQUE_ACT_link }, &err), err);
	}
}

/* Published imitations go into *imitations; the file's other names are no imitations of these. */
static bool
add_published(struct claque_dataset *ds, struct map *imitations)
{
	char path[512];
	struct csv_table t;

	(void)snprintf(path, sizeof(path), "%s/data/threat-research/csv/2022_09_removing_"
		       "coordinated_inauthentic_behavior_from_china_and_russia.csv",
		       getenv("CLAQUE_SHARED") != NULL ? getenv("CLAQUE_SHARED") : ".");
	if (!csv_table_read(&t, path)) {
		print_message("skipped: %s is absent\n", path);
		return false;
	}
	for (size_t r = 1; r < t.row_count; r++) {
		struct claque_str domain = csv_at(&t, r, 1);

		if (!str_eq(csv_at(&t, r, 0), STR("domain_name")) || !is_imitation(domain))
			continue;
		(void)map_add(imitations, domain, NULL);
	}
	for (uint32_t i = 0; i < imitations->count; i++)
		link_once(ds, map_key(imitations, i), 2);
	csv_table_done(&t);
	return true;
}

static double
score_of(const struct claque_look_alikes *found, struct claque_str domain)
{
	for (size_t i = 0; i < found->count; i++)
		if (str_eq(found->items[i].domain, domain))
			return found->items[i].score;
	return 0;
}

static void
published_imitations_stand_above_honest_names(void **state)
{
	struct claque_look_alike_settings settings = claque_look_alike_defaults();
	struct claque_look_alikes found;
	struct claque_dataset *ds;
	struct map imitations;
	double wins = 0, flagged = 0, false_flags = 0;

	(void)state;
	map_init(&imitations);
	assert_ok(claque_dataset_new(&ds, &err), err);
	for (size_t i = 0; i < LENGTH(outlets); i++)
		link_once(ds, str_of(outlets[i]), 9);
	for (size_t i = 0; i < LENGTH(honest); i++)
		link_once(ds, str_of(honest[i]), 2);
	if (!add_published(ds, &imitations)) {
		claque_dataset_free(ds);
		map_done(&imitations);
		skip();
	}
	settings.min_score = 0;
	assert_ok(claque_dataset_seal(ds, &quiet, &err), err);
	assert_ok(claque_look_alikes_find(ds, &settings, &quiet, &found, &err), err);
	for (uint32_t i = 0; i < imitations.count; i++) {
		double score = score_of(&found, map_key(&imitations, i));

		flagged += score >= 0.5;
		if (score < 0.5)
			print_message("below: " STR_FMT " %.3f\n", STR_ARG(map_key(&imitations, i)), score);
		for (size_t k = 0; k < LENGTH(honest); k++) {
			double other = score_of(&found, str_of(honest[k]));

			wins += score > other ? 1 : score < other ? 0 : 0.5;
		}
	}
	for (size_t k = 0; k < LENGTH(honest); k++)
		false_flags += score_of(&found, str_of(honest[k])) >= 0.5;
	print_message("%u imitations: %.1f %% flagged, %.0f of %zu honest ones too, AUC %.3f\n",
		      imitations.count, 100 * flagged / imitations.count, false_flags,
		      LENGTH(honest), wins / ((double)imitations.count * (double)LENGTH(honest)));
	assert_true(imitations.count >= 55);
	assert_true(flagged / imitations.count >= 0.85);
	assert_true(false_flags == 0);
	assert_true(wins / ((double)imitations.count * (double)LENGTH(honest)) >= 0.979);
	claque_look_alikes_done(&found);
	claque_dataset_free(ds);
	map_done(&imitations);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_imitations_stand_above_honest_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
