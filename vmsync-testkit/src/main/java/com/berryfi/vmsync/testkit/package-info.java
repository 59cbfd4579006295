/** What tests of vmsync, of its adapters and of its hosts are built from: in-memory adapters, scripted parts, schemas. */
@NullMarked
package com.berryfi.vmsync.testkit;

import org.jspecify.annotations.NullMarked;
