package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.journal.KeptTable;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The tags of what is no function: event source mappings and code signing configurations. Safe for several threads. */
public final class ResourceTags {
    /** By ARN. */
    private final KeptTable<Tagged> table;

    /** The tags of one resource. */
    public record Tagged(Map<String, String> tags) {
        public Tagged {
            tags = Map.copyOf(tags);
        }
    }

    /** Over a table that stays the caller's. */
    public ResourceTags(KeptTable<Tagged> table) {
        this.table = table;
    }

    public Map<String, String> of(String arn) {
        var tagged = table.get(arn);
        return tagged == null ? Map.of() : tagged.tags();
    }

    /** Replaces the tags of a resource. */
    public void change(String arn, UnaryOperator<Map<String, String>> change) {
        table.change(arn, before -> {
            var after = change.apply(before == null ? Map.of() : before.tags());
            return after.isEmpty() ? null : new Tagged(after);
        });
    }

    /** The resource has gone. */
    public void forget(String arn) {
        table.remove(arn);
    }

    public void clear() {
        table.clear();
    }
}
