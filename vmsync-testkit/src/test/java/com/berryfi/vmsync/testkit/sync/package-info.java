/** Tests of core's shell over the in-memory adapters. */
@NullMarked
package com.berryfi.vmsync.testkit.sync;

import org.jspecify.annotations.NullMarked;
