package com.berryfi.vmsync;

import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.plan.Turns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Does the scopes of one cycle on an executor, as {@link Turns#next} lets them begin: a credential whose scopes hang does not take all of
 * its threads. Nobody waits for a place: whoever ends one scope begins the next. Thread-safe.
 */
final class Bulkhead<T> {

    private final int most;
    private final Executor executor;
    private final Function<Scope, T> work;
    private final BiFunction<Scope, Throwable, T> whenRejected;
    private final Map<Scope, CompletableFuture<T>> results = new LinkedHashMap<>();
    private final Set<Scope> waiting;
    private final Set<Scope> underWay = new LinkedHashSet<>();
    private final Queue<Scope> ready = new ConcurrentLinkedQueue<>();
    private final Set<Thread> beginning = ConcurrentHashMap.newKeySet();

    private Bulkhead(
            List<Scope> scopes,
            int most,
            Executor executor,
            Function<Scope, T> work,
            BiFunction<Scope, Throwable, T> whenRejected) {
        this.most = most;
        this.executor = executor;
        this.work = work;
        this.whenRejected = whenRejected;
        this.waiting = new LinkedHashSet<>(scopes);
        scopes.forEach(scope -> results.put(scope, new CompletableFuture<>()));
    }

    /**
     * Does all scopes, and waits for them.
     *
     * @param scopes each once
     * @param most how many of one credential are under way at a time while another's wait
     * @param whenRejected what a scope comes to that the executor does not take
     * @return what each came to, in the order of the scopes
     */
    static <T> List<T> run(
            List<Scope> scopes,
            int most,
            Executor executor,
            Function<Scope, T> work,
            BiFunction<Scope, Throwable, T> whenRejected) {
        Bulkhead<T> bulkhead = new Bulkhead<>(scopes, most, executor, work, whenRejected);
        bulkhead.beginMore();
        return bulkhead.results.values().stream().map(CompletableFuture::join).toList();
    }

    /** On an executor that works on its caller's thread, the call below this one on the stack goes on: nothing nests deeply. */
    private void beginMore() {
        Thread thread = Thread.currentThread();
        if (!beginning.add(thread)) {
            return;
        }
        try {
            admit();
            for (Scope scope = ready.poll(); scope != null; scope = ready.poll()) {
                begin(scope);
                admit();
            }
        } finally {
            beginning.remove(thread);
        }
    }

    private synchronized void admit() {
        Collection<Scope> next = Turns.next(new ArrayList<>(waiting), underWay, most);
        next.forEach(waiting::remove);
        underWay.addAll(next);
        ready.addAll(next);
    }

    private synchronized void leave(Scope scope) {
        underWay.remove(scope);
    }

    private void begin(Scope scope) {
        try {
            executor.execute(() -> {
                finish(scope, work);
                beginMore();
            });
        } catch (RuntimeException | Error e) {
            finish(scope, each -> whenRejected.apply(each, e));
        }
    }

    private void finish(Scope scope, Function<Scope, T> how) {
        CompletableFuture<T> result = Objects.requireNonNull(results.get(scope));
        try {
            result.complete(how.apply(scope));
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        } finally {
            leave(scope);
        }
    }
}
