/* SPDX-License-Identifier: MIT
 * Digests by the vectors of FIPS 180-4 (NIST's examples) and RFC 4231. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void assert_sha256(struct afd_span bytes, const char *wanted)
{
	char hex[AFD_SHA256_HEX + 1];
	afd_sha256_hex(bytes, hex);
	assert_string_equal(hex, wanted);
}

static void sha256_is_that_of_the_standard(void **state)
{
	(void)state;
	assert_sha256(AFD_SPAN(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_sha256((struct afd_span){ NULL, 0 },
				  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	assert_sha256(AFD_SPAN("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	assert_sha256(AFD_SPAN("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
				  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	assert_sha256(AFD_SPAN("\0"), "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
	char *million = malloc(1000000);
	assert_non_null(million);
	memset(million, 'a', 1000000);
	assert_sha256((struct afd_span){ million, 1000000 },
				  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	free(million);
}

static void assert_hmac(struct afd_span key, struct afd_span bytes, const char *wanted)
{
	char hex[AFD_SHA256_HEX + 1];
	afd_hmac_sha256_hex(key, bytes, hex);
	assert_string_equal(hex, wanted);
}

static void hmac_is_that_of_the_rfc(void **state)
{
	(void)state;
	char key[131];
	char data[50];
	memset(key, 0x0b, 20);
	assert_hmac((struct afd_span){ key, 20 }, AFD_SPAN("Hi There"),
				"b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
	assert_hmac(AFD_SPAN("Jefe"), AFD_SPAN("what do ya want for nothing?"),
				"5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	memset(key, 0xaa, sizeof key);
	memset(data, 0xdd, sizeof data);
	assert_hmac((struct afd_span){ key, 20 }, (struct afd_span){ data, sizeof data },
				"773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
	assert_hmac((struct afd_span){ key, sizeof key },
				AFD_SPAN("Test Using Larger Than Block-Size Key - Hash Key First"),
				"60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	assert_hmac((struct afd_span){ NULL, 0 }, (struct afd_span){ NULL, 0 },
				"b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void random_bytes_differ(void **state)
{
	(void)state;
	unsigned char first[64] = { 0 };
	unsigned char second[64] = { 0 };
	assert_true(afd_random_bytes(first, sizeof first));
	assert_true(afd_random_bytes(second, sizeof second));
	assert_memory_not_equal(first, second, sizeof first);
	unsigned char untouched = 7;
	assert_true(afd_random_bytes(&untouched, 0));
	assert_int_equal(untouched, 7);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sha256_is_that_of_the_standard),
		cmocka_unit_test(hmac_is_that_of_the_rfc),
		cmocka_unit_test(random_bytes_differ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
