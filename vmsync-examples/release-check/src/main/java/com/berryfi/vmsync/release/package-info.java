/** What is checked of a release as a whole: that it can be built again, byte by byte, and of what it consists. */
@NullMarked
package com.berryfi.vmsync.release;

import org.jspecify.annotations.NullMarked;
