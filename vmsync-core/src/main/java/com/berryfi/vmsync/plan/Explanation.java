package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why a session was, or was not, ended, in plain words. */
public final class Explanation {

    private Explanation() {}

    /** One line on how it stands, then one for each verdict, oldest first. */
    public static String of(SessionId session, Optional<Session> row, List<AuditRecord> history) {
        String stands = "Session " + session + " "
                + row.map(known -> "is " + known.status()).orElse("has no row") + ". " + summary(history);
        return Stream.concat(Stream.of(stands), history.stream().map(Explanation::line))
                .collect(Collectors.joining("\n"));
    }

    private static String summary(List<AuditRecord> history) {
        if (history.isEmpty()) {
            return "Both sides have always agreed on it, or it was never looked at: vmsync has done nothing.";
        }
        Optional<AuditRecord> end =
                history.stream().filter(Explanation::hasEnded).reduce((one, later) -> later);
        if (end.isPresent()) {
            AuditRecord record = end.get();
            return "vmsync ended it at " + record.at() + " by rule " + record.rule() + ": " + record.because() + ".";
        }
        AuditRecord last = history.get(history.size() - 1);
        String why = last.held()
                .map(held -> ": it waits, " + words(held))
                .orElse(last.effects().isEmpty() ? ": nothing was to be done" : ": " + last.effects());
        return "vmsync has not ended it. Last verdict at " + last.at() + ", rule " + last.rule() + why + ".";
    }

    private static boolean hasEnded(AuditRecord record) {
        return record.mode() == Mode.ACT
                && record.effects().stream().anyMatch(effect -> effect.startsWith("session ->"));
    }

    private static String line(AuditRecord record) {
        return record.at() + " " + record.rule() + (record.mode() == Mode.ACT ? "" : " (" + record.mode() + ")") + ": "
                + record.because() + "; believed " + record.believed()
                + record.sessionStatus().map(status -> "/" + status).orElse("") + ", "
                + (record.evidence().isDirect() ? "a direct read" : "a list") + " of "
                + record.evidence().sentAt() + " said " + record.evidence().observation()
                + (record.effects().isEmpty() ? "" : "; " + String.join(", ", record.effects()))
                + record.held().map(held -> "; waits, " + words(held)).orElse("");
    }

    private static String words(Held held) {
        String reason = switch (held.reason()) {
            case MAINTENANCE -> "for the VM is in maintenance";
            case HOST_ERROR -> "for the host has set the VM to ERROR";
            case HOLD -> "for an operator holds the VM";
            case FENCE -> "for the host has changed the rows and its operation may still come true";
            case PROVISIONING -> "for the cloud has not come to an end with the VM";
            case START_GRACE -> "for a session that begins may take its time";
            case CONFIRMATION -> "for what was seen is to be confirmed";
            case MISSING -> "for a VM that is not found may be found again";
            case TRANSITION_UNDER_WAY -> "for the VM is on its way from one state to another";
            case HEARTBEAT -> "for the VM has given a sign of life";
            case QUARANTINE -> "for an orphan is reported before it is given back";
            case BRAKE -> "for too many would end at once";
            case FREEZE -> "for this process does not trust what it knows of the scope";
        };
        return reason + held.until().map(until -> ", until " + until).orElse("") + ", released by " + held.releasedBy();
    }
}
