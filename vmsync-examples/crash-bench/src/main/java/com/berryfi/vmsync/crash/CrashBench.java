package com.berryfi.vmsync.crash;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Runs on one database after another; the last line says whether every bill was right. */
public final class CrashBench {

    private CrashBench() {}

    /** Runs; the arguments are a folder for files, and {@link Options}. Ends the process: with 0 if all was as it must be, else with 1. */
    public static void main(String[] args) throws IOException, InterruptedException, SQLException {
        Options options = Options.of(List.of(args).subList(1, args.length));
        int databases = options.databases().size();
        Optional<Verdict> all = Optional.empty();
        for (int i = 0; i < databases; i++) {
            int kills = options.kills() / databases + (i < options.kills() % databases ? 1 : 0);
            Verdict verdict = Run.on(options.databases().get(i), kills, options, Path.of(args[0]), System.out);
            all = Optional.of(all.map(before -> before.and(verdict)).orElse(verdict));
        }
        Verdict verdict = all.orElseThrow();
        System.out.println(verdict.line());
        System.exit(verdict.isOk() ? 0 : 1);
    }
}
