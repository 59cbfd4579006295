/** What replicas that die at any moment leave behind in the host's database, held against what truly happened. */
@NullMarked
package com.berryfi.vmsync.crash;

import org.jspecify.annotations.NullMarked;
