/* SPDX-License-Identifier: MIT
 * The simulated account: all its records. Built from a seed, the same in every process; changed by requests.
 */
#ifndef AFFIDAVIT_SIM_WORLD_H
#define AFFIDAVIT_SIM_WORLD_H

#include "model.h"

struct sim_world {
	struct afd_arena arena; /* owns every record */
	bool production;        /* the ids that the spec names belong to somebody else */
	bool repeating;         /* creating doesn't look for a record with the same key */
	uint64_t chance;        /* state of the generator */
	int64_t now;            /* an invented clock: one second a write */
	int64_t last_basket_id;
	int64_t serial; /* of invented things that need a number */
	struct sim_list cities, clients, orders, events, shows, shades, discounts, promo_codes, barcodes, tickets;
};

/* What the fault new-private-field adds: private, and in no record. */
#define SIM_NEW_PRIVATE_VALUE "podderzhka.koncerta@example.org"

struct sim_world *afd_sim_world_new(uint64_t seed, bool production);
void afd_sim_world_free(struct sim_world *world);
/* Every private value of the world's records, one a line, sorted by bytes, each once. */
void afd_sim_world_list_private(const struct sim_world *world, struct afd_text *out);

/* Changes something that reads of `resource` (a route's) show: adds a copy of a record under a new id, scans
 * a barcode, or takes a seat. */
void afd_sim_world_disturb(struct sim_world *world, const char *resource);

/* SplitMix64 (Steele, Lea, Flood 2014): a number from 0 to `below` - 1. */
uint64_t afd_sim_chance(struct sim_world *world, uint64_t below);
/* `digits` hexadecimal digits. */
const char *afd_sim_token(struct sim_world *world, size_t digits);
/* The next moment of the invented clock. */
int64_t afd_sim_tick(struct sim_world *world);

struct sim_person {
	const char *name, *surname, *middlename, *email, *phone;
};
/* The person number `number`; two numbers never share an e-mail or a phone. */
struct sim_person afd_sim_person(struct sim_world *world, size_t number);
/* A 12-digit taxpayer number with valid check digits under the region code 00, which nobody has. */
const char *afd_sim_inn(struct sim_world *world, int64_t number);

void afd_sim_build_clients(struct sim_world *world);
void afd_sim_build_events(struct sim_world *world);
void afd_sim_build_offers(struct sim_world *world); /* shades, discounts, promo codes */
void afd_sim_build_orders(struct sim_world *world);
void afd_sim_build_tickets(struct sim_world *world);

/* NULL where there is none with this id. */
struct sim_order *afd_sim_order(const struct sim_world *world, int64_t id);
struct sim_basket *afd_sim_basket(const struct sim_order *order, int64_t id);
struct sim_client *afd_sim_client(const struct sim_world *world, int64_t id);
struct sim_event *afd_sim_event(const struct sim_world *world, int64_t id);
struct sim_promo_code *afd_sim_promo_code(const struct sim_world *world, int64_t id);
struct sim_show *afd_sim_show(const struct sim_world *world, int64_t id);
struct sim_seat *afd_sim_seat(const struct sim_show *show, const char *id);

/* Makes a show with its hall and puts it into the world and the event. */
struct sim_show *afd_sim_add_show(struct sim_world *world, struct sim_event *event, int64_t id,
								  int64_t start);

#endif
