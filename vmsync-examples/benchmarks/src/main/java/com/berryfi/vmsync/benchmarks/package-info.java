/** What a large fleet costs: calls, time, memory and detection, measured in one run beside the loop that a host would write by itself. */
@NullMarked
package com.berryfi.vmsync.benchmarks;

import org.jspecify.annotations.NullMarked;
