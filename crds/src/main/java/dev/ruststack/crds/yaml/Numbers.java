package dev.ruststack.crds.yaml;

import java.math.BigDecimal;

/** DynamoDB's numbers. AWS: DynamoDB Developer Guide, Supported data types, Number. */
final class Numbers {
    static final String LIMITS = "DynamoDB's numbers have at most 38 digits and lie between 1E-130 and 9.9E+125";

    private static final int DIGITS = 38;
    private static final int SMALLEST = -130;
    private static final int LARGEST = 125;

    private Numbers() {}

    static boolean fits(BigDecimal number) {
        if (number.signum() == 0) {
            return true;
        }
        var bare = number.stripTrailingZeros();
        var exponent = (long) bare.precision() - bare.scale() - 1;
        return bare.precision() <= DIGITS && exponent >= SMALLEST && exponent <= LARGEST;
    }
}
