package dev.ruststack.operator.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a sandbox's pod.
 *
 * @param phase Pending: it may still come; Failed: it never will
 * @param reason one CamelCase word
 * @param log the last lines that it wrote
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SandboxReport(
        String phase,
        String reason,
        String message,
        List<String> log,
        @Nullable Integer exitCode) {
    public static final String PENDING = "Pending";
    public static final String FAILED = "Failed";
}
