package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.journal.KeptTable;
import java.security.SecureRandom;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The code signing configurations of every account and region. Safe for use by several threads. */
public final class CodeSigningConfigs {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int ID_LENGTH = 17;

    private final Functions functions;

    /** By ARN. */
    private final KeptTable<CodeSigningConfig> configs;

    private final SecureRandom random = new SecureRandom();

    /** Over a table that stays the caller's. */
    public CodeSigningConfigs(Functions functions, KeptTable<CodeSigningConfig> configs) {
        this.functions = functions;
        this.configs = configs;
    }

    /** An ARN that no configuration has. */
    public String newArn(String accountId, String region) {
        var id = new StringBuilder("csc-");
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return prefix(accountId, region) + id;
    }

    private static String prefix(String accountId, String region) {
        return FunctionName.arn(accountId, region, "").replace(":function:", ":code-signing-config:");
    }

    public @Nullable CodeSigningConfig find(String arn) {
        return configs.get(arn);
    }

    /** A configuration by its ARN; {@code ResourceNotFoundException} where there is none. */
    public CodeSigningConfig require(String arn) {
        var found = find(arn);
        if (found == null) {
            throw LambdaError.RESOURCE_NOT_FOUND.saying(
                    "The Lambda code signing configuration cannot be found: " + arn);
        }
        return found;
    }

    /** A configuration that a function is to have; {@code CodeSigningConfigNotFoundException} where there is none. */
    public CodeSigningConfig requireFor(String arn) {
        var found = find(arn);
        if (found == null) {
            throw LambdaError.CODE_SIGNING_CONFIG_NOT_FOUND.saying(
                    "The code signing configuration cannot be found. Check that the provided configuration is not"
                            + " deleted: " + arn + ".");
        }
        return found;
    }

    /** {@code CodeVerificationFailedException} where new code of a function would have to be signed. */
    public void requireUnsigned(@Nullable String arn, String functionName) {
        var config = arn == null ? null : find(arn);
        if (config != null && config.enforced()) {
            throw LambdaError.CODE_VERIFICATION_FAILED.saying(
                    "Lambda cannot deploy the function. The function or layer might be signed using a signature that"
                            + " the client is not configured to accept. Check the provided signature for "
                            + functionName + ".");
        }
    }

    /** Those of an account and region, by ARN. */
    public List<CodeSigningConfig> list(String accountId, String region) {
        return List.copyOf(configs.startingWith(prefix(accountId, region)).values());
    }

    public void put(CodeSigningConfig config) {
        configs.put(config.arn(), config);
    }

    /** Replaces one by what a function makes of it. */
    public CodeSigningConfig change(String arn, UnaryOperator<CodeSigningConfig> change) {
        require(arn);
        return Objects.requireNonNull(configs.change(arn, before -> change.apply(Objects.requireNonNull(before))));
    }

    /** The ARNs of the functions that have a configuration. */
    public List<String> functionsWith(String arn, String accountId, String region) {
        return functions.list(accountId, region).stream()
                .filter(function -> arn.equals(function.controls().codeSigningConfigArn()))
                .map(function -> function.configuration().arn())
                .toList();
    }

    /** Deletes one that no function has. */
    public void delete(String arn, String accountId, String region) {
        require(arn);
        if (!functionsWith(arn, accountId, region).isEmpty()) {
            throw LambdaError.RESOURCE_CONFLICT.saying(
                    "Cannot delete CodeSigningConfig '" + arn + "' because it is being used by other functions.");
        }
        configs.remove(arn);
    }

    public void clear() {
        configs.clear();
    }
}
