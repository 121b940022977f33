package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.dynamodb.TableNotes.TableKey;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The tags of tables, which DynamoDB Local takes and forgets. AWS: DynamoDB Developer Guide, Adding tags and labels to
 * resources.
 */
final class TagStore {
    private static final int MOST_TAGS = 50;
    private static final int LONGEST_KEY = 128;
    private static final int LONGEST_VALUE = 256;

    private final TableNotes notes;

    TagStore(TableNotes notes) {
        this.notes = notes;
    }

    Map<String, String> of(TableKey table) {
        return notes.of(table).tags();
    }

    /** Adds tags, given as {@code [{"Key": …, "Value": …}]}; one whose key is there already gets the new value. */
    void add(TableKey table, JsonNode added) {
        notes.change(table, note -> note.withTags(merged(note.tags(), added)));
    }

    void remove(TableKey table, JsonNode keys) {
        notes.change(table, note -> {
            var left = new LinkedHashMap<>(note.tags());
            keys.forEach(removed -> left.remove(removed.asString("")));
            return note.withTags(left);
        });
    }

    /** Throws what AWS says against these tags. */
    static void check(JsonNode added) {
        merged(Map.of(), added);
    }

    private static Map<String, String> merged(Map<String, String> present, JsonNode added) {
        var merged = new LinkedHashMap<>(present);
        for (var tag : added) {
            var key = tag.path("Key").asString("");
            var value = tag.path("Value").asString("");
            if (key.isEmpty() || key.length() > LONGEST_KEY) {
                throw invalid("a tag key has 1 to " + LONGEST_KEY + " characters, unlike \"" + key + "\"");
            }
            if (value.length() > LONGEST_VALUE) {
                throw invalid("a tag value has at most " + LONGEST_VALUE + " characters, unlike that of " + key);
            }
            if (key.startsWith("aws:")) {
                throw invalid("tag keys that begin with aws: are AWS's own, as " + key);
            }
            merged.put(key, value);
        }
        if (merged.size() > MOST_TAGS) {
            throw invalid("a table has at most " + MOST_TAGS + " tags");
        }
        return merged;
    }

    private static RuntimeException invalid(String why) {
        return DynamoDbError.VALIDATION.saying("One or more parameter values were invalid: " + why);
    }
}
