package com.berryfi.vmsync.testkit;

import com.berryfi.vmsync.model.Budget;
import com.berryfi.vmsync.model.Order;
import com.berryfi.vmsync.model.Spending;
import com.berryfi.vmsync.port.RejectedException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What operators have ordered, and what was spent under the brakes. Guarded by its journal. */
final class InMemoryOrders {

    private final Map<String, Order> orders = new TreeMap<>();
    private final List<Spending> spent = new ArrayList<>();
    private long version;

    Budget budget(Instant since) {
        return new Budget(
                version,
                spent.stream().filter(each -> !each.at().isBefore(since)).toList());
    }

    boolean spend(long seen, List<Spending> now, Instant forgetBefore) {
        if (seen != version) {
            return false;
        }
        version++;
        spent.removeIf(each -> each.at().isBefore(forgetBefore));
        spent.addAll(now);
        return true;
    }

    List<Order> all() {
        return List.copyOf(orders.values());
    }

    void place(Order order) {
        if (orders.putIfAbsent(order.id(), order) != null) {
            throw new RejectedException("order " + order.id() + ": there is one of this id already");
        }
    }

    boolean withdraw(String id) {
        return orders.remove(id) != null;
    }
}
