/**
 * What every adapter of a port must do, as abstract JUnit classes: extend one, script the other side, and run it. {@code docs/contracts.md}
 * says what each test proves, and how one is {@linkplain com.berryfi.vmsync.testkit.contract.Waived waived}.
 */
@NullMarked
package com.berryfi.vmsync.testkit.contract;

import org.jspecify.annotations.NullMarked;
