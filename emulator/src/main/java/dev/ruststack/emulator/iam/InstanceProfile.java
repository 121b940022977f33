package dev.ruststack.emulator.iam;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A holder of a role, which some tools make beside it. AWS: IAM API Reference, InstanceProfile.
 *
 * @param createDate as on the wire
 * @param roleName the one role that it can have; null for none
 */
record InstanceProfile(
        String path,
        String name,
        String id,
        String arn,
        String createDate,
        @Nullable String roleName,
        SortedMap<String, String> tags) {
    InstanceProfile with(@Nullable String newRole) {
        return new InstanceProfile(path, name, id, arn, createDate, newRole, tags);
    }
}
