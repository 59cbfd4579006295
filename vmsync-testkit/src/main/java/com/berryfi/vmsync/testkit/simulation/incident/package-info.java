/** What has happened to others, once each by name: what the world does, and what vmsync must do. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.incident;

import org.jspecify.annotations.NullMarked;
