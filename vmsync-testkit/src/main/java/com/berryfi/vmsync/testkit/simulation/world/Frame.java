package com.berryfi.vmsync.testkit.simulation.world;

import com.berryfi.vmsync.model.Change;
import com.berryfi.vmsync.model.CommitOutcome;
import com.berryfi.vmsync.model.Evidence;
import com.berryfi.vmsync.model.Pass;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.SyncReport;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One cycle of a process, or one VM that it synchronised on request: all that its ports were asked and told. */
public final class Frame {

    /**
     * What was handed out of one VM.
     *
     * @param vm of which VM
     * @param evidence what was said of it, how and when it was asked
     * @param handedAt when the process got it, by the world's clock
     */
    public record Answer(VmId vm, Evidence evidence, Instant handedAt) {}

    /**
     * A change that it committed, or tried to.
     *
     * @param change what was to be written
     * @param outcome what came of it
     */
    public record Written(Change change, CommitOutcome outcome) {}

    private final String process;
    private final int generation;
    private final Instant startedAt;
    final List<Answer> answers = new ArrayList<>();
    final List<Written> written = new ArrayList<>();
    final List<Pass> passes = new ArrayList<>();
    Optional<SyncReport> report = Optional.empty();
    Optional<VmOutcome> direct = Optional.empty();
    /** When it last read the rows of a scope, by the clock of its process. */
    final Map<Scope, Instant> rowsReadAt = new HashMap<>();

    boolean dead;
    /** When it last called the database to commit; the call itself may take long. */
    Instant handedOverAt = Instant.MIN;

    Frame(String process, int generation, Instant startedAt) {
        this.process = process;
        this.generation = generation;
        this.startedAt = startedAt;
    }

    /** {@return when it last called the database to commit; {@link Instant#MIN} if it did not} */
    public Instant handedOverAt() {
        return handedOverAt;
    }

    /** {@return the name of the process that it belongs to} */
    public String process() {
        return process;
    }

    /** {@return in which life of the process it was, from 1} */
    public int generation() {
        return generation;
    }

    /** {@return when it began, by the world's clock} */
    public Instant startedAt() {
        return startedAt;
    }

    /**
     * {@return whether an answer was asked for, by the clock of its process, before the rows of its scope were read: it may not speak of
     * them}
     *
     * @param answer what was told of a machine
     * @param scope of which scope
     */
    public boolean isStale(Answer answer, Scope scope) {
        return Optional.ofNullable(rowsReadAt.get(scope))
                .filter(answer.evidence().sentAt()::isBefore)
                .isPresent();
    }

    /**
     * {@return whether it has read the rows of a scope}
     *
     * @param scope of which scope
     */
    public boolean hasRead(Scope scope) {
        return rowsReadAt.containsKey(scope);
    }

    /**
     * {@return whether a scope as a whole came to nothing, so that what was told of its machines is lost unless it was written before}
     *
     * @param scope of which scope
     */
    public boolean hasFailed(Scope scope) {
        return report().stream()
                .flatMap(each -> each.scopes().stream())
                .anyMatch(each -> each.scope().equals(scope)
                        && each.checked() == 0
                        && each.failure().isPresent());
    }

    /** {@return what it was told of machines, in order} */
    public List<Answer> answers() {
        return answers;
    }

    /** {@return what it wrote, in order} */
    public List<Written> written() {
        return written;
    }

    /** {@return the passes that it recorded, in order} */
    public List<Pass> passes() {
        return passes;
    }

    /** {@return what its cycle reported; empty if it did not come to its end, or was none} */
    public Optional<SyncReport> report() {
        return report.filter(any -> !dead);
    }

    /** {@return what became of the one VM that was synchronised on request; empty if it failed, or it was a cycle} */
    public Optional<VmOutcome> direct() {
        return direct.filter(any -> !dead);
    }

    /** {@return whether it came to its normal end} */
    public boolean hasEnded() {
        return report().filter(each -> each.skipped().isEmpty()).isPresent() || direct().isPresent();
    }

    /**
     * {@return what it says became of a VM; empty if it says nothing}
     *
     * @param vm of which VM
     */
    public Optional<VmOutcome> outcome(VmId vm) {
        if (direct().isPresent()) {
            return direct().filter(outcome -> outcome.before().id().equals(vm));
        }
        return report().flatMap(each -> each.outcomes().stream()
                .filter(outcome -> outcome.before().id().equals(vm))
                .findFirst());
    }
}
