# Lexers by re2c and parsers by bison, generated into the build tree. Dates and absolute paths are kept out of them.
find_program(RE2C re2c REQUIRED)
find_program(BISON bison REQUIRED)
set(AFFIDAVIT_GRAMMAR ${PROJECT_SOURCE_DIR}/grammar)

# affidavit_lexer(NAME): grammar/NAME.re -> NAME_lexer.c in the build tree; its path is put into NAME_LEXER.
function(affidavit_lexer name)
	set(out ${CMAKE_CURRENT_BINARY_DIR}/${name}_lexer.c)
	add_custom_command(OUTPUT ${out}
		COMMAND ${RE2C} --no-generation-date -W -Werror -8 --no-debug-info -i -o ${out} ${name}.re
		WORKING_DIRECTORY ${AFFIDAVIT_GRAMMAR}
		DEPENDS ${AFFIDAVIT_GRAMMAR}/${name}.re VERBATIM)
	set_source_files_properties(${out} PROPERTIES
		COMPILE_OPTIONS "-Wno-unused-variable;$<$<C_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>")
	set(${name}_LEXER ${out} PARENT_SCOPE)
endfunction()

# affidavit_parser(NAME): grammar/NAME.y -> NAME_parser.{c,h}; the C file is put into NAME_PARSER.
function(affidavit_parser name)
	set(out ${CMAKE_CURRENT_BINARY_DIR}/${name}_parser.c)
	set(header ${CMAKE_CURRENT_BINARY_DIR}/${name}_parser.h)
	add_custom_command(OUTPUT ${out} ${header}
		COMMAND ${BISON} -Wall -Wcounterexamples -Werror --no-lines --file-prefix-map=${CMAKE_CURRENT_BINARY_DIR}/=
			--header=${header} -o ${out} ${name}.y
		WORKING_DIRECTORY ${AFFIDAVIT_GRAMMAR}
		DEPENDS ${AFFIDAVIT_GRAMMAR}/${name}.y VERBATIM)
	set_source_files_properties(${out} PROPERTIES COMPILE_OPTIONS "-Wno-conversion;-Wno-sign-conversion;-Wno-unused-function")
	set(${name}_PARSER ${out} PARENT_SCOPE)
endfunction()
