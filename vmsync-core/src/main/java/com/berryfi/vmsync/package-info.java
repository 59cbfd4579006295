/**
 * The shell: {@link com.berryfi.vmsync.VmSync} and what it is made of. The only place of the core with clock, threads, I/O and
 * logger.
 */
@NullMarked
package com.berryfi.vmsync;

import org.jspecify.annotations.NullMarked;
