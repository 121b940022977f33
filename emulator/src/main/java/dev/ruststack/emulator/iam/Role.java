package dev.ruststack.emulator.iam;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A role, which nothing is granted by. AWS: IAM API Reference, Role.
 *
 * @param createDate as on the wire
 * @param trust who may take it, a policy document
 * @param inline policy documents by name
 * @param attached names of policies by ARN
 */
record Role(
        String path,
        String roleName,
        String roleId,
        String arn,
        String createDate,
        String trust,
        @Nullable String description,
        int maxSessionDuration,
        @Nullable String permissionsBoundary,
        SortedMap<String, String> tags,
        SortedMap<String, String> inline,
        SortedMap<String, String> attached) {

    Role withTrust(String newTrust) {
        return new Role(
                path,
                roleName,
                roleId,
                arn,
                createDate,
                newTrust,
                description,
                maxSessionDuration,
                permissionsBoundary,
                tags,
                inline,
                attached);
    }

    /** The same with what is given of these. */
    Role with(@Nullable String newDescription, @Nullable Integer newDuration) {
        return new Role(
                path,
                roleName,
                roleId,
                arn,
                createDate,
                trust,
                newDescription == null ? description : newDescription,
                newDuration == null ? maxSessionDuration : newDuration,
                permissionsBoundary,
                tags,
                inline,
                attached);
    }

    Role tagged(Consumer<Map<String, String>> change) {
        return with(changed(tags, change), inline, attached);
    }

    Role inlined(Consumer<Map<String, String>> change) {
        return with(tags, changed(inline, change), attached);
    }

    Role attaching(Consumer<Map<String, String>> change) {
        return with(tags, inline, changed(attached, change));
    }

    private static SortedMap<String, String> changed(Map<String, String> map, Consumer<Map<String, String>> change) {
        var copy = new TreeMap<>(map);
        change.accept(copy);
        return copy;
    }

    private Role with(
            SortedMap<String, String> newTags,
            SortedMap<String, String> newInline,
            SortedMap<String, String> newAttached) {
        return new Role(
                path,
                roleName,
                roleId,
                arn,
                createDate,
                trust,
                description,
                maxSessionDuration,
                permissionsBoundary,
                newTags,
                newInline,
                newAttached);
    }
}
