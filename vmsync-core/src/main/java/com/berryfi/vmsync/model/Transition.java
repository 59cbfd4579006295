package com.berryfi.vmsync.model;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the host's two rows change, together.
 *
 * @param vmStatus the VM's new status; empty if it stays
 * @param releaseVm whether the VM's current session is cleared
 * @param sessionEnd how the session ends; empty if it does not
 */
public record Transition(Optional<VmStatus> vmStatus, boolean releaseVm, Optional<SessionEnd> sessionEnd) {

    /** Both rows stay as they are. */
    public static final Transition NONE = new Transition(Optional.empty(), false, Optional.empty());

    /**
     * The end of a session.
     *
     * @param endedAs its last status
     * @param endTime its end: the last instant it may be billed for
     * @param billable what it is billed for, gaps left out; never negative
     * @param reason for the row and the user
     * @param clearConnection whether the connection details are cleared as well
     */
    public record SessionEnd(
            SessionStatus endedAs, Instant endTime, Duration billable, String reason, boolean clearConnection) {

        /**
         * Checks that it is an end.
         *
         * @param endedAs its last status
         * @param endTime its end: the last instant it may be billed for
         * @param billable what it is billed for, gaps left out; never negative
         * @param reason for the row and the user
         * @param clearConnection whether the connection details are cleared as well
         * @throws IllegalArgumentException if {@code endedAs} is not the status of a session that has ended
         */
        public SessionEnd {
            if (!endedAs.isEnded()) {
                throw new IllegalArgumentException("a session cannot end as " + endedAs);
            }
        }
    }

    /** {@return whether both rows stay as they are} */
    public boolean isNone() {
        return vmStatus.isEmpty() && !releaseVm && sessionEnd.isEmpty();
    }

    /**
     * The rows as they stand once this is done.
     *
     * @param before the rows as they were read
     * @return the VM's row as changed, with the session that it had or, if that ends, none
     */
    public ManagedVm appliedTo(ManagedVm before) {
        Vm vm = before.vm();
        Vm after = new Vm(
                vm.id(),
                vm.scope(),
                vm.address(),
                vmStatus.orElse(vm.believed()),
                releaseVm ? Optional.empty() : vm.currentSession(),
                vm.lastStarted());
        return new ManagedVm(after, sessionEnd.isPresent() ? Optional.empty() : before.session());
    }
}
