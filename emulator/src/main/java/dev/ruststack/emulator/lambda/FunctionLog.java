package dev.ruststack.emulator.lambda;

/**
 * Where changes of functions are noted before they are made. Each method throws where the change cannot be kept, and
 * then it is not to be made.
 */
interface FunctionLog {
    /** A function is made, or becomes another. */
    void put(StoredFunction function);

    /** A function goes. */
    void removed(String arn);
}
