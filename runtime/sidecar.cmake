# affidavit-clickhouse, the embedded engine's process. It compiles the leaf itself: libchdb crashes at load inside a
# program built with sanitizers, so this target is never one.
add_executable(affidavit-clickhouse
	clickhouse_main.c sidecar_engine.c sidecar_http.c sidecar_options.c sidecar_request.c sidecar_socket.c
	sidecar_status.c base/error.c base/file.c base/text.c)
target_include_directories(affidavit-clickhouse PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
target_link_libraries(affidavit-clickhouse PRIVATE PkgConfig::MICROHTTPD ${CMAKE_DL_LIBS})
affidavit_warnings(affidavit-clickhouse)
if(CMAKE_C_FLAGS MATCHES "-fsanitize")
	target_compile_options(affidavit-clickhouse PRIVATE -fno-sanitize=all)
	target_link_options(affidavit-clickhouse PRIVATE -fno-sanitize=all)
endif()
set_target_properties(affidavit-clickhouse PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
