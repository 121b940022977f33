package dev.ruststack.emulator.seed;

import java.io.IOException;

/** One setting beside a function's configuration: what is declared of it, and the operations that tell and change it. */
interface FunctionSetting {
    /** The field of the declaration: {@code functionUrlConfig}. */
    String field();

    /** Whether anything is declared. */
    boolean declared();

    /** Whether the function has what is declared, or, where nothing is, what a new function has. */
    boolean holds() throws SeedException, IOException;

    /** Gives the function what {@link #holds} asks for; what Lambda says against it names the field. */
    void put() throws SeedException, IOException, InterruptedException;
}
