#include "config.h"

#include "scenario/places.h"

/* Zones without daylight saving time: a world has no summer. */
static const struct country countries[] = {
	{ "United States", TONGUE_ENGLISH, -300, 4,
	  { "Akron, Ohio", "Boise, Idaho", "Duluth, Minnesota", "El Paso, Texas", "Fresno, California",
	    "Huntsville, Alabama", "Knoxville, Tennessee", "Omaha, Nebraska", "Reno, Nevada",
	    "Spokane, Washington", "Tampa, Florida", "Tulsa, Oklahoma" } },
	{ "United Kingdom", TONGUE_ENGLISH, 0, 1,
	  { "Leeds, UK", "Derby, UK", "Norwich, UK", "Swansea, UK", "Dundee, UK", "Hull, UK", "Luton, UK",
	    "Preston, UK", "Stoke, UK", "Exeter, UK", "Bolton, UK", "Perth, Scotland" } },
	{ "Kenya", TONGUE_ENGLISH, 180, 1,
	  { "Nairobi", "Mombasa", "Kisumu", "Nakuru", "Eldoret", "Thika", "Malindi", "Kitale", "Garissa",
	    "Nyeri", "Machakos", "Naivasha" } },
	{ "India", TONGUE_ENGLISH, 330, 1,
	  { "Ahmedabad, India", "Bhopal, India", "Chennai, India", "Guwahati, India", "Jaipur, India",
	    "Kolkata, India", "Leh, India", "Lucknow, India", "Mumbai, India", "New Delhi, India",
	    "Pune, India", "Shimla, India" } },
	{ "Philippines", TONGUE_ENGLISH, 480, 1,
	  { "Manila", "Cebu City", "Davao", "Iloilo", "Baguio", "Bacolod", "Zamboanga", "Tarlac", "Batangas",
	    "Butuan", "Laoag", "Tacloban" } },
	{ "New Zealand", TONGUE_ENGLISH, 720, 1,
	  { "Auckland", "Wellington", "Dunedin", "Hamilton NZ", "Napier", "Nelson", "Tauranga", "Rotorua",
	    "Invercargill", "Whangarei", "Gisborne", "Timaru" } },
	{ "Mexico", TONGUE_SPANISH, -360, 2,
	  { "Puebla", "León", "Mérida", "Oaxaca", "Toluca", "Morelia", "Tampico", "Querétaro", "Durango",
	    "Tijuana", "Xalapa", "Celaya" } },
	{ "Argentina", TONGUE_SPANISH, -180, 1,
	  { "Rosario", "Córdoba", "La Plata", "Mendoza", "Salta", "Neuquén", "Posadas", "Paraná", "Santa Fe",
	    "San Juan", "Formosa", "Resistencia" } },
	{ "Spain", TONGUE_SPANISH, 60, 1,
	  { "Zaragoza", "Málaga", "Murcia", "Bilbao", "Gijón", "Vigo", "Granada", "Oviedo", "Burgos",
	    "Cádiz", "Huesca", "Logroño" } },
	{ "Czechia", TONGUE_CZECH, 60, 1,
	  { "Brno", "Ostrava", "Plzeň", "Liberec", "Olomouc", "Zlín", "Jihlava", "Tábor", "Kladno", "Most",
	    "Opava", "Písek" } },
	{ "Bulgaria", TONGUE_CYRILLIC, 120, 1,
	  { "Варна", "Пловдив", "Бургас", "Русе", "Плевен", "Сливен", "Добрич", "Шумен", "Перник", "Хасково",
	    "Ямбол", "Враца" } },
	{ "Taiwan", TONGUE_HAN, 480, 1,
	  { "台中", "台南", "高雄", "基隆", "新竹", "嘉義", "花蓮", "屏東", "宜蘭", "苗栗", "彰化", "雲林" } },
};

size_t
places_count(void)
{
	return sizeof(countries) / sizeof(*countries);
}

const struct country *
places_at(size_t index)
{
	return &countries[index % places_count()];
}

const char *
places_town(const struct country *c, uint64_t seed)
{
	return c->towns[seed % PLACES_TOWNS];
}
