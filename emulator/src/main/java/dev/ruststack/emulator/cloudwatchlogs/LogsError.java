package dev.ruststack.emulator.cloudwatchlogs;

import dev.ruststack.emulator.aws.ErrorCode;

/** The errors of CloudWatch Logs. AWS: Amazon CloudWatch Logs API Reference, Common Errors and each operation's. */
public enum LogsError implements ErrorCode {
    INVALID_PARAMETER("InvalidParameterException", 400, "A parameter is specified incorrectly."),
    LIMIT_EXCEEDED("LimitExceededException", 400, "Resource limit exceeded."),
    RESOURCE_ALREADY_EXISTS("ResourceAlreadyExistsException", 400, "The specified log group already exists"),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 400, "The specified log group does not exist."),
    SERIALIZATION("SerializationException", 400, "The request body is not the JSON that is due."),
    REQUEST_TOO_LARGE("RequestEntityTooLargeException", 413, "Request body is too large."),
    INCOMPLETE_SIGNATURE(
            "IncompleteSignatureException", 400, "The request signature does not conform to AWS standards."),
    INVALID_SIGNATURE(
            "InvalidSignatureException",
            400,
            "The request signature we calculated does not match the signature you provided."),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 400, "Request is missing Authentication Token"),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 400, "The security token included in the request is invalid."),
    UNKNOWN_OPERATION("UnknownOperationException", 400, "Unknown operation."),
    NOT_IMPLEMENTED("NotImplemented", 501, "RustStack does not implement this."),
    SERVICE_UNAVAILABLE("ServiceUnavailableException", 500, "The service cannot complete the request.");

    private final String code;
    private final int status;
    private final String message;

    LogsError(String code, int status, String message) {
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
