package com.berryfi.vmsync.quickstart;

import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

/**
 * Shows vmsync at work.
 *
 * <p>Without arguments: an embedded database, an Azure simulator over TLS and drift of every kind. With
 * {@code --azure-subscription <id>}: a real subscription, strictly read-only.
 */
public final class Quickstart {

    private Quickstart() {}

    public static void main(String[] args) throws SQLException {
        System.exit(run(List.of(args), System.out) ? 0 : 1);
    }

    static boolean run(List<String> args, PrintStream out) throws SQLException {
        if (args.isEmpty()) {
            return Demo.run(out);
        }
        if (args.size() == 2
                && args.get(0).equals("--azure-subscription")
                && !args.get(1).isBlank()) {
            return RealSubscription.run(args.get(1), out);
        }
        out.println("usage: no arguments, or --azure-subscription <id>; not " + args);
        return false;
    }
}
