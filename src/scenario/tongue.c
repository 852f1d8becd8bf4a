#include "config.h"

#include "scenario/tongue.h"

#include "base/map.h"

#include "scenario/words.h"

enum { GIVEN_NAMES = 220, FAMILY_NAMES = 2600, WORD_ROOM = 64 };

struct syllable {
	const char *native, *latin;
};

struct language {
	const char *code;
	const struct syllable *syllables;
	size_t syllable_count;
	const char *const *functions;
	size_t function_count;
	bool spaced;
};

#define SYLLABLES(name, ...) static const struct syllable name[] = { __VA_ARGS__ }
#define FUNCTIONS(name, ...) static const char *const name[] = { __VA_ARGS__ }

SYLLABLES(english_syllables, { "ash", "ash" }, { "bar", "bar" },
     { "bel", "bel" }, { "bram", "bram" }, { "cal", "cal" }, { "cor", "cor" }, { "dan", "dan" },
     { "den", "den" }, { "dor", "dor" }, { "el", "el" }, { "fair", "fair" }, { "fen", "fen" },
     { "gar", "gar" }, { "gold", "gold" }, { "ham", "ham" }, { "har", "har" }, { "hol", "hol" },
     { "ken", "ken" }, { "king", "king" }, { "land", "land" }, { "lee", "lee" }, { "mar", "mar" },
     { "mer", "mer" }, { "more", "more" }, { "nor", "nor" }, { "pen", "pen" }, { "ro", "ro" },
     { "sel", "sel" }, { "shaw", "shaw" }, { "ston", "ston" }, { "ter", "ter" },
     { "thorn", "thorn" }, { "ton", "ton" }, { "wick", "wick" }, { "wood", "wood" },
     { "worth", "worth" });
SYLLABLES(spanish_syllables, { "ba", "ba" }, { "bre", "bre" }, { "ca", "ca" }, { "ción", "cion" },
     { "co", "co" }, { "da", "da" }, { "do", "do" }, { "es", "es" }, { "fue", "fue" },
     { "ga", "ga" }, { "gre", "gre" }, { "jo", "jo" }, { "la", "la" }, { "lló", "llo" },
     { "lu", "lu" }, { "ma", "ma" }, { "mé", "me" }, { "mo", "mo" }, { "na", "na" },
     { "ño", "no" }, { "pe", "pe" }, { "pla", "pla" }, { "que", "que" }, { "ra", "ra" },
     { "ría", "ria" }, { "rro", "rro" }, { "sa", "sa" }, { "sol", "sol" }, { "ta", "ta" },
     { "té", "te" }, { "tra", "tra" }, { "tú", "tu" }, { "va", "va" }, { "ven", "ven" },
     { "vi", "vi" }, { "za", "za" });
SYLLABLES(czech_syllables, { "ba", "ba" }, { "bě", "be" }, { "ce", "ce" }, { "čá", "ca" },
     { "do", "do" }, { "dě", "de" }, { "ha", "ha" }, { "hlu", "hlu" }, { "ho", "ho" },
     { "ja", "ja" }, { "ka", "ka" }, { "kov", "kov" }, { "křá", "kra" }, { "li", "li" },
     { "lou", "lou" }, { "má", "ma" }, { "mě", "me" }, { "na", "na" }, { "né", "ne" },
     { "ní", "ni" }, { "no", "no" }, { "po", "po" }, { "pří", "pri" }, { "ra", "ra" },
     { "ři", "ri" }, { "ská", "ska" }, { "so", "so" }, { "ště", "ste" }, { "ta", "ta" },
     { "tel", "tel" }, { "trh", "trh" }, { "vá", "va" }, { "ve", "ve" }, { "vrš", "vrs" },
     { "zo", "zo" }, { "žlu", "zlu" });
SYLLABLES(cyrillic_syllables, { "ба", "ba" }, { "ве", "ve" }, { "вол", "vol" }, { "га", "ga" },
     { "го", "go" }, { "да", "da" }, { "де", "de" }, { "дра", "dra" }, { "же", "zhe" },
     { "за", "za" }, { "зи", "zi" }, { "ка", "ka" }, { "ко", "ko" }, { "кри", "kri" },
     { "ла", "la" }, { "ли", "li" }, { "ма", "ma" }, { "мир", "mir" }, { "мо", "mo" },
     { "на", "na" }, { "не", "ne" }, { "но", "no" }, { "па", "pa" }, { "по", "po" },
     { "ра", "ra" }, { "ре", "re" }, { "ро", "ro" }, { "са", "sa" }, { "слав", "slav" },
     { "ст", "st" }, { "та", "ta" }, { "то", "to" }, { "ца", "tsa" }, { "че", "che" },
     { "ша", "sha" }, { "ян", "yan" });
SYLLABLES(han_syllables, { "林", "lin" }, { "江", "jiang" }, { "山", "shan" }, { "海", "hai" },
     { "天", "tian" }, { "明", "ming" }, { "文", "wen" }, { "金", "jin" }, { "雪", "xue" },
     { "春", "chun" }, { "安", "an" }, { "平", "ping" }, { "高", "gao" }, { "石", "shi" },
     { "白", "bai" }, { "青", "qing" }, { "光", "guang" }, { "花", "hua" }, { "星", "xing" },
     { "玉", "yu" }, { "城", "cheng" }, { "田", "tian" }, { "水", "shui" }, { "火", "huo" },
     { "木", "mu" }, { "風", "feng" }, { "雲", "yun" }, { "書", "shu" }, { "信", "xin" },
     { "新", "xin" }, { "長", "chang" }, { "南", "nan" }, { "北", "bei" }, { "東", "dong" },
     { "西", "xi" }, { "月", "yue" }, { "心", "xin" }, { "言", "yan" }, { "門", "men" },
     { "家", "jia" }, { "國", "guo" }, { "學", "xue" }, { "路", "lu" }, { "車", "che" }, { "樂", "le" },
     { "健", "jian" }, { "美", "mei" }, { "和", "he" });
FUNCTIONS(english_functions, "the", "a", "of", "to", "and", "in", "for", "that", "with", "on",
     "was", "is", "but", "from", "this", "by", "they", "we", "at", "not", "so", "all", "about",
     "when", "what", "then", "if", "who", "more", "no", "one", "still", "just", "out", "there",
     "up");
FUNCTIONS(spanish_functions, "de", "la", "que", "el", "en", "y", "a", "los", "se", "del", "las",
     "un", "por", "con", "no", "una", "su", "para", "es", "al", "lo", "como", "más", "o", "pero",
     "sus", "le", "ya", "este", "sí", "porque", "esta", "entre", "cuando", "muy", "sin");
FUNCTIONS(czech_functions, "a", "se", "v", "na", "je", "že", "o", "s", "z", "do", "i", "to", "k",
     "ve", "pro", "za", "by", "ale", "si", "po", "jako", "podle", "od", "jsem", "tak", "jeho",
     "který", "jak", "aby", "bude", "už", "než", "jen", "byl", "co", "při");
FUNCTIONS(cyrillic_functions, "и", "в", "не", "на", "с", "то", "по", "как", "но", "из", "от",
     "за", "для", "до", "это", "так", "или", "же", "бы", "ни", "под", "при", "что", "все", "уже",
     "где", "если", "ещё", "без", "над", "кто", "чтобы");
FUNCTIONS(han_functions, "的", "是", "在", "了", "不", "有", "人", "这", "他", "也", "就", "都", "说", "着",
     "要", "去", "会", "到", "你", "我", "们", "对", "能", "而", "与", "之", "很", "把", "让", "从");

#define LANGUAGE(code, name, spaced) \
	{ code, name##_syllables, sizeof(name##_syllables) / sizeof(*name##_syllables), \
	  name##_functions, sizeof(name##_functions) / sizeof(*name##_functions), spaced }

static const struct language languages[TONGUE_COUNT] = {
	[TONGUE_ENGLISH] = LANGUAGE("en", english, true),
	[TONGUE_SPANISH] = LANGUAGE("es", spanish, true),
	[TONGUE_CZECH] = LANGUAGE("cs", czech, true),
	[TONGUE_CYRILLIC] = LANGUAGE("bg", cyrillic, true),
	[TONGUE_HAN] = LANGUAGE("zh", han, false),
};

/* ASCII and the Cyrillic block; other letters stay small. */
static void
raise_first(char *p)
{
	unsigned char lead = (unsigned char)p[0], next = (unsigned char)p[1];

	if (lead >= 'a' && lead <= 'z') {
		p[0] = (char)(lead - 'a' + 'A');
	} else if (lead == 0xD0 && next >= 0xB0) {
		p[1] = (char)(next - 0x20);
	} else if (lead == 0xD1 && next < 0x90) {
		p[0] = (char)0xD0;
		p[1] = (char)(next + 0x20);
	}
}

const char *
tongue_called(enum tongue t)
{
	static const char *const names[TONGUE_COUNT] = {
		[TONGUE_ENGLISH] = "english", [TONGUE_SPANISH] = "spanish",
		[TONGUE_CZECH] = "czech", [TONGUE_CYRILLIC] = "cyrillic", [TONGUE_HAN] = "han" };

	return names[t];
}

const char *
tongue_code(enum tongue t)
{
	return languages[t].code;
}

bool
tongue_spaced(enum tongue t)
{
	return languages[t].spaced;
}

const char *
tongue_function_word(enum tongue t, uint64_t index)
{
	return languages[t].functions[index % languages[t].function_count];
}

struct claque_str
tongue_word(enum tongue t, uint64_t index, bool latin, struct arena *perm)
{
	const struct language *l = &languages[t];
	uint64_t h = hash_mix(index, 0x70e1 + (uint64_t)t);
	unsigned syllables = l->spaced ? 2 + (h >> 60) % 2 : 2;
	char *p = ARENA_NEW(perm, char, WORD_ROOM);
	size_t n = 0;

	for (unsigned i = 0; i < syllables; i++, h /= l->syllable_count) {
		const struct syllable *s = &l->syllables[h % l->syllable_count];
		struct claque_str part = str_of(latin ? s->latin : s->native);

		memcpy(p + n, part.p, part.len);
		n += part.len;
	}
	return (struct claque_str){ p, n };
}

static struct claque_str
raised(struct claque_str word, struct arena *perm)
{
	char *p = ARENA_NEW(perm, char, word.len + 2);

	memcpy(p, word.p, word.len);
	raise_first(p);
	return (struct claque_str){ p, word.len };
}

static struct claque_str
given_name(enum tongue t, uint64_t seed, bool latin, struct arena *perm)
{
	if (t == TONGUE_ENGLISH)
		return str_of(words_at(WORDS_FIRST, seed % words_count(WORDS_FIRST)));
	/* The smaller of two numbers: some names are far more common than others. */
	seed = (seed & 0xffff) % GIVEN_NAMES < (seed >> 16 & 0xffff) % GIVEN_NAMES
	       ? (seed & 0xffff) % GIVEN_NAMES : (seed >> 16 & 0xffff) % GIVEN_NAMES;
	return raised(tongue_word(t, hash_mix(seed, 1), latin, perm), perm);
}

static struct claque_str
family_name(enum tongue t, uint64_t seed, bool latin, struct arena *perm)
{
	uint64_t a = (seed & 0xffff) % FAMILY_NAMES, b = (seed >> 16 & 0xffff) % FAMILY_NAMES;

	if (t == TONGUE_ENGLISH && seed >> 32 & 1)
		return str_of(words_at(WORDS_LAST, a));
	return raised(tongue_word(t, hash_mix(a < b ? a : b, 2), latin, perm), perm);
}

struct claque_str
tongue_name(enum tongue t, uint64_t seed, bool latin, struct arena *perm)
{
	struct claque_str given = given_name(t, hash_mix(seed, 3), latin, perm);
	struct claque_str family = family_name(t, hash_mix(seed, 4), latin, perm);

	if (t == TONGUE_HAN)
		return str_fmt(perm, STR_FMT " " STR_FMT, STR_ARG(family), STR_ARG(given));
	return str_fmt(perm, STR_FMT " " STR_FMT, STR_ARG(given), STR_ARG(family));
}
