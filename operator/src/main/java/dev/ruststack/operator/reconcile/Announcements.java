package dev.ruststack.operator.reconcile;

import dev.ruststack.crds.Api;
import dev.ruststack.operator.desired.Names;
import dev.ruststack.operator.resource.RawStack;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events about stacks (events.k8s.io). The same one is not said twice within ten minutes; one that cannot be written is
 * logged and no more: an Event is never worth a failed reconcile.
 */
final class Announcements {
    static final String NORMAL = "Normal";
    static final String WARNING = "Warning";

    private static final Logger log = LoggerFactory.getLogger(Announcements.class);
    private static final Duration QUIET = Duration.ofMinutes(10);
    private static final DateTimeFormatter MICRO =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
    private static final int LONGEST_NOTE = 1000;

    private final KubernetesClient client;
    private final Clock clock;
    private final String instance;
    private final Map<String, Instant> said = new ConcurrentHashMap<>();

    /** @param instance name of the operator's pod */
    Announcements(KubernetesClient client, Clock clock, String instance) {
        this.client = client;
        this.clock = clock;
        this.instance = instance;
    }

    void say(RawStack about, String type, String reason, String note) {
        var now = clock.instant();
        said.values().removeIf(when -> when.plus(QUIET).isBefore(now));
        var key = about.getMetadata().getUid() + " " + reason + " " + note;
        if (said.putIfAbsent(key, now) != null) {
            return;
        }
        var metadata = about.getMetadata();
        var event = new EventBuilder()
                .withMetadata(new ObjectMetaBuilder()
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName() + "."
                                + UUID.randomUUID().toString().substring(0, 13).replace("-", ""))
                        .build())
                .withEventTime(new MicroTime(MICRO.format(now)))
                .withReportingController(Api.GROUP + "/" + Names.FIELD_MANAGER)
                .withReportingInstance(instance)
                .withAction("Reconcile")
                .withType(type)
                .withReason(reason)
                .withNote(note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) + "…" : note)
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(Api.API_VERSION)
                        .withKind(Api.KIND)
                        .withNamespace(metadata.getNamespace())
                        .withName(metadata.getName())
                        .withUid(metadata.getUid())
                        .build())
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException e) {
            log.info("Event {} of {} was not written: {}", reason, metadata.getName(), e.getMessage());
        }
    }
}
