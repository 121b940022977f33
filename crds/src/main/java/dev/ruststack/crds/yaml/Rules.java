package dev.ruststack.crds.yaml;

import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.bucket.Content;
import dev.ruststack.crds.cluster.AllowedPeer;
import dev.ruststack.crds.function.Code;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.table.GlobalSecondaryIndex;
import dev.ruststack.crds.table.LocalSecondaryIndex;
import dev.ruststack.crds.table.Projection;
import dev.ruststack.crds.table.StreamSpecification;
import dev.ruststack.crds.table.TableSpec;
import java.util.regex.Pattern;

/**
 * Rules between the fields of one record. Each is asked only when every field of the record by itself is right. What
 * the API server can check as well stands beside the record in CEL.
 */
final class Rules {
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+");

    private Rules() {}

    static void check(Record made, Place place) {
        switch (made) {
            case BucketSpec bucket -> bucketName(bucket.name(), place.field("name"));
            case Content content -> content(content, place);
            case TableSpec table -> TableRules.check(table, place);
            case GlobalSecondaryIndex index -> TableRules.keyOrder(index.keySchema(), place.field("keySchema"));
            case LocalSecondaryIndex index -> TableRules.keyOrder(index.keySchema(), place.field("keySchema"));
            case Projection projection -> projection(projection, place);
            case StreamSpecification stream -> stream(stream, place);
            case FunctionSpec function -> function(function, place);
            case Code code -> code(code, place);
            case AllowedPeer peer -> peer(peer, place);
            default -> {}
        }
    }

    private static void bucketName(String name, Place place) {
        if (name.contains("..")) {
            place.problem("S3 refuses names with two dots in a row");
        } else if (IP_ADDRESS.matcher(name).matches()) {
            place.problem("S3 refuses names that look like an IP address");
        } else if (name.startsWith("xn--") || name.startsWith("sthree-")) {
            place.problem("S3 keeps names that begin with xn-- or sthree- for itself");
        } else if (name.endsWith("-s3alias") || name.endsWith("--ol-s3")) {
            place.problem("S3 keeps names that end with -s3alias or --ol-s3 for itself");
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

    private static void function(FunctionSpec function, Place place) {
        var image = function.code().imageUri() != null;
        needed(image, function.runtime() != null, place.field("runtime"));
        needed(image, function.handler() != null, place.field("handler"));
    }

    private static void needed(boolean image, boolean given, Place place) {
        if (image && given) {
            place.problem("cannot be given with code.imageUri; the image decides it");
        } else if (!image && !given) {
            place.problem("missing; it is needed except with code.imageUri");
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
