/** Many seeds in a row, and what comes of them: the program that the build's profile {@code simulation} runs. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.campaign;

import org.jspecify.annotations.NullMarked;
