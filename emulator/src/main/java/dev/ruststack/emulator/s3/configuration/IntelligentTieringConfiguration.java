package dev.ruststack.emulator.s3.configuration;

import dev.ruststack.emulator.aws.wire.XmlFlattened;
import dev.ruststack.emulator.aws.wire.XmlName;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When objects that are not read move to cheaper tiers; in RustStack none moves. AWS: S3 API Reference,
 * PutBucketIntelligentTieringConfiguration.
 */
public record IntelligentTieringConfiguration(
        @Nullable String id,
        @Nullable TagFilter filter,
        @Nullable String status,
        @XmlFlattened @XmlName("Tiering") List<Tiering> tierings) {
    public static final ConfigurationKind<IntelligentTieringConfiguration> KIND =
            new ConfigurationKind<>("intelligentTiering", IntelligentTieringConfiguration.class);

    private static final int MAX_DAYS = 730;

    /** After how many days without a read. */
    public record Tiering(@Nullable Integer days, @Nullable String accessTier) {
        private void check() {
            int least = switch (String.valueOf(accessTier)) {
                case "ARCHIVE_ACCESS" -> 90;
                case "DEEP_ARCHIVE_ACCESS" -> 180;
                default -> Integer.MAX_VALUE;
            };
            Check.that(least <= MAX_DAYS);
            int after = Check.present(days);
            Check.argument(
                    after >= least && after <= MAX_DAYS,
                    "'Days' for " + accessTier + " must be between " + least + " and " + MAX_DAYS,
                    "Days",
                    Integer.toString(after));
        }
    }

    public IntelligentTieringConfiguration {
        tierings = Check.list(tierings);
    }

    /** The document, where S3 takes it. */
    public IntelligentTieringConfiguration checked() {
        Check.oneOf(status, Check.STATUS);
        Check.that(!tierings.isEmpty());
        var tiers = new HashSet<String>();
        for (var tiering : tierings) {
            tiering.check();
            Check.that(tiers.add(String.valueOf(tiering.accessTier)));
        }
        if (filter != null) {
            filter.check();
        }
        return this;
    }
}
