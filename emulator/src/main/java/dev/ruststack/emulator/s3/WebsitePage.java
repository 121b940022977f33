package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.util.Map;

/** The page that says what is wrong with a request of a website. AWS: S3 User Guide, Custom error document. */
final class WebsitePage {
    private static final Map<Integer, String> REASONS =
            Map.of(400, "Bad Request", 403, "Forbidden", 404, "Not Found", 405, "Method Not Allowed");

    private WebsitePage() {}

    static Response of(S3Protocol protocol, Request request, S3Error error, Map<String, String> details) {
        var headers = Headers.builder();
        var requestId = protocol.newRequestId();
        protocol.finish(headers, requestId);
        headers.set("Content-Type", "text/html; charset=utf-8");
        headers.set("x-amz-error-code", error.code());
        headers.set("x-amz-error-message", error.message());
        var title = error.status() + " " + REASONS.getOrDefault(error.status(), "Error");
        var page = new StringBuilder(
                "<html>\n<head><title>" + title + "</title></head>\n<body>\n<h1>" + title + "</h1>\n<ul>\n");
        item(page, "Code", error.code());
        item(page, "Message", error.message());
        details.forEach((name, value) -> item(page, name, value));
        item(page, "RequestId", requestId);
        item(page, "HostId", headers.build().first("x-amz-id-2", ""));
        page.append("</ul>\n<hr/>\n</body>\n</html>\n");
        var body = request.method().equals("HEAD") ? Body.empty() : Body.of(page.toString());
        return new Response(error.status(), headers.build(), body);
    }

    private static void item(StringBuilder page, String name, String value) {
        var escaped = value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
        page.append("<li>").append(name).append(": ").append(escaped).append("</li>\n");
    }
}
