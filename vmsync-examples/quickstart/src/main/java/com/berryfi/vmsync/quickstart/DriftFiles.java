package com.berryfi.vmsync.quickstart;

import com.berryfi.vmsync.report.DriftReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A drift report on disk.
 *
 * @param html the page
 * @param text the tables
 */
record DriftFiles(Path html, Path text) {

    /** Where builds leave what nobody commits. */
    static final Path PLACE = Path.of("target");

    /** Writes both; what was there is overwritten. */
    static DriftFiles write(DriftReport report, Path place) {
        DriftFiles files = new DriftFiles(
                place.resolve("drift-report.html").toAbsolutePath(),
                place.resolve("drift-report.txt").toAbsolutePath());
        try {
            Files.createDirectories(place);
            Files.writeString(files.html, report.toHtml());
            Files.writeString(files.text, report.toText());
        } catch (IOException e) {
            throw new UncheckedIOException("the drift report cannot be written", e);
        }
        return files;
    }
}
