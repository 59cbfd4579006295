/** Planted faults: copies of rules, guards and adapters with one thing wrong in each, to show that a checker finds it. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.sabotage;

import org.jspecify.annotations.NullMarked;
