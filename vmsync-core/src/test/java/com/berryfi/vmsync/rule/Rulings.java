package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.Samples;
import com.berryfi.vmsync.Story;
import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Effect;
import com.berryfi.vmsync.model.FindingKind;
import com.berryfi.vmsync.model.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the standard book says, as tests look at it. */
final class Rulings {

    static final Held DIRECT_READ = new Held(Held.Reason.CONFIRMATION, Optional.empty(), Held.ReleasedBy.DIRECT_READ);

    private Rulings() {}

    static Decision of(Story story) {
        return StandardRules.book().rule(story.facts()).decision();
    }

    /** The effects without their words: a finding by its kind and time alone. */
    static List<Effect> effects(Story story) {
        return of(story).effects().stream()
                .map(effect -> effect instanceof Effect.Report report ? report(report.kind(), report.since()) : effect)
                .toList();
    }

    static Effect report(FindingKind kind, Instant since) {
        return new Effect.Report(kind, since, "");
    }

    static String ruleOf(Story story) {
        return of(story).rule();
    }

    static Held held(Story story) {
        return of(story).held().orElseThrow();
    }

    static Instant ago(Duration duration) {
        return Samples.NOW.minus(duration);
    }

    static Duration minutes(long value) {
        return Duration.ofMinutes(value);
    }

    static Duration seconds(long value) {
        return Duration.ofSeconds(value);
    }
}
