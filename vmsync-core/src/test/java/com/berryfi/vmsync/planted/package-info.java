/** Violations that {@link com.berryfi.vmsync.ArchitectureTest} must find. */
@NullMarked
package com.berryfi.vmsync.planted;

import org.jspecify.annotations.NullMarked;
