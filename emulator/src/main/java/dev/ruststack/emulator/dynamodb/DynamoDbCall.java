package dev.ruststack.emulator.dynamodb;

/**
 * One call.
 *
 * @param requestId the id that the answer carries
 * @param operation what is called
 * @param caller the data set of who calls
 * @param within whether it comes from within the emulator, as from a seed
 */
record DynamoDbCall(String requestId, DynamoDbOperation operation, DataSet caller, boolean within) {
    boolean is(String operationName) {
        return operation.name().equals(operationName);
    }
}
