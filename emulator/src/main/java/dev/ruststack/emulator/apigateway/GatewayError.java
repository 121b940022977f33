package dev.ruststack.emulator.apigateway;

import dev.ruststack.emulator.aws.ErrorCode;

/** The errors of API Gateway. AWS: API Gateway API Reference, Common Errors and the errors of each operation. */
enum GatewayError implements ErrorCode {
    BAD_REQUEST("BadRequestException", 400, "Invalid request input"),
    CONFLICT("ConflictException", 409, "The resource already exists."),
    NOT_FOUND("NotFoundException", 404, "The resource was not found."),
    LIMIT_EXCEEDED("LimitExceededException", 429, "A limit is exceeded."),
    INVALID_SIGNATURE(
            "InvalidSignatureException",
            403,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."),
    UNRECOGNIZED_CLIENT("UnrecognizedClientException", 403, "The security token included in the request is invalid."),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationTokenException", 403, "Missing Authentication Token"),
    INCOMPLETE_SIGNATURE(
            "IncompleteSignatureException", 403, "The request signature does not conform to AWS standards."),
    UNKNOWN_OPERATION("UnknownOperationException", 404, "Unknown operation."),
    NOT_IMPLEMENTED("NotImplemented", 501, "This operation is not implemented yet."),
    INTERNAL("InternalServerErrorException", 500, "Internal server error");

    private final String code;
    private final int status;
    private final String message;

    GatewayError(String code, int status, String message) {
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
