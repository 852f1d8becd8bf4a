#include "config.h"

#include "scenario/english.h"

#define LIST(name, ...) static const char *const name[] = { __VA_ARGS__ }

LIST(patterns, "{w} {v} the {a} {n} {m}", "{m} a {a} {t} {v} our {n}",
     "nobody at the {n} {v} {t} {m}", "{t} and {a} {n} in {p}", "my {n} {v} after {d} {n}",
     "why has {w} {v} {t}", "{d} {t} later {p} {v} another {n}", "{a} {t} , {a} {n} , {m} {v}",
     "we {v} {n} for {t} near {p}", "{w} never {v} that {t} before {n}",
     "if {t} {v} , every {n} in {p} {v}", "{p} : {t} {v} {d} {n}", "i {m} {v} {a} {n} with {w}",
     "between {n} and {t} {w} {v} {p}", "what {a} {t} {v} {m} ?", "{n} , {n} and {t} : {w} {v}",
     "{m} {w} {v} us {d} {a} {n}", "ask {w} about {a} {t} and {n}",
     "these {n} {v} {m} , {t} {v} not", "{w} says {t} {v} {p} {m}", "no {n} without {a} {t} {m}",
     "after {d} {n} {w} {v} {a} {t}", "{a} as {n} , {p} {v} {t}", "{t} again {v} {n} like {n}",
     "her {a} {n} {v} {m} while {t} {v}", "{w} brought {n} , {w} {v} {t}",
     "only {d} of us {v} {a} {n}", "how {m} {t} {v} from {p} to {p}",
     "{v} by {t} , {w} {m} left {n}", "thanks to {w} {n} {v} {m}", "{d} {n} and still {a} {t}",
     "somebody {v} {w} with {n} {m}", "{p} needs {a} {t} , {w} {v}",
     "{t} or {n} ? {w} {m} {v} both", "{a} news : {t} {v} {n} at {p}", "our {t} {v} {d} {n} {m}");
LIST(comments, "exactly", "so true", "no idea", "well said", "not sure {n} {v}", "{m} {a}",
     "{w} {v} {t}", "{a} {n} , {a} {t}", "that {n} {v} {m}", "and the {t} ?", "{t} {v} {n} {m}",
     "ask the {n}", "{d} {n} tell me {t} {v}", "same here , {n} {v}", "wow , {a} {t}",
     "{m} {t} , {w}");
LIST(nouns, "account", "address", "alarm", "answer", "apron", "argument", "arrow", "attic",
     "autumn", "avenue", "backpack", "bakery", "balcony", "ballot", "barn", "basket", "battery",
     "beach", "bell", "bench", "bicycle", "birthday", "blanket", "boat", "bottle", "bowl", "box",
     "branch", "bread", "breakfast", "brick", "bridge", "brother", "bucket", "budget", "bus",
     "butter", "button", "cabin", "calendar", "camera", "candle", "carpet", "castle", "ceiling",
     "chair", "chapter", "cheese", "choir", "church", "circle", "clock", "cloud", "coat",
     "coffee", "coin", "colleague", "corner", "cousin", "cupboard", "curtain", "cushion",
     "daughter", "deadline", "desk", "dinner", "doctor", "door", "drawer", "drum", "dust",
     "elevator", "engine", "envelope", "evening", "factory", "farmer", "fence", "festival",
     "field", "finger", "flag", "floor", "flour", "fog", "forest", "fountain", "fridge", "friend",
     "game", "garage", "garden", "gate", "glass", "glove", "grandson", "guitar", "hammer",
     "harbor", "harvest", "hat", "highway", "holiday", "hospital", "hotel", "house", "ice",
     "island", "jacket", "jar", "journey", "judge", "juice", "key", "kitchen", "knife", "ladder",
     "lake", "lamp", "lawn", "lemon", "lesson", "letter", "library", "list", "lunch", "machine",
     "manager", "map", "market", "meadow", "medal", "meeting", "memory", "message", "mirror",
     "mistake", "moment", "morning", "mountain", "museum", "music", "nail", "neighbor",
     "newspaper", "noise", "notebook", "office", "onion", "orchard", "oven", "page", "painter",
     "parade", "park", "pencil", "phone", "piano", "picture", "pilot", "plate", "platform",
     "pocket", "porch", "postcard", "potato", "printer", "promise", "question", "queue", "radio",
     "railway", "rain", "receipt", "recipe", "river", "road", "roof", "rope", "sandwich",
     "saturday", "scarf", "school", "sentence", "shadow", "shelf", "shop", "shoulder", "sidewalk",
     "sister", "snow", "song", "soup", "spoon", "stairs", "station", "stone", "storm", "story",
     "street", "student", "suitcase", "summer", "sunset", "table", "teacher", "team", "tent",
     "theater", "ticket", "tire", "toast", "tomato", "tool", "tower", "toy", "traffic", "train",
     "tree", "uncle", "umbrella", "valley", "village", "violin", "wagon", "wall", "wallet",
     "weather", "weekend", "wheel", "window", "winter", "yard");
LIST(verbs, "answered", "avoided", "baked", "blamed", "borrowed", "bought", "broke", "built",
     "burned", "called", "carried", "caught", "changed", "chose", "cleaned", "closed",
     "collected", "compared", "cooked", "copied", "counted", "covered", "crossed", "defended",
     "delayed", "described", "doubted", "dragged", "dropped", "enjoyed", "expected", "explained",
     "filled", "finished", "fixed", "followed", "forgot", "found", "gave", "greeted", "guarded",
     "hated", "heard", "helped", "hid", "ignored", "improved", "invented", "joined", "kept",
     "kicked", "knew", "lent", "lifted", "liked", "lost", "loved", "measured", "mentioned",
     "missed", "moved", "noticed", "offered", "opened", "ordered", "painted", "passed", "planned",
     "praised", "printed", "promised", "pulled", "pushed", "questioned", "reached", "rebuilt",
     "refused", "remembered", "repaired", "replaced", "ruined", "saved", "saw", "sold", "sorted",
     "started", "stole", "stopped", "studied", "taught", "tested", "touched", "trusted",
     "understood", "visited", "wanted", "warned", "washed", "watched", "welcomed", "wrote");
LIST(adjectives, "ancient", "angry", "awful", "bitter", "blue", "boring", "brave", "bright",
     "broken", "calm", "cheap", "clean", "clever", "cold", "common", "crowded", "curious", "dark",
     "deep", "dirty", "dry", "dull", "early", "easy", "empty", "endless", "expensive", "faint",
     "familiar", "fast", "flat", "foggy", "forgotten", "free", "fresh", "frozen", "funny",
     "gentle", "gray", "green", "handmade", "happy", "hard", "heavy", "hidden", "hollow",
     "honest", "huge", "hungry", "icy", "kind", "lazy", "local", "lonely", "loud", "lucky",
     "muddy", "narrow", "new", "nervous", "noisy", "odd", "old", "patient", "perfect", "plain",
     "polite", "pretty", "proud", "public", "quick", "quiet", "rare", "red", "rough", "round",
     "rusty", "sad", "salty", "secret", "serious", "sharp", "shiny", "short", "shy", "silent",
     "simple", "sleepy", "slow", "small", "soft", "sour", "square", "steep", "stiff", "strange",
     "sunny", "sweet", "tall", "thin", "tidy", "tired", "useless", "warm", "weak", "wet", "white",
     "wide", "wild", "wooden", "wrong", "yellow", "young");
LIST(adverbs, "again", "almost", "already", "anyway", "apparently", "badly", "barely", "briefly",
     "carefully", "certainly", "clearly", "constantly", "daily", "easily", "eventually",
     "finally", "forever", "gladly", "hardly", "honestly", "instantly", "lately", "loudly",
     "maybe", "mostly", "nearly", "nicely", "often", "openly", "partly", "perhaps", "poorly",
     "probably", "quickly", "quietly", "rarely", "recently", "sadly", "secretly", "seriously",
     "silently", "simply", "slowly", "somehow", "sometimes", "soon", "suddenly", "surely",
     "today", "together", "tomorrow", "tonight", "twice", "usually", "weekly", "yesterday");
LIST(places, "Amberfield", "Birchmoor", "Calder Bay", "Dunwick", "Eastholm", "Ferncliff",
     "Graymouth", "Holtsend", "Ivyport", "Kestrel Hill", "Larkrise", "Millbrook", "Northgate",
     "Oakshore", "Pinecrest", "Quarry Lane", "Redbank", "Saltmere", "Thornbury", "Upper Vale",
     "Westwater", "Yarrow Creek");
LIST(numbers, "two", "three", "four", "five", "six", "seven", "nine", "eleven", "12", "14", "15",
     "18", "20", "24", "27", "30", "33", "36", "40", "45", "50", "60", "75", "80", "90", "100",
     "120", "150", "200", "300");
LIST(persons, "the mayor", "my aunt", "an engineer", "the nurse", "our coach", "the baker",
     "a stranger", "my boss", "the driver", "a plumber", "her cousin", "the referee", "an artist",
     "the clerk", "his mother", "a carpenter", "the judge", "my roommate", "the librarian",
     "a tourist", "our landlord", "the waiter", "a volunteer", "the professor", "somebody",
     "everybody", "the butcher", "a sailor");
LIST(left_topic, "healthcare", "climate", "unions", "wages", "voters", "abortion rights",
     "gun safety", "medicare", "clinics", "emissions", "equality", "childcare", "tuition",
     "housing", "solar power", "the senate", "workers", "teachers", "reform", "insulin",
     "justice", "democracy", "rent control", "pensions");
LIST(right_topic, "the border", "taxes", "gun rights", "drilling", "sheriffs", "the constitution",
     "parents", "faith", "inflation", "deportation", "regulators", "ranchers", "the flag",
     "veterans", "pipelines", "homeschooling", "welfare fraud", "patriots", "the unborn",
     "tariffs", "crime", "the deficit", "liberty", "coal");
LIST(news_topic, "officials", "the council", "firefighters", "floods", "prosecutors",
     "the merger", "a strike", "investigators", "the verdict", "commuters", "an outage",
     "the vaccine", "the census", "hurricanes", "the recall", "the audit", "a wildfire",
     "shipping", "the census bureau", "the auction", "the trial", "the rescue", "the earthquake",
     "the election");
LIST(other_topic, "exiles", "monasteries", "the frontier", "dams", "the plateau", "pilgrims",
     "border roads", "boarding schools", "the delegation", "glaciers", "visas", "the embassy",
     "nomads", "the accord", "territory", "troops", "sovereignty", "the valley road",
     "the minister", "refugees", "temples", "separatists", "the treaty", "the corridor");
LIST(star_topic, "the album", "rehearsal", "tour dates", "the single", "backstage", "the video",
     "the encore", "vocals", "the chorus", "the stage", "lightsticks", "the remix",
     "choreography", "the premiere", "merch", "the setlist", "the finale", "the interview",
     "the teaser", "the duet", "the arena", "a cover", "the choir", "the drummer");
LIST(fashion_topic, "linen", "sneakers", "knitwear", "a blazer", "denim", "lipstick", "earrings",
     "silk", "boots", "a handbag", "perfume", "velvet", "stripes", "a trench coat", "sunglasses",
     "a pleated skirt", "nail polish", "corduroy", "a beret", "leather", "bracelets",
     "polka dots", "a cardigan", "heels");
LIST(pets_topic, "the kitten", "our beagle", "puppies", "the parrot", "a hamster", "the rabbit",
     "whiskers", "the vet", "catnip", "a corgi", "the leash", "goldfish", "the litter box",
     "the tabby", "the retriever", "treats", "the turtle", "a pony", "the poodle", "paws",
     "the aquarium", "the kennel", "the terrier", "purring");
LIST(daily_topic, "laundry", "leftovers", "the commute", "homework", "the dishwasher",
     "groceries", "the gym", "pancakes", "the thermostat", "yoga", "the dentist", "crosswords",
     "the mailman", "knitting", "the remote", "sourdough", "gardening", "the sink", "naps",
     "the wifi", "puzzles", "baseball", "the kettle", "a podcast");
LIST(action_topic, "clean water", "the petition", "crossings", "the rally", "signatures",
     "the march", "cleaner rivers", "bike lanes", "the hearing", "streetlights", "spills",
     "the council vote", "speed limits", "wetlands", "canvassers", "the action day", "fishways",
     "school routes", "the permit", "runoff", "pledges", "banners", "the coalition",
     "the riverbank");
LIST(contest_topic, "the giveaway", "a prize", "the raffle", "winners", "the voucher", "entries",
     "the sweepstake", "a hamper", "the bundle", "a gift card", "the draw", "the jackpot",
     "free tickets", "the competition", "a coupon", "the shortlist");
LIST(spam_topic, "crypto", "followers", "a bonus", "casino chips", "cheap pills",
     "the signal group", "profit", "payout", "easy loans", "forex", "the referral", "the airdrop",
     "discount watches", "hot deals", "staking", "double returns");
LIST(bot_topic, "wind", "rainfall", "the gauge", "tremors", "the ferry", "air quality",
     "the tide", "pollen", "visibility", "pressure", "the water level", "humidity",
     "lane closures", "the timetable", "snow depth", "the index");

struct words {
	const char *const *items;
	size_t count;
};

#define WORDS(name) { name, sizeof(name) / sizeof(*(name)) }

static const struct words topics[TOPIC_COUNT] = {
	[TOPIC_LEFT] = WORDS(left_topic), [TOPIC_RIGHT] = WORDS(right_topic),
	[TOPIC_NEWS] = WORDS(news_topic), [TOPIC_ASIA] = WORDS(other_topic),
	[TOPIC_STAR] = WORDS(star_topic), [TOPIC_FASHION] = WORDS(fashion_topic),
	[TOPIC_PETS] = WORDS(pets_topic), [TOPIC_DAILY] = WORDS(daily_topic),
	[TOPIC_ACTION] = WORDS(action_topic), [TOPIC_WIRE] = WORDS(news_topic),
	[TOPIC_COMMENT] = WORDS(daily_topic), [TOPIC_CONTEST] = WORDS(contest_topic),
	[TOPIC_SPAM] = WORDS(spam_topic), [TOPIC_BOT] = WORDS(bot_topic),
};

/* By class letter, from 'a'; the topic's own nouns stand above. */
static const struct words classes[26] = {
	['a' - 'a'] = WORDS(adjectives), ['d' - 'a'] = WORDS(numbers), ['m' - 'a'] = WORDS(adverbs),
	['n' - 'a'] = WORDS(nouns), ['p' - 'a'] = WORDS(places), ['v' - 'a'] = WORDS(verbs),
	['w' - 'a'] = WORDS(persons),
};

static const struct words *
class_of(char letter, enum topic topic)
{
	return letter == 't' ? &topics[topic] : &classes[letter - 'a'];
}

const char *
english_pattern(uint64_t index)
{
	return patterns[index % (sizeof(patterns) / sizeof(*patterns))];
}

const char *
english_comment(uint64_t index)
{
	return comments[index % (sizeof(comments) / sizeof(*comments))];
}

const char *
english_word(char letter, enum topic topic, uint64_t index)
{
	const struct words *w = class_of(letter, topic);

	return w->items[index % w->count];
}
