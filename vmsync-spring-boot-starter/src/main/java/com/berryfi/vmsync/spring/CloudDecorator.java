package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.port.CloudStatusPort;

/** Watches the calls of a cloud; what is asked and answered stays the same. */
@FunctionalInterface
interface CloudDecorator {

    CloudStatusPort decorated(CloudStatusPort cloud);
}
