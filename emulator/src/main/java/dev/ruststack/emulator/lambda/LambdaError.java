package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.aws.ErrorCode;

/** The errors of Lambda. AWS: Lambda API Reference, the errors of each operation and Common Errors. */
public enum LambdaError implements ErrorCode {
    INVALID_PARAMETER_VALUE("InvalidParameterValueException", 400, "One of the parameters in the request is invalid."),
    INVALID_REQUEST_CONTENT("InvalidRequestContentException", 400, "Could not parse request body into json"),
    VALIDATION("ValidationException", 400, "The input fails to satisfy the constraints specified by an AWS service."),
    RESOURCE_NOT_FOUND("ResourceNotFoundException", 404, "The resource you requested does not exist."),
    PROVISIONED_CONCURRENCY_NOT_FOUND(
            "ProvisionedConcurrencyConfigNotFoundException",
            404,
            "No Provisioned Concurrency Config found for this function"),
    CODE_SIGNING_CONFIG_NOT_FOUND(
            "CodeSigningConfigNotFoundException", 404, "The specified code signing configuration does not exist."),
    CODE_VERIFICATION_FAILED(
            "CodeVerificationFailedException",
            400,
            "The code signature failed one or more of the validation checks for signature mismatch or expiry, and the"
                    + " code signing policy is set to ENFORCE."),
    RESOURCE_CONFLICT(
            "ResourceConflictException", 409, "The resource already exists, or another operation is in progress."),
    PRECONDITION_FAILED(
            "PreconditionFailedException",
            412,
            "The RevisionId provided does not match the latest RevisionId. Call the GetFunction/GetAlias API to retrieve the latest RevisionId"),
    REQUEST_TOO_LARGE(
            "RequestTooLargeException",
            413,
            "Request must be smaller than 6291456 bytes for the InvokeFunction operation"),
    REQUEST_ENTITY_TOO_LARGE("RequestEntityTooLargeException", 413, "Request must be smaller than 70167211 bytes."),
    TOO_MANY_REQUESTS("TooManyRequestsException", 429, "Rate Exceeded."),
    CODE_STORAGE_EXCEEDED("CodeStorageExceededException", 400, "Code storage limit exceeded."),
    POLICY_LENGTH_EXCEEDED("PolicyLengthExceededException", 400, "The final policy is too long."),
    RECURSIVE_INVOCATION(
            "RecursiveInvocationException",
            400,
            "Lambda has detected your function being invoked in a recursive loop with other AWS resources and stopped your"
                    + " function's invocation."),
    INVALID_RUNTIME("InvalidRuntimeException", 502, "The runtime or runtime version specified is not supported."),
    ACCESS_DENIED("AccessDeniedException", 403, "Access denied."),
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
    SERVICE("ServiceException", 500, "The AWS Lambda service encountered an internal error.");

    private final String code;
    private final int status;
    private final String message;

    LambdaError(String code, int status, String message) {
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
