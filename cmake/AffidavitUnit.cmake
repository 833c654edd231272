# Writes FOLDER/unit.c, which includes every generated file of FOLDER: the names are unique across files.
file(GLOB sources RELATIVE ${FOLDER} ${FOLDER}/test_*.c ${FOLDER}/suite.c)
list(SORT sources COMPARE NATURAL)
set(text "")
foreach(source IN LISTS sources)
	string(APPEND text "#include \"${source}\"\n")
endforeach()
file(CONFIGURE OUTPUT ${FOLDER}/unit.c CONTENT "${text}" @ONLY)
