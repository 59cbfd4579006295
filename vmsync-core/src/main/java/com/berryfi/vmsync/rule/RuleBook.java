package com.berryfi.vmsync.rule;

import com.berryfi.vmsync.model.Decision;
import com.berryfi.vmsync.model.Facts;
import com.berryfi.vmsync.model.Mode;
import com.berryfi.vmsync.model.SyncPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An ordered list of rules. The guards come first, and the first of them that speaks decides. If none does, exactly one of the rules
 * after them must speak, so that every state is decided by name, once; {@link #checked} makes sure of it.
 *
 * <p>Start from {@link StandardRules#book()} and change it by id. No change is judged by itself, only the book that comes out in the
 * end, so that one rule may be disabled or replaced to make room for another. A rule that is to overrule others is a guard.
 *
 * <p>Immutable and thread-safe, as long as its rules are.
 */
public final class RuleBook {

    /**
     * A rule and how far it is carried out.
     *
     * @param rule the rule
     * @param mode how far it is carried out
     * @param isGuard whether it stands among the guards, of which the first that speaks decides
     */
    public record Entry(Rule rule, Mode mode, boolean isGuard) {

        /**
         * A rule that overrules all that come after it.
         *
         * @param rule the rule
         * @param mode how far it is carried out
         * @return a guard
         */
        public static Entry ofGuard(Rule rule, Mode mode) {
            return new Entry(rule, mode, true);
        }

        /**
         * A rule that alone speaks of its facts, once no guard does.
         *
         * @param rule the rule
         * @param mode how far it is carried out
         * @return an entry that is no guard
         */
        public static Entry ofRule(Rule rule, Mode mode) {
            return new Entry(rule, mode, false);
        }

        /** {@return the rule's id} */
        public String id() {
            return rule.id();
        }

        /** {@return whether the rule was disabled: where it would have decided, nothing is done} */
        public boolean isDisabled() {
            return rule instanceof DisabledRule;
        }
    }

    /**
     * A decision and how far it is carried out.
     *
     * @param decision what was decided
     * @param mode the mode of the rule that decided it
     */
    public record Ruling(Decision decision, Mode mode) {}

    private final List<Entry> entries;

    /** Under which policy this book was last found total: hosts that build many {@code VmSync}s of one book wait once. */
    private volatile Optional<SyncPolicy> checkedUnder = Optional.empty();

    private RuleBook(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /**
     * A book of these rules in this order. Whether it is total is not looked at: see {@link #checked}.
     *
     * @param entries the rules in their order, guards first
     * @return a book of them
     * @throws IllegalArgumentException if two share an id, or a guard stands after a rule that is none; the message names it
     */
    public static RuleBook of(List<Entry> entries) {
        Set<String> ids = new HashSet<>();
        Optional<String> rule = Optional.empty();
        for (Entry entry : entries) {
            if (!ids.add(entry.id())) {
                throw new IllegalArgumentException("rule " + entry.id() + " stands in the book twice");
            }
            if (entry.isGuard() && rule.isPresent()) {
                throw new IllegalArgumentException("guard " + entry.id() + " stands after rule " + rule.get());
            }
            if (!entry.isGuard()) {
                rule = Optional.of(entry.id());
            }
        }
        return new RuleBook(entries);
    }

    /** {@return the rules in their order, guards first; unmodifiable} */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The same book with one more rule, before another. Before a guard it is a guard; before a rule it is a rule, and must not speak
     * of facts that another rule decides.
     *
     * @param id before which rule
     * @param rule the new rule
     * @param mode how far it is carried out
     * @return another book; this one stays as it is
     * @throws IllegalArgumentException if no rule has this id, or one has the new rule's; the message names it
     */
    public RuleBook insertBefore(String id, Rule rule, Mode mode) {
        int at = indexOf(id);
        return inserted(at, new Entry(rule, mode, entries.get(at).isGuard()));
    }

    /**
     * The same book with one more guard, after the others: it overrules every rule, and no guard.
     *
     * @param rule the new guard
     * @param mode how far it is carried out
     * @return another book; this one stays as it is
     * @throws IllegalArgumentException if a rule of the book has its id; the message names it
     */
    public RuleBook insertGuard(Rule rule, Mode mode) {
        int guards = (int) entries.stream().filter(Entry::isGuard).count();
        return inserted(guards, Entry.ofGuard(rule, mode));
    }

    /**
     * The same book with another rule in the place of one, in the same mode. It may bear another id. Of a disabled rule's facts, the
     * new one decides again.
     *
     * @param id of the rule that gives way
     * @param rule the one that takes its place; a guard if that was one
     * @return another book; this one stays as it is
     * @throws IllegalArgumentException if no rule has this id, or another than the replaced one has the new rule's; the message names
     *     it
     */
    public RuleBook replace(String id, Rule rule) {
        int at = indexOf(id);
        Entry old = entries.get(at);
        return with(at, new Entry(rule, old.mode(), old.isGuard()));
    }

    /**
     * The same book without the effects of one rule. Where it would have decided, nothing is done, and the decision says that it is
     * disabled. A disabled guard is taken out of the book instead: what it would have decided is left to those after it, which may or
     * may not be able to.
     *
     * @param id of the rule
     * @return another book, or this one if the rule was disabled before
     * @throws IllegalArgumentException if no rule has this id; the message names it
     */
    public RuleBook disable(String id) {
        int at = indexOf(id);
        Entry old = entries.get(at);
        if (old.isGuard()) {
            List<Entry> rest = new ArrayList<>(entries);
            rest.remove(at);
            return of(rest);
        }
        return old.isDisabled() ? this : with(at, Entry.ofRule(new DisabledRule(old.rule()), old.mode()));
    }

    /**
     * The same book, with one rule carried out differently.
     *
     * @param id of the rule
     * @param mode how far it is carried out
     * @return another book; this one stays as it is
     * @throws IllegalArgumentException if no rule has this id; the message names it
     */
    public RuleBook withMode(String id, Mode mode) {
        int at = indexOf(id);
        Entry old = entries.get(at);
        return with(at, new Entry(old.rule(), mode, old.isGuard()));
    }

    /**
     * The same book, if it is total: of every state of VM and session and every answer of the cloud, under the circumstances that
     * matter, a guard or exactly one rule speaks, and none throws. {@code VmSync} asks for it when it is built. Takes some tens of
     * thousands of decisions, less than a second; once found total under a policy, it is not looked at again under that one.
     *
     * @param policy what the host chose, as rules may look at it
     * @return this book
     * @throws IllegalArgumentException if it is not; the message names the rules and the state
     */
    public RuleBook checked(SyncPolicy policy) {
        if (!checkedUnder.equals(Optional.of(policy))) {
            BookCheck.of(this, policy);
            checkedUnder = Optional.of(policy);
        }
        return this;
    }

    /**
     * The decision of the first rule that speaks.
     *
     * @param facts all that is known of one VM
     * @return what was decided, and how far it is carried out
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

    private RuleBook inserted(int at, Entry entry) {
        List<Entry> all = new ArrayList<>(entries);
        all.add(at, entry);
        return of(all);
    }

    private RuleBook with(int at, Entry entry) {
        List<Entry> all = new ArrayList<>(entries);
        all.set(at, entry);
        return of(all);
    }

    private int indexOf(String id) {
        for (int at = 0; at < entries.size(); at++) {
            if (entries.get(at).id().equals(id)) {
                return at;
            }
        }
        throw new IllegalArgumentException("no rule is called " + id);
    }
}
