package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.aws.ErrorCode;

/** The errors of IAM beside those of its protocol. AWS: IAM API Reference, the errors of each action. */
enum IamError implements ErrorCode {
    DELETE_CONFLICT("DeleteConflict", 409, "Cannot delete entity, must delete policies first."),
    ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409, "The entity already exists."),
    INTERNAL_FAILURE("ServiceFailure", 500, "The request processing has failed because of an unknown error."),
    LIMIT_EXCEEDED("LimitExceeded", 409, "A limit is exceeded."),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400, "Syntax errors in policy."),
    NO_SUCH_ENTITY("NoSuchEntity", 404, "The entity was not found."),
    VALIDATION_ERROR("ValidationError", 400, "The input fails to satisfy the constraints of the service.");

    private final String code;
    private final int status;
    private final String message;

    IamError(String code, int status, String message) {
        this.code = code;
        this.status = status;
        this.message = message;
    }

    @Override
    public String code() {
        return code;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String message() {
        return message;
    }
}
