# What find_package(segue) finds: the headers, one target for each grammar, and a version that any machine may use.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/segue)

set(exported ${SEGUE_TARGETS})
foreach(name IN LISTS SEGUE_GRAMMARS)
    list(APPEND exported segue_${name})
endforeach()
install(TARGETS ${exported} EXPORT segue)
install(EXPORT segue NAMESPACE segue:: FILE segueTargets.cmake DESTINATION ${package_dir})
install(DIRECTORY include/segue DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})

configure_package_config_file(tools/package/segueConfig.cmake.in segueConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(segueConfigVersion.cmake COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/segueConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/segueConfigVersion.cmake
    DESTINATION ${package_dir})
