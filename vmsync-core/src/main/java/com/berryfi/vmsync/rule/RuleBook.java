package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Mode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** An ordered list of rules; the first that speaks decides. Immutable and thread-safe. */
public final class RuleBook {

    /** A rule and how far it is carried out. */
    public record Entry(Rule rule, Mode mode) {}

    /** A decision and how far it is carried out. */
    public record Ruling(Decision decision, Mode mode) {}

    private final List<Entry> entries;

    private RuleBook(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * A book of these rules in this order.
     *
     * @throws IllegalArgumentException if two share an id; the message names it
     */
    public static RuleBook of(List<Entry> entries) {
        Set<String> ids = new HashSet<>();
        for (Entry entry : entries) {
            if (!ids.add(entry.rule().id())) {
                throw new IllegalArgumentException("rule " + entry.rule().id() + " stands in the book twice");
            }
        }
        return new RuleBook(entries);
    }

    /** The rules in their order. */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The same book, with one rule carried out differently.
     *
     * @throws IllegalArgumentException if no rule has this id; the message names it
     */
    public RuleBook withMode(String id, Mode mode) {
        if (entries.stream().noneMatch(entry -> entry.rule().id().equals(id))) {
            throw new IllegalArgumentException("no rule is called " + id);
        }
        return new RuleBook(entries.stream()
                .map(entry -> entry.rule().id().equals(id) ? new Entry(entry.rule(), mode) : entry)
                .toList());
    }

    /**
     * The decision of the first rule that speaks.
     *
     * @throws IllegalStateException if none does; the message names the combination
     */
    public Ruling rule(Facts facts) {
        for (Entry entry : entries) {
            var decision = entry.rule().decide(facts);
            if (decision.isPresent()) {
                return new Ruling(decision.get(), entry.mode());
            }
        }
        throw new IllegalStateException("no rule decides VM " + facts.believed() + ", session " + facts.usage()
                + ", cloud " + facts.evidence().observation());
    }
}
