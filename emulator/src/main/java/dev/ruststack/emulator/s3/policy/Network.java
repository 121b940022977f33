package dev.ruststack.emulator.s3.policy;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** Networks such as {@code 10.0.0.0/8} and {@code 2001:db8::/32}. */
final class Network {
    private Network() {}

    /** Whether it can be read as a network or an address. */
    static boolean isValid(String network) {
        int slash = network.indexOf('/');
        var address = address(slash < 0 ? network : network.substring(0, slash));
        if (address == null) {
            return false;
        }
        try {
            int bits = slash < 0 ? 0 : Integer.parseInt(network.substring(slash + 1));
            return bits >= 0 && bits <= address.length * 8;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    static boolean contains(String network, String text) {
        if (!isValid(network)) {
            return false;
        }
        int slash = network.indexOf('/');
        var start = address(slash < 0 ? network : network.substring(0, slash));
        var address = address(text);
        if (start == null || address == null || start.length != address.length) {
            return false;
        }
        int bits = slash < 0 ? start.length * 8 : Integer.parseInt(network.substring(slash + 1));
        for (int i = 0; i < bits; i++) {
            if (((start[i / 8] ^ address[i / 8]) >> 7 - i % 8 & 1) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte @Nullable [] address(String text) {
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
