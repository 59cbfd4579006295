package com.berryfi.vmsync.model;

import java.util.List;
import java.util.Optional;

/**
 * What vmsync has said of one session's bill.
 *
 * @param session whose
 * @param vm on which machine
 * @param counter the number of the last instruction; 0 before the first
 * @param gaps what must not be billed, oldest first, none overlapping; only the last may be open
 * @param stopped whether the bill was closed: no instruction follows
 */
public record Metering(SessionId session, VmId vm, long counter, List<Gap> gaps, boolean stopped) {

    public Metering {
        gaps = List.copyOf(gaps);
    }

    /** Of a session about which nothing was said yet. */
    public static Metering untouched(SessionId session, VmId vm) {
        return new Metering(session, vm, 0, List.of(), false);
    }

    /** The gap that lasts; empty while the session is billed. */
    public Optional<Gap> openGap() {
        return gaps.isEmpty() || !gaps.get(gaps.size() - 1).isOpen()
                ? Optional.empty()
                : Optional.of(gaps.get(gaps.size() - 1));
    }
}
