package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.AwsService;
import dev.ruststack.emulator.aws.CallObserver;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.PercentEncoding;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.Redirect;
import dev.ruststack.emulator.s3.configuration.WebsiteConfiguration.RoutingRule;
import dev.ruststack.emulator.s3.store.Bucket;
import dev.ruststack.emulator.s3.store.Buckets;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Buckets as websites, at the host {@code BUCKET.s3-website.HOST}: index and error documents, redirects and routing
 * rules. Objects are read as an unsigned GetObject reads them, so they must be public where signatures are verified.
 * AWS: S3 User Guide, Hosting a static website using Amazon S3.
 */
final class WebsiteService implements AwsService {
    private static final String REDIRECT = "x-amz-website-redirect-location";

    private final AwsService s3;
    private final Buckets buckets;
    private final Addressing addressing;
    private final S3Protocol protocol = new S3Protocol();

    WebsiteService(AwsService s3, Buckets buckets, Addressing addressing) {
        this.s3 = s3;
        this.buckets = buckets;
        this.addressing = addressing;
    }

    /** One request of a website. */
    private record Visit(Bucket bucket, WebsiteConfiguration website, Request request, String key) {
        List<RoutingRule> rules() {
            var rules = website.routingRules();
            return rules == null ? List.of() : rules;
        }

        String suffix() {
            var index = website.indexDocument();
            return index == null ? "" : String.valueOf(index.suffix());
        }

        /** The rule that is due for an error, or, where {@code error} is null, before anything is looked up. */
        @Nullable
        RoutingRule rule(@Nullable String error) {
            for (var rule : rules()) {
                var condition = rule.condition();
                var ofError = condition == null ? null : condition.httpErrorCodeReturnedEquals();
                var prefix = condition == null ? null : condition.keyPrefixEquals();
                boolean due = error == null ? ofError == null : error.equals(ofError);
                if (due && (prefix == null || key.startsWith(prefix))) {
                    return rule;
                }
            }
            return null;
        }
    }

    @Override
    public String name() {
        return s3.name();
    }

    @Override
    public void observe(CallObserver observer) {
        s3.observe(observer);
    }

    @Override
    public Response handle(Request request) throws Exception {
        var name = request.host().contains(".s3-website") ? addressing.websiteOf(request.host()) : null;
        return name == null ? s3.handle(request) : website(request, name);
    }

    private Response website(Request request, String name) throws Exception {
        if (request.method().equals("OPTIONS")) {
            return s3.handle(withHost(request, request.headers()).withPath("/" + name + request.rawPath()));
        }
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return page(request, S3Error.METHOD_NOT_ALLOWED, Map.of("Method", request.method()));
        }
        var bucket = buckets.find(name);
        if (bucket == null) {
            return page(request, S3Error.NO_SUCH_BUCKET, Map.of("BucketName", name));
        }
        var website = bucket.configurations().get(WebsiteConfiguration.KIND);
        if (website == null) {
            return page(request, S3Error.NO_SUCH_WEBSITE_CONFIGURATION, Map.of("BucketName", name));
        }
        var visit = new Visit(
                bucket,
                website,
                request,
                PercentEncoding.decode(request.rawPath().substring(1)));
        var everything = website.redirectAllRequestsTo();
        if (everything != null) {
            var query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
            return redirect(
                    301, scheme(request, everything.protocol()) + everything.hostName() + request.rawPath() + query);
        }
        var rule = visit.rule(null);
        return rule == null ? document(visit) : redirect(visit, rule);
    }

    private Response document(Visit visit) throws Exception {
        boolean folder = visit.key.isEmpty() || visit.key.endsWith("/");
        var key = folder ? visit.key + visit.suffix() : visit.key;
        var response = fetch(visit, visit.request.method(), key);
        var elsewhere = response.headers().first(REDIRECT);
        if (response.status() < 400 && elsewhere != null) {
            close(response);
            return redirect(301, elsewhere);
        }
        if (response.status() < 400 || response.status() > 404) {
            return response;
        }
        close(response);
        if (!folder && isThere(visit, visit.key + "/" + visit.suffix())) {
            return redirect(302, "/" + PercentEncoding.encodePath(visit.key) + "/");
        }
        var rule = visit.rule(Integer.toString(response.status()));
        return rule == null ? failure(visit, key, response.status()) : redirect(visit, rule);
    }

    /** The error document, or a page of S3's where there is none. */
    private Response failure(Visit visit, String key, int status) throws Exception {
        var named = visit.website.errorDocument();
        if (named != null) {
            var document = fetch(visit, visit.request.method(), String.valueOf(named.key()));
            if (document.status() == 200) {
                return new Response(status, document.headers(), document.body());
            }
            close(document);
        }
        return switch (status) {
            case 403 -> page(visit.request, S3Error.ACCESS_DENIED, Map.of());
            case 404 -> page(visit.request, S3Error.NO_SUCH_KEY, Map.of("Key", key));
            default -> page(visit.request, S3Error.INVALID_REQUEST, Map.of());
        };
    }

    private boolean isThere(Visit visit, String key) throws Exception {
        var response = fetch(visit, "HEAD", key);
        close(response);
        return response.status() == 200;
    }

    private Response fetch(Visit visit, String method, String key) throws Exception {
        var request = withHost(visit.request, visit.request.headers());
        return s3.handle(new Request(
                method,
                "/" + visit.bucket.name() + "/" + PercentEncoding.encodePath(key),
                "",
                request.headers(),
                request.body(),
                request.remote(),
                request.secure(),
                request.connection()));
    }

    /** The request in path style, by nobody in particular. */
    private static Request withHost(Request request, Headers headers) {
        return request.withHeaders(headers.toBuilder()
                .set("Host", "127.0.0.1")
                .remove("Authorization")
                .build());
    }

    private static void close(Response response) throws IOException {
        response.body().close();
    }

    private Response redirect(Visit visit, RoutingRule rule) {
        var to = rule.redirect() == null ? new Redirect(null, null, null, null, null) : rule.redirect();
        var condition = rule.condition();
        var prefix = condition == null || condition.keyPrefixEquals() == null ? "" : condition.keyPrefixEquals();
        var key = visit.key;
        if (to.replaceKeyWith() != null) {
            key = to.replaceKeyWith();
        } else if (to.replaceKeyPrefixWith() != null) {
            key = to.replaceKeyPrefixWith() + visit.key.substring(prefix.length());
        }
        var host = to.hostName() == null ? visit.request.host() : to.hostName();
        int code = to.httpRedirectCode() == null ? 301 : Integer.parseInt(to.httpRedirectCode());
        return redirect(code, scheme(visit.request, to.protocol()) + host + "/" + PercentEncoding.encodePath(key));
    }

    private static String scheme(Request request, @Nullable String named) {
        return (named != null ? named : request.secure() ? "https" : "http") + "://";
    }

    private Response redirect(int status, String location) {
        var headers = Headers.builder();
        protocol.finish(headers, protocol.newRequestId());
        headers.set("Location", location);
        return new Response(status, headers.build(), Body.empty());
    }

    private Response page(Request request, S3Error error, Map<String, String> details) {
        return WebsitePage.of(protocol, request, error, details);
    }
}
