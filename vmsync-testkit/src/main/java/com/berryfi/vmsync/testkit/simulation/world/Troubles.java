package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.port.UnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is wrong with the database, for whom and until when. */
public final class Troubles {

    private final Map<String, Instant> downUntil = new HashMap<>();
    private int callsUntilFailure;
    private int commitsUntilLoss;
    private Optional<Consumer<List<Change>>> beforeCommit = Optional.empty();
    private final Map<String, Instant> lastTrouble = new HashMap<>();

    /**
     * A process cannot reach it until an instant.
     *
     * @param process the name of the process
     * @param until when it can again
     */
    public void down(String process, Instant until) {
        downUntil.put(process, until);
    }

    /**
     * One call fails, after so many.
     *
     * @param calls how many calls from now on, that one included; zero for none
     */
    public void failCallAfter(int calls) {
        callsUntilFailure = calls;
    }

    /**
     * One write goes through and its answer is lost, after so many.
     *
     * @param writes how many writes from now on, that one included; zero for none
     */
    public void loseAnswerAfter(int writes) {
        commitsUntilLoss = writes;
    }

    /**
     * Runs between the reads of a cycle and its next commit, until {@link #clearBeforeCommit}.
     *
     * @param what given what is about to be committed
     */
    public void beforeCommit(Consumer<List<Change>> what) {
        beforeCommit = Optional.of(what);
    }

    /** Nothing more runs before a commit. */
    public void clearBeforeCommit() {
        beforeCommit = Optional.empty();
    }

    /** All of it is over. */
    public void heal() {
        downUntil.clear();
        callsUntilFailure = 0;
        commitsUntilLoss = 0;
        clearBeforeCommit();
    }

    /**
     * {@return until when a process could not, or cannot, rely on it; {@link Instant#MIN} if it always could}
     *
     * @param process the name of the process
     */
    public Instant downUntil(String process) {
        Instant until = downUntil.getOrDefault(process, Instant.MIN);
        Instant last = lastTrouble.getOrDefault(process, Instant.MIN);
        return until.isAfter(last) ? until : last;
    }

    void beforeCommit(List<Change> changes) {
        beforeCommit.ifPresent(each -> each.accept(changes));
    }

    void requireDatabase(String process, Instant now) {
        if (now.isBefore(downUntil.getOrDefault(process, Instant.MIN))) {
            lastTrouble.put(process, now);
            throw new UnavailableException("simulated database: is down");
        }
        if (callsUntilFailure > 0 && --callsUntilFailure == 0) {
            lastTrouble.put(process, now);
            throw new UnavailableException("simulated database: this call failed");
        }
    }

    void loseAnswer(String process, Instant now) {
        if (commitsUntilLoss > 0 && --commitsUntilLoss == 0) {
            lastTrouble.put(process, now);
            throw new UnavailableException("simulated database: the answer was lost");
        }
    }
}
