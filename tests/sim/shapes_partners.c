/* SPDX-License-Identifier: MIT
 * The shapes of partners' tickets: as changes answer them, and as a search answers them. */
#include "model.h"

#define TICKET(member, form, bits) SIM_ROW(sim_ticket, member, form, bits)
#define OWNED                      (SIM_PRIVATE | SIM_WRITABLE)

#define TICKET_ROWS                                                                                          \
	TICKET(id, SIM_RAW, 0), TICKET(paid, SIM_FLAG, SIM_WRITABLE), TICKET(paid_at, SIM_TIME, SIM_WRITABLE),   \
		TICKET(seat_id, SIM_TEXT, 0), TICKET(offer_id, SIM_TEXT, SIM_WRITABLE),                              \
		TICKET(admission, SIM_BOOL, 0), TICKET(payment_type_id, SIM_TEXT, SIM_WRITABLE),                     \
		TICKET(reserved_to, SIM_TIME, SIM_WRITABLE), TICKET(external_id, SIM_TEXT, SIM_WRITABLE),            \
		TICKET(external_order_id, SIM_TEXT, SIM_WRITABLE), TICKET(barcode, SIM_TEXT, SIM_PRIVATE),           \
		TICKET(price, SIM_MONEY, SIM_WRITABLE), TICKET(client_email, SIM_TEXT, OWNED),                       \
		TICKET(client_phone, SIM_TEXT, OWNED), TICKET(client_name, SIM_TEXT, OWNED),                         \
		TICKET(client_surname, SIM_TEXT, OWNED), TICKET(client_middlename, SIM_TEXT, OWNED),                 \
		TICKET(fanid_card, SIM_TEXT, OWNED), TICKET(visitor_user_id, SIM_TEXT, OWNED)

static const struct sim_field ticket_fields[] = { TICKET_ROWS };
const struct sim_shape afd_sim_ticket_shape = SIM_SHAPE(sim_ticket, ticket_fields);

static const struct sim_field found_ticket_fields[] = {
	TICKET_ROWS,
	TICKET(event_id, SIM_INT, 0),
	TICKET(show_id, SIM_INT, 0),
	TICKET(deleted, SIM_FLAG, 0),
};
const struct sim_shape afd_sim_found_ticket_shape = SIM_SHAPE(sim_ticket, found_ticket_fields);
