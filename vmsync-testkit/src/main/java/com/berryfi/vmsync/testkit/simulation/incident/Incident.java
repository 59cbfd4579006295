package com.berryfi.vmsync.testkit.simulation.incident;

/** Something that has happened to somebody: what the world does, and what vmsync must do. Immutable; each run is a world of its own. */
public final class Incident {

    /** What the world does, and what is looked at. */
    @FunctionalInterface
    interface Script {
        void play(Scene scene);
    }

    private final int number;
    private final String name;
    private final String reference;
    private final String must;
    private final Script script;

    Incident(int number, String name, String reference, String must, Script script) {
        this.number = number;
        this.name = name;
        this.reference = reference;
        this.must = must;
        this.script = script;
    }

    /** {@return its number in the table, from 1} */
    public int number() {
        return number;
    }

    /** {@return what happened} */
    public String name() {
        return name;
    }

    /** {@return where that can be read: a public bug, issue or document} */
    public String reference() {
        return reference;
    }

    /** {@return what vmsync must do} */
    public String must() {
        return must;
    }

    /**
     * Lets it happen to vmsync; the seed decides when exactly.
     *
     * @param seed decides when exactly
     * @return whether vmsync did what it must
     */
    public IncidentResult run(long seed) {
        return run(seed, Incidents.VMSYNC);
    }

    /**
     * Lets it happen to somebody.
     *
     * @param seed decides when exactly
     * @param contender who has to live through it
     * @return whether that one did what vmsync must do
     */
    public IncidentResult run(long seed, Contender contender) {
        Scene scene = new Scene(seed, contender);
        script.play(scene);
        return new IncidentResult(this, seed, scene.failures());
    }

    @Override
    public String toString() {
        return number + ". " + name + " (" + reference + ")";
    }
}
