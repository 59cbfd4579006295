/** Tests of what the simulation's checkers find, and what they pass. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.check;

import org.jspecify.annotations.NullMarked;
