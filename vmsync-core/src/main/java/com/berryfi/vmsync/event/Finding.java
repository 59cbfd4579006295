package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import java.util.Optional;

/**
 * Something that costs or endangers money, or needs a person.
 *
 * @param kind what
 * @param vm at which VM
 * @param session whose session; empty if the VM has none
 * @param text in words
 */
public record Finding(FindingKind kind, VmId vm, Optional<SessionId> session, String text) {}
