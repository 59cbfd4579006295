package com.berryfi.vmsync.report;

import com.berryfi.vmsync.model.ScopeOutcome;
import java.util.List;

/**
 * The sums over all scopes. What was looked at is either in step, out of step or unknown.
 *
 * @param checked how many VMs were looked at
 * @param inStep of how many both sides agree
 * @param outOfStep of how many they do not
 * @param unknown of how many the cloud said nothing definite
 * @param liveSessions how many sessions live
 * @param scopes how many scopes were to be read
 * @param unreadable how many of these were not read to the end; their VMs that were not looked at are counted nowhere
 */
public record Totals(
        int checked, int inStep, int outOfStep, int unknown, int liveSessions, int scopes, int unreadable) {

    /** The sums of what was read, a record for each scope. */
    static Totals of(List<ScopeOutcome> scopes) {
        int checked = scopes.stream().mapToInt(ScopeOutcome::checked).sum();
        int inStep = scopes.stream().mapToInt(ScopeOutcome::inStep).sum();
        int unknown = scopes.stream().mapToInt(ScopeOutcome::unknown).sum();
        long unreadable =
                scopes.stream().filter(scope -> scope.failure().isPresent()).count();
        return new Totals(
                checked,
                inStep,
                checked - inStep - unknown,
                unknown,
                scopes.stream().mapToInt(ScopeOutcome::live).sum(),
                scopes.size(),
                (int) unreadable);
    }
}
