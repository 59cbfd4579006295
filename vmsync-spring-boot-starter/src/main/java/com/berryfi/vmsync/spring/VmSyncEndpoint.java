package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.View;
import com.berryfi.vmsync.VmSync;
import com.berryfi.vmsync.model.SessionId;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.lang.Nullable;

/**
 * How synchronisation fares. {@code GET vmsync}: the status; {@code GET vmsync/held}, {@code vmsync/findings} and {@code vmsync/bill}: what
 * waits, what costs, and what is left out of bills; {@code GET vmsync/preview}: what a full sync would do, which reads the cloud;
 * {@code GET vmsync/session/{id}}: why a session was or was not ended; {@code GET vmsync/console}: a page that shows all this. By
 * Spring's own {@code Nullable} the actuator of Spring Boot 3 knows which parameters may be left out.
 */
@Endpoint(id = "vmsync")
final class VmSyncEndpoint {

    private final VmSync sync;

    VmSyncEndpoint(VmSync sync) {
        this.sync = sync;
    }

    /** As this process knows it; neither cloud nor database is asked. */
    @ReadOperation
    Map<String, Object> status() {
        return StatusPage.of(sync.view().status(), sync.view().alerts(), false);
    }

    /**
     * One of the views.
     *
     * @param from of held, findings and bill: how many of those that match are left out; none unless given
     * @param like of these: what an entry's words must contain, without case; all match unless given
     */
    @ReadOperation
    Object look(@Selector String what, @Nullable String from, @Nullable String like) {
        View view = sync.view();
        return Refusal.or(() -> switch (what) {
            case "preview" -> ReportPage.of(view.preview());
            case "held" -> HeldPage.of(view.status(), Extract.of(from, like));
            case "findings" -> FindingsPage.of(view.status(), Extract.of(from, like));
            case "bill" -> BillPage.of(view.bills(), view.status().asOf(), Extract.of(from, like));
            case "console" -> ConsolePage.answer();
            default ->
                throw Refusal.of(
                        "there is no view '" + what + "': preview, held, findings, bill, console, or session/{id}");
        });
    }

    /** Why a session was, or was not, ended. */
    @ReadOperation
    Object explain(@Selector String what, @Selector String id) {
        return Refusal.or(() -> {
            if (!what.equals("session")) {
                throw Refusal.of("there is no view '" + what + "/{id}': session/{id}");
            }
            return SessionPage.of(sync.view(), new SessionId(id));
        });
    }
}
