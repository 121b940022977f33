package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import dev.ruststack.emulator.s3.S3Error;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who hears of what happens to objects: functions of Lambda; other destinations are refused by name. AWS: S3 API
 * Reference, PutBucketNotificationConfiguration.
 */
public record NotificationConfiguration(
        @XmlFlattened @XmlName("TopicConfiguration") List<Topic> topics,
        @XmlFlattened @XmlName("QueueConfiguration") List<Queue> queues,
        @XmlFlattened @XmlName("CloudFunctionConfiguration") List<Function> functions,
        @Nullable EventBridge eventBridgeConfiguration) {
    public static final ConfigurationKind<NotificationConfiguration> KIND =
            new ConfigurationKind<>("notification", NotificationConfiguration.class);

    /** What holds where nothing is set. */
    public static final NotificationConfiguration NONE =
            new NotificationConfiguration(List.of(), List.of(), List.of(), null);

    private static final Set<String> EVENTS = Set.of(
            "s3:ReducedRedundancyLostObject",
            "s3:ObjectCreated:*",
            "s3:ObjectCreated:Put",
            "s3:ObjectCreated:Post",
            "s3:ObjectCreated:Copy",
            "s3:ObjectCreated:CompleteMultipartUpload",
            "s3:ObjectRemoved:*",
            "s3:ObjectRemoved:Delete",
            "s3:ObjectRemoved:DeleteMarkerCreated",
            "s3:ObjectRestore:*",
            "s3:ObjectRestore:Post",
            "s3:ObjectRestore:Completed",
            "s3:ObjectRestore:Delete",
            "s3:Replication:*",
            "s3:Replication:OperationFailedReplication",
            "s3:Replication:OperationNotTracked",
            "s3:Replication:OperationMissedThreshold",
            "s3:Replication:OperationReplicatedAfterThreshold",
            "s3:LifecycleTransition",
            "s3:IntelligentTiering",
            "s3:ObjectAcl:Put",
            "s3:LifecycleExpiration:*",
            "s3:LifecycleExpiration:Delete",
            "s3:LifecycleExpiration:DeleteMarkerCreated",
            "s3:ObjectTagging:*",
            "s3:ObjectTagging:Put",
            "s3:ObjectTagging:Delete");

    /** A topic of SNS. */
    public record Topic(
            @Nullable String id,
            @Nullable String topic,
            @XmlFlattened @XmlName("Event") List<String> events,
            @Nullable Filter filter) {}

    /** A queue of SQS. */
    public record Queue(
            @Nullable String id,
            @Nullable String queue,
            @XmlFlattened @XmlName("Event") List<String> events,
            @Nullable Filter filter) {}

    /** A function of Lambda. */
    public record Function(
            @Nullable String id,
            @Nullable String cloudFunction,
            @XmlFlattened @XmlName("Event") List<String> events,
            @Nullable Filter filter) {
        public Function {
            events = Check.list(events);
        }

        private void check() {
            Check.that(cloudFunction != null && !events.isEmpty());
            for (var event : events) {
                Check.argument(
                        EVENTS.contains(event),
                        "The event '" + event + "' is not supported for notifications",
                        "Event",
                        event);
            }
            if (filter != null && filter.s3Key != null) {
                filter.s3Key.check();
            }
        }

        private Function completed() {
            return new Function(
                    id == null || id.isEmpty() ? UUID.randomUUID().toString() : id,
                    cloudFunction,
                    events,
                    filter == null ? null : filter.completed());
        }

        private boolean sharesEvents(Function other) {
            return events.stream()
                    .anyMatch(one -> other.events.stream().anyMatch(two -> covers(one, two) || covers(two, one)));
        }

        private static boolean covers(String wide, String narrow) {
            return wide.equals(narrow) || wide.endsWith("*") && narrow.startsWith(wide.substring(0, wide.length() - 1));
        }

        private boolean overlaps(Function other) {
            var prefix = rule("Prefix");
            var suffix = rule("Suffix");
            var othersPrefix = other.rule("Prefix");
            var othersSuffix = other.rule("Suffix");
            return (prefix.startsWith(othersPrefix) || othersPrefix.startsWith(prefix))
                    && (suffix.endsWith(othersSuffix) || othersSuffix.endsWith(suffix));
        }

        private boolean isFiltered() {
            return !rule("Prefix").isEmpty() || !rule("Suffix").isEmpty();
        }

        /** What keys must start or end with; empty for anything. */
        private String rule(String name) {
            return filter == null || filter.s3Key == null
                    ? ""
                    : filter.s3Key.filterRules.stream()
                            .filter(rule -> name.equals(rule.name))
                            .map(rule -> String.valueOf(rule.value))
                            .findFirst()
                            .orElse("");
        }

        /** Whether it is to hear of an event, such as {@code s3:ObjectCreated:Put}, of a key. */
        public boolean hears(String event, String key) {
            boolean wanted = events.stream().anyMatch(each -> covers(each, event));
            return wanted && (filter == null || filter.s3Key == null || filter.s3Key.takes(key));
        }
    }

    /** EventBridge. */
    public record EventBridge() {}

    /** Which objects. */
    public record Filter(@Nullable S3Key s3Key) {
        private Filter completed() {
            return s3Key == null
                    ? this
                    : new Filter(new S3Key(s3Key.filterRules.stream()
                            .map(FilterRule::completed)
                            .toList()));
        }
    }

    /** By their keys. */
    public record S3Key(@XmlFlattened @XmlName("FilterRule") List<FilterRule> filterRules) {
        public S3Key {
            filterRules = Check.list(filterRules);
        }

        private void check() {
            var names = new HashSet<String>();
            for (var rule : filterRules) {
                Check.argument(
                        rule.isPrefix() || rule.isSuffix(),
                        "filter rule name must be either prefix or suffix",
                        "FilterRule.Name",
                        rule.name);
                Check.argument(
                        names.add(rule.lowerName()),
                        "Cannot specify more than one " + rule.lowerName() + " rule in a filter.",
                        "FilterRule.Name",
                        rule.name);
                Check.present(rule.value);
            }
        }

        private boolean takes(String key) {
            return filterRules.stream()
                    .allMatch(rule -> rule.value == null
                            || (rule.isPrefix() ? key.startsWith(rule.value) : key.endsWith(rule.value)));
        }
    }

    /** The start or the end of a key. */
    public record FilterRule(
            @Nullable String name, @Nullable String value) {
        private String lowerName() {
            return String.valueOf(name).toLowerCase(Locale.ROOT);
        }

        private boolean isPrefix() {
            return lowerName().equals("prefix");
        }

        private boolean isSuffix() {
            return lowerName().equals("suffix");
        }

        private FilterRule completed() {
            return new FilterRule(isPrefix() ? "Prefix" : "Suffix", value);
        }
    }

    public NotificationConfiguration {
        topics = Check.list(topics);
        queues = Check.list(queues);
        functions = Check.list(functions);
    }

    /** The document, where RustStack takes it, as it is given back: each of its parts has an id. */
    public NotificationConfiguration checked() {
        refuse(!topics.isEmpty(), "Topics of SNS");
        refuse(!queues.isEmpty(), "Queues of SQS");
        refuse(eventBridgeConfiguration != null, "EventBridge");
        functions.forEach(Function::check);
        var completed = functions.stream().map(Function::completed).toList();
        var ids = new HashSet<String>();
        completed.forEach(function -> Check.argument(
                ids.add(String.valueOf(function.id)),
                "Same ID used for multiple configurations. IDs must be unique",
                "Id",
                function.id));
        checkApart(completed);
        return new NotificationConfiguration(List.of(), List.of(), completed, null);
    }

    /** One event of one key is told once. AWS: S3 User Guide, Configuring event notifications using object key name filtering. */
    private static void checkApart(List<Function> functions) {
        for (int i = 0; i < functions.size(); i++) {
            for (int j = i + 1; j < functions.size(); j++) {
                var one = functions.get(i);
                var other = functions.get(j);
                if (!one.sharesEvents(other) || !one.overlaps(other)) {
                    continue;
                }
                boolean filtered = one.isFiltered() && other.isFiltered();
                throw S3Error.INVALID_ARGUMENT.saying(
                        filtered
                                ? "Configuration is ambiguously defined. Cannot have overlapping suffixes in two rules "
                                        + "if the prefixes are overlapping for the same event type."
                                : "Configurations overlap. Configurations on the same bucket cannot share a common "
                                        + "event type.");
            }
        }
    }

    private static void refuse(boolean wanted, String destination) {
        if (wanted) {
            throw S3Error.NOT_IMPLEMENTED.saying(
                    destination + " as a destination of notifications is not implemented by RustStack.");
        }
    }
}
