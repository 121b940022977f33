package dev.ruststack.crds.bucket;

import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.OneOf;
import dev.ruststack.crds.schema.Required;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How new objects are encrypted that do not say it. AWS: S3 API Reference, ServerSideEncryptionConfiguration. */
@Bindable
public record Encryption(
        @Required @Description("The one rule.") @Size(min = 1, max = 1)
        List<Rule> rules) {
    public Encryption {
        rules = Absent.asEmpty(rules);
    }

    /** The rule. AWS: S3 API Reference, ServerSideEncryptionRule. */
    @Bindable
    public record Rule(
            @Required @Description("The encryption of new objects that do not say it.")
            ByDefault applyServerSideEncryptionByDefault,

            @Description("Whether one key of KMS serves the whole bucket.") @Default("false")
            Boolean bucketKeyEnabled,

            @Description("Encryptions that new objects may not ask for.") @Nullable
            BlockedEncryptionTypes blockedEncryptionTypes) {
        public Rule {
            bucketKeyEnabled = Absent.as(bucketKeyEnabled, false);
        }
    }

    /** Encryptions that are refused. AWS: S3 API Reference, BlockedEncryptionTypes. */
    @Bindable
    public record BlockedEncryptionTypes(
            @Required @Description("SSE-C, or NONE where all may be asked for.") @Size(min = 1, max = 1)
            List<@OneOf({"SSE-C", "NONE"}) String> encryptionTypes) {
        public BlockedEncryptionTypes {
            encryptionTypes = Absent.asEmpty(encryptionTypes);
        }
    }

    /** An encryption. AWS: S3 API Reference, ServerSideEncryptionByDefault. */
    @Bindable
    @CelRule(rule = "self.sseAlgorithm != 'AES256' || !has(self.kmsMasterKeyId)", message = KEY_RULE)
    public record ByDefault(
            @Required @Description("AES256, or a key of KMS.") @OneOf({AES256, "aws:kms", "aws:kms:dsse"})
            String sseAlgorithm,

            @Description("The key of KMS, for aws:kms and aws:kms:dsse.") @Nullable @Text(min = 1, max = 2048)
            String kmsMasterKeyId) {}

    public static final String AES256 = "AES256";
    public static final String KEY_RULE = "kmsMasterKeyId belongs to sseAlgorithm aws:kms or aws:kms:dsse";
}
