package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Reading;
import java.util.Optional;

/** Whether a list may be believed to be whole. One that may not proves no absence, but names the VMs to be read directly. */
public final class Plausibility {

    private Plausibility() {}

    /**
     * What is wrong with a list.
     *
     * @param asked how many machines it was asked for
     * @param unexplained how many of them it left out, and no direct read has found missing
     * @param last the last whole read; empty if there was none
     * @return empty if nothing is
     */
    public static Optional<String> doubt(Reading list, int asked, int unexplained, Optional<Pass> last) {
        if (!list.complete()) {
            return Optional.of("the list was not read to its end");
        }
        if (unexplained == 0) {
            return Optional.empty();
        }
        if (list.listed() == 0) {
            return Optional.of("the list is empty, and " + unexplained + " VMs are not explained");
        }
        int before = last.map(Pass::listed).orElse(asked);
        return list.listed() * 2L < before
                ? Optional.of("the list shrank from " + before + " to " + list.listed() + " machines, and "
                        + unexplained + " VMs are not explained")
                : Optional.empty();
    }
}
