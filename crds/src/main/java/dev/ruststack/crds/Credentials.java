package dev.ruststack.crds;

import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import org.jspecify.annotations.Nullable;

/** The stack's AWS keys, and how strictly they are asked for. */
@Bindable
public record Credentials(
        @Description(
                "Permissive takes any key; Strict verifies every signature (SigV4) as AWS does. Absent: Strict in a cluster, Permissive on one machine.")
        @Nullable
        @OneOf({PERMISSIVE, STRICT})
        String verification,

        @Description("A Secret with the keys AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Absent: generated.") @Nullable
        NameReference secretRef) {
    public static final String PERMISSIVE = "Permissive";
    public static final String STRICT = "Strict";
    public static final Credentials NONE = new Credentials(null, null);
}
