package dev.ruststack.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ruststack.crds.Api;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/**
 * A RustStack with spec and status as plain JSON. An informer that binds them to classes ends with the first resource
 * that fits none; this one takes what an older or newer CRD let through, and {@link StackReader} judges it.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind(Api.KIND)
@Plural("ruststacks")
public final class RawStack extends CustomResource<JsonNode, JsonNode> implements Namespaced {
    @Override
    @SuppressWarnings("NullAway") // fabric8 takes null for "none"
    protected @Nullable JsonNode initSpec() {
        return null;
    }

    @Override
    @SuppressWarnings("NullAway") // fabric8 takes null for "none"
    protected @Nullable JsonNode initStatus() {
        return null;
    }
}
