package dev.ruststack.emulator.seed;

import dev.ruststack.crds.bucket.BucketTag;
import dev.ruststack.crds.bucket.Cors;
import dev.ruststack.crds.bucket.Encryption;
import dev.ruststack.crds.bucket.Notification;
import dev.ruststack.crds.bucket.ObjectLock;
import dev.ruststack.crds.bucket.PublicAccessBlock;
import dev.ruststack.emulator.s3.Tag;
import dev.ruststack.emulator.s3.configuration.CorsConfiguration;
import dev.ruststack.emulator.s3.configuration.NotificationConfiguration;
import dev.ruststack.emulator.s3.configuration.ObjectLockConfiguration;
import dev.ruststack.emulator.s3.configuration.PublicAccessBlockConfiguration;
import dev.ruststack.emulator.s3.configuration.ServerSideEncryptionConfiguration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Declared settings as S3 gives them back: null for null, and with an id wherever S3 would make one up. */
final class BucketDocuments {
    private BucketDocuments() {}

    static @Nullable PublicAccessBlockConfiguration publicAccessBlock(@Nullable PublicAccessBlock declared) {
        return declared == null
                ? null
                : new PublicAccessBlockConfiguration(
                        declared.blockPublicAcls(),
                        declared.ignorePublicAcls(),
                        declared.blockPublicPolicy(),
                        declared.restrictPublicBuckets());
    }

    static @Nullable ObjectLockConfiguration objectLock(@Nullable ObjectLock declared) {
        if (declared == null) {
            return null;
        }
        var rule = declared.rule();
        if (rule == null) {
            return ObjectLockConfiguration.ENABLED;
        }
        var retention = rule.defaultRetention();
        return new ObjectLockConfiguration(
                "Enabled",
                new ObjectLockConfiguration.Rule(new ObjectLockConfiguration.DefaultRetention(
                        retention.mode(), retention.days(), retention.years())));
    }

    static @Nullable ServerSideEncryptionConfiguration encryption(@Nullable Encryption declared) {
        return declared == null
                ? null
                : new ServerSideEncryptionConfiguration(
                        declared.rules().stream().map(BucketDocuments::rule).toList());
    }

    private static ServerSideEncryptionConfiguration.Rule rule(Encryption.Rule rule) {
        var byDefault = rule.applyServerSideEncryptionByDefault();
        var blocked = rule.blockedEncryptionTypes();
        return new ServerSideEncryptionConfiguration.Rule(
                new ServerSideEncryptionConfiguration.ByDefault(byDefault.sseAlgorithm(), byDefault.kmsMasterKeyId()),
                rule.bucketKeyEnabled(),
                blocked == null
                        ? null
                        : new ServerSideEncryptionConfiguration.BlockedEncryptionTypes(blocked.encryptionTypes()));
    }

    static List<Tag> tags(List<BucketTag> declared) {
        return declared.stream().map(BucketDocuments::tag).toList();
    }

    static Tag tag(BucketTag declared) {
        return new Tag(declared.key(), declared.value());
    }

    static @Nullable CorsConfiguration cors(@Nullable Cors declared) {
        return declared == null
                ? null
                : new CorsConfiguration(declared.corsRules().stream()
                        .map(rule -> new CorsConfiguration.Rule(
                                rule.id(),
                                rule.allowedHeaders(),
                                rule.allowedMethods(),
                                rule.allowedOrigins(),
                                rule.exposeHeaders(),
                                rule.maxAgeSeconds()))
                        .toList());
    }

    static @Nullable NotificationConfiguration notification(
            @Nullable Notification declared, UnaryOperator<String> functionArn) {
        if (declared == null) {
            return null;
        }
        var functions = new ArrayList<NotificationConfiguration.Function>();
        for (var each : declared.lambdaFunctionConfigurations()) {
            functions.add(new NotificationConfiguration.Function(
                    each.id() == null ? each.function() + "-" + (functions.size() + 1) : each.id(),
                    functionArn.apply(each.function()),
                    each.events(),
                    filter(each.filter())));
        }
        return new NotificationConfiguration(List.of(), List.of(), functions, null);
    }

    private static NotificationConfiguration.@Nullable Filter filter(Notification.@Nullable Filter declared) {
        return declared == null
                ? null
                : new NotificationConfiguration.Filter(new NotificationConfiguration.S3Key(
                        declared.key().filterRules().stream()
                                .map(rule -> new NotificationConfiguration.FilterRule(
                                        rule.name().equals("prefix") ? "Prefix" : "Suffix", rule.value()))
                                .toList()));
    }
}
