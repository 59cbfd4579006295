package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.Standing;

/**
 * Something that costs or endangers money, or needs a person.
 *
 * @param standing what, where and since when
 */
public record Finding(Standing standing) {}
