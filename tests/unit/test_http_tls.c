/* SPDX-License-Identifier: MIT
 * TLS: what isn't trusted gets no request. The certificates are made here, for a real HTTPS server on
 * loopback. */
#include "http_exchange.h"
#include "http_network.h"

#include <microhttpd.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>

enum { PEM_MAX = 4096, YEAR_SECONDS = 365 * 24 * 3600 };

struct identity {
	char key[PEM_MAX], certificate[PEM_MAX];
};

static void write_out(BIO *bio, char pem[PEM_MAX])
{
	int size = BIO_read(bio, pem, PEM_MAX - 1);
	assert_true(size > 0);
	pem[size] = '\0';
	BIO_free(bio);
}

static X509_NAME *set_name(X509 *certificate, const char *common)
{
	X509_NAME *name = X509_get_subject_name(certificate);
	assert_int_equal(
		X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *)common, -1, -1, 0), 1);
	return name;
}

/* For 127.0.0.1, signed by its own key or by one that nobody knows. */
static struct identity new_identity(bool self_signed)
{
	struct identity identity;
	EVP_PKEY *key = EVP_EC_gen("P-256");
	EVP_PKEY *other = EVP_EC_gen("P-256");
	X509 *certificate = X509_new();
	X509 *issuer = X509_new();
	X509_NAME *own = set_name(certificate, "127.0.0.1");
	X509_NAME *unknown = set_name(issuer, "Nobody knows");
	X509_set_version(certificate, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
	X509_gmtime_adj(X509_getm_notBefore(certificate), -YEAR_SECONDS);
	X509_gmtime_adj(X509_getm_notAfter(certificate), YEAR_SECONDS);
	X509_set_pubkey(certificate, key);
	X509_set_issuer_name(certificate, self_signed ? own : unknown);
	assert_true(X509_sign(certificate, self_signed ? key : other, EVP_sha256()) > 0);
	BIO *keys = BIO_new(BIO_s_mem());
	BIO *certificates = BIO_new(BIO_s_mem());
	assert_int_equal(PEM_write_bio_PrivateKey(keys, key, NULL, NULL, 0, NULL, NULL), 1);
	assert_int_equal(PEM_write_bio_X509(certificates, certificate), 1);
	write_out(keys, identity.key);
	write_out(certificates, identity.certificate);
	X509_free(certificate);
	X509_free(issuer);
	EVP_PKEY_free(key);
	EVP_PKEY_free(other);
	return identity;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection, const char *url,
								  const char *method, const char *version, const char *data, size_t *size,
								  void **state)
{
	unsigned *requests = context;
	struct MHD_Response *response = MHD_create_response_from_buffer(2, (void *)"ok", MHD_RESPMEM_MUST_COPY);
	(void)url, (void)method, (void)version, (void)data, (void)size, (void)state;
	(*requests)++;
	enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}

static struct afd_answer answer_over_tls(unsigned port, unsigned long timeout_ms)
{
	static const struct afd_secrets none;
	char url[64];
	snprintf(url, sizeof url, "https://127.0.0.1:%u/", port);
	const struct afd_http_request request = { .method = "GET", .url = afd_span_of(url) };
	struct afd_http *http = open_http(&(struct afd_http_options){ .timeout_ms = (long)timeout_ms });
	struct afd_answer answer;
	struct afd_error err = { 0 };
	assert_int_equal(afd_http_send(http, &request, &none, &declared, &answer, &err), 0);
	afd_http_close(http);
	return answer;
}

/* A server with these TLS versions (as GnuTLS names them) gets no request. */
static void fails(bool self_signed, const char *versions, const char *text)
{
	struct identity identity = new_identity(self_signed);
	unsigned requests = 0;
	struct MHD_Daemon *daemon =
		MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_TLS, 0, NULL, NULL, on_request, &requests,
						 MHD_OPTION_HTTPS_MEM_KEY, identity.key, MHD_OPTION_HTTPS_MEM_CERT,
						 identity.certificate, MHD_OPTION_HTTPS_PRIORITIES, versions, MHD_OPTION_END);
	assert_non_null(daemon);
	struct afd_answer answer =
		answer_over_tls(MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT)->port, 10000);
	MHD_stop_daemon(daemon);
	assert_int_equal(requests, 0);
	is_failure(&answer, text, false);
}

static void untrusted_certificates_get_no_request(void **state)
{
	(void)state;
	fails(true, "NORMAL", "the server's certificate is self-signed");
	fails(false, "NORMAL", "the server's certificate is not trusted");
}

static void old_versions_get_no_request(void **state)
{
	(void)state;
	fails(true, "NORMAL:-VERS-ALL:+VERS-TLS1.1", "the TLS handshake failed (TLS 1.2 is the least)");
	fails(true, "NORMAL:-VERS-ALL:+VERS-TLS1.2", "the server's certificate is self-signed");
}

static void plain_http_on_an_https_url_gets_no_request(void **state)
{
	(void)state;
	static const struct evil_step steps[] = { { EVIL_READ, NULL, 0 } };
	struct evil *evil = evil_start(steps, 1);
	struct afd_answer answer = answer_over_tls(evil_port(evil), 100);
	struct evil_account account = evil_stop(evil);
	assert_int_equal(account.connections, 1);
	assert_int_equal(account.requests, 0);
	assert_non_null(memmem(account.received, account.size, "\x08http/1.1", 9));
	assert_null(memmem(account.received, account.size, "\x02h2", 3));
	free(account.received);
	is_failure(&answer, "no connection after 0.1 s", false);
}

static void certificates_are_described_in_words(void **state)
{
	(void)state;
	assert_string_equal(afd_certificate_words(X509_V_ERR_CERT_HAS_EXPIRED),
						"the server's certificate has expired");
	assert_string_equal(afd_certificate_words(X509_V_ERR_CERT_NOT_YET_VALID),
						"the server's certificate is not valid yet");
	assert_string_equal(afd_certificate_words(X509_V_OK),
						"the server's certificate is not valid for its host name");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(untrusted_certificates_get_no_request),
		cmocka_unit_test(old_versions_get_no_request),
		cmocka_unit_test(plain_http_on_an_https_url_gets_no_request),
		cmocka_unit_test(certificates_are_described_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
