package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.ErrorCode;

/** The errors that the proxy raises itself. AWS: DynamoDB Developer Guide, Error handling; Common Errors. */
enum DynamoDbError implements ErrorCode {
    ACCESS_DENIED(Namespace.SERVICE, "AccessDeniedException", 400, "Access denied."),
    INCOMPLETE_SIGNATURE(
            Namespace.SERVICE,
            "IncompleteSignatureException",
            400,
            "The request signature does not conform to AWS standards."),
    INTERNAL_SERVER_ERROR(
            Namespace.DYNAMODB,
            "InternalServerError",
            500,
            "The request processing has failed because of an unknown error, exception or failure."),
    INVALID_SIGNATURE(
            Namespace.SERVICE,
            "InvalidSignatureException",
            400,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                    + " Access Key and signing method. Consult the service documentation for details."),
    MISSING_AUTHENTICATION_TOKEN(
            Namespace.SERVICE, "MissingAuthenticationTokenException", 400, "Request is missing Authentication Token"),
    NOT_IMPLEMENTED(Namespace.RUSTSTACK, "NotImplemented", 501, "RustStack does not implement this."),
    POLICY_NOT_FOUND(
            Namespace.DYNAMODB,
            "PolicyNotFoundException",
            400,
            "Resource-based policy not found for the provided ResourceArn"),
    REQUEST_TOO_LARGE(
            Namespace.SERVICE,
            "RequestEntityTooLargeException",
            413,
            "Request body is too large. Maximum size is 16777216 bytes."),
    RESOURCE_NOT_FOUND(Namespace.DYNAMODB, "ResourceNotFoundException", 400, "Requested resource not found"),
    SERIALIZATION(Namespace.SERVICE, "SerializationException", 400, "The request body is not the JSON that is due."),
    SERVICE_UNAVAILABLE(
            Namespace.SERVICE,
            "ServiceUnavailableException",
            503,
            "DynamoDB Local is not running at the moment; it is being started. Retry the request."),
    TABLE_NOT_FOUND(Namespace.DYNAMODB, "TableNotFoundException", 400, "Table not found"),
    UNKNOWN_OPERATION(Namespace.SERVICE, "UnknownOperationException", 400, "An unknown operation was requested."),
    UNRECOGNIZED_CLIENT(
            Namespace.SERVICE,
            "UnrecognizedClientException",
            400,
            "The security token included in the request is invalid."),
    VALIDATION(Namespace.VALIDATE, "ValidationException", 400, "The input is not valid.");

    private final Namespace namespace;
    private final String code;
    private final int status;
    private final String message;

    DynamoDbError(Namespace namespace, String code, int status, String message) {
        this.namespace = namespace;
        this.code = code;
        this.status = status;
        this.message = message;
    }

    /** Who raises an error, as its {@code __type} says. */
    private enum Namespace {
        DYNAMODB("com.amazonaws.dynamodb.v20120810"),
        RUSTSTACK("dev.ruststack"),
        SERVICE("com.amazon.coral.service"),
        VALIDATE("com.amazon.coral.validate");

        private final String text;

        Namespace(String text) {
            this.text = text;
        }
    }

    /** The {@code __type} of an error. */
    static String type(ErrorCode code) {
        var namespace = code instanceof DynamoDbError error ? error.namespace : Namespace.SERVICE;
        return namespace.text + "#" + code.code();
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
