package dev.ruststack.operator.seed;

/** A bundle, or why there is none. */
public sealed interface SeedResult permits SeedBundle, SeedResult.TooLarge {
    /**
     * The declaration and everything it refers to are more than the emulator takes.
     *
     * @param limit the largest size, in bytes
     * @param isCompressed whether that is the size of the bundle, or of what it unpacks to
     */
    record TooLarge(long limit, boolean isCompressed) implements SeedResult {
        /** For a condition. */
        public String message() {
            return "the declaration and the ConfigMaps and Secrets it refers to are more than " + limit + " bytes"
                    + (isCompressed ? " when compressed" : "") + ": use code.imageUri, code.url or smaller files";
        }
    }
}
