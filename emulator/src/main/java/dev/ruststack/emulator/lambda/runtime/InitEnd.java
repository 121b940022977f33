package dev.ruststack.emulator.lambda.runtime;

/** How the initialization of a runtime ended. */
public sealed interface InitEnd permits InitEnd.Ready, End.Failed, End.Exited, End.TimedOut {
    /** It waits for its first event. */
    record Ready() implements InitEnd {}
}
