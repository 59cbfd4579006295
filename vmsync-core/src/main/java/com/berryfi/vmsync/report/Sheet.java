package com.berryfi.vmsync.report;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How a report looks: by day and by night, on a narrow screen and on paper. */
final class Sheet {

    static final String CSS = """

            :root { color-scheme: light dark; --ground: #ffffff; --ink: #1b1f24; --soft: #57606a; --rule: #d0d7de;
              --band: #f6f8fa; --link: #0550ae; --good: #1a7f37; --bad: #bf3989; --unsure: #8c6d00; --warn: #fff8c5; }
            @media (prefers-color-scheme: dark) {
              :root { --ground: #0d1117; --ink: #e6edf3; --soft: #9da7b3; --rule: #3d444d; --band: #161b22;
                --link: #79c0ff; --good: #3fb950; --bad: #f778ba; --unsure: #d29922; --warn: #3b2e00; }
            }
            * { box-sizing: border-box; }
            body { margin: 0; background: var(--ground); color: var(--ink);
              font: 1rem/1.5 system-ui, "Segoe UI", "DejaVu Sans", sans-serif; }
            header, nav, main { max-width: 90rem; margin: 0 auto; padding: 0 1rem; }
            h1 { font-size: 1.5rem; margin: 1rem 0 0; }
            h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
            a { color: var(--link); }
            :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
            .skip { position: absolute; left: -100rem; padding: .5rem 1rem; background: var(--ground); }
            .skip:focus { left: 0; }
            nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; list-style: none; margin: .5rem 0; padding: 0; }
            .caveats { background: var(--warn); border-left: .4rem solid var(--unsure); padding: .1rem 1rem; margin-top: 1rem; }
            .caveats h2 { margin-top: .75rem; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; min-width: 20rem; font-size: .9rem; }
            caption { text-align: left; color: var(--soft); padding: .25rem 0; }
            th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--rule);
              unicode-bidi: isolate; }
            thead th { background: var(--band); white-space: nowrap; }
            tbody th { font-weight: 600; }
            .number { text-align: right; font-variant-numeric: tabular-nums; }
            figure { margin: 1rem 0; }
            figcaption { color: var(--soft); font-size: .9rem; }
            .bar { display: block; width: 100%; height: 1.25rem; background: var(--band); border: 1px solid var(--rule); }
            .share { display: block; width: 8rem; height: .6rem; margin-top: .3rem; margin-left: auto; }
            .good { fill: var(--good); } .bad { fill: var(--bad); } .unsure { fill: var(--unsure); }
            @media (max-width: 40rem) {
              body { font-size: .95rem; }
              table { font-size: .8rem; }
              .share { width: 4rem; }
            }
            @media print {
              :root { --ground: #ffffff; --ink: #000000; --soft: #333333; --rule: #999999; --band: #ffffff; --warn: #ffffff; }
              nav, .skip { display: none; }
              .scroll { overflow: visible; }
              table { font-size: 8pt; }
              thead { display: table-header-group; }
              tr, figure { break-inside: avoid; }
              th, td { overflow-wrap: anywhere; }
            }
            """;

    private Sheet() {}

    /** By which a browser knows this sheet, and takes no other. */
    static String source() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(CSS.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
