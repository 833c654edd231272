/* SPDX-License-Identifier: MIT
 * The general category of a code point, as a DFA over its UTF-8 made from re2c's own tables. */
#include "unicode.h"

/*!include:re2c "unicode_categories.re" */

#define YYCTYPE     unsigned char
#define YYPEEK()    (cursor < limit ? (unsigned char)*cursor : 0)
#define YYSKIP()    (++cursor)
#define YYBACKUP()  (marker = cursor)
#define YYRESTORE() (cursor = marker)

enum afd_category afd_unicode_category(struct afd_span text)
{
	const char *cursor = text.data;
	const char *limit = text.data + text.size;
	const char *marker = cursor;
	/*!re2c
		re2c:api = custom;
		re2c:api:style = functions;
		re2c:yyfill:enable = 0;

		Lu { return AFD_CATEGORY_LU; }
		Ll { return AFD_CATEGORY_LL; }
		Lt { return AFD_CATEGORY_LT; }
		Lm { return AFD_CATEGORY_LM; }
		Lo { return AFD_CATEGORY_LO; }
		Mn { return AFD_CATEGORY_MN; }
		Mc { return AFD_CATEGORY_MC; }
		Me { return AFD_CATEGORY_ME; }
		Nd { return AFD_CATEGORY_ND; }
		Nl { return AFD_CATEGORY_NL; }
		No { return AFD_CATEGORY_NO; }
		Pc { return AFD_CATEGORY_PC; }
		Pd { return AFD_CATEGORY_PD; }
		Ps { return AFD_CATEGORY_PS; }
		Pe { return AFD_CATEGORY_PE; }
		Pi { return AFD_CATEGORY_PI; }
		Pf { return AFD_CATEGORY_PF; }
		Po { return AFD_CATEGORY_PO; }
		Zs { return AFD_CATEGORY_ZS; }
		Zl { return AFD_CATEGORY_ZL; }
		Zp { return AFD_CATEGORY_ZP; }
		Sm { return AFD_CATEGORY_SM; }
		Sc { return AFD_CATEGORY_SC; }
		Sk { return AFD_CATEGORY_SK; }
		So { return AFD_CATEGORY_SO; }
		Cc { return AFD_CATEGORY_CC; }
		Cf { return AFD_CATEGORY_CF; }
		Co { return AFD_CATEGORY_CO; }
		*  { return AFD_CATEGORY_CN; }
	*/
}
