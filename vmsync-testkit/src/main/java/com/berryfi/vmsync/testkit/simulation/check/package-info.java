/** What must never happen, checked at every step by somebody who knows the truth and never asks vmsync: one class an invariant. */
@NullMarked
package com.berryfi.vmsync.testkit.simulation.check;

import org.jspecify.annotations.NullMarked;
