package dev.ruststack.emulator.lambda;

/** Keeps execution environments initialised. */
public interface Warmth {
    /** Nothing runs, and nothing is kept. */
    Warmth NONE = new Warmth() {
        @Override
        public void keep(String versionArn, int environments) {
            // There is nothing to keep.
        }

        @Override
        public int standing(FunctionConfiguration version) {
            return 0;
        }

        @Override
        public int most() {
            return 0;
        }
    };

    /**
     * Keeps so many environments of a version from now on; 0 for none.
     *
     * @param versionArn that of {@link FunctionConfiguration#versionArn}
     */
    void keep(String versionArn, int environments);

    /** How many environments of a version have initialised. */
    int standing(FunctionConfiguration version);

    /** How many environments there may be at a time, over all functions. */
    int most();
}
