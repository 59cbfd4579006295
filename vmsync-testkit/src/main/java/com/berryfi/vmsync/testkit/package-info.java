/** Real adapters of the ports that live in memory, for the tests of hosts and of vmsync itself. */
@NullMarked
package com.berryfi.vmsync.testkit;

import org.jspecify.annotations.NullMarked;
