package com.berryfi.vmsync.crash;

import java.util.Random;

/**
 * Closes the host's billing now and then, for a while, as a seed says, so that instructions of one session wait together. It is open at
 * first, and from {@link #end} on. Thread-safe.
 */
final class BillingHours {

    private static final String SET = "UPDATE bench_billing SET is_open = ?";
    private static final int OPEN_MILLIS = 8_000;
    private static final int CLOSED_MILLIS = 4_000;

    private final String url;
    private final Random random;
    private final Thread thread = new Thread(this::keep, "billing-hours");

    BillingHours(String url, long seed) {
        this.url = url;
        this.random = new Random(~seed);
        thread.setDaemon(true);
        thread.start();
    }

    private void keep() {
        try (Bookkeeping books = new Bookkeeping(url)) {
            while (true) {
                Thread.sleep(OPEN_MILLIS / 2 + random.nextInt(OPEN_MILLIS));
                set(books, 0);
                Thread.sleep(CLOSED_MILLIS / 2 + random.nextInt(CLOSED_MILLIS));
                set(books, 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void set(Bookkeeping books, int isOpen) throws InterruptedException {
        books.insist(connection -> Bookkeeping.update(connection, SET, isOpen));
    }

    /** Opens it for good. */
    void end() throws InterruptedException {
        thread.interrupt();
        thread.join();
        try (Bookkeeping books = new Bookkeeping(url)) {
            set(books, 1);
        }
    }
}
