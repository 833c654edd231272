/* SPDX-License-Identifier: MIT
 * The bundle: names, manifest, head, zip. Checked with the tools that an auditor has: sha256sum and unzip's
 * own format. */
#include "evidence_sample.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static int open_sample(void **state)
{
	struct sample *sample = calloc(1, sizeof *sample);
	sample_open(sample, NULL);
	sample_fill(sample, "status 404");
	*state = sample;
	return 0;
}

static int close_sample(void **state)
{
	sample_close(*state);
	free(*state);
	return 0;
}

/* Exit code of `sha256sum --check --strict --status FILE` in the folder. */
static int check_sums(const char *folder, const char *file)
{
	pid_t child;
	int status = 0;
	char option[256];
	char name[256];
	snprintf(name, sizeof name, "%s", file);
	snprintf(option, sizeof option, "--chdir=%s", folder);
	char words[][16] = { "env", "sha256sum", "--check", "--strict", "--status" };
	char *const arguments[] = { words[0], option, words[1], words[2], words[3], words[4], name, NULL };
	assert_int_equal(posix_spawnp(&child, "env", NULL, NULL, arguments, environ), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void finish(struct sample *sample)
{
	struct afd_error err = { 0 };
	struct afd_head head = { sample->evidence.count, sample->evidence.last };
	assert_int_equal(afd_bundle_finish(&sample->bundle, &head, NULL, &err), 0);
}

static struct afd_text read_beside(const struct sample *sample, const char *suffix)
{
	struct afd_error err = { 0 };
	struct afd_text text;
	char path[256];
	snprintf(path, sizeof path, "%s/%s%s", sample->folder, sample->bundle.name, suffix);
	assert_int_equal(afd_file_read(path, 1 << 20, &text, &err), 0);
	return text;
}

static void its_name_is_the_clock_of_the_run(void **state)
{
	struct sample *sample = *state;
	assert_string_equal(sample->bundle.name, "shop_20261122T201500Z");
	assert_non_null(strstr(sample->bundle.work, "/shop_20261122T201500Z.tmp"));
	finish(sample);
	assert_null(strstr(sample->bundle.work, ".tmp"));
	assert_true(afd_file_exists(sample->bundle.work));
}

static void a_second_run_in_the_same_second_has_another_name(void **state)
{
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	struct afd_bundle second, third;
	assert_int_equal(afd_bundle_open(&second, sample->folder, "shop", sample->bundle.clock, &err), 0);
	assert_string_equal(second.name, "shop_20261122T201500Z-2");
	finish(sample);
	assert_int_equal(afd_bundle_open(&third, sample->folder, "shop", sample->bundle.clock, &err), 0);
	assert_string_equal(third.name, "shop_20261122T201500Z-3");
	afd_bundle_free(&second);
	afd_bundle_free(&third);
}

static void a_suite_cannot_name_another_folder(void **state)
{
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	struct afd_bundle bundle;
	assert_int_equal(afd_bundle_open(&bundle, sample->folder, "../x y", sample->bundle.clock, &err), 0);
	assert_string_equal(bundle.name, "..-x-y_20261122T201500Z");
	afd_bundle_free(&bundle);
}

static void a_parent_that_cannot_be_made_is_no_verdict(void **state)
{
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	struct afd_bundle bundle;
	assert_int_equal(afd_bundle_open(&bundle, "/dev/null/x", "shop", sample->bundle.clock, &err),
					 AFD_EXIT_NO_VERDICT);
}

static void the_manifest_is_checked_by_sha256sum(void **state)
{
	struct sample *sample = *state;
	finish(sample);
	assert_int_equal(check_sums(sample->bundle.work, "manifest-sha256.txt"), 0);
	char *manifest = sample_read(sample, "manifest-sha256.txt");
	const char *evidence = strstr(manifest, "  data/evidence.jsonl\n");
	const char *inventory = strstr(manifest, "  data/inventory.json\n");
	assert_true(evidence && inventory && evidence < inventory);
	assert_null(strstr(manifest, "head.json"));
	free(manifest);
	char *bagit = sample_read(sample, "bagit.txt");
	assert_string_equal(bagit, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
	free(bagit);
	struct afd_error err = { 0 };
	char *path = afd_bundle_path(&sample->bundle, "data/inventory.json");
	assert_int_equal(afd_file_write(path, AFD_SPAN("{}"), &err), 0);
	free(path);
	assert_int_equal(check_sums(sample->bundle.work, "manifest-sha256.txt"), 1);
}

static void the_head_names_the_last_line_and_the_manifest(void **state)
{
	struct sample *sample = *state;
	char expected[512];
	char digest[AFD_SHA256_HEX + 1];
	finish(sample);
	char *manifest = sample_read(sample, "manifest-sha256.txt");
	char *head = sample_read(sample, "head.json");
	afd_sha256_hex(afd_span_of(manifest), digest);
	snprintf(
		expected, sizeof expected,
		"{\"run\":\"shop_20261122T201500Z\",\"records\":10,\"last_hash\":\"%s\",\"manifest_sha256\":\"%s\","
		"\"previous_head\":null}\n",
		sample->evidence.last, digest);
	assert_string_equal(head, expected);
	free(manifest);
	free(head);
}

static int refuse(void *context, const char *folder, struct afd_error *err)
{
	assert_non_null(strstr(folder, ".tmp"));
	*(bool *)context = true;
	return afd_fail(err, AFD_EXIT_LEAK, "a leak was found");
}

static void a_gate_keeps_a_bundle_from_its_final_name(void **state)
{
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	struct afd_head head = { sample->evidence.count, sample->evidence.last };
	bool asked = false;
	struct afd_gate gate = { refuse, &asked };
	assert_int_equal(afd_bundle_finish(&sample->bundle, &head, &gate, &err), AFD_EXIT_LEAK);
	assert_true(asked);
	char path[256];
	snprintf(path, sizeof path, "%s/%s.zip", sample->folder, sample->bundle.name);
	assert_false(afd_file_exists(path));
	snprintf(path, sizeof path, "%s/%s", sample->folder, sample->bundle.name);
	assert_false(afd_file_exists(path));
}

static void the_zip_has_a_digest_beside_it(void **state)
{
	struct sample *sample = *state;
	finish(sample);
	char file[128];
	snprintf(file, sizeof file, "%s.zip.sha256", sample->bundle.name);
	assert_int_equal(check_sums(sample->folder, file), 0);
}

static void assert_entry(struct archive_entry *entry, const char *path)
{
	assert_string_equal(archive_entry_pathname(entry), path);
	assert_int_equal(archive_entry_mtime(entry), 1795378500);
	assert_int_equal(archive_entry_perm(entry), 0644);
	assert_int_equal(archive_entry_uid(entry), 0);
}

static void the_zip_holds_every_file_sorted_under_the_name_of_the_run(void **state)
{
	static const char *const files[] = { "bagit.txt", "data/evidence.jsonl", "data/inventory.json",
										 "head.json", "manifest-sha256.txt" };
	struct sample *sample = *state;
	finish(sample);
	struct afd_text zip = read_beside(sample, ".zip");
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;
	archive_read_support_format_zip(archive);
	assert_int_equal(archive_read_open_memory(archive, zip.data, zip.size), ARCHIVE_OK);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		char path[128];
		snprintf(path, sizeof path, "%s/%s", sample->bundle.name, files[i]);
		assert_int_equal(archive_read_next_header(archive, &entry), ARCHIVE_OK);
		assert_entry(entry, path);
	}
	assert_int_equal(archive_read_next_header(archive, &entry), ARCHIVE_EOF);
	archive_read_free(archive);
	afd_text_free(&zip);
}

static void zip_into(const struct sample *sample, const char *file, const char *zone, struct afd_text *bytes)
{
	struct afd_error err = { 0 };
	char path[256];
	setenv("TZ", zone, 1);
	tzset();
	snprintf(path, sizeof path, "%s/%s", sample->folder, file);
	assert_int_equal(afd_bundle_zip(sample->bundle.work, "shop", sample->bundle.clock.tv_sec, path, &err), 0);
	assert_int_equal(afd_file_read(path, 1 << 20, bytes, &err), 0);
}

static void the_zip_has_the_same_bytes_in_every_time_zone(void **state)
{
	struct sample *sample = *state;
	struct afd_text utc, moscow, again;
	zip_into(sample, "a.zip", "UTC", &utc);
	zip_into(sample, "b.zip", "Europe/Moscow", &moscow);
	assert_true(afd_span_equal(afd_text_span(&utc), afd_text_span(&moscow)));
	char *path = afd_bundle_path(&sample->bundle, "data/evidence.jsonl");
	assert_int_equal(chmod(path, 0600), 0);
	struct timespec times[2] = { { 1000, 0 }, { 1000, 0 } };
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	zip_into(sample, "c.zip", "America/New_York", &again);
	assert_true(afd_span_equal(afd_text_span(&utc), afd_text_span(&again)));
	free(path);
	afd_text_free(&utc);
	afd_text_free(&moscow);
	afd_text_free(&again);
}

static void a_link_does_not_belong_into_a_bundle(void **state)
{
	struct sample *sample = *state;
	struct afd_error err = { 0 };
	struct afd_head head = { sample->evidence.count, sample->evidence.last };
	char *path = afd_bundle_path(&sample->bundle, "data/link");
	assert_int_equal(symlink("/etc/hostname", path), 0);
	assert_int_equal(afd_bundle_finish(&sample->bundle, &head, NULL, &err), AFD_EXIT_EVIDENCE);
	free(path);
}

static void a_case_names_its_file(void **state)
{
	(void)state;
	static const struct {
		const char *id, *name;
	} rows[] = {
		{ "1.6", "1.6" },
		{ "1.6#2", "1.6_2" },
		{ "login-001", "login-001" },
		/* printf '../x' | sha256sum */
		{ "../x", ".._x-d6b96a97" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct afd_text name;
		afd_text_init(&name, 256);
		assert_true(afd_bundle_case_name(rows[i].id, &name));
		assert_string_equal(name.data, rows[i].name);
		afd_text_free(&name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(its_name_is_the_clock_of_the_run, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(a_second_run_in_the_same_second_has_another_name, open_sample,
										close_sample),
		cmocka_unit_test_setup_teardown(a_suite_cannot_name_another_folder, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(a_parent_that_cannot_be_made_is_no_verdict, open_sample,
										close_sample),
		cmocka_unit_test_setup_teardown(the_manifest_is_checked_by_sha256sum, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(the_head_names_the_last_line_and_the_manifest, open_sample,
										close_sample),
		cmocka_unit_test_setup_teardown(a_gate_keeps_a_bundle_from_its_final_name, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(the_zip_has_a_digest_beside_it, open_sample, close_sample),
		cmocka_unit_test_setup_teardown(the_zip_holds_every_file_sorted_under_the_name_of_the_run,
										open_sample, close_sample),
		cmocka_unit_test_setup_teardown(the_zip_has_the_same_bytes_in_every_time_zone, open_sample,
										close_sample),
		cmocka_unit_test_setup_teardown(a_link_does_not_belong_into_a_bundle, open_sample, close_sample),
		cmocka_unit_test(a_case_names_its_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
