package dev.ruststack.emulator.s3;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Functions that only note what they are told; each whose name does not begin with "missing" is there. */
public final class RecordedEvents implements NotificationTarget {
    private final List<Event> events = new CopyOnWriteArrayList<>();

    /** An event, and who was told. */
    public record Event(String functionArn, JsonNode message) {}

    @Override
    public boolean exists(String functionArn) {
        return functionArn.startsWith("arn:aws:lambda:") && !functionArn.contains(":missing");
    }

    @Override
    public void deliver(String functionArn, byte[] event, @Nullable String trace) {
        events.add(new Event(functionArn, JsonMapper.shared().readTree(event)));
    }

    /** The records about a bucket, in their order. */
    public List<JsonNode> of(String bucket) {
        return events.stream()
                .map(event -> event.message().at("/Records/0"))
                .filter(each -> each.at("/s3/bucket/name").asString().equals(bucket))
                .toList();
    }
}
