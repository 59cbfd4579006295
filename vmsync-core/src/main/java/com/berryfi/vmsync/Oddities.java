package com.berryfi.vmsync;

import com.berryfi.vmsync.model.RowProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which problems that rows have in common people were told of already, by this process. Thread-safe. */
final class Oddities {

    private static final Logger LOG = LoggerFactory.getLogger(Oddities.class);

    /** Of more kinds than a host has statuses nothing is kept: those are told of each time. */
    private static final int MOST = 1_000;

    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** Of the problems of a cycle, those that are worth a word. */
    List<RowProblem> news(List<RowProblem> problems) {
        return problems.stream().filter(this::isNews).toList();
    }

    private boolean isNews(RowProblem problem) {
        Optional<String> oddity = problem.oddity();
        if (oddity.isEmpty()) {
            return true;
        }
        if (told.contains(oddity.get())) {
            return false;
        }
        if (told.size() < MOST && !told.add(oddity.get())) {
            return false;
        }
        LOG.warn("rows are left alone for {}; the first of them is {}", oddity.get(), problem);
        return true;
    }
}
