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

    /** {@return the adapter under test} */
    CloudStatusPort port();

    /** {@return the scope whose machines these are, readable by its principal} */
    Scope scope();

    /**
     * Puts a machine of this power, or changes the power of the one that is there, at once.
     *
     * @param name a name of the contract's, such as {@code vm-1}
     * @param power what every read shows from now on
     * @return where it is
     */
    CloudAddress put(String name, PowerState power);

    /**
     * {@return where a machine of this name would be; there need be none}
     *
     * @param name a name of the contract's, such as {@code vm-1}
     */
    CloudAddress addressOf(String name);

    /**
     * The machine of this name is deleted.
     *
     * @param name a name of the contract's, such as {@code vm-1}
     */
    void vanish(String name);

    /**
     * The machine of this name no longer says what its power is.
     *
     * @param name a name of the contract's, such as {@code vm-1}
     */
    void forgetPower(String name);

    /**
     * From now on every read fails.
     *
     * @param cause UNAUTHENTICATED, FORBIDDEN, SUBSCRIPTION_UNREADABLE, SERVER_ERROR, THROTTLED,
     *     CONNECTION_FAILED (it breaks in the middle of an answer), or UNREADABLE_ANSWER
     * @param retryAfter whole seconds that the cloud asks for
     */
    void fail(UnknownCause cause, Optional<Duration> retryAfter);

    /**
     * From now on no read of this machine alone succeeds: it answers with an error of the server.
     *
     * @param name a name of the contract's, such as {@code vm-1}
     */
    void failDirect(String name);

    /** From now on lists name two machines and then break off with an error of the server. */
    void breakListsAfterTwo();

    /** From now on nothing is answered in time. */
    void hang();

    @Override
    void close();
}
