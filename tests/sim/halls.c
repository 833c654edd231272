/* SPDX-License-Identifier: MIT
 * Invented events, their shows and the seats of their halls. */
#include "world.h"

#include <string.h>

static const char *const names[] = {
	"Вечер органной музыки", "Стендап на крыше",       "Ночь короткого метра", "Балет «Снежный город»",
	"Концерт на воде",       "Лекция о звёздах",       "Джаз в депо",          "Опера без границ",
	"Фестиваль кукол",       "Рок под открытым небом", "Спектакль «Маяк»",     "Цирк теней",
};

static const struct sim_city cities[] = {
	{ 1, "Москва", "Europe/Moscow" },         { 2, "Санкт-Петербург", "Europe/Moscow" },
	{ 3, "Казань", "Europe/Moscow" },         { 4, "Екатеринбург", "Asia/Yekaterinburg" },
	{ 5, "Новосибирск", "Asia/Novosibirsk" }, { 6, "Калининград", "Europe/Kaliningrad" },
};

static const struct sim_zone zones[] = {
	{ "CENTER_PARTERRE", "Партер" },
	{ "BALCONY_LEFT", "Балкон, левая сторона" },
	{ "DANCEFLOOR", "Танцпол" },
};

enum { EVENTS = 12, CITIES = sizeof cities / sizeof *cities };

static const int64_t zone_prices[] = { 150050, 90000, 120000 };

static struct sim_seat *add_seat(struct sim_world *world, struct sim_show *show, size_t zone, const char *id)
{
	struct sim_seat *seat = afd_arena_new(&world->arena, sizeof *seat);
	*seat = (struct sim_seat){
		.id = id,
		.zone = &zones[zone],
		.zone_id = zones[zone].id,
		.root_id = 81000 + (int64_t)show->seats.count,
		.zone_root_id = 810 + (int64_t)zone,
		.currency_id = "RUB",
		.available = true,
		.max_quantity = 1,
		.free_quantity = 1,
		.price = zone_prices[zone],
		.color_theme_id = 1 + (int64_t)zone,
	};
	afd_sim_append(&world->arena, &show->seats, seat);
	return seat;
}

static void add_row(struct sim_world *world, struct sim_show *show, size_t zone, unsigned row,
					unsigned places)
{
	struct afd_arena *arena = &world->arena;
	for (unsigned place = 1; place <= places; place++) {
		const char *id = afd_arena_printf(arena, "%s-%u;%u", zones[zone].id, row, place);
		struct sim_seat *seat = add_seat(world, show, zone, id);
		seat->name = afd_arena_printf(arena, "%s, ряд %u, место %u", zones[zone].name, row, place);
		seat->short_seat_id = afd_arena_printf(arena, "%u;%u", row, place);
		seat->row = afd_arena_printf(arena, "%u", row);
		seat->place = afd_arena_printf(arena, "%u", place);
		seat->coords = afd_arena_printf(arena, "[%u,%u]", 20 * place, 20 * row);
	}
}

static void add_hall(struct sim_world *world, struct sim_show *show)
{
	for (unsigned row = 18; row <= 22; row++)
		add_row(world, show, 0, row, 10);
	for (unsigned row = 1; row <= 3; row++)
		add_row(world, show, 1, row, 8);
	struct sim_seat *floor = add_seat(world, show, 2, "DANCEFLOOR-0;0");
	floor->name = "Танцпол, входной билет";
	floor->short_seat_id = "0;0";
	floor->admission = true;
	floor->max_quantity = floor->free_quantity = 200;
	floor->coords = "[0,0]";
}

static void add_prices(struct sim_world *world, struct sim_show *show)
{
	static const char *const themes[] = { "c1", "c2", "c3" };
	for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
		struct sim_price *price = afd_arena_new(&world->arena, sizeof *price);
		*price = (struct sim_price){ show->id * 10 + (int64_t)i, zone_prices[i], themes[i] };
		afd_sim_append(&world->arena, &show->prices, price);
	}
	show->min_price = zone_prices[1];
	show->max_price = zone_prices[0];
}

struct sim_show *afd_sim_add_show(struct sim_world *world, struct sim_event *event, int64_t id, int64_t start)
{
	struct sim_show *show = afd_arena_new(&world->arena, sizeof *show);
	*show = (struct sim_show){
		.id = id,
		.event_id = event->id,
		.shared_with = SIM_NONE,
		.is_active = true,
		.name = "",
		.sale_start_date = start - 60 * 86400,
		.sale_finish_date = start,
		.open_date = start - 3600,
		.start_date = start,
		.finish_date = start + 3 * 3600,
		.created_at = event->created_at,
		.updated_at = event->updated_at,
		.deleted_at = SIM_NONE,
	};
	add_hall(world, show);
	add_prices(world, show);
	for (size_t i = 0; i < show->seats.count; i++)
		((struct sim_seat *)show->seats.items[i])->currency_id = event->currency_id;
	afd_sim_append(&world->arena, &event->shows, show);
	afd_sim_append(&world->arena, &world->shows, show);
	return show;
}

static void place_event(struct sim_world *world, struct sim_event *event, size_t number)
{
	struct afd_arena *arena = &world->arena;
	event->city = world->cities.items[number % CITIES];
	event->city_id = event->city->id;
	event->place_name = afd_arena_printf(arena, "Дом культуры № %zu", number + 1);
	event->place_address =
		afd_arena_printf(arena, "%s, Проектируемый проезд, %zu", event->city->name, number + 3);
	event->place_description = "Вход со двора";
	event->place_coordinates = afd_arena_printf(arena, "[55.%02zu,37.%02zu]", number + 10, number + 30);
	event->slug = afd_arena_printf(arena, "event-%zu", number + 1);
	event->url = afd_arena_printf(arena, "https://afisha.example.org/event/%zu", number + 1);
}

static struct sim_event *add_event(struct sim_world *world, size_t number, int64_t id)
{
	struct sim_event *event = afd_arena_new(&world->arena, sizeof *event);
	*event = (struct sim_event){
		.id = id,
		.is_active = number % 6 != 5,
		.name = names[number],
		.scheme_id = 300 + (int64_t)number,
		.currency_id = number == EVENTS - 1 ? "EUR" : "RUB",
		.description = "Описание мероприятия",
		.site_url = "https://afisha.example.org/",
		.external_id = number % 3 == 0 ? afd_arena_printf(&world->arena, "ext-%zu", number) : NULL,
		.ticket_id = 3,
		.mail_template_id = 5,
		.age = "12+",
		.event_type_id = 1 + (int64_t)(number % 3),
		.created_at = world->now - (int64_t)(400 - number) * 86400,
		.updated_at = world->now - (int64_t)(100 - number) * 86400,
		.deleted_at = number == EVENTS - 2 ? world->now - 86400 : SIM_NONE,
	};
	place_event(world, event, number);
	afd_sim_append(&world->arena, &world->events, event);
	world->events.last_id = id;
	return event;
}

/* The ids that the spec names, in its profile: events 12 and 33 with the shows 4076, 21 and 41. Show 41 is
 * also sold under event 12, because the spec's list of values pairs the two. */
static int64_t event_id(const struct sim_world *world, size_t number)
{
	static const int64_t ids[EVENTS] = { 12, 19, 26, 30, 33, 47, 54, 61, 68, 75, 82, 89 };
	return world->production ? 30100 + (int64_t)number * 7 : ids[number];
}

static void add_shows(struct sim_world *world, struct sim_event *event, size_t number)
{
	int64_t start = world->now + (int64_t)(10 + number) * 86400 + 7 * 3600;
	int64_t first = world->production ? 70000 + (int64_t)number * 10 : 5000 + (int64_t)number * 10;
	bool named = !world->production;
	if (named && event->id == 12) {
		afd_sim_add_show(world, event, 4076, start);
		afd_sim_add_show(world, event, 21, start + 86400);
	} else if (named && event->id == 33) {
		afd_sim_add_show(world, event, 41, start)->shared_with = 12;
	} else {
		afd_sim_add_show(world, event, first, start);
		if (number == 3)
			afd_sim_add_show(world, event, first + 1, start + 86400);
	}
}

void afd_sim_build_events(struct sim_world *world)
{
	for (size_t i = 0; i < CITIES; i++) {
		struct sim_city *city = afd_arena_new(&world->arena, sizeof *city);
		*city = cities[i];
		afd_sim_append(&world->arena, &world->cities, city);
	}
	for (size_t i = 0; i < EVENTS; i++)
		add_shows(world, add_event(world, i, event_id(world, i)), i);
}
