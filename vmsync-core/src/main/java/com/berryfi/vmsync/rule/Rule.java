package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import java.util.Optional;

/** One sentence of the domain. Pure: the same facts give the same decision; no clock, no thread, no I/O. */
public interface Rule {

    /** {@return by which audit rows and settings name it: stable for ever, lower case, with hyphens} */
    String id();

    /** {@return what the rule says, for people} */
    String sentence();

    /**
     * What the rule says of one VM.
     *
     * @param facts all it may look at
     * @return the decision; empty if the rule does not speak of these facts
     */
    Optional<Decision> decide(Facts facts);
}
