package com.berryfi.vmsync.jdbc;

import com.berryfi.vmsync.model.RowProblem;

/** A row of the host's that cannot be worked with. */
final class BadRow extends Exception {

    private final transient RowProblem problem;

    BadRow(String row, String problem) {
        this(new RowProblem(row, problem));
    }

    BadRow(RowProblem problem) {
        super(problem.toString());
        this.problem = problem;
    }

    RowProblem problem() {
        return problem;
    }
}
