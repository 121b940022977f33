package dev.ruststack.emulator.apigateway;

import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of REST APIs' resources in pages: {@code limit} at a time, from {@code position} on. */
final class Pages {
    private static final int USUAL = 25;
    private static final int MOST = 500;

    private Pages() {}

    /** A page of a list that is in the order of its keys. */
    static ObjectNode of(GatewayCall call, List<? extends JsonNode> all, Function<JsonNode, String> key) {
        var after = call.query("position");
        int limit = limit(call.query("limit"));
        var rest = all.stream()
                .filter(each -> after == null || key.apply(each).compareTo(after) > 0)
                .toList();
        var page = rest.subList(0, Math.min(limit, rest.size()));
        var answer = GatewayCall.items("item", page);
        if (rest.size() > limit) {
            answer.put("position", key.apply(page.getLast()));
        }
        return answer;
    }

    private static int limit(@org.jspecify.annotations.Nullable String limit) {
        try {
            return limit == null ? USUAL : Math.clamp(Integer.parseInt(limit), 1, MOST);
        } catch (NumberFormatException e) {
            throw GatewayError.BAD_REQUEST.saying("Invalid limit: " + limit);
        }
    }

    /** A page of a list of HTTP APIs' resources that is in the order of its ids: {@code maxResults} from {@code nextToken} on. */
    static ObjectNode ofHttpApi(GatewayCall call, List<? extends JsonNode> all, String id) {
        var after = call.query("nextToken");
        var asked = call.query("maxResults");
        int limit = asked == null || !asked.matches("\\d{1,4}") ? MOST : Math.clamp(Integer.parseInt(asked), 1, MOST);
        var rest = all.stream()
                .filter(each -> after == null || each.path(id).asString("").compareTo(after) > 0)
                .toList();
        var page = rest.subList(0, Math.min(limit, rest.size()));
        var answer = GatewayCall.items("items", page);
        if (rest.size() > limit) {
            answer.put("nextToken", page.getLast().path(id).asString(""));
        }
        return answer;
    }
}
