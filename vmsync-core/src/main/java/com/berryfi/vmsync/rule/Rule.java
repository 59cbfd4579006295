package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import java.util.Optional;

/** One sentence of the domain. Pure: the same facts give the same decision; no clock, no thread, no I/O. */
public interface Rule {

    /** Stable for ever: audit rows and settings name it. Lower case, with hyphens. */
    String id();

    /** What the rule says, for people. */
    String sentence();

    /** The decision; empty if the rule does not speak of these facts. */
    Optional<Decision> decide(Facts facts);
}
