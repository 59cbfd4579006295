/** What every adapter of a port must do, as abstract JUnit classes: extend one, script the other side, and run it. */
@NullMarked
package com.berryfi.vmsync.testkit.contract;

import org.jspecify.annotations.NullMarked;
