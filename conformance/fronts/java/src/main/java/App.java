import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Handlers of events of both formats, without a framework. */
public final class App {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");
    private static final Map<String, String> PNG = Map.of("Content-Type", "image/png");
    private static final List<String> COOKIES = List.of("one=1", "two=2");

    /** Format 1.0. */
    public APIGatewayProxyResponseEvent v1(APIGatewayProxyRequestEvent event, Context context) {
        var response = new APIGatewayProxyResponseEvent();
        if (event.getPath().equals("/image")) {
            return response.withStatusCode(200).withHeaders(PNG).withBody(image()).withIsBase64Encoded(true);
        }
        var query = event.getQueryStringParameters() == null ? null : event.getQueryStringParameters().get("q");
        var cookie = event.getHeaders().get("Cookie");
        var form = form(event.getBody(), Boolean.TRUE.equals(event.getIsBase64Encoded()));
        return response.withStatusCode(201)
                .withHeaders(JSON)
                .withMultiValueHeaders(Map.of("Set-Cookie", COOKIES))
                .withBody(item(event.getPath(), event.getHttpMethod(), query, form, cookie));
    }

    /** Format 2.0. */
    public APIGatewayV2HTTPResponse v2(APIGatewayV2HTTPEvent event, Context context) {
        if (event.getRawPath().equals("/image")) {
            return APIGatewayV2HTTPResponse.builder()
                    .withStatusCode(200)
                    .withHeaders(PNG)
                    .withBody(image())
                    .withIsBase64Encoded(true)
                    .build();
        }
        var query = event.getQueryStringParameters() == null ? null : event.getQueryStringParameters().get("q");
        var cookie = event.getCookies() == null ? null : event.getCookies().getFirst();
        var method = event.getRequestContext().getHttp().getMethod();
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(201)
                .withHeaders(JSON)
                .withCookies(COOKIES)
                .withBody(item(event.getRawPath(), method, query, form(event.getBody(), event.getIsBase64Encoded()), cookie))
                .build();
    }

    private static String form(String body, boolean encoded) {
        if (body == null) {
            return null;
        }
        var text = encoded ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body;
        return URLDecoder.decode(text.substring("f=".length()), StandardCharsets.UTF_8);
    }

    private static String item(String path, String method, String query, String form, String cookie) {
        return "{\"item\":" + quoted(path.substring("/items/".length())) + ",\"method\":" + quoted(method)
                + ",\"query\":" + quoted(query) + ",\"form\":" + quoted(form) + ",\"cookie\":"
                + quoted(cookie == null ? null : cookie.substring("seen=".length())) + "}";
    }

    private static String quoted(String text) {
        return text == null ? "null" : "\"" + text + "\"";
    }

    private static String image() {
        var all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        return Base64.getEncoder().encodeToString(all);
    }
}
