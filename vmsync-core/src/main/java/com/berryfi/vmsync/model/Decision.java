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

    /**
     * Copies the effects: later changes of them are not seen here.
     *
     * @param rule the id of the rule that fired
     * @param because why, in a sentence for people
     * @param effects what to do; may be empty
     * @param held what is waited for before more is done; empty if nothing is
     */
    public Decision {
        effects = List.copyOf(effects);
    }

    /**
     * Something is to be done, and nothing is waited for.
     *
     * @param rule the id of the rule that fired
     * @param because why, in a sentence for people
     * @param effects what to do, in order; may be empty
     * @return a decision that holds nothing
     */
    public static Decision act(String rule, String because, List<Effect> effects) {
        return new Decision(rule, because, effects, Optional.empty());
    }

    /**
     * Nothing is to be done, and nothing is waited for.
     *
     * @param rule the id of the rule that fired
     * @param because why not, in a sentence for people
     * @return a decision without effects
     */
    public static Decision nothing(String rule, String because) {
        return new Decision(rule, because, List.of(), Optional.empty());
    }

    /**
     * Nothing is to be done yet.
     *
     * @param rule the id of the rule that fired
     * @param because why not, in a sentence for people
     * @param held what is waited for, and what ends the wait
     * @return a decision without effects
     */
    public static Decision held(String rule, String because, Held held) {
        return new Decision(rule, because, List.of(), Optional.of(held));
    }

    /**
     * The same, with nothing left of its effects but what people are told.
     *
     * @param by what holds it back, and until when
     * @param why in words, which are added to the reason
     * @return another decision of the same rule
     */
    public Decision heldBack(Held by, String why) {
        return new Decision(
                rule,
                because + "; " + why,
                effects.stream().filter(Effect.Report.class::isInstance).toList(),
                Optional.of(by));
    }

    /**
     * The same, with one more thing that people are told.
     *
     * @param report what they are told
     * @return another decision of the same rule
     */
    public Decision reporting(Effect.Report report) {
        List<Effect> all = new ArrayList<>(effects);
        all.add(report);
        return new Decision(rule, because, all, held);
    }

    /** {@return whether a status, the bill or the machine would change} */
    public boolean changesAnything() {
        for (Effect effect : effects) {
            if (!(effect instanceof Effect.Report)) {
                return true;
            }
        }
        return false;
    }

    /** {@return whether an effect may only follow upon a fresh direct read} */
    public boolean needsProof() {
        for (Effect effect : effects) {
            if (effect.needsProof()) {
                return true;
            }
        }
        return false;
    }

    /** {@return by which a verdict is known from the one before: what it says, not since when} */
    public String verdict() {
        return rule
                + held.map(h -> ":" + h.reason()).orElse("")
                + effects.stream()
                        .filter(Effect.Report.class::isInstance)
                        .map(effect -> ":" + ((Effect.Report) effect).kind())
                        .reduce("", String::concat);
    }
}
