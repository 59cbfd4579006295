/** The simulation's own tests. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation;

import org.jspecify.annotations.NullMarked;
