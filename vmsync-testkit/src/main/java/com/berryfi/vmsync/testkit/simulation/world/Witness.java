package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Amendment;
import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Interval;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Reading;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.port.CloudStatusPort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sees all that happens in a simulated world, at the instant it happens. Changes nothing. */
public interface Witness {

    /**
     * A process got an answer of the cloud, and lives.
     *
     * @param frame in which cycle, or synchronisation on request
     * @param request what it had asked for
     * @param reading what it was told
     */
    default void handed(Frame frame, CloudStatusPort.Request request, Reading reading) {}

    /**
     * A change was committed, or not; the world's rows are still as they were before.
     *
     * @param frame in which cycle, or synchronisation on request
     * @param change what was to be written
     * @param outcome what came of it
     */
    default void committed(Frame frame, Change change, CommitOutcome outcome) {}

    /**
     * The journal was amended, or not.
     *
     * @param frame in which cycle, or synchronisation on request
     * @param amendment what was to be written
     * @param outcome what came of it
     */
    default void amended(Frame frame, Amendment amendment, CommitOutcome outcome) {}

    /**
     * A complete pass was recorded.
     *
     * @param frame in which cycle, or synchronisation on request
     * @param pass the pass
     */
    default void passed(Frame frame, Pass pass) {}

    /**
     * An instruction reached the host's billing and was applied, perhaps not for the first time.
     *
     * @param instruction the instruction
     */
    default void billed(BillingInstruction instruction) {}

    /**
     * The host changed what a VM's rows say; the world's rows are already as they are now.
     *
     * @param vm whose rows
     */
    default void hostWrote(VmId vm) {}

    /**
     * The host has saved old values over a session.
     *
     * @param before the row as it stood, ended
     * @param now the row as the host has saved it
     */
    default void overwritten(Session before, Session now) {}

    /**
     * The host has ended a session itself, and billed it.
     *
     * @param session which session
     * @param billed from its start to its end
     * @param gaps what vmsync told it to leave out; empty if it did not ask
     */
    default void hostBilled(SessionId session, Optional<Interval> billed, Optional<List<Gap>> gaps) {}

    /**
     * A cycle, or a synchronisation on request, is over, in whatever way.
     *
     * @param frame all that its ports were asked and told
     */
    default void ended(Frame frame) {}

    /**
     * A process has begun to live.
     *
     * @param process which process
     */
    default void started(SimulatedProcess process) {}

    /**
     * A process has died.
     *
     * @param process which process
     */
    default void died(SimulatedProcess process) {}

    /**
     * A simulated minute has gone by.
     *
     * @param now when, by the world's clock
     */
    default void minute(Instant now) {}

    /**
     * The simulation is over.
     *
     * @param now when, by the world's clock
     */
    default void finished(Instant now) {}
}
