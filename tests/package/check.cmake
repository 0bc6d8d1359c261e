# Installs to a fresh prefix, then configures, builds and runs a consumer that knows nothing but that prefix.
file(REMOVE_RECURSE ${WORK})
function(run what)
    execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "${what} failed (${status}):\n${output}")
    endif()
endfunction()
run("Installing" ${CMAKE_COMMAND} --install ${BUILD} --prefix ${WORK}/prefix)
run("Configuring the consumer" ${CMAKE_COMMAND} -S ${CMAKE_CURRENT_LIST_DIR} -B ${WORK}/build -G ${GENERATOR}
    -DCMAKE_CXX_COMPILER=${COMPILER} -DCMAKE_PREFIX_PATH=${WORK}/prefix -DWANTED=${VERSION})
run("Building the consumer" ${CMAKE_COMMAND} --build ${WORK}/build)
run("Running the consumer" ${WORK}/build/consumer)
