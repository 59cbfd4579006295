/** What the host hears: a listener whose methods do nothing by default, one record for each event. */
@NullMarked
package com.berryfi.vmsync.event;

import org.jspecify.annotations.NullMarked;
