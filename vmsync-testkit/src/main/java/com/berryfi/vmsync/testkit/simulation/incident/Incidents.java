package com.berryfi.vmsync.testkit.simulation.incident;

import java.util.List;

/** What has really happened to others, in the order of the table. */
public final class Incidents {

    static final Contender VMSYNC = Contender.vmsync();

    private static final List<Incident> ALL = List.of(
            new Incident(
                    1,
                    "throttled, then restarted; an unset default was taken for a size and 197 of 200 nodes were deleted",
                    "kubernetes autoscaler 3240",
                    "end nothing; cold start stays frozen until both sides were read whole",
                    ColdStarts::throttledAndRestarted),
            new Incident(
                    2,
                    "restart while its own API was down: every worker deleted as an orphan",
                    "gardener machine-controller-manager 657",
                    "find no orphan before a complete pass of both sides",
                    ColdStarts::restartedWithoutItsOwnSide),
            new Incident(
                    3,
                    "frozen controller, yet the orphan sweep still deleted every 20 min",
                    "machine-controller-manager 718",
                    "let the freeze cover every path that acts",
                    ColdStarts::frozenSweep),
            new Incident(
                    4,
                    "a rate-limited refresh was read as \"node missing\"",
                    "cloud-provider-azure 2880",
                    "treat 429 as unknown, for as long as it lasts",
                    WrongAnswers::throttled),
            new Incident(
                    5,
                    "VM deleted and recreated under the same name; the healthy one was removed",
                    "kubernetes 93287",
                    "tell VMs apart by uid; alert",
                    CostlyMachines::recreated),
            new Incident(
                    6,
                    "a cached \"off\" killed a VM that had just been started",
                    "nova bug 1815791",
                    "ignore evidence older than the last change; confirm by a fresh read",
                    StaleFacts::cachedOff),
            new Incident(
                    7,
                    "provisioning Creating with power stopped taken for stopped",
                    "cloud-provider-azure PR 743",
                    "count stopped only when provisioning succeeded, past start grace",
                    StaleFacts::stoppedWhileCreating),
            new Incident(
                    8,
                    "instanceView answered 404 for a VM that was working, on and off",
                    "taskcluster 8314",
                    "need three reads and a real ResourceNotFound; one contrary read resets",
                    WrongAnswers::notFoundOnAndOff),
            new Incident(
                    9,
                    "hundreds a day killed: the scanner acted on a stale batch",
                    "taskcluster 6186",
                    "compare-and-set on what was read; bounded age of every fact",
                    StaleFacts::staleBatch),
            new Incident(
                    10,
                    "offset paging returned a row twice; the only worker was killed",
                    "taskcluster 8586",
                    "page by key; the same VM twice in a pass counts once",
                    StaleFacts::rowReadTwice),
            new Incident(
                    11,
                    "a stop event delivered late, after the reboot, shut the VM down",
                    "nova bug 1443186",
                    "take events as hints to read again, never as facts",
                    StaleFacts::lateEvent),
            new Incident(
                    12,
                    "stopped out of band: no usage event, billing ran on",
                    "cloudstack CLOUDSTACK-8262",
                    "stop billing at the proven instant",
                    CostlyMachines::stoppedOutOfBand),
            new Incident(
                    13,
                    "the list call failed, the exception became an empty list, everything was evicted",
                    "spinnaker clouddriver, fixed for one provider in PR 3241",
                    "treat a failed, empty or shrunk list as unknown",
                    WrongAnswers::failedListTakenForEmpty),
            new Incident(
                    14,
                    "one bad VM stopped the sync of all the others",
                    "nova bug 1228160",
                    "isolate VM, scope and credential",
                    ManyAtOnce::oneBadVm),
            new Incident(
                    15,
                    "cloud calls hung in bursts; the loop hung with them",
                    "taskcluster 8664",
                    "time out every call; a hung scope delays no other; overrun alarm",
                    ManyAtOnce::hangingCalls),
            new Incident(
                    16,
                    "the brake never released after a lawful scale-down",
                    "eureka 1073, 1267",
                    "release by itself once confirmed reads agree for long enough",
                    ManyAtOnce::lawfulScaleDown),
            new Incident(
                    17,
                    "a threshold in seconds read as milliseconds",
                    "cloudstack power sync",
                    "carry every duration as a Duration; unit in every setting's name",
                    Promises::seconds),
            new Incident(
                    18,
                    "a bulk-query \"optimisation\" dropped a column; stops were never, or always, detected",
                    "cloudstack 10406, 13027",
                    "contract kit run against every store, bulk and single path alike",
                    Promises::columnDropped),
            new Incident(
                    19,
                    "a zone failed and came back; every timer fired at once",
                    "kubernetes node lifecycle",
                    "start every grace afresh after an outage, then ramp",
                    ColdStarts::zoneCameBack),
            new Incident(
                    20,
                    "a second controller acted past the brake",
                    "machine-controller-manager 741",
                    "keep one way to act, through the brake; replicas share its budget",
                    ManyAtOnce::secondController),
            new Incident(
                    21,
                    "marked removed in the database, never deleted in the cloud: 143,374 billed VM-hours in 17 days",
                    "taskcluster 8574",
                    "report the finding until the cloud agrees",
                    CostlyMachines::removedButAlive),
            new Incident(
                    22,
                    "no power state in the answer, 1 to 5 of 100 VMs at random; taken for off",
                    "azure-sdk-for-java 2471",
                    "unknown",
                    WrongAnswers::powerForgotten),
            new Incident(
                    23,
                    "a human's maintenance hold was cleared by the program",
                    "ironic bug 2119618",
                    "never lift a hold",
                    ManyAtOnce::maintenanceIsKept),
            new Incident(
                    24,
                    "stopped in the guest: Azure bills on, nobody noticed",
                    "AzureTRE 2419",
                    "finding \"stopped but still billed\"",
                    CostlyMachines::stoppedInTheGuest),
            new Incident(
                    25,
                    "in-use agents removed because \"exists?\" answered false on an error",
                    "azure-vm-agents 481",
                    "three answers, not two: seen, missing, unknown",
                    WrongAnswers::existsAnsweredFalse));

    private Incidents() {}

    /** {@return all of them, by number} */
    public static List<Incident> all() {
        return ALL;
    }

    /**
     * Lets all of them happen to vmsync, once each.
     *
     * @param seed decides when exactly
     * @return the results, by the incident's number
     */
    public static List<IncidentResult> runAll(long seed) {
        return runAll(seed, VMSYNC);
    }

    /**
     * Lets all of them happen to somebody, once each.
     *
     * @param seed decides when exactly
     * @param contender who has to live through them
     * @return the results, by the incident's number
     */
    public static List<IncidentResult> runAll(long seed, Contender contender) {
        return ALL.stream().map(incident -> incident.run(seed, contender)).toList();
    }
}
