package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.aws.ErrorCode;

/** The errors of IAM. AWS: IAM API Reference, the errors of each action and Common Errors. */
enum IamError implements ErrorCode {
    DELETE_CONFLICT("DeleteConflict", 409, "Cannot delete entity, must delete policies first."),
    ENTITY_ALREADY_EXISTS("EntityAlreadyExists", 409, "The entity already exists."),
    INCOMPLETE_SIGNATURE("IncompleteSignature", 400, "The request signature does not conform to AWS standards."),
    INTERNAL_FAILURE("ServiceFailure", 500, "The request processing has failed because of an unknown error."),
    INVALID_ACTION("InvalidAction", 400, "The action or operation requested is invalid."),
    INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403, "The security token included in the request is invalid."),
    LIMIT_EXCEEDED("LimitExceeded", 409, "A limit is exceeded."),
    MALFORMED_POLICY_DOCUMENT("MalformedPolicyDocument", 400, "Syntax errors in policy."),
    MALFORMED_QUERY_STRING("MalformedQueryString", 400, "The request is not a query of the right form."),
    MISSING_ACTION("MissingAction", 400, "The request must contain the parameter Action."),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403, "Request is missing Authentication Token"),
    NO_SUCH_ENTITY("NoSuchEntity", 404, "The entity was not found."),
    NOT_IMPLEMENTED("NotImplemented", 501, "RustStack does not implement this."),
    SIGNATURE_DOES_NOT_MATCH(
            "SignatureDoesNotMatch",
            403,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                    + " Access Key and signing method. Consult the service documentation for details."),
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
