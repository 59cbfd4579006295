package com.berryfi.vmsync.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a rule says of one VM. "Nothing, because …" is a decision too.
 *
 * @param rule the id of the rule that fired
 * @param because why, in a sentence for people
 * @param effects what to do; may be empty
 * @param held what is waited for before more is done; empty if nothing is
 */
public record Decision(String rule, String because, List<Effect> effects, Optional<Held> held) {

    public Decision {
        effects = List.copyOf(effects);
    }

    public static Decision act(String rule, String because, List<Effect> effects) {
        return new Decision(rule, because, effects, Optional.empty());
    }

    public static Decision nothing(String rule, String because) {
        return new Decision(rule, because, List.of(), Optional.empty());
    }

    public static Decision held(String rule, String because, Held held) {
        return new Decision(rule, because, List.of(), Optional.of(held));
    }

    /** The same, with nothing left of its effects but what people are told. */
    public Decision heldBack(Held by, String why) {
        return new Decision(
                rule,
                because + "; " + why,
                effects.stream().filter(Effect.Report.class::isInstance).toList(),
                Optional.of(by));
    }

    /** The same, with one more thing that people are told. */
    public Decision reporting(Effect.Report report) {
        List<Effect> all = new ArrayList<>(effects);
        all.add(report);
        return new Decision(rule, because, all, held);
    }

    /** Whether a status or the bill would change. */
    public boolean changesAnything() {
        for (Effect effect : effects) {
            if (!(effect instanceof Effect.Report)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an effect may only follow upon a fresh direct read. */
    public boolean needsProof() {
        for (Effect effect : effects) {
            if (effect.needsProof()) {
                return true;
            }
        }
        return false;
    }

    /** By which a verdict is known from the one before: what it says, not since when. */
    public String verdict() {
        return rule
                + held.map(h -> ":" + h.reason()).orElse("")
                + effects.stream()
                        .filter(Effect.Report.class::isInstance)
                        .map(effect -> ":" + ((Effect.Report) effect).kind())
                        .reduce("", String::concat);
    }
}
