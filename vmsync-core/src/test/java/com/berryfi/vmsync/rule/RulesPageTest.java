package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.seen;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Observation;
import com.berryfi.vmsync.model.PowerState;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.StatusMapping;
import com.berryfi.vmsync.model.UnknownCause;
import com.berryfi.vmsync.model.VmStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page that people read says what the code does. After a change of the rules write it anew with
 * {@code mvn -pl vmsync-core test -Dtest=RulesPageTest -Dvmsync.docs.write=true}.
 */
class RulesPageTest {

    private static final Path PAGE = Path.of("..", "docs", "rules.md");
    private static final String OUR_ERROR = "ERROR, ours";
    private static final Map<String, VmStatus> COLUMNS = columns();

    @Test
    void thePageIsWhatTheRulesSay() throws IOException {
        String page = page();
        if (Boolean.getBoolean("vmsync.docs.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private static String page() {
        StringBuilder page = new StringBuilder("""
                # The rules

                Written from the code and checked against it by `RulesPageTest`; do not edit.

                The guards come first, and the first that speaks decides; none changes a status, but for `end-again`, which puts
                back what was written before. If no guard speaks, exactly one of the rules after them does: a book of which that is
                not so is refused when a `VmSync` is built. Each rule has a mode: `OBSERVE` (audit only), `ALERT`, or `ACT`, which is
                the default. Rules are inserted, replaced, disabled and given another mode by id: see `RuleBook`.

                ## In their order

                | | rule | says |
                |---|---|---|
                """);
        StandardRules.book()
                .entries()
                .forEach(entry -> page.append(entry.isGuard() ? "| guard | `" : "| rule | `")
                        .append(entry.id())
                        .append("` | ")
                        .append(entry.rule().sentence())
                        .append(" |\n"));
        page.append("\n## Power state to status\n\n| power | standard | DEALLOCATED told apart |\n|---|---|---|\n");
        for (PowerState power : PowerState.values()) {
            page.append("| ")
                    .append(power)
                    .append(" | ")
                    .append(StatusMapping.standard().statusOf(power))
                    .append(" | ")
                    .append(StatusMapping.tellingDeallocatedApart().statusOf(power))
                    .append(" |\n");
        }
        page.append("""

                `UNKNOWN` is never written.

                ## Who decides

                What the cloud says (rows) under what is believed of the VM (columns), once nothing is left to wait for: a direct
                read, no fence, no hold, confirmed, past every grace, orphans never deallocated. One table for each kind of session.
                """);
        sessions().forEach((title, session) -> page.append(table(title, session)));
        return page.toString();
    }

    private static String table(String title, Optional<SessionStatus> session) {
        StringBuilder table = new StringBuilder("\n### " + title + "\n\n| cloud \\ believed |");
        COLUMNS.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n|---|").append("---|".repeat(COLUMNS.size())).append('\n');
        rows().forEach((name, row) -> {
            table.append("| ").append(name).append(" |");
            COLUMNS.forEach((column, believed) -> {
                Story story = row.apply(believed, session);
                Decision decision = Rulings.of(column.equals(OUR_ERROR) ? story.ourError() : story);
                table.append(" `")
                        .append(decision.rule())
                        .append('`')
                        .append(effects(decision))
                        .append(" |");
            });
            table.append('\n');
        });
        return table.toString();
    }

    private static String effects(Decision decision) {
        return decision.effects().stream()
                .map(effect -> "<br>" + effect.toString().replaceAll(" as of .*", ""))
                .collect(Collectors.joining());
    }

    private static Map<String, Optional<SessionStatus>> sessions() {
        Map<String, Optional<SessionStatus>> sessions = new LinkedHashMap<>();
        sessions.put("A session in use (ACTIVE, IDLE)", Optional.of(SessionStatus.ACTIVE));
        sessions.put("A session that begins (REQUESTED, STARTING)", Optional.of(SessionStatus.STARTING));
        sessions.put("A session that was told to end (TERMINATING)", Optional.of(SessionStatus.TERMINATING));
        sessions.put("No session, or one that has ended", Optional.empty());
        return sessions;
    }

    private static Map<String, BiFunction<VmStatus, Optional<SessionStatus>, Story>> rows() {
        Map<String, BiFunction<VmStatus, Optional<SessionStatus>, Story>> rows = new LinkedHashMap<>();
        for (PowerState power : PowerState.values()) {
            if (power != PowerState.UNKNOWN) {
                rows.put(power.name(), (believed, session) -> new Story(believed, session, seen(power)));
            }
        }
        rows.put(
                "missing",
                (believed, session) -> new Story(believed, session, new Observation.Missing("ResourceNotFound")));
        rows.put(
                "another machine",
                (believed, session) -> new Story(believed, session, seen(PowerState.RUNNING)).replaced());
        rows.put(
                "unknown",
                (believed, session) ->
                        new Story(believed, session, new Observation.Unknown(UnknownCause.THROTTLED, "")));
        return rows;
    }

    private static Map<String, VmStatus> columns() {
        Map<String, VmStatus> columns = new LinkedHashMap<>();
        for (VmStatus believed : VmStatus.values()) {
            columns.put(believed == VmStatus.ERROR ? "ERROR, the host's" : believed.name(), believed);
        }
        columns.put(OUR_ERROR, VmStatus.ERROR);
        return columns;
    }
}
