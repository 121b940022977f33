package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.StableId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One stage of one API, as it is served.
 *
 * @param kind whose rules it follows
 * @param accountId the account that owns it
 * @param id its id, which is the first label of its host
 * @param binaryMediaTypes the types whose bodies travel in base64
 * @param cors null where the functions answer for themselves
 * @param responses what it answers in the place of the gateway
 * @param routes its methods
 */
public record Api(
        Kind kind,
        String accountId,
        String id,
        Stage stage,
        List<String> binaryMediaTypes,
        @Nullable CorsRule cors,
        GatewayResponses responses,
        List<Route> routes) {
    private static final String JSON = "application/json";

    /** Whose rules an API follows. */
    public enum Kind {
        /**
         * REST APIs', as a RustStack declares them. Without {@link #binaryMediaTypes} it is left to a body whether it is
         * text; URLs have no stage.
         */
        DECLARED,
        /** REST APIs'. */
        REST,
        /** HTTP APIs'. */
        HTTP
    }

    /**
     * A deployment under a name.
     *
     * @param variables what integrations and functions get to see of it
     */
    public record Stage(String name, String deploymentId, Map<String, String> variables) {
        /** The stage of an HTTP API that its URLs do not name. */
        public static final String DEFAULT = "$default";

        public Stage {
            variables = Map.copyOf(variables);
        }
    }

    public Api {
        binaryMediaTypes = List.copyOf(binaryMediaTypes);
        routes = List.copyOf(routes);
    }

    /** One that leaves the gateway's own answers as they are. */
    public Api(
            Kind kind,
            String accountId,
            String id,
            Stage stage,
            List<String> binaryMediaTypes,
            @Nullable CorsRule cors,
            List<Route> routes) {
        this(kind, accountId, id, stage, binaryMediaTypes, cors, GatewayResponses.none(id, stage), routes);
    }

    /**
     * An API as a RustStack declares it; its id stays the same as long as its name does.
     *
     * @param stage the name of its stage, which events carry and URLs do not
     */
    public static Api declared(
            String accountId, String name, String stage, List<String> binaryMediaTypes, List<Route> routes) {
        return new Api(
                Kind.DECLARED,
                accountId,
                StableId.of(accountId + " api " + name, 10),
                new Stage(stage, StableId.of(accountId + " deployment " + name + " " + stage, 6), Map.of()),
                binaryMediaTypes,
                null,
                routes);
    }

    /** An HTTP API as a RustStack declares it; its id stays the same as long as its name does. */
    public static Api declaredHttp(
            String accountId, String name, String stage, @Nullable CorsRule cors, List<Route> routes) {
        return new Api(
                Kind.HTTP,
                accountId,
                StableId.of(accountId + " http api " + name, 10),
                new Stage(stage, StableId.of(accountId + " http deployment " + name + " " + stage, 6), Map.of()),
                List.of(),
                cors,
                routes);
    }

    /** The same, with variables of its stage. */
    public Api withVariables(Map<String, String> variables) {
        var same = new Stage(stage.name, stage.deploymentId, variables);
        return new Api(kind, accountId, id, same, binaryMediaTypes, cors, routes);
    }

    String resourceId(Route route) {
        return route.resourceId().isEmpty()
                ? StableId.of(accountId + " resource " + id + " " + route.path(), 10)
                : route.resourceId();
    }

    /** Whether a request's body reaches the function in base64; one without a type counts as JSON. */
    boolean takesAsBinary(@Nullable String contentType, byte[] body) {
        return switch (kind) {
            case HTTP -> !MediaTypes.isPlain(contentType, body);
            case DECLARED -> binaryMediaTypes.isEmpty() ? !MediaTypes.isText(contentType, body) : isBinary(contentType);
            case REST -> isBinary(contentType);
        };
    }

    private boolean isBinary(@Nullable String type) {
        return MediaTypes.matches(binaryMediaTypes, type == null ? JSON : type);
    }

    /** Whether a result in base64 is decoded: as on AWS, the first type that the client accepts decides for REST APIs. */
    boolean answersInBinary(@Nullable String accept) {
        return kind == Kind.HTTP
                || (kind == Kind.DECLARED && binaryMediaTypes.isEmpty())
                || isBinary(accept == null ? null : accept.split(",", 2)[0]);
    }
}
