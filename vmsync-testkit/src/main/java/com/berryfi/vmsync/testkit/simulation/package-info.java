/**
 * Deterministic simulation of vmsync in a world where everything fails: one seed decides all, checkers that know the truth see every
 * step, and a failing seed replays.
 */
@NullMarked
package com.berryfi.vmsync.testkit.simulation;

import org.jspecify.annotations.NullMarked;
