/**
 * The simulated world: a cloud, a host with its users, its database and its billing, and the processes that synchronise them; all on
 * one thread and on virtual time. It can be driven by hand, step by step.
 */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.world;

import org.jspecify.annotations.NullMarked;
