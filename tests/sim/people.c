/* SPDX-License-Identifier: MIT
 * Invented people. E-mails are under example.com and example.org (RFC 2606), phones under +7 900 000. */
#include "world.h"

#include <inttypes.h>

struct word {
	const char *russian, *latin;
};

static const struct word men[] = {
	{ "Святослав", "svyatoslav" }, { "Ярополк", "yaropolk" },  { "Всеволод", "vsevolod" },
	{ "Ростислав", "rostislav" },  { "Мстислав", "mstislav" }, { "Эдуард", "eduard" },
	{ "Валентин", "valentin" },    { "Григорий", "grigoriy" }, { "Тимофей", "timofey" },
	{ "Аркадий", "arkadiy" },      { "Леонид", "leonid" },     { "Прохор", "prokhor" },
};

static const struct word women[] = {
	{ "Евдокия", "evdokiya" },  { "Василиса", "vasilisa" },  { "Златослава", "zlatoslava" },
	{ "Аграфена", "agrafena" }, { "Людмила", "lyudmila" },   { "Серафима", "serafima" },
	{ "Пелагея", "pelageya" },  { "Ярослава", "yaroslava" }, { "Милолика", "milolika" },
	{ "Антонина", "antonina" }, { "Забава", "zabava" },      { "Ульяна", "ulyana" },
};

/* Men's forms; women's add an а. */
static const struct word surnames[] = {
	{ "Звягинцев", "zvyagintsev" },      { "Подберёзкин", "podberyozkin" },
	{ "Щукарёв", "shchukaryov" },        { "Кологривов", "kologrivov" },
	{ "Жемчужников", "zhemchuzhnikov" }, { "Белозёров", "belozyorov" },
	{ "Чернозубов", "chernozubov" },     { "Громыхайлов", "gromykhaylov" },
	{ "Юшманов", "yushmanov" },          { "Цветопольев", "tsvetopolyev" },
	{ "Лихобабин", "likhobabin" },       { "Эйхенвальдов", "eykhenvaldov" },
	{ "Добролюбцев", "dobrolyubtsev" },  { "Пустовойтов", "pustovoytov" },
	{ "Рукосуев", "rukosuyev" },         { "Ястржембов", "yastrzhembov" },
	{ "Хлебодаров", "khlebodarov" },
};

/* Without the ending: ич for men, на for women. */
static const char *const middlenames[] = {
	"Аркадьев", "Всеволодов", "Тимофеев", "Ростиславов", "Прохоров", "Эдуардов", "Леонидов",
};

#define COUNT(words) (sizeof(words) / sizeof *(words))

/* The spellings that visitors use, in turn. */
static const char *phone_of(struct sim_world *world, size_t number)
{
	unsigned last = (unsigned)(number % 10000);
	struct afd_arena *arena = &world->arena;
	switch (number % 8) {
	case 3: return afd_arena_printf(arena, "8900000%04u", last);
	case 5: return afd_arena_printf(arena, "+7 (900) 000-%02u-%02u", last / 100, last % 100);
	case 7: return afd_arena_printf(arena, "+7 900 000-%02u-%02u", last / 100, last % 100);
	default: return afd_arena_printf(arena, "+7900000%04u", last);
	}
}

struct sim_person afd_sim_person(struct sim_world *world, size_t number)
{
	struct afd_arena *arena = &world->arena;
	bool woman = number % 2 == 0;
	const struct word *first =
		woman ? &women[afd_sim_chance(world, COUNT(women))] : &men[afd_sim_chance(world, COUNT(men))];
	const struct word *last = &surnames[afd_sim_chance(world, COUNT(surnames))];
	const char *middle = middlenames[afd_sim_chance(world, COUNT(middlenames))];
	return (struct sim_person){
		.name = first->russian,
		.surname = afd_arena_printf(arena, "%s%s", last->russian, woman ? "а" : ""),
		.middlename = number % 5 == 4 ? NULL : afd_arena_printf(arena, "%s%s", middle, woman ? "на" : "ич"),
		.email = afd_arena_printf(arena, "%s.%s%s%zu@example.%s", first->latin, last->latin, woman ? "a" : "",
								  number, number % 3 == 2 ? "org" : "com"),
		.phone = phone_of(world, number),
	};
}

const char *afd_sim_inn(struct sim_world *world, int64_t number)
{
	static const int weights[] = { 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8 };
	char *inn = afd_arena_printf(&world->arena, "00%08" PRId64 "00", number % 100000000);
	for (int check = 10; check <= 11; check++) {
		int sum = 0;
		for (int i = 0; i < check; i++)
			sum += (inn[i] - '0') * weights[i + 11 - check];
		inn[check] = (char)('0' + sum % 11 % 10);
	}
	return inn;
}

static struct sim_details *make_details(struct sim_world *world, size_t number,
										const struct sim_person *person)
{
	struct sim_details *details = afd_arena_new(&world->arena, sizeof *details);
	*details = (struct sim_details){
		.id = 700 + (int64_t)number,
		.name = person->name,
		.surname = number % 11 == 10 ? NULL : person->surname,
		.middlename = person->middlename,
		.phone = number % 13 == 12 ? NULL : person->phone,
		.vk_id = number % 4 == 1 ? 990000100 + (int64_t)number : SIM_NONE,
		.facebook_id = number % 17 == 3 ? 100099000000000 + (int64_t)number : SIM_NONE,
	};
	return details;
}

void afd_sim_build_clients(struct sim_world *world)
{
	enum { CLIENTS = 95 };
	for (size_t i = 0; i < CLIENTS; i++) {
		struct sim_client *client = afd_arena_new(&world->arena, sizeof *client);
		struct sim_person person = afd_sim_person(world, i);
		client->id = (world->production ? 90000 : 200) + (int64_t)i;
		client->email = person.email;
		client->details = make_details(world, i, &person);
		afd_sim_append(&world->arena, &world->clients, client);
		world->clients.last_id = client->id;
	}
}
