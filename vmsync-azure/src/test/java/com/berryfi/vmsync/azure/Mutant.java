package com.berryfi.vmsync.azure;

import com.berryfi.vmsync.testkit.arm.ArmFault;
import java.util.Map;

/**
 * An answer as ARM would never give it.
 *
 * @param how in words, for whoever replays it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and its bytes are never changed
record Mutant(String how, int status, Map<String, String> headers, byte[] body) {

    ArmFault fault() {
        return ArmFault.raw(status, headers, body);
    }

    @Override
    public String toString() {
        return "HTTP " + status + " " + how + ", " + body.length + " bytes, headers " + headers;
    }
}
