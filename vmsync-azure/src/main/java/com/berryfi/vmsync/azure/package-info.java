/**
 * Reads the power of Azure VMs through the Azure SDK: strictly read-only, one call where one call will do, no retries. Only a host
 * that asks for it gets what deallocates machines, too.
 */
@NullMarked
package com.berryfi.vmsync.azure;

import org.jspecify.annotations.NullMarked;
