package dev.ruststack.emulator.aws;

/** The errors that every service of the AWS Query protocol has. AWS: Common Errors, in the API Reference of each. */
public enum QueryError implements ErrorCode {
    INCOMPLETE_SIGNATURE("IncompleteSignature", 400, "The request signature does not conform to AWS standards."),
    INTERNAL_FAILURE(
            "InternalFailure",
            500,
            "The request processing has failed because of an unknown error, exception or failure."),
    INVALID_ACTION("InvalidAction", 400, "The operation requested is not valid."),
    INVALID_CLIENT_TOKEN_ID("InvalidClientTokenId", 403, "The security token included in the request is invalid."),
    INVALID_PARAMETER_VALUE("InvalidParameterValue", 400, "A parameter has a value that is not valid."),
    MALFORMED_QUERY_STRING("MalformedQueryString", 400, "The request is not a query of the right form."),
    MISSING_ACTION("MissingAction", 400, "The request must contain the parameter Action."),
    MISSING_AUTHENTICATION_TOKEN("MissingAuthenticationToken", 403, "Request is missing Authentication Token"),
    NOT_IMPLEMENTED("NotImplemented", 501, "RustStack does not implement this."),
    SIGNATURE_DOES_NOT_MATCH(
            "SignatureDoesNotMatch",
            403,
            "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                    + " Access Key and signing method. Consult the service documentation for details.");

    private final String code;
    private final int status;
    private final String message;

    QueryError(String code, int status, String message) {
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
