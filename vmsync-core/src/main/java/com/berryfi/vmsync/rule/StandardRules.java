package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Mode;
import java.util.List;
import java.util.stream.Stream;

/**
 * The domain's table of contents. The guards come first and change no status, but for
 * {@code end-again}, which puts back what we had written; of the rules after them exactly one speaks of any
 * facts, so their order among themselves means nothing.
 */
public final class StandardRules {

    private static final List<Rule> GUARDS = List.of(
            new LeaveUnknown(),
            new IgnoreStale(),
            new LeaveMaintenance(),
            new LeaveOnHold(),
            new EndAgain(),
            new AwaitHostOperation(),
            new AwaitProvisioning());

    private static final List<Rule> RULES = List.of(
            // a live session
            new ResumeWhenRunning(),
            new FollowStart(),
            new OutlastStop(),
            new ResumeMetering(),
            new FollowTransition(),
            new FailWhenNeverStarted(),
            new EndWhenLostBeforeUse(),
            new EndWhenStopped(),
            new EndWhenDeallocated(),
            new EndWhenGone(),
            // a session that was told to end
            new FinishTerminating(),
            // no live session
            new FollowPower(),
            new WatchRunning(),
            new WatchStopped(),
            new DeallocateOrphan(),
            new RecoverFromError(),
            new AwaitMissing(),
            // either
            new LeaveHostError(),
            new LeaveAllocation(),
            new AgreeInStep());

    private static final RuleBook BOOK = RuleBook.of(Stream.concat(
                    GUARDS.stream().map(rule -> RuleBook.Entry.ofGuard(rule, Mode.ACT)),
                    RULES.stream().map(rule -> RuleBook.Entry.ofRule(rule, Mode.ACT)))
            .toList());

    private StandardRules() {}

    /** {@return every rule, each in mode ACT; always the same book} */
    public static RuleBook book() {
        return BOOK;
    }

    /** {@return those that come first and change no status, but for {@code end-again}; unmodifiable} */
    public static List<Rule> guards() {
        return GUARDS;
    }

    /** {@return those of which exactly one speaks once no guard does; unmodifiable} */
    public static List<Rule> rules() {
        return RULES;
    }
}
