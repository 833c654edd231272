# The warnings that all hand-written and generated C is clean under, with gcc and clang.
function(affidavit_warnings target)
	target_compile_options(${target} PRIVATE
		-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wmissing-prototypes -Wstrict-prototypes
		-Wmissing-field-initializers -Wpointer-arith -Wwrite-strings -Wundef -Wvla -Wunused-result)
	if(AFFIDAVIT_STRICT)
		target_compile_options(${target} PRIVATE -Werror)
	endif()
endfunction()
