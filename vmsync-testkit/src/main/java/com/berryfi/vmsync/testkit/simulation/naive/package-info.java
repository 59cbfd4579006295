/** The synchronising loop as backends write it by hand, to be compared with vmsync in the same worlds. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.naive;

import org.jspecify.annotations.NullMarked;
