package com.berryfi.vmsync.plan;

import com.berryfi.vmsync.model.Alert;
import com.berryfi.vmsync.model.Alert.Kind;
import com.berryfi.vmsync.model.Alert.Level;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.ScopeStatus;
import com.berryfi.vmsync.model.ScopeStatus.FreezeCause;
import com.berryfi.vmsync.model.ScopeStatus.Frozen;
import com.berryfi.vmsync.model.ScopeStatus.Unreadable;
import com.berryfi.vmsync.model.SyncKind;
import com.berryfi.vmsync.model.SyncStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which alerts follow from how the scopes fare. */
final class ScopeAlerts {

    /** A credential is refused once in a while; twice in a row it is at fault. */
    private static final int REFUSED = 2;

    private static final int UNREAD = 3;

    private ScopeAlerts() {}

    static List<Alert> of(SyncStatus status) {
        List<Alert> found = new ArrayList<>();
        status.scopes().forEach(scope -> ofScope(scope, status, found));
        status.orders().stream()
                .filter(order -> order.kind() == Order.Kind.PAUSE)
                .forEach(pause -> found.add(ofPause(pause)));
        return found;
    }

    private static void ofScope(ScopeStatus scope, SyncStatus status, List<Alert> found) {
        scope.braked()
                .ifPresent(braked -> found.add(new Alert(
                        Kind.BRAKE,
                        scope.scope().toString(),
                        Optional.of(scope.scope()),
                        Kind.BRAKE.level(),
                        "",
                        braked.since(),
                        "too many at once: " + braked.count() + " are held, among them " + braked.some())));
        scope.frozen()
                .filter(frozen -> isTold(frozen, status))
                .ifPresent(frozen -> found.add(new Alert(
                        Kind.FREEZE,
                        scope.scope().toString(),
                        Optional.of(scope.scope()),
                        Kind.FREEZE.level(),
                        frozen.cause().name(),
                        frozen.since(),
                        frozen.why())));
        scope.unreadable().flatMap(why -> unreadable(scope.scope(), why)).ifPresent(found::add);
    }

    /** A pause is told of by its order; a start is given its time. */
    private static boolean isTold(Frozen frozen, SyncStatus status) {
        return switch (frozen.cause()) {
            case ORDERED -> false;
            case UNREAD_TOO_LONG -> true;
            case NOT_READ_YET ->
                Alerts.isOlder(frozen.since(), twice(status.loop(SyncKind.FULL).interval()), status.asOf());
        };
    }

    private static Alert ofPause(Order pause) {
        return new Alert(
                Kind.FREEZE,
                pause.scope().map(Scope::toString).orElse("everywhere"),
                pause.scope(),
                Level.INFO,
                FreezeCause.ORDERED.name(),
                pause.from(),
                "paused by an operator"
                        + pause.until().map(until -> " until " + until).orElse("") + ": " + pause.reason());
    }

    private static Optional<Alert> unreadable(Scope scope, Unreadable why) {
        boolean credential = why.cause().isOfCredential();
        if (why.times() < (credential ? REFUSED : UNREAD)) {
            return Optional.empty();
        }
        Kind kind = credential ? Kind.FAILING_CREDENTIAL : Kind.UNREADABLE_SCOPE;
        return Optional.of(new Alert(
                kind,
                scope.toString(),
                Optional.of(scope),
                kind.level(),
                Alarm.isPassing(why.cause()) ? "PASSING" : why.cause().name(),
                why.since(),
                "could not be read " + why.times() + " times in a row: " + why.cause() + ": " + why.detail()));
    }

    private static Duration twice(Duration interval) {
        return interval.plus(interval);
    }
}
