/** The waivers of contracts, and the page that lists them. */
@NullMarked
package com.berryfi.vmsync.testkit.contract;

import org.jspecify.annotations.NullMarked;
