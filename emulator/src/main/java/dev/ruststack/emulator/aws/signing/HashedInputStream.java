package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.function.Function;

/** Compares a body with the SHA-256 that was signed, and throws at its end where they differ. */
final class HashedInputStream extends FilterInputStream {
    private final String signed;
    private final Function<AuthFailure, AwsException> errors;
    private final MessageDigest digest = Digests.sha256();
    private boolean checked;

    /** {@code signed} is in hex. */
    HashedInputStream(InputStream in, String signed, Function<AuthFailure, AwsException> errors) {
        super(in);
        this.signed = signed;
        this.errors = errors;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int count = in.read(into, offset, length);
        if (count > 0) {
            digest.update(into, offset, count);
        } else if (count < 0) {
            check();
        }
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 8192)).length;
    }

    private void check() {
        if (!checked) {
            checked = true;
            var calculated = Digests.hex(digest.digest());
            if (!calculated.equalsIgnoreCase(signed)) {
                throw errors.apply(new AuthFailure.PayloadHashMismatch(signed, calculated));
            }
        }
    }
}
