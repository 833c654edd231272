/* SPDX-License-Identifier: MIT
 * Statements: what each does, and whether it stays inside the database. */
#include "base/sql.h"

#include "base/sql_token.h"

#include <string.h>

enum { DEPTH_MAX = 64 };

/* One statement while it is read. */
struct reading {
	struct afd_sql_file *file;
	struct afd_sql_statement *out;
	struct afd_sql_token token, before, earlier; /* the current one and the two before it */
	unsigned depth;
	bool from[DEPTH_MAX]; /* at each depth: tables are being named */
	bool incomparable;    /* the outermost SELECT does more than filter and group */
};

/* The first thing that is wrong stands. */
static void refuse(struct reading *reading, const struct afd_sql_token *where, const char *fault)
{
	struct afd_sql_statement *out = reading->out;
	if (out->kind == AFD_SQL_REFUSED)
		return;
	out->kind = AFD_SQL_REFUSED;
	out->fault = fault;
	out->line = where->line;
	out->word = where->text;
}

/* What reaches files, other hosts or processes, wherever it stands. */
static const char *const outside_functions[] = { "file",
												 "url",
												 "disk",
												 "executable",
												 "remote",
												 "remoteSecure",
												 "reverseDNSQuery",
												 "s3",
												 "mysql",
												 "hdfs",
												 "catboostEvaluate",
												 "modelEvaluate",
												 NULL };
static const char *const outside_words[] = { "OUTFILE", "INFILE", "FUNCTION", NULL };

static void open_parenthesis(struct reading *reading)
{
	static const char *const openers[] = { "FROM", "JOIN", NULL };
	static const char *const sets[] = { "IN", NULL };
	const struct afd_sql_token *before = &reading->before;
	bool called = before->kind == AFD_SQL_WORD || before->kind == AFD_SQL_NAME;
	struct afd_sql_token name = { .kind = AFD_SQL_WORD, .text = afd_sql_token_name(before) };
	if (called && afd_sql_token_among(&name, outside_functions))
		refuse(reading, before, "it reaches out of the database");
	if (called && reading->from[reading->depth] && !afd_sql_token_among(before, openers))
		refuse(reading, before, "a table function");
	if (called && afd_sql_token_among(&reading->earlier, sets) && !afd_sql_token_is(before, "tuple"))
		refuse(reading, before, "a table function");
	if (reading->depth + 1 < DEPTH_MAX)
		reading->from[++reading->depth] = false;
	else
		refuse(reading, &reading->token, "parentheses over 63 deep");
}

static void close_parenthesis(struct reading *reading)
{
	if (reading->depth > 0)
		reading->depth--;
	else
		refuse(reading, &reading->token, "a parenthesis that was not opened");
}

static void look_at_word(struct reading *reading)
{
	static const char *const opening[] = { "FROM", "JOIN", NULL };
	static const char *const closing[] = { "SELECT", "WHERE",   "PREWHERE", "GROUP", "ORDER",     "HAVING",
										   "LIMIT",  "UNION",   "ON",       "USING", "INTERSECT", "EXCEPT",
										   "WINDOW", "QUALIFY", "SETTINGS", NULL };
	if (afd_sql_token_among(&reading->token, opening))
		reading->from[reading->depth] = true;
	if (afd_sql_token_among(&reading->token, closing))
		reading->from[reading->depth] = false;
	if (afd_sql_token_among(&reading->token, outside_words))
		refuse(reading, &reading->token, "it reaches out of the database");
}

/* Goes to the next token; at the end of the statement it stays. */
static void advance(struct reading *reading)
{
	if (reading->token.kind == AFD_SQL_END || afd_sql_token_is_symbol(&reading->token, ';'))
		return;
	reading->earlier = reading->before;
	reading->before = reading->token;
	reading->token = afd_sql_token_next(reading->file);
	if (reading->token.kind == AFD_SQL_WRONG)
		refuse(reading, &reading->token, reading->token.fault);
	else if (reading->token.kind == AFD_SQL_NAME && afd_sql_token_name(&reading->token).size == 0)
		refuse(reading, &reading->token, "a name of other bytes than letters, digits and '_'");
	else if (reading->token.kind == AFD_SQL_WORD)
		look_at_word(reading);
	else if (afd_sql_token_is_symbol(&reading->token, '('))
		open_parenthesis(reading);
	else if (afd_sql_token_is_symbol(&reading->token, ')'))
		close_parenthesis(reading);
}

static bool at_end(const struct reading *reading)
{
	return reading->token.kind == AFD_SQL_END || afd_sql_token_is_symbol(&reading->token, ';');
}

/* Passes the word; refuses what stands there instead. */
static void expect_word(struct reading *reading, const char *word, const char *fault)
{
	if (!afd_sql_token_is(&reading->token, word))
		refuse(reading, &reading->token, fault);
	else
		advance(reading);
}

static void read_table_name(struct reading *reading)
{
	reading->out->table = afd_sql_token_name(&reading->token);
	if (reading->out->table.size == 0)
		refuse(reading, &reading->token, "the name of a table must be letters, digits and '_'");
	advance(reading);
	if (afd_sql_token_is_symbol(&reading->token, '.'))
		refuse(reading, &reading->token,
			   "it names a database: the tables stand in the one that is connected to");
}

/* Where a parenthesis opens: what is in it, up to the one that closes it. */
static void read_list(struct reading *reading)
{
	if (!afd_sql_token_is_symbol(&reading->token, '('))
		return;
	unsigned depth = reading->depth;
	const char *begin = reading->token.text.data + 1;
	advance(reading);
	while (!at_end(reading) && reading->depth >= depth)
		advance(reading);
	reading->out->list = (struct afd_span){ begin, (size_t)(reading->token.text.data - begin) };
	advance(reading);
}

static void check_engine(struct reading *reading)
{
	static const char *const others[] = {
		"Memory", "Log", "TinyLog", "StripeLog", "Null", "Distributed", NULL
	};
	advance(reading);
	if (afd_sql_token_is_symbol(&reading->token, '='))
		advance(reading);
	struct afd_sql_token *engine = &reading->token;
	if (!afd_span_ends(engine->text, "MergeTree") && !afd_sql_token_among(engine, others))
		refuse(reading, engine, "an engine that may reach out of the database");
}

static void read_table_rest(struct reading *reading)
{
	static const char *const copying[] = { "AS", "CLONE", NULL };
	if (reading->out->list.size == 0)
		refuse(reading, &reading->token, "CREATE TABLE without its columns");
	while (!at_end(reading)) {
		if (reading->depth == 0 && afd_sql_token_is(&reading->token, "ENGINE"))
			check_engine(reading);
		else if (reading->depth == 0 && afd_sql_token_among(&reading->token, copying))
			refuse(reading, &reading->token, "CREATE TABLE from another one");
		advance(reading);
	}
}

static void read_create(struct reading *reading)
{
	static const char fault[] = "CREATE without IF NOT EXISTS";
	advance(reading);
	reading->out->view = afd_sql_token_is(&reading->token, "VIEW");
	if (!reading->out->view && !afd_sql_token_is(&reading->token, "TABLE"))
		refuse(reading, &reading->token, "CREATE of something else than a table or a view");
	advance(reading);
	expect_word(reading, "IF", fault);
	expect_word(reading, "NOT", fault);
	expect_word(reading, "EXISTS", fault);
	read_table_name(reading);
	while (!reading->out->view && !at_end(reading) && !afd_sql_token_is_symbol(&reading->token, '(') &&
		   !afd_sql_token_is(&reading->token, "AS"))
		advance(reading);
	read_list(reading);
	if (!reading->out->view)
		read_table_rest(reading);
}

/* One token of the outermost SELECT. What it does beside filtering and grouping makes its rows no longer
 * comparable with those of its source, which is left out then. */
static void look_at_outer(struct reading *reading, const char **from)
{
	static const char *const ends[] = { "GROUP", "ORDER", "LIMIT", "UNION", "SETTINGS", "FORMAT", NULL };
	static const char *const others[] = { "DISTINCT",  "HAVING", "LIMIT", "UNION",
										  "INTERSECT", "EXCEPT", "JOIN",  NULL };
	struct afd_sql_statement *out = reading->out;
	const struct afd_sql_token *token = &reading->token;
	if (!*from && afd_sql_token_is(token, "FROM"))
		*from = token->text.data;
	else if (*from && reading->before.text.data == *from)
		out->source = afd_sql_token_name(token);
	bool qualified = afd_sql_token_is_symbol(token, '.') && reading->before.text.data == out->source.data;
	reading->incomparable = reading->incomparable || qualified || afd_sql_token_among(token, others);
	if (*from && out->from.size == 0 && afd_sql_token_among(token, ends))
		out->from = (struct afd_span){ *from, (size_t)(token->text.data - *from) };
	out->grouped = out->grouped || afd_sql_token_is(token, "GROUP");
}

static void read_query(struct reading *reading)
{
	const char *from = NULL;
	struct afd_span *out = &reading->out->from;
	while (!at_end(reading)) {
		if (reading->depth == 0)
			look_at_outer(reading, &from);
		advance(reading);
	}
	if (from && out->size == 0)
		*out = (struct afd_span){ from, (size_t)(reading->token.text.data - from) };
	*out = afd_span_trim(*out);
	if (reading->incomparable)
		reading->out->source.size = 0;
}

static void read_insert(struct reading *reading)
{
	reading->out->kind = AFD_SQL_INSERT;
	advance(reading);
	expect_word(reading, "INTO", "INSERT without INTO");
	if (afd_sql_token_is(&reading->token, "TABLE"))
		advance(reading);
	read_table_name(reading);
	read_list(reading);
	if (!afd_sql_token_is(&reading->token, "SELECT"))
		refuse(reading, &reading->token, "INSERT without SELECT");
	read_query(reading);
}

bool afd_sql_next(struct afd_sql_file *file, struct afd_sql_statement *statement)
{
	*statement = (struct afd_sql_statement){ .kind = AFD_SQL_CREATE };
	if (file->at >= file->text.size)
		return false;
	struct reading reading = { .file = file, .out = statement, .token = afd_sql_token_next(file) };
	while (afd_sql_token_is_symbol(&reading.token, ';'))
		reading.token = afd_sql_token_next(file);
	if (reading.token.kind == AFD_SQL_END)
		return false;
	const char *begin = reading.token.text.data;
	statement->line = reading.token.line;
	if (afd_sql_token_is(&reading.token, "CREATE"))
		read_create(&reading);
	else if (afd_sql_token_is(&reading.token, "INSERT"))
		read_insert(&reading);
	else
		refuse(&reading, &reading.token,
			   reading.token.kind == AFD_SQL_WRONG
				   ? reading.token.fault
				   : "neither CREATE ... IF NOT EXISTS nor INSERT ... SELECT");
	while (!at_end(&reading))
		advance(&reading);
	if (reading.depth > 0)
		refuse(&reading, &reading.token, "a parenthesis that does not close");
	statement->text = afd_span_trim((struct afd_span){ begin, (size_t)(reading.token.text.data - begin) });
	return true;
}
