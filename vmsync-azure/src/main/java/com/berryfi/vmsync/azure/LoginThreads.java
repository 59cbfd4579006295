package com.berryfi.vmsync.azure;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where credentials log in: each on one thread of its own, so that one whose login hangs holds up nobody else, and the
 * SDK's shared pool stays the SDK's.
 */
final class LoginThreads {

    private static final int MOST_WAITING = 1_000;
    private static final long IDLE_SECONDS = 10;
    private static final AtomicLong NUMBER = new AtomicLong();

    private LoginThreads() {}

    /** One daemon thread that is there while there is work; needs no closing. */
    static ExecutorService forOneCredential() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), LoginThreads::thread);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "vmsync-azure-login-" + NUMBER.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
