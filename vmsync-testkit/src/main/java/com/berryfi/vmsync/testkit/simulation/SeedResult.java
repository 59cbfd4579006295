package com.berryfi.vmsync.testkit.simulation;
public record SeedResult(com.berryfi.vmsync.testkit.simulation.world.SimulatedWorld world) {}
