package com.berryfi.vmsync.jdbc;

import java.util.ArrayList;
import java.util.List;

/** Sums up what was found of one chain after the other. Not thread-safe. */
final class AuditTally {

    private final List<BrokenLink> broken = new ArrayList<>();
    private long chains;
    private long links;
    private long brokenChains;

    void add(ChainCheck check) {
        add(check.links(), check.broken());
    }

    void add(long linksOfChain, List<BrokenLink> brokenOfChain) {
        chains++;
        links += linksOfChain;
        if (!brokenOfChain.isEmpty()) {
            brokenChains++;
            brokenOfChain.stream()
                    .limit(AuditReport.MOST - (long) broken.size())
                    .forEach(broken::add);
        }
    }

    AuditReport report() {
        return new AuditReport(chains, links, brokenChains, broken);
    }
}
