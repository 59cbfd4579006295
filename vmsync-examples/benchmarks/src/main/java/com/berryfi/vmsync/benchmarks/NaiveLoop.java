package com.berryfi.vmsync.benchmarks;

import com.azure.resourcemanager.compute.ComputeManager;
import com.azure.resourcemanager.compute.models.PowerState;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a host would write by itself: each VM and its power, one after another, or on a few threads. */
final class NaiveLoop implements AutoCloseable {

    private final ComputeManager manager;
    private final ExecutorService threads;

    NaiveLoop(ComputeManager manager, int threads) {
        this.manager = manager;
        this.threads = Executors.newFixedThreadPool(threads);
    }

    /** Reads the first VMs of a fleet; how many of them run. */
    int running(int vms) throws InterruptedException, ExecutionException {
        List<Callable<Boolean>> reads = new ArrayList<>();
        for (int i = 0; i < vms; i++) {
            String name = Fleet.name(i);
            reads.add(() -> isRunning(name));
        }
        int running = 0;
        for (Future<Boolean> read : threads.invokeAll(reads)) {
            running += read.get() ? 1 : 0;
        }
        return running;
    }

    private boolean isRunning(String name) {
        return PowerState.RUNNING.equals(
                manager.virtualMachines().getByResourceGroup(Fleet.GROUP, name).powerState());
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
