package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.http.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the bucket of a request: first in the path, or in front of the host. AWS: S3 User Guide, Virtual hosting of
 * general purpose buckets.
 *
 * <p>Under each of the stack's hosts {@code H}, the hosts {@code H}, {@code s3.H}, {@code s3.REGION.H},
 * {@code s3-REGION.H} and {@code s3.dualstack.REGION.H} are path style; with {@code BUCKET.} in front of any of them,
 * virtual-host style. {@code BUCKET.s3-website.H} and {@code BUCKET.s3-website-REGION.H} are websites. Addresses and hosts that are not the stack's are path style.
 */
public final class Addressing implements UnaryOperator<Request> {
    private static final Pattern ENDPOINT =
            Pattern.compile("(?:(.+)\\.)?s3(?:[.-](?:dualstack\\.)?[a-z]{2,}(?:-[a-z]+)+-\\d)?");

    private static final Pattern WEBSITE = Pattern.compile("(.+)\\.s3-website(?:[.-][a-z]{2,}(?:-[a-z]+)+-\\d)?");

    private final List<String> hosts;

    /** @param hosts the names the stack is reached by, without ports */
    public Addressing(List<String> hosts) {
        this.hosts = hosts.stream()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** The request as it would be in path style; the key stays encoded as it was sent. */
    @Override
    public Request apply(Request request) {
        var bucket = bucketOf(request.host());
        var path = request.rawPath();
        if (bucket != null) {
            return request.withPath("/" + bucket + (path.equals("/") ? "" : path));
        }
        boolean bareBucket = path.length() > 1 && path.indexOf('/', 1) == path.length() - 1;
        return bareBucket ? request.withPath(path.substring(0, path.length() - 1)) : request;
    }

    /** The bucket whose website a Host header names, as {@code BUCKET.s3-website.HOST}; null where it names none. */
    @Nullable
    String websiteOf(String hostHeader) {
        var host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
        for (var base : hosts) {
            if (host.endsWith("." + base)) {
                var website = WEBSITE.matcher(host.substring(0, host.length() - base.length() - 1));
                if (website.matches()) {
                    return website.group(1);
                }
            }
        }
        return null;
    }

    /** The bucket in a Host header, or null where there is none. */
    @Nullable
    String bucketOf(String hostHeader) {
        var host = withoutPort(hostHeader).toLowerCase(Locale.ROOT);
        if (isAddress(host)) {
            return null;
        }
        for (var base : hosts) {
            if (host.equals(base)) {
                return null;
            }
            if (host.length() > base.length() + 1 && host.endsWith("." + base)) {
                return bucketBefore(host.substring(0, host.length() - base.length() - 1));
            }
        }
        return null;
    }

    /** Whether it is an IP address, or nothing: every name has a character that is none of theirs. */
    private static boolean isAddress(String host) {
        if (host.startsWith("[")) {
            return true;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String bucketBefore(String labels) {
        var endpoint = ENDPOINT.matcher(labels);
        return endpoint.matches() ? endpoint.group(1) : labels;
    }

    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host : host.substring(0, colon);
    }
}
