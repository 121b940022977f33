package dev.ruststack.emulator.s3.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Damages bytes: single ones, stretches, and with words that mean something to who reads them. */
record Mutations(Random random, List<String> words) {
    private static final int MOST = 6;
    private static final byte[] TELLING = "\0\r\n\t :;,=&%\"'<>/?-+0\u007f".getBytes(StandardCharsets.ISO_8859_1);

    byte[] of(byte[] original) {
        var bytes = original;
        for (int i = random.nextInt(MOST); i >= 0; i--) {
            bytes = once(bytes);
        }
        return bytes;
    }

    String of(String original) {
        return new String(of(original.getBytes(StandardCharsets.UTF_8)), StandardCharsets.ISO_8859_1);
    }

    private byte[] once(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(20));
        return switch (random.nextInt(8)) {
            case 0 -> replaced(bytes, at, length, new byte[0]);
            case 1 -> replaced(bytes, at, 0, Arrays.copyOfRange(bytes, at, at + length));
            case 2 -> replaced(bytes, at, Math.min(length, 1), new byte[] {TELLING[random.nextInt(TELLING.length)]});
            case 3 -> replaced(bytes, at, Math.min(length, 1), new byte[] {(byte) random.nextInt(256)});
            case 4 -> Arrays.copyOf(bytes, at);
            case 5 -> replaced(bytes, at, 0, noise());
            default -> replaced(bytes, at, random.nextBoolean() ? 0 : length, word());
        };
    }

    private byte[] word() {
        return words.get(random.nextInt(words.size())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] noise() {
        var noise = new byte[random.nextInt(random.nextInt(20) == 0 ? 20_000 : 20)];
        if (random.nextBoolean()) {
            random.nextBytes(noise);
        } else {
            Arrays.fill(noise, (byte) random.nextInt(256));
        }
        return noise;
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
        var result = new byte[bytes.length - length + by.length];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(by, 0, result, at, by.length);
        System.arraycopy(bytes, at + length, result, at + by.length, bytes.length - at - length);
        return result;
    }
}
