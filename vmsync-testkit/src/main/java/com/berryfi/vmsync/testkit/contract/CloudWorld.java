package com.berryfi.vmsync.testkit.contract;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Duration;
import java.util.Optional;

/** The cloud on the other side of an adapter, for {@link CloudStatusPortContract} to script. Empty and healthy at first. */
public interface CloudWorld extends AutoCloseable {

    /** The adapter under test. */
    CloudStatusPort port();

    /** The scope whose machines these are, readable by its principal. */
    Scope scope();

    /** Puts a machine of this power, or changes the power of the one that is there at once. */
    CloudAddress put(String name, PowerState power);

    /** Where a machine of this name would be; there need be none. */
    CloudAddress addressOf(String name);

    /** The machine of this name is deleted. */
    void vanish(String name);

    /** The machine of this name no longer says what its power is. */
    void forgetPower(String name);

    /**
     * From now on every read fails.
     *
     * @param cause UNAUTHENTICATED, FORBIDDEN, SUBSCRIPTION_UNREADABLE, SERVER_ERROR, THROTTLED,
     *     CONNECTION_FAILED (it breaks in the middle of an answer), or UNREADABLE_ANSWER
     * @param retryAfter whole seconds that the cloud asks for
     */
    void fail(UnknownCause cause, Optional<Duration> retryAfter);

    /** From now on no read of this machine alone succeeds: it answers with an error of the server. */
    void failDirect(String name);

    /** From now on lists name two machines and then break off with an error of the server. */
    void breakListsAfterTwo();

    /** From now on nothing is answered in time. */
    void hang();

    @Override
    void close();
}
