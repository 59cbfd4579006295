/** Reads the power of Azure VMs through the Azure SDK: strictly read-only, one call where one call will do, no retries. */
@NullMarked
package com.berryfi.vmsync.azure;

import org.jspecify.annotations.NullMarked;
