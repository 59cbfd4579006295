package com.berryfi.vmsync;

import com.berryfi.vmsync.model.SyncStatus;
import com.berryfi.vmsync.plan.AlertLedger;
import com.berryfi.vmsync.plan.AlertLedger.News;
import com.berryfi.vmsync.port.AlertPort;
import com.berryfi.vmsync.port.PortException;
import com.berryfi.vmsync.port.UnavailableException;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells each alert port what stands and what is over, once. What a port throws reaches neither the others nor the cycle; what it could not
 * tell, and the rest, it is given again at the end of the next cycle. Thread-safe.
 */
final class Herald {

    private static final Logger LOG = LoggerFactory.getLogger(Herald.class);

    /** A port that fails so often at the end of one cycle is asked again at the end of the next. */
    private static final int GIVE_UP_AFTER = 5;

    private final List<Told> all;
    private final ReentrantLock telling = new ReentrantLock();

    /** A port and what was told to it. */
    private static final class Told {
        private final AlertPort port;
        private final Set<String> failing = new HashSet<>();
        private AlertLedger ledger = AlertLedger.EMPTY;

        Told(AlertPort port) {
            this.port = port;
        }
    }

    Herald(List<AlertPort> ports) {
        this.all = ports.stream().map(Told::new).toList();
    }

    /** Tells what is news by a status; if another cycle's end is at it, its port's slowness holds up nobody, and the next tells. */
    void tell(Supplier<SyncStatus> status) {
        if (!telling.tryLock()) {
            return;
        }
        try {
            SyncStatus now = status.get();
            all.forEach(each -> tell(each, now));
        } finally {
            telling.unlock();
        }
    }

    private static void tell(Told to, SyncStatus status) {
        to.ledger = to.ledger.seeing(status);
        List<News> all = to.ledger.news();
        to.failing.retainAll(all.stream().map(news -> news.alert().key()).toList());
        List<News> inTurn = all.stream()
                .sorted(Comparator.comparing(
                        news -> to.failing.contains(news.alert().key())))
                .toList();
        int failures = 0;
        for (News news : inTurn) {
            try {
                tell(to.port, news, status);
                to.failing.remove(news.alert().key());
                to.ledger = to.ledger.told(news);
            } catch (UnavailableException e) {
                LOG.warn(
                        "alert {}, and what follows it, is told later: {}",
                        news.alert().key(),
                        e.getMessage());
                return;
            } catch (RuntimeException | Error e) {
                to.failing.add(news.alert().key());
                String port = to.port.getClass().getName();
                LOG.error(
                        "alert port {} threw, {} is told later: {}",
                        port,
                        news.alert().key(),
                        e instanceof PortException ? e.getMessage() : Trouble.of(e));
                if (++failures == GIVE_UP_AFTER) {
                    return;
                }
            }
        }
    }

    private static void tell(AlertPort port, News news, SyncStatus status) {
        if (news.isOver()) {
            port.resolved(news.alert(), status.asOf());
        } else {
            port.raised(news.alert());
        }
    }
}
