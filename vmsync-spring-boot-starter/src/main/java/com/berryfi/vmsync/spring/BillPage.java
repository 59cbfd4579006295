package com.berryfi.vmsync.spring;

import com.berryfi.vmsync.model.Gap;
import com.berryfi.vmsync.model.Lapse;
import com.berryfi.vmsync.model.Metering;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is left out of bills. */
final class BillPage {

    private static final Comparator<Metering> OLDEST_FIRST = Comparator.comparing(BillPage::begin)
            .thenComparing(bill -> bill.session().value());

    private BillPage() {}

    /** @param now until when the gaps last that are not over */
    static Map<String, Object> of(List<Metering> bills, Instant now, Extract extract) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("asOf", now.toString());
        extract.put(
                page,
                "bills",
                extract.matching(
                        bills.stream().sorted(OLDEST_FIRST).toList(), bill -> Stream.of(bill.session(), bill.vm())),
                bill -> bill(bill, now));
        return page;
    }

    private static Instant begin(Metering bill) {
        return Stream.concat(
                        bill.gaps().stream().map(Gap::from),
                        bill.lapse().stream().map(Lapse::ranUntil))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    static Map<String, Object> bill(Metering bill, Instant now) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("session", bill.session().value());
        told.put("vm", bill.vm().value());
        told.put("stopped", bill.stopped());
        told.put("asked", bill.asked());
        told.put("gaps", bill.gaps().stream().map(BillPage::gap).toList());
        told.put("unbilledSeconds", unbilled(bill, now).toSeconds());
        bill.lapse()
                .ifPresent(lapse -> told.put(
                        "lapse",
                        Map.of(
                                "ranUntil", lapse.ranUntil().toString(),
                                "offAt", lapse.offAt().toString())));
        return told;
    }

    private static Map<String, Object> gap(Gap gap) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("from", gap.from().toString());
        StatusPage.put(told, "to", gap.to());
        return told;
    }

    private static Duration unbilled(Metering bill, Instant now) {
        return bill.gaps().stream()
                .map(gap -> Duration.between(gap.from(), gap.to().orElse(now)))
                .filter(lasted -> !lasted.isNegative())
                .reduce(Duration.ZERO, Duration::plus);
    }
}
