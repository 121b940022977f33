package dev.ruststack.emulator.lambda.eventsource;

/** Where a mapping was left in a shard: with the last record that was done with. */
public record Checkpoint(String sequenceNumber) {}
