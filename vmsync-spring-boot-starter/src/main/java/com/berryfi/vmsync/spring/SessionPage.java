package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.View;
import com.berryfi.vmsync.model.AuditRecord;
import com.berryfi.vmsync.model.SessionId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was said of one session: in plain words, in its audit, on its bill. */
final class SessionPage {

    /** So many records are shown, the newest. */
    static final int MOST_SHOWN = 500;

    private SessionPage() {}

    static Map<String, Object> of(View view, SessionId session) {
        List<AuditRecord> records = view.history(session);
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("session", session.value());
        page.put("explanation", view.explain(session));
        page.put("recordsCount", records.size());
        page.put(
                "records",
                records.stream()
                        .skip(Math.max(0, records.size() - MOST_SHOWN))
                        .map(SessionPage::record)
                        .toList());
        view.bill(session)
                .ifPresent(bill ->
                        page.put("bill", BillPage.bill(bill, view.status().asOf())));
        return page;
    }

    private static Map<String, Object> record(AuditRecord record) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("at", record.at().toString());
        told.put("cycle", record.cycle());
        told.put("rule", record.rule());
        told.put("mode", EnumTag.of(record.mode()));
        told.put("because", record.because());
        told.put("believed", EnumTag.of(record.believed()));
        StatusPage.put(told, "sessionStatus", record.sessionStatus().map(EnumTag::of));
        told.put("observed", record.evidence().observation().toString());
        told.put("readKind", EnumTag.of(record.evidence().kind()));
        told.put("sentAt", record.evidence().sentAt().toString());
        StatusPage.put(told, "requestId", record.evidence().requestId());
        told.put("effects", record.effects());
        record.held().ifPresent(held -> told.put("held", HeldPage.held(held)));
        return told;
    }
}
