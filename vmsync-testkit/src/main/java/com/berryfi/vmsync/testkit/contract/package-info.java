/** What every adapter of a port must do, as abstract JUnit tests: extend one for each adapter. */
@NullMarked
package com.berryfi.vmsync.testkit.contract;

import org.jspecify.annotations.NullMarked;
