/** The incidents, and what shows that each can fail. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.incident;

import org.jspecify.annotations.NullMarked;
