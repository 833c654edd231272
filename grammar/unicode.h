/* SPDX-License-Identifier: MIT
 * General categories of Unicode, for \p{..} of patterns. The tables are those that re2c brings along. */
#ifndef AFFIDAVIT_UNICODE_H
#define AFFIDAVIT_UNICODE_H

#include "base/text.h"

enum afd_category {
	AFD_CATEGORY_LU,
	AFD_CATEGORY_LL,
	AFD_CATEGORY_LT,
	AFD_CATEGORY_LM,
	AFD_CATEGORY_LO,
	AFD_CATEGORY_MN,
	AFD_CATEGORY_MC,
	AFD_CATEGORY_ME,
	AFD_CATEGORY_ND,
	AFD_CATEGORY_NL,
	AFD_CATEGORY_NO,
	AFD_CATEGORY_PC,
	AFD_CATEGORY_PD,
	AFD_CATEGORY_PS,
	AFD_CATEGORY_PE,
	AFD_CATEGORY_PI,
	AFD_CATEGORY_PF,
	AFD_CATEGORY_PO,
	AFD_CATEGORY_ZS,
	AFD_CATEGORY_ZL,
	AFD_CATEGORY_ZP,
	AFD_CATEGORY_SM,
	AFD_CATEGORY_SC,
	AFD_CATEGORY_SK,
	AFD_CATEGORY_SO,
	AFD_CATEGORY_CC,
	AFD_CATEGORY_CF,
	AFD_CATEGORY_CO,
	AFD_CATEGORY_CN /* not assigned, and what is no UTF-8 */
};

/* Of the code point that the text (not empty) begins with. */
enum afd_category afd_unicode_category(struct afd_span text);

#endif
