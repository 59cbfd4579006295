package com.berryfi.vmsync.crash;

import com.berryfi.vmsync.jdbc.AuditReport;
import com.berryfi.vmsync.testkit.arm.ArmSimulator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** One database, three replicas, one host, one simulator: chaos, then rest, then the books. */
final class Run {

    private static final int SUBSCRIPTIONS = 4;
    private static final int MACHINES_EACH = 4;
    private static final int FAULTS_SHOWN = 20;

    private final String database;
    private final int kills;
    private final Options options;
    private final Path folder;
    private final PrintStream out;

    private Run(String database, int kills, Options options, Path folder, PrintStream out) {
        this.database = database;
        this.kills = kills;
        this.options = options;
        this.folder = folder;
        this.out = out;
    }

    /**
     * Runs.
     *
     * @param kills how many
     * @param folder for the files of servers and replicas; those of a run before are written over
     * @throws NotToBeHad if the database cannot be started
     */
    static Verdict on(String database, int kills, Options options, Path folder, PrintStream out)
            throws IOException, InterruptedException, SQLException {
        return new Run(database, kills, options, folder, out).verdict();
    }

    private Verdict verdict() throws IOException, InterruptedException, SQLException {
        Files.createDirectories(folder);
        Path log = folder.resolve(database + "-replicas.log");
        Files.deleteIfExists(log);
        out.println("== " + database + ": " + kills + " kills, seed " + options.seed() + ", fault " + options.sabotage()
                + "; the replicas write to " + log);
        try (DatabaseServer server = DatabaseServer.of(database, folder);
                ArmSimulator simulator = ArmSimulator.start(InstantSource.system())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server)));
            start(server);
            List<Machine> machines = Fleet.in(simulator, SUBSCRIPTIONS, MACHINES_EACH);
            BenchTables.create(server.url(), machines);
            PassWatch passes = new PassWatch(server.url());
            try (Bookkeeping books = new Bookkeeping(server.url());
                    Chaos chaos = new Chaos(
                            server, simulator.endpoint().toString(), options.sabotage(), log, options.seed(), out)) {
                return judged(machines, books, passes, chaos, server.url());
            } finally {
                passes.end();
            }
        }
    }

    private void start(DatabaseServer server) throws InterruptedException {
        try {
            server.start();
        } catch (IOException | RuntimeException | LinkageError e) {
            throw new NotToBeHad(database, e);
        }
    }

    /** Thrown when a database cannot be started at all: nothing was tried. */
    static final class NotToBeHad extends IllegalStateException {
        @Serial
        private static final long serialVersionUID = 1;

        NotToBeHad(String database, Throwable why) {
            super("there is no " + database + " to be had here: " + why, why);
        }
    }

    /** Whoever stops the bench must not be left with its servers. */
    private static void end(DatabaseServer server) {
        try {
            server.crash();
        } catch (IOException e) {
            System.err.println("a database may still be running: " + e.getMessage());
        }
    }

    private Verdict judged(List<Machine> machines, Bookkeeping books, PassWatch passes, Chaos chaos, String url)
            throws IOException, InterruptedException {
        Chaos.Done done;
        Host host;
        try (Bookkeeping hostsBooks = new Bookkeeping(url)) {
            host = new Host(hostsBooks, options.seed(), machines);
            BillingHours hours = new BillingHours(url, options.seed());
            try {
                done = chaos.run(kills);
            } finally {
                host.rest();
                hours.end();
            }
        }
        Instant resting = Instant.now();
        List<Fault> faults = new ArrayList<>(Rest.await(machines, books, passes));
        chaos.dead().forEach(name -> faults.add(new Fault(Fault.Kind.LOST, name, "the replica has died by itself")));
        Instant now = Instant.now();
        Ledger ledger = books.insist(connection -> Ledger.read(connection, now));
        faults.addAll(Books.faults(ledger));
        AuditReport audit = BenchTables.audit(url);
        audit.broken().forEach(link -> faults.add(new Fault(Fault.Kind.LOST, link.chain(), "its audit: " + link)));
        Bills bills = new Bills(ledger, host.log().endRequests(), now);
        machines.forEach(
                machine -> bills.compare(machine, passes.of(machine), host.log().changes(machine.id())));
        faults.addAll(bills.faults());
        out.println("  at rest after " + Duration.between(resting, now).toMillis() + " ms");
        out.println("  " + ledger.sessions().size() + " sessions, " + host.log().blindSaves() + " blind saves, "
                + ledger.staged().size() + " instructions, " + ledger.arrivals().size() + " arrivals, "
                + machines.stream()
                                .mapToInt(machine -> passes.of(machine).size())
                                .sum()
                        / MACHINES_EACH
                + " durable passes, an audit of " + audit.links() + " links");
        out.println("  " + bills.summary());
        faults.stream().limit(FAULTS_SHOWN).forEach(fault -> out.println("  " + fault));
        if (!faults.isEmpty()) {
            Path file = folder.resolve(database + "-faults.txt");
            CaseFile.write(file, faults, machines, passes, books);
            out.println("  all that is known of them: " + file);
        }
        return Verdict.of(database, kills, done, faults);
    }
}
