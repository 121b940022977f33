package dev.ruststack.emulator.s3.policy;

import java.util.List;

/** A bucket policy. AWS: IAM User Guide, Policy evaluation logic. */
public record Policy(List<Statement> statements) {
    /** What a policy says of a request. */
    public enum Decision {
        ALLOWED,
        /** Denied, whatever else allows. */
        DENIED,
        /** Neither. */
        SILENT
    }

    public Policy {
        statements = List.copyOf(statements);
    }

    public Decision decide(PolicyRequest request) {
        boolean allowed = false;
        for (var statement : statements) {
            if (!statement.appliesTo(request)) {
                continue;
            }
            if (!statement.allow()) {
                return Decision.DENIED;
            }
            allowed = true;
        }
        return allowed ? Decision.ALLOWED : Decision.SILENT;
    }

    /** Whether it gives something to everyone. AWS: S3 User Guide, The meaning of "public". */
    public boolean isPublic() {
        return statements.stream().anyMatch(Statement::isPublic);
    }
}
