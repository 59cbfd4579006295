package com.berryfi.vmsync.event;

import com.berryfi.vmsync.model.RowProblem;

/**
 * A row of the host's that is left alone.
 *
 * @param problem which, and what is wrong with it
 */
public record BadRow(RowProblem problem) {}
