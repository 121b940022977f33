package dev.ruststack.operator.seed;

/** A bundle, or why there is none. */
public sealed interface SeedResult permits SeedBundle, SeedResult.TooLarge {
    /**
     * The declaration and everything it refers to are more than the emulator takes, compressed.
     *
     * @param bytes their size
     * @param limit the largest size
     */
    record TooLarge(long bytes, long limit) implements SeedResult {
        /** For a condition. */
        public String message() {
            return "the declaration and the ConfigMaps and Secrets it refers to are " + bytes
                    + " bytes when compressed, more than " + limit + ": use code.imageUri, code.url or smaller files";
        }
    }
}
