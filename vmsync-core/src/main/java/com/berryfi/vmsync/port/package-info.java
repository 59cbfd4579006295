/**
 * What a host or an adapter supplies. Ports give primitives, core owns the algorithm; expected outcomes are return values,
 * and a port fails with a {@link PortException} or not at all.
 */
@NullMarked
package com.berryfi.vmsync.port;

import org.jspecify.annotations.NullMarked;
