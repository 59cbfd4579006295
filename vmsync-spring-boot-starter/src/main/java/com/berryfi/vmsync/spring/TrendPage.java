package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Corrected;
import com.berryfi.vmsync.model.DriftPoint;
import com.berryfi.vmsync.model.SyncStatus.Trend;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** How drift and its corrections went on. */
final class TrendPage {

    private TrendPage() {}

    static void put(Map<String, Object> page, Trend trend) {
        page.put("drift", trend.drift().stream().map(TrendPage::point).toList());
        page.put("recent", trend.recent().stream().map(TrendPage::corrected).toList());
    }

    private static Map<String, Object> point(DriftPoint point) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("at", point.at().toString());
        told.put("checked", point.checked());
        told.put("unknown", point.unknown());
        told.put("outOfStep", new TreeMap<>(point.outOfStep()));
        told.put("corrected", new TreeMap<>(point.corrected()));
        return told;
    }

    private static Map<String, Object> corrected(Corrected corrected) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("at", corrected.at().toString());
        told.put("vm", corrected.vm().value());
        StatusPage.put(told, "session", corrected.session());
        told.put("scope", corrected.scope().toString());
        told.put("rule", corrected.rule());
        told.put("because", corrected.because());
        told.put("effects", corrected.effects().stream().map(Object::toString).toList());
        return told;
    }
}
