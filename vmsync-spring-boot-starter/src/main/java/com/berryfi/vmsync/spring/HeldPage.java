package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Held;
import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.model.Wait;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** What waits, for what, and what releases it. */
final class HeldPage {

    private HeldPage() {}

    static Map<String, Object> of(SyncStatus status, Extract extract) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("asOf", status.asOf().toString());
        extract.put(page, "held", extract.matching(status.waits(), HeldPage::words), HeldPage::wait);
        return page;
    }

    private static Stream<?> words(Wait wait) {
        return Stream.concat(
                wait.session().stream(),
                Stream.of(
                        wait.vm(),
                        wait.scope(),
                        wait.rule(),
                        EnumTag.of(wait.held().reason())));
    }

    private static Map<String, Object> wait(Wait wait) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("vm", wait.vm().value());
        StatusPage.put(told, "session", wait.session());
        told.put("scope", wait.scope().toString());
        told.put("since", wait.since().toString());
        told.put("rule", wait.rule());
        told.put("because", wait.because());
        told.putAll(held(wait.held()));
        return told;
    }

    static Map<String, Object> held(Held held) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("reason", EnumTag.of(held.reason()));
        StatusPage.put(told, "until", held.until());
        told.put("releasedBy", EnumTag.of(held.releasedBy()));
        return told;
    }
}
