package dev.ruststack.emulator.s3;

import java.util.List;
import java.util.regex.Pattern;

/** The rules for names of buckets. AWS: S3 User Guide, General purpose bucket naming rules. */
public final class BucketName {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern EVER_ALLOWED = Pattern.compile("[A-Za-z0-9._-]{3,255}");
    private static final List<String> FORBIDDEN_PREFIXES = List.of("xn--", "sthree-", "amzn-s3-demo-");
    private static final List<String> FORBIDDEN_SUFFIXES =
            List.of("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3");

    private BucketName() {}

    /** Whether a bucket may be made under this name. */
    public static boolean isValid(String name) {
        return FORM.matcher(name).matches()
                && !name.contains("..")
                && !IP_ADDRESS.matcher(name).matches()
                && FORBIDDEN_PREFIXES.stream().noneMatch(name::startsWith)
                && FORBIDDEN_SUFFIXES.stream().noneMatch(name::endsWith);
    }

    /** Whether S3 looks for a bucket of this name: us-east-1 once allowed more than today. */
    public static boolean mayExist(String name) {
        return EVER_ALLOWED.matcher(name).matches();
    }
}
