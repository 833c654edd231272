# affidavit_add_suite(NAME SPEC file.md [GENERATED folder] [UNIT n])
#
# Adds the target NAME: the suite of a spec, built as ${PROJECT_BINARY_DIR}/suites/NAME. With GENERATED the committed files
# of that folder are compiled, and the test NAME.fresh fails where they are stale; without it they are generated into the
# build tree. UNIT is how many tests are compiled at a time (50).
function(affidavit_add_suite name)
	cmake_parse_arguments(ARG "" "SPEC;GENERATED;UNIT" "" ${ARGN})
	get_filename_component(spec ${ARG_SPEC} ABSOLUTE)
	if(ARG_GENERATED)
		get_filename_component(folder ${ARG_GENERATED} ABSOLUTE)
		file(GLOB sources CONFIGURE_DEPENDS ${folder}/*.c)
		add_test(NAME ${name}.fresh COMMAND affidavit_cli compile --check ${spec} -o ${folder})
		add_test(NAME ${name}.trace COMMAND affidavit_cli trace ${folder})
	else()
		set(folder ${CMAKE_CURRENT_BINARY_DIR}/${name})
		set(sources ${folder}/unit.c)
		add_custom_command(OUTPUT ${folder}/inventory.json ${sources}
			COMMAND affidavit_cli compile ${spec} -o ${folder}
			COMMAND ${CMAKE_COMMAND} -DFOLDER=${folder} -P ${AFFIDAVIT_CMAKE_DIR}/AffidavitUnit.cmake
			DEPENDS ${spec} affidavit_cli VERBATIM)
	endif()
	add_executable(${name} ${sources})
	target_link_libraries(${name} PRIVATE affidavit)
	set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/suites)
	if(NOT ARG_UNIT)
		set(ARG_UNIT 50)
	endif()
	if(ARG_GENERATED)
		set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${ARG_UNIT})
	endif()
	affidavit_warnings(${name})
endfunction()

# affidavit_add_cases(NAME FOLDER folder COMMAND how to run the suite [WORKING_DIRECTORY dir])
#
# One fixture test NAME.run runs the suite into a fresh folder; each case is a test NAME.case.ID that asks the bundle for its
# verdict.
function(affidavit_add_cases name)
	cmake_parse_arguments(ARG "" "FOLDER;OUT" "COMMAND" ${ARGN})
	include(${ARG_FOLDER}/cases.cmake)
	add_test(NAME ${name}.run COMMAND ${ARG_COMMAND})
	set_tests_properties(${name}.run PROPERTIES FIXTURES_SETUP ${name}.bundle)
	foreach(case IN LISTS AFFIDAVIT_CASES)
		add_test(NAME ${name}.case.${case} COMMAND affidavit_cli report ${ARG_OUT} --case ${case})
		set_tests_properties(${name}.case.${case} PROPERTIES FIXTURES_REQUIRED ${name}.bundle)
	endforeach()
endfunction()

set(AFFIDAVIT_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})
