#include "config.h"

#include "model/techniques.h"

#include "model/killchain.h"

/* UUIDs are of DISARM's STIX bundle 1.6. */
static const struct technique techniques[] = {
	{ "co-text", "5.4.2", "T0084.001", "Use Copypasta",
	  "attack-pattern--4cd719a9-e817-4acc-9581-6b6a60e42f35" },
	{ "co-reshare", "6.2", "T0049.003", "Bots Amplify via Automated Forwarding and Reposting",
	  "attack-pattern--e6ab2793-a059-4354-bb60-045afb019833" },
	{ "fast-reshare", "3.5.1", "T0049.003",
	  "Bots Amplify via Automated Forwarding and Reposting",
	  "attack-pattern--e6ab2793-a059-4354-bb60-045afb019833" },
	{ "tag-sequence", "6.3.1", "T0049.002", "Flood Existing Hashtag",
	  "attack-pattern--bfce790b-dfd6-46ca-8fab-c2d72f21bba2" },
	{ "repurposed", "0.9.9", "T0150.004", "Repurposed Asset",
	  "attack-pattern--405aa0e6-2297-4c39-b285-17c31190b195" },
	{ "avatar-reuse", "1.1.1", "T0145.001", "Copy Account Imagery",
	  "attack-pattern--e6a5397a-9515-4ba6-80e5-8f1fe273b7a5" },
	{ "camouflage", "5.2.4", "T0129.002", "Generate Content Unrelated to Narrative",
	  "attack-pattern--eb037d2a-82a7-4bcb-bffd-e7791de21d1c" },
	{ "creation-burst", "0.9", "T0150.008", "Bulk Created Asset",
	  "attack-pattern--71f85cbb-5f6e-4fd1-9ad4-fea19069bc5f" },
	{ "co-url", "7.5.2", NULL, NULL, NULL },
	{ "co-media", "5.4.2", NULL, NULL, NULL },
	{ "office-hours", "3.1.1", NULL, NULL, NULL },
	{ "twins", "1.8.1", NULL, NULL, NULL },
	{ "look-alikes", "1.4.2", NULL, NULL, NULL },
};

static const struct {
	const char *platform, *owned, *amplifying;
} platforms[] = {
	{ "facebook", "0.9.1", "6.2.1" }, { "instagram", "0.9.2", "6.2.2" },
	{ "threads", "0.9.3", "6.2.3" }, { "x", "0.9.4", "6.2.4" }, { "youtube", "0.9.5", "6.2.5" },
	{ "tiktok", "0.9.6", "6.2.6" }, { "telegram", "0.9.7", "6.2.7" },
	{ "reddit", "0.9.8", "6.2.8" }, { "pinterest", "0.9.10", "" },
};

static const struct {
	const char *kind, *procedure;
} sources[] = {
	{ "domain", "0.6.2" }, { "url", "7.5.2" }, { "hashtag", "6.3.1" },
};

const struct technique *
technique_of_signal(struct claque_str signal)
{
	for (size_t i = 0; i < sizeof(techniques) / sizeof(techniques[0]); i++)
		if (str_eq(signal, str_of(techniques[i].signal)))
			return &techniques[i];
	return NULL;
}

const struct technique *
technique_find(struct claque_str id)
{
	for (size_t i = 0; i < sizeof(techniques) / sizeof(techniques[0]); i++)
		if (str_eq(id, str_of(techniques[i].procedure)) ||
		    (techniques[i].disarm != NULL && str_eq(id, str_of(techniques[i].disarm))))
			return &techniques[i];
	return NULL;
}

bool
technique_known(struct claque_str id, const char **name)
{
	const struct killchain_step *step = killchain_find(id);
	const struct technique *t = technique_find(id);

	if (step == NULL)
		step = killchain_under(id);
	*name = t != NULL && t->disarm != NULL && str_eq(id, str_of(t->disarm)) ? t->name :
		step == NULL ? NULL :
		str_eq(killchain_number(str_of(step->procedure)), id) ? step->procedure :
		step->technique;
	return *name != NULL;
}

const char *
technique_of_account(struct claque_str platform, bool amplifier)
{
	for (size_t i = 0; i < sizeof(platforms) / sizeof(platforms[0]); i++)
		if (str_eq(platform, str_of(platforms[i].platform)))
			return amplifier ? platforms[i].amplifying : platforms[i].owned;
	return amplifier ? "" : "0.9.12";
}

const char *
technique_of_source(struct claque_str kind)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (str_eq(kind, str_of(sources[i].kind)))
			return sources[i].procedure;
	return "";
}
