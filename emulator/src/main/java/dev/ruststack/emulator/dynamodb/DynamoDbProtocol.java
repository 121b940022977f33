package dev.ruststack.emulator.dynamodb;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.JsonDocuments;
import dev.ruststack.emulator.aws.wire.MalformedDocumentException;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import tools.jackson.databind.json.JsonMapper;

/** AWS JSON 1.0 as DynamoDB speaks it: every answer carries the CRC-32 of its body, which the SDKs verify. */
final class DynamoDbProtocol implements Protocol {
    static final JsonMapper JSON = JsonMapper.shared();

    private static final String CONTENT_TYPE = "application/x-amz-json-1.0";
    private static final String ID_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUV";
    private static final int ID_LENGTH = 52;

    @Override
    public String newRequestId() {
        var random = ThreadLocalRandom.current();
        var id = new char[ID_LENGTH];
        for (int i = 0; i < ID_LENGTH; i++) {
            id[i] = ID_ALPHABET.charAt(random.nextInt(ID_ALPHABET.length()));
        }
        return new String(id);
    }

    @Override
    public <T extends Record> T read(Payload payload, Class<T> shape) throws IOException {
        try {
            return JsonDocuments.read(payload.stream(), shape);
        } catch (MalformedDocumentException e) {
            throw DynamoDbError.SERIALIZATION.error();
        } catch (JsonDocuments.UnknownMemberException e) {
            throw notImplemented("member " + e.member());
        }
    }

    @Override
    public Body write(Record output) {
        return Body.of(JsonDocuments.write(output));
    }

    @Override
    public String contentType() {
        return CONTENT_TYPE;
    }

    @Override
    public void finish(Headers.Builder headers, String requestId) {
        headers.set("Server", "Server").set("x-amzn-RequestId", requestId);
    }

    /** An answer with this document. */
    Response answer(int status, byte[] document, String requestId) {
        return answer(status, document, crc32(document), requestId);
    }

    /** An answer whose checksum is known. */
    Response answer(int status, byte[] document, String crc32, String requestId) {
        return new Response(status, headers(crc32, requestId), Body.of(document));
    }

    Headers headers(String crc32, String requestId) {
        var headers = Headers.builder().add("Content-Type", CONTENT_TYPE).add("x-amz-crc32", crc32);
        finish(headers, requestId);
        return headers.build();
    }

    static String crc32(byte[] document) {
        var crc = new CRC32();
        crc.update(document);
        return Long.toString(crc.getValue());
    }

    @Override
    public Response error(AwsException error, Request request, String requestId) {
        var document = new LinkedHashMap<String, String>();
        document.put("__type", DynamoDbError.type(error.code()));
        document.put("message", error.text());
        document.putAll(error.details());
        var answer = answer(error.code().status(), JSON.writeValueAsBytes(document), requestId);
        var headers = answer.headers().toBuilder();
        error.headers().forEach(headers::set);
        return new Response(answer.status(), headers.build(), answer.body());
    }

    @Override
    public AwsException authentication(AuthFailure failure) {
        return switch (failure) {
            case AuthFailure.Malformed malformed -> DynamoDbError.INCOMPLETE_SIGNATURE.saying(malformed.text());
            case AuthFailure.Missing() -> DynamoDbError.MISSING_AUTHENTICATION_TOKEN.error();
            case AuthFailure.UnknownKey unknown -> DynamoDbError.UNRECOGNIZED_CLIENT.error();
            case AuthFailure.Mismatch mismatch ->
                DynamoDbError.INVALID_SIGNATURE.saying(DynamoDbError.INVALID_SIGNATURE.message()
                        + "\n\nThe Canonical String for this request should have been\n'"
                        + mismatch.canonicalRequest() + "'\n\nThe String-to-Sign should have been\n'"
                        + mismatch.stringToSign() + "'\n");
            case AuthFailure.Skewed skewed ->
                DynamoDbError.INVALID_SIGNATURE.saying("Signature expired or not yet current: " + skewed.requestTime()
                        + " is more than 15 minutes away from " + skewed.serverTime() + ".");
            case AuthFailure.Expired expired ->
                DynamoDbError.INVALID_SIGNATURE.saying("Signature expired: " + expired.expires()
                        + " is now earlier than " + expired.serverTime() + ".");
            case AuthFailure.Unsigned unsigned ->
                DynamoDbError.INVALID_SIGNATURE.saying(
                        "Headers that must be signed are not: " + String.join(", ", unsigned.headers()) + ".");
            case AuthFailure.PayloadHashMismatch mismatch -> DynamoDbError.INVALID_SIGNATURE.error();
            case AuthFailure.ChunkMismatch mismatch -> DynamoDbError.INVALID_SIGNATURE.error();
            case AuthFailure.MalformedChunk malformed -> DynamoDbError.SERIALIZATION.saying(malformed.text());
            case AuthFailure.IncompleteBody incomplete ->
                DynamoDbError.SERIALIZATION.saying("The body has " + incomplete.received() + " bytes in place of the "
                        + incomplete.announced() + " that were announced.");
            case AuthFailure.UnsupportedMechanism unsupported ->
                DynamoDbError.INCOMPLETE_SIGNATURE.saying(
                        unsupported.mechanism() + " is not supported; use" + " AWS4-HMAC-SHA256.");
        };
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        return DynamoDbError.VALIDATION.saying("The value " + value + " of " + wireName + " is not valid.");
    }

    @Override
    public AwsException notImplemented(String what) {
        return DynamoDbError.NOT_IMPLEMENTED.saying("RustStack does not implement " + what + " of DynamoDB.");
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return DynamoDbError.UNKNOWN_OPERATION.error();
    }

    @Override
    public AwsException internalError() {
        return DynamoDbError.INTERNAL_SERVER_ERROR.error();
    }
}
