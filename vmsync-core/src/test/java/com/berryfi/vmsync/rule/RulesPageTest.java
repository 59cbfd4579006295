package com.berryfi.vmsync.rule;

import static com.berryfi.vmsync.Samples.seen;
import static com.berryfi.vmsync.Samples.settled;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page that people read says what the code does. After a change of the rules write it anew with
 * {@code mvn -pl vmsync-core test -Dtest=RulesPageTest -Dvmsync.docs.write=true}.
 */
class RulesPageTest {

    private static final Path PAGE = Path.of("..", "docs", "rules.md");

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

                First match wins. The guards come first and change no status; of the rules after them exactly one speaks of any
                facts. Each rule has a mode: `OBSERVE` (audit only), `ALERT`, or `ACT`, which is the default.

                ## In their order

                | rule | says |
                |---|---|
                """);
        StandardRules.book()
                .entries()
                .forEach(entry -> page.append("| `")
                        .append(entry.rule().id())
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
                read, no fence, confirmed, past every grace. One table for each kind of session.
                """);
        sessions().forEach((title, session) -> page.append(table(title, session)));
        return page.toString();
    }

    private static String table(String title, Optional<SessionStatus> session) {
        StringBuilder table = new StringBuilder("\n### " + title + "\n\n| cloud \\ believed |");
        Arrays.stream(VmStatus.values())
                .forEach(believed -> table.append(' ').append(believed).append(" |"));
        table.append("\n|---|").append("---|".repeat(VmStatus.values().length)).append('\n');
        observations().forEach((name, observation) -> {
            table.append("| ").append(name).append(" |");
            for (VmStatus believed : VmStatus.values()) {
                Decision decision = StandardRules.book()
                        .rule(settled(believed, session, observation))
                        .decision();
                table.append(" `")
                        .append(decision.rule())
                        .append('`')
                        .append(effects(decision))
                        .append(" |");
            }
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

    private static Map<String, Observation> observations() {
        Map<String, Observation> observations = new LinkedHashMap<>();
        for (PowerState power : PowerState.values()) {
            if (power != PowerState.UNKNOWN) {
                observations.put(power.name(), seen(power));
            }
        }
        observations.put("missing", new Observation.Missing("ResourceNotFound"));
        observations.put("unknown", new Observation.Unknown(UnknownCause.THROTTLED, ""));
        return observations;
    }
}
