package dev.ruststack.crds.yaml;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.bucket.Content;
import dev.ruststack.crds.bucket.Encryption;
import dev.ruststack.crds.bucket.Lifecycle;
import dev.ruststack.crds.bucket.Notification;
import dev.ruststack.crds.bucket.Website;
import dev.ruststack.crds.cluster.AllowedPeer;
import dev.ruststack.crds.function.AliasSpec;
import dev.ruststack.crds.function.Code;
import dev.ruststack.crds.function.FunctionEventInvokeConfig;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.LayerCode;
import dev.ruststack.crds.function.LoggingConfig;
import dev.ruststack.crds.function.Permission;
import dev.ruststack.crds.table.GlobalSecondaryIndex;
import dev.ruststack.crds.table.LocalSecondaryIndex;
import dev.ruststack.crds.table.Projection;
import dev.ruststack.crds.table.StreamSpecification;
import dev.ruststack.crds.table.TableSpec;

/**
 * Rules between the fields of one record. Each is asked only when every field of the record by itself is right. What
 * the API server can check as well stands beside the record in CEL.
 */
final class Rules {
    private Rules() {}

    static void check(Record made, Place place) {
        switch (made) {
            case BucketSpec bucket -> BucketRules.check(bucket, place);
            case Content content -> content(content, place);
            case Encryption.ByDefault encryption -> BucketRules.encryption(encryption, place);
            case Website website -> BucketRules.website(website, place);
            case Website.Condition condition -> BucketRules.condition(condition, place);
            case Website.Redirect redirect -> BucketRules.redirect(redirect, place);
            case Lifecycle lifecycle -> LifecycleRules.check(lifecycle, place);
            case Notification notification -> BucketRules.notification(notification, place);
            case TableSpec table -> TableRules.check(table, place);
            case GlobalSecondaryIndex index -> TableRules.keyOrder(index.keySchema(), place.field("keySchema"));
            case LocalSecondaryIndex index -> TableRules.keyOrder(index.keySchema(), place.field("keySchema"));
            case Projection projection -> projection(projection, place);
            case StreamSpecification stream -> stream(stream, place);
            case FunctionSpec function -> FunctionRules.function(function, place);
            case Code code -> code(code, place);
            case LayerCode layer -> code(layer.code(), place);
            case LoggingConfig logging -> FunctionRules.logging(logging, place);
            case FunctionEventInvokeConfig config -> FunctionRules.eventInvoke(config, place);
            case FunctionEventInvokeConfig.DestinationConfig config -> FunctionRules.destinations(config, place);
            case Permission permission -> FunctionRules.permission(permission, place);
            case AliasSpec alias -> FunctionRules.alias(alias, place);
            case AllowedPeer peer -> peer(peer, place);
            default -> {}
        }
    }

    private static void content(Content content, Place place) {
        try {
            content.inlineBytes();
        } catch (IllegalArgumentException e) {
            place.field("base64").problem("is not base64: " + e.getMessage());
        }
    }

    private static void projection(Projection projection, Place place) {
        var included = projection.projectionType().equals(Projection.INCLUDE);
        if (included && projection.nonKeyAttributes().isEmpty()) {
            place.field("nonKeyAttributes").problem("missing; projectionType INCLUDE needs them");
        } else if (!included && !projection.nonKeyAttributes().isEmpty()) {
            place.field("nonKeyAttributes").problem("belongs to projectionType INCLUDE only");
        }
    }

    private static void stream(StreamSpecification stream, Place place) {
        if (stream.streamEnabled() && stream.streamViewType() == null) {
            place.field("streamViewType").problem("missing; an enabled stream needs it");
        } else if (!stream.streamEnabled() && stream.streamViewType() != null) {
            place.field("streamViewType").problem("belongs to streamEnabled: true only");
        }
    }

    private static void code(Code code, Place place) {
        if (code.url() != null && code.sha256() == null) {
            place.field("sha256").problem("missing; url needs it");
        } else if (code.url() == null && code.sha256() != null) {
            place.field("sha256").problem("belongs to url only");
        }
        for (var file : code.files().keySet()) {
            if (file.startsWith("/") || file.contains("..")) {
                place.field("files").entry(file).problem(Code.FILES_RULE);
            }
        }
    }

    private static void peer(AllowedPeer peer, Place place) {
        var selected = peer.podSelector() != null || peer.namespaceSelector() != null;
        if (selected == (peer.ipBlock() != null)) {
            place.problem("needs " + AllowedPeer.RULE);
        }
    }
}
