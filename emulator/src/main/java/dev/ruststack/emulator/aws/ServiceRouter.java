package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.ExchangeHandler;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Hands the requests of the one AWS port to the services. What tells them apart, the first that is there: the service
 * in the credential scope of the signature, the {@code X-Amz-Target} header, the first label of the host, the path or
 * form; S3 takes what is left.
 */
public final class ServiceRouter implements ExchangeHandler {
    /** Every path of Lambda starts with a date, which no bucket name can be confused with but on purpose. */
    private static final Pattern LAMBDA_PATH = Pattern.compile("/20[0-9]{2}-[0-9]{2}-[0-9]{2}/.*");

    private final Map<String, AwsService> services;
    private final Function<String, AwsService> unknown;

    /**
     * @param services by their names in credential scopes; one of them is {@code s3}
     * @param unknown makes the service that refuses requests to a service that is not here
     */
    public ServiceRouter(List<AwsService> services, Function<String, AwsService> unknown) {
        this.services = services.stream().collect(Collectors.toUnmodifiableMap(AwsService::name, service -> service));
        this.unknown = unknown;
    }

    @Override
    public Response handle(Request request) throws Exception {
        var name = name(request);
        var service = services.get(name);
        return (service == null ? unknown.apply(name) : service).handle(request);
    }

    private String name(Request request) {
        var scoped = scope(request);
        if (scoped != null) {
            return scoped;
        }
        var target = request.headers().first("X-Amz-Target");
        if (target != null) {
            return target.startsWith("DynamoDB") ? "dynamodb" : target.toLowerCase(Locale.ROOT);
        }
        var host = request.host();
        int dot = host.indexOf('.');
        var label = dot < 0 ? "" : host.substring(0, dot);
        if (!label.equals("s3") && services.containsKey(label)) {
            return label;
        }
        return byPath(request);
    }

    private static String byPath(Request request) {
        if (LAMBDA_PATH.matcher(request.rawPath()).matches()) {
            return "lambda";
        }
        boolean form = request.headers().first("Content-Type", "").startsWith("application/x-www-form-urlencoded");
        if (request.rawPath().equals("/") && (form || request.query().has("Action"))) {
            return "sts";
        }
        return "s3";
    }

    /** The service of {@code Credential=key/date/region/service/aws4_request}, in the header or the query. */
    private static @Nullable String scope(Request request) {
        var authorization = request.headers().first("Authorization");
        var credential = authorization == null
                ? request.query().first("X-Amz-Credential")
                : authorization.substring(Math.max(0, authorization.indexOf("Credential=")));
        if (credential == null) {
            return null;
        }
        int end = credential.indexOf("/aws4_request");
        int start = end < 0 ? -1 : credential.lastIndexOf('/', end - 1);
        return start < 0 ? null : credential.substring(start + 1, end);
    }
}
