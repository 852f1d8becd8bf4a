/*
 * Word lists and templates. {x} in a template stands for a word of the list
 * with that letter. Everybody and every outlet here is invented; surnames of
 * politicians are chosen so that nobody is likely to bear them. Places exist.
 */
#include "config.h"

#include "scenario/words.h"

#define LIST(name, ...) static const char *const name[] = { __VA_ARGS__ }

LIST(first, "Abigail", "Adam", "Alice", "Amber", "Andrew", "Anna", "Ashley", "Austin", "Barbara",
     "Benjamin", "Bethany", "Brandon", "Brian", "Caitlin", "Caleb", "Carol", "Charles", "Chloe",
     "Christine", "Cody", "Courtney", "Daniel", "Deborah", "Derek", "Diana", "Dylan", "Edward",
     "Elaine", "Emily", "Eric", "Erin", "Ethan", "Faith", "Frances", "Gary", "Grace", "Gregory",
     "Hannah", "Heather", "Helen", "Holly", "Ian", "Isaac", "Jacob", "Jane", "Jason", "Jennifer",
     "Jeremy", "Joan", "Joel", "Julia", "Karen", "Katie", "Keith", "Kelly", "Kevin", "Kyle",
     "Laura", "Leah", "Logan", "Lucas", "Lydia", "Marcus", "Margaret", "Martin", "Megan",
     "Melissa", "Molly", "Nathan", "Nicole", "Noah", "Olivia", "Oscar", "Paige", "Patrick",
     "Rachel", "Rebecca", "Russell", "Ruth", "Samantha", "Sean", "Shannon", "Sophie", "Spencer",
     "Stephanie", "Tara", "Theresa", "Trevor", "Tyler", "Vanessa", "Victor", "Walter", "Wendy");
LIST(last, "Alder", "Ashby", "Atwell", "Barlow", "Baxter", "Birch", "Blakely", "Bowen", "Brandt",
     "Briggs", "Calder", "Carver", "Chandler", "Clay", "Colby", "Corbin", "Crane", "Dalton",
     "Darby", "Dawson", "Drake", "Easton", "Ellery", "Farrow", "Fenton", "Finch", "Foley",
     "Garner", "Gentry", "Glover", "Granger", "Hadley", "Halsey", "Harlow", "Hatcher", "Hollis",
     "Holt", "Hyde", "Ingram", "Jarvis", "Keaton", "Kendrick", "Kirby", "Lambert", "Langley",
     "Larkin", "Lockhart", "Mabry", "Marlow", "Mercer", "Merritt", "Nash", "Newell", "Norwood",
     "Oakley", "Paxton", "Pearce", "Pruitt", "Quigley", "Radford", "Ramsey", "Reeves", "Ridley",
     "Rowan", "Sawyer", "Sexton", "Sheldon", "Sinclair", "Stanton", "Stokes", "Sutton", "Talbot",
     "Thorne", "Tilden", "Tolliver", "Tucker", "Upton", "Vance", "Wade", "Walden", "Weller",
     "Whitaker", "Wilder", "Winslow", "Yates", "York");
LIST(office_last, "Vastwell", "Quillmore", "Brandywick", "Ostergrave", "Tarnhollow", "Pellworth",
     "Dunmarrow", "Kestervane", "Ashenholt", "Fenwhistle", "Gallowmere", "Hartsoever",
     "Ironbury", "Juniperson", "Larkhaven", "Mossgate", "Netherby-Roe", "Oxbridle", "Pinecastle",
     "Quartermaine-Low", "Ravensummer", "Saltmarsh", "Thistledown", "Umberfield", "Vellacourt",
     "Wexcombe", "Yarrowgate", "Zellenford", "Copperthwaite-Dell", "Drumlanry");
LIST(india_first, "Aarav", "Aditi", "Akash", "Ananya", "Anjali", "Arjun", "Asha", "Deepak",
     "Divya", "Farhan", "Gauri", "Harsh", "Ishaan", "Jaya", "Kavita", "Kiran", "Lakshmi",
     "Manish", "Meera", "Neha", "Nikhil", "Pooja", "Priya", "Rahul", "Rekha", "Rohan", "Sanjay",
     "Shreya", "Sunita", "Tenzin", "Vikram", "Yash");
LIST(india_last, "Bhatt", "Chauhan", "Deshpande", "Dorjee", "Gokhale", "Iyer", "Joshi", "Kapoor",
     "Kulkarni", "Mehra", "Menon", "Mishra", "Nair", "Negi", "Pandey", "Patil", "Rana", "Rawat",
     "Reddy", "Saxena", "Sharma", "Sinha", "Thakur", "Verma", "Wangchuk", "Yadav");
LIST(us_place, "Akron, Ohio", "Albany, New York", "Amarillo, Texas", "Asheville, North Carolina",
     "Athens, Georgia", "Bakersfield, California", "Baton Rouge, Louisiana", "Billings, Montana",
     "Boise, Idaho", "Boulder, Colorado", "Burlington, Vermont", "Cedar Rapids, Iowa",
     "Charleston, South Carolina", "Chattanooga, Tennessee", "Columbus, Ohio", "Dayton, Ohio",
     "Des Moines, Iowa", "Duluth, Minnesota", "El Paso, Texas", "Erie, Pennsylvania",
     "Eugene, Oregon", "Fargo, North Dakota", "Flint, Michigan", "Fresno, California",
     "Grand Rapids, Michigan", "Green Bay, Wisconsin", "Huntsville, Alabama",
     "Jacksonville, Florida", "Knoxville, Tennessee", "Lansing, Michigan", "Lincoln, Nebraska",
     "Little Rock, Arkansas", "Madison, Wisconsin", "Mobile, Alabama", "Norfolk, Virginia",
     "Omaha, Nebraska", "Peoria, Illinois", "Pittsburgh, Pennsylvania", "Reno, Nevada",
     "Richmond, Virginia", "Rockford, Illinois", "Sacramento, California", "Salem, Oregon",
     "Scranton, Pennsylvania", "Spokane, Washington", "Springfield, Missouri", "Tampa, Florida",
     "Toledo, Ohio", "Topeka, Kansas", "Tucson, Arizona", "Tulsa, Oklahoma", "Wichita, Kansas");
LIST(india_place, "Ahmedabad, India", "Bengaluru, India", "Bhopal, India", "Chennai, India",
     "Dehradun, India", "Dharamshala, India", "Guwahati, India", "Hyderabad, India",
     "Jaipur, India", "Kolkata, India", "Leh, India", "Lucknow, India", "Mumbai, India",
     "New Delhi, India", "Pune, India", "Shimla, India");
LIST(world_place, "Leeds, England", "Glasgow, Scotland", "Toronto, Canada", "Perth, Australia",
     "Singapore", "Manila, Philippines", "Kuala Lumpur, Malaysia", "Dublin, Ireland",
     "Auckland, New Zealand", "Lagos, Nigeria", "Mumbai, India", "Taipei", "Berlin", "Seoul");
LIST(bio, "coffee first", "mom of three", "retired teacher", "proud dad", "gardener", "nurse",
     "amateur photographer", "cyclist", "love my dogs", "bookworm", "history buff", "baker",
     "opinions my own", "weekend hiker", "small business owner", "music lover", "veteran",
     "always learning", "home cook", "runner", "crossword addict", "engineer", "bird watcher",
     "student of life", "chess player", "board games", "just here to read", "cat person");
LIST(word, "amber", "anchor", "autumn", "badger", "bramble", "breeze", "cedar", "cinder",
     "clover", "cobalt", "copper", "coyote", "crimson", "dapper", "dusty", "ember", "falcon",
     "fern", "fiddle", "foggy", "garnet", "ginger", "glacier", "golden", "harbor", "hazel",
     "heron", "hickory", "indigo", "ivory", "jasper", "juniper", "kettle", "lantern", "lilac",
     "lucky", "maple", "marble", "meadow", "mellow", "misty", "moss", "nimble", "nutmeg",
     "olive", "onyx", "orchid", "otter", "pebble", "pepper", "pine", "plucky", "prairie",
     "quartz", "quiet", "raven", "river", "rusty", "saffron", "sage", "silver", "sparrow",
     "spruce", "sunny", "tawny", "thistle", "timber", "velvet", "walnut", "willow", "winter");
LIST(outlet, "Tidewater Courier", "Prairie Ledger", "Beacon Dispatch", "Granite Post",
     "Lakeside Monitor", "Copper Gazette", "Union Observer", "Harbor Tribune-Star",
     "Summit Chronicle", "Valley Examiner", "Redwood Reporter", "Plainview Bulletin");
LIST(asia_outlet, "Himalaya Ledger", "Plateau Dispatch", "Deccan Observer-Post",
     "Snowline Review");
LIST(star, "Mirabel Quince", "Jaxon Vireo", "The Paper Lanterns", "Coraline Vesper");
LIST(cause, "Clean Rivers Now", "Safe Crossings Coalition", "Open Libraries", "Night Buses",
     "School Meals", "Plant Our Streets");
LIST(tag_left, "healthcareforall", "climateaction", "fairwages", "votingrights",
     "guardourschools", "standtogether");
LIST(tag_right, "securetheborder", "parentsfirst", "lowertaxes", "energyfreedom", "backtheblue",
     "smallgovernment");
LIST(tag_asia, "tibet", "india", "himalaya", "dharamshala", "borderroads");
LIST(tag_daily, "mondaymotivation", "homemade", "gameday", "throwback", "gardening", "weekend");
LIST(hostile, "\xE2\x80\xAEgnp.tropper\xE2\x80\xAC Anna", "Hol\xE2\x80\x8Bly Mar\xE2\x80\x8Blow",
     "=HYPERLINK(\"https://trap.example/\",\"Click\")", "\x1b[31mRed\x1b[0m Alert",
     "Bell\a and\bspace", "+1+1 | \"quoted\", comma", "two\nlines", "@SUM(A1:A9)",
     "\xD0\x90nn\xD0\xB0 M\xD0\xB0rlow", "Z\xCC\xB6\xCC\x81\xCC\xA7\xCC\xB0\xCC\x8B" "algo",
     "-2+3\tTab");

LIST(issue_left, "our health care", "the climate", "voting rights", "working families",
     "our public schools", "reproductive freedom", "gun safety", "fair wages", "student debt",
     "clean water", "child care", "affordable housing");
LIST(issue_right, "the border", "our energy industry", "parents' rights", "small business",
     "the second amendment", "family farms", "our police", "religious liberty", "tax relief",
     "election integrity", "fiscal discipline", "the unborn");
LIST(foe, "the Senate majority", "big donors", "the governor", "Washington insiders",
     "the other party", "lobbyists", "the committee", "extremists", "career politicians",
     "the administration", "party leaders", "their billionaire friends");
LIST(deed, "keeps ignoring", "wants to gut", "has sold out", "is lying about", "turned its back on",
     "voted against", "is playing games with", "blocked any action on", "cannot be trusted with",
     "just walked away from", "refuses to talk about", "failed");
LIST(call, "Enough is enough.", "We will not back down.", "Call your senator today.",
     "Remember this in November.", "Share if you agree.", "The people deserve better.",
     "This is not who we are.", "I will fight this every day.", "Shame.", "Do the math.",
     "Read the bill.", "We see you.");
LIST(number, "12", "17", "23", "31", "40", "58", "64", "71", "85", "90", "112", "240", "3,000",
     "18,000", "41,000", "two million");
LIST(town, "Akron", "Boise", "Duluth", "Erie", "Fresno", "Knoxville", "Lansing", "Omaha", "Reno",
     "Salem", "Tampa", "Toledo", "Tulsa", "Wichita", "Dayton", "Fargo", "Flint", "Mobile");
LIST(event, "a warehouse fire", "the school budget", "a late frost", "the bridge closure",
     "record rainfall", "a hospital merger", "the transit strike", "the county fair",
     "a chemical spill", "a new stadium", "the water main break", "harvest prices");
LIST(asia, "India's new border roads", "the monasteries of Tibet", "Tibetan exiles",
     "boarding schools in Tibet", "the Dharamshala office", "the Himalayan frontier",
     "the so-called government in exile", "New Delhi's policy", "Tibetan culture",
     "Indian farmers", "the Brahmaputra dams", "protests in New Delhi");
LIST(asia_deed, "what nobody tells you about", "the real story of", "a look behind",
     "who profits from", "five questions about", "the truth on", "why the West is silent on",
     "the double standard over");
LIST(star_act, "new single out at midnight", "rehearsal day", "backstage tonight",
     "thank you for last night", "tour dates are coming", "recording vocals",
     "surprise at noon", "the video is almost done", "letters from you made me cry",
     "wardrobe fitting");
LIST(cloth, "a linen blazer", "wide-leg jeans", "a wool coat", "white sneakers", "a silk scarf",
     "ankle boots", "a denim jacket", "a pleated skirt", "layered knitwear", "a straw hat");
LIST(look, "effortless", "so chic", "my autumn staple", "a timeless look", "pretty in beige",
     "worth every cent", "ready for the weekend", "simple and elegant");
LIST(pet, "my kitten", "this golden retriever", "our old beagle", "a sleepy tabby", "the puppy",
     "my rabbit", "our parrot", "this corgi");
LIST(pet_act, "stole my chair again", "waits by the window", "learned a new trick",
     "hates bath time", "is the boss here", "fell asleep in the laundry",
     "made a friend at the park", "wants breakfast at five");
LIST(daily, "the coffee machine", "my neighbor", "the bus driver", "our garden", "the game",
     "this recipe", "my sister", "the weather", "traffic on the bridge", "the library",
     "my knee", "the kids", "grandma's pie", "the new bakery", "our landlord", "the choir");
LIST(mood, "made my day", "is something else today", "never disappoints", "has done it again",
     "could be better", "is the best part of the week", "drives me up the wall",
     "deserves a medal", "surprised everyone", "is back to normal");
LIST(when, "this morning", "tonight", "on the way home", "before breakfast", "at last",
     "again", "for once", "after all these years", "right now", "on a Tuesday");
LIST(where, "in the kitchen", "at work", "at the lake", "downtown", "at the gym", "in the yard",
     "at the clinic", "on the porch", "at the market", "in the waiting room", "at school pickup",
     "on the train", "at the hardware store", "by the river");
LIST(closer, "just saying", "send help", "ask me how I know", "no regrets", "that is the tweet",
     "more coffee please", "who else", "true story", "story of my life", "small victories",
     "photos later", "you had to be there", "I said what I said", "what a world");
LIST(demand, "Sign the petition", "Stand with us", "Ask your council", "Join the action day",
     "Add your name", "Bring a friend");
LIST(aim, "clean water for every home", "crossings that children survive", "a river we can swim in",
     "slower streets near schools", "an end to the spills", "lights at every crossing");
LIST(comment, "exactly", "this is nonsense", "could not agree more", "source?", "well said",
     "so sad", "wow", "read the article first", "thank you for saying it", "not sure about that",
     "finally someone says it", "you cannot be serious", "what a day", "good point");

LIST(left_text, "{f} {d} {l}. {c}", "In {t} alone, {n} people lost ground because {f} {d} {l}. {c}",
     "I met {n} nurses in {t} this week. They asked why {f} {d} {l}.",
     "Let me be clear: {l} is on the ballot, and {f} {d} it. {c}",
     "{n} days and still no vote on {l}. {c}", "Proud to stand up for {l} in {t} today. {c}",
     "They promised {t} a plan for {l}. Instead {f} {d} it.");
LIST(right_text, "{f} {d} {r}. {c}",
     "In {t}, {n} families pay the price because {f} {d} {r}. {c}",
     "A sheriff near {t} told me: {f} {d} {r}. Believe him.",
     "Hard-working people of {t} know it: {r} comes first. {c}",
     "{n} pages, and not one line for {r}. {c}", "I voted for {r} today, and {f} {d} it. {c}",
     "Ask anyone in {t}: {f} {d} {r}.");
LIST(news_text, "{t}: what we know about {e} so far", "{n} affected by {e} in {t}, officials say",
     "Live: council in {t} debates {e}", "Why {e} matters to {n} households in {t}",
     "Photos: {e} near {t}", "After {e}, {t} asks who pays");
LIST(asia_text, "{j} {a}", "{j} {a}: {n} pages of documents", "Thread: {j} {a}. Please read.",
     "From {n} witnesses: {j} {a}", "They do not want you to see this: {j} {a}");
LIST(star_text, "{s} {w}", "{s}! {n} of you guessed it", "{s}. love you {t}", "ok {t}: {s} {w}",
     "{n} steps before coffee and {s}");
LIST(fashion_text, "{k} and {k} - {v}", "Today's outfit: {k}, {k}. {v}", "{k} {h}: {v}",
     "Would you wear {k} {w}? With {k} I think it is {v}");
LIST(pets_text, "{p} {q} {h}", "{p} {q} {w}, {b}", "Look: {p} {q}. {n} likes and I bring treats",
     "{p} {q} {w}, and {p} just watches");
LIST(daily_text, "{x} {m} {w}, {b}", "{w}, {h}: {x} {m}", "is it just me or {x} {m} {w}? {b}",
     "{x} and {x} {h}. {b}", "not going to lie, {x} {m} {w} {h}",
     "{n} minutes {h} with {x}. {m}, I guess", "{x} {h} {m}, {b}", "{b}: {x} {m} {w}");
LIST(action_text, "{g} for {y}!", "{y} - {g} today in {t}", "We are {n} strong. {g} for {y}.",
     "I am a volunteer because I want {y}. {g}");
LIST(wire_text, "Wire: {e} near {t} leaves {n} without power", "Wire: {t} settles over {e}",
     "Wire: {n} firefighters sent to {t} after {e}", "Wire: governor visits {t} over {e}");
LIST(comment_text, "{z}", "{z}, {z}", "{z} {w}", "{z}. {x} {m}");
LIST(contest_text, "Share to win {k}! Drawn {w}", "{n} entries so far: share to win {k}");
LIST(spam_text, "{n} a day {w}, {b}", "I made {n} {h} {w}");
LIST(bot_text, "{t}: {n}, {w}", "{n} in {t}");

struct words {
	const char *const *items;
	size_t count;
};

#define WORDS(name) { name, sizeof(name) / sizeof(*(name)) }

static const struct words lists[WORDS_LIST_COUNT] = {
	[WORDS_FIRST] = WORDS(first), [WORDS_LAST] = WORDS(last),
	[WORDS_OFFICE_LAST] = WORDS(office_last), [WORDS_INDIA_FIRST] = WORDS(india_first),
	[WORDS_INDIA_LAST] = WORDS(india_last), [WORDS_US_PLACE] = WORDS(us_place),
	[WORDS_INDIA_PLACE] = WORDS(india_place), [WORDS_WORLD_PLACE] = WORDS(world_place),
	[WORDS_BIO] = WORDS(bio), [WORDS_WORD] = WORDS(word), [WORDS_OUTLET] = WORDS(outlet),
	[WORDS_ASIA_OUTLET] = WORDS(asia_outlet), [WORDS_STAR] = WORDS(star),
	[WORDS_CAUSE] = WORDS(cause), [WORDS_TAG_LEFT] = WORDS(tag_left),
	[WORDS_TAG_RIGHT] = WORDS(tag_right), [WORDS_TAG_ASIA] = WORDS(tag_asia),
	[WORDS_TAG_DAILY] = WORDS(tag_daily), [WORDS_HOSTILE] = WORDS(hostile),
};

static const struct words templates[TOPIC_COUNT] = {
	[TOPIC_LEFT] = WORDS(left_text), [TOPIC_RIGHT] = WORDS(right_text),
	[TOPIC_NEWS] = WORDS(news_text), [TOPIC_ASIA] = WORDS(asia_text),
	[TOPIC_STAR] = WORDS(star_text), [TOPIC_FASHION] = WORDS(fashion_text),
	[TOPIC_PETS] = WORDS(pets_text), [TOPIC_DAILY] = WORDS(daily_text),
	[TOPIC_ACTION] = WORDS(action_text), [TOPIC_WIRE] = WORDS(wire_text),
	[TOPIC_COMMENT] = WORDS(comment_text), [TOPIC_CONTEST] = WORDS(contest_text),
	[TOPIC_SPAM] = WORDS(spam_text), [TOPIC_BOT] = WORDS(bot_text),
};

/* By slot letter, from 'a'. */
static const struct words slots[26] = {
	['a' - 'a'] = WORDS(asia), ['b' - 'a'] = WORDS(closer), ['c' - 'a'] = WORDS(call),
	['d' - 'a'] = WORDS(deed), ['e' - 'a'] = WORDS(event), ['f' - 'a'] = WORDS(foe),
	['g' - 'a'] = WORDS(demand), ['h' - 'a'] = WORDS(where), ['j' - 'a'] = WORDS(asia_deed),
	['k' - 'a'] = WORDS(cloth), ['l' - 'a'] = WORDS(issue_left), ['m' - 'a'] = WORDS(mood),
	['n' - 'a'] = WORDS(number), ['p' - 'a'] = WORDS(pet), ['q' - 'a'] = WORDS(pet_act),
	['r' - 'a'] = WORDS(issue_right), ['s' - 'a'] = WORDS(star_act), ['t' - 'a'] = WORDS(town),
	['v' - 'a'] = WORDS(look), ['w' - 'a'] = WORDS(when), ['x' - 'a'] = WORDS(daily),
	['y' - 'a'] = WORDS(aim), ['z' - 'a'] = WORDS(comment),
};

static const char *
pick(const struct words *w, struct rng *r)
{
	return w->items[rng_below(r, w->count)];
}

size_t
words_count(enum word_list list)
{
	return lists[list].count;
}

const char *
words_at(enum word_list list, uint64_t index)
{
	return lists[list].items[index % lists[list].count];
}

const char *
words_pick(enum word_list list, struct rng *r)
{
	return pick(&lists[list], r);
}

void
words_text(enum topic topic, uint64_t seed, struct buf *out)
{
	struct rng r = rng_seeded(seed);

	for (const char *p = pick(&templates[topic], &r); *p != '\0'; p++) {
		if (*p != '{') {
			buf_addc(out, *p);
			continue;
		}
		buf_addz(out, pick(&slots[p[1] - 'a'], &r));
		p += 2;
	}
}
