package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.aws.wire.MalformedDocumentException;
import dev.ruststack.emulator.aws.wire.XmlReader;
import dev.ruststack.emulator.aws.wire.XmlWriter;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.ThreadLocalRandom;

/** How S3 speaks: REST-XML with errors of its own shape. AWS: S3 API Reference, Error responses. */
public final class S3Protocol implements Protocol {
    /** The namespace of S3's documents; errors have none. */
    public static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

    /** More than the largest document, a DeleteObjects of 1,000 keys of 1,024 escaped bytes, can be. */
    public static final int MAX_DOCUMENT_BYTES = 8 << 20;

    private static final String ID_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final HostId hostId = new HostId();

    @Override
    public String newRequestId() {
        var random = ThreadLocalRandom.current();
        long low = random.nextLong();
        long high = random.nextLong();
        var id = new char[16];
        for (int i = 0; i < 8; i++) {
            id[i] = ID_DIGITS.charAt((int) (low >>> 5 * i) & 31);
            id[i + 8] = ID_DIGITS.charAt((int) (high >>> 5 * i) & 31);
        }
        return new String(id);
    }

    @Override
    public <T extends Record> T read(Payload payload, Class<T> shape) throws IOException {
        return parse(payload.bytes(MAX_DOCUMENT_BYTES, S3Error.MAX_MESSAGE_LENGTH_EXCEEDED.error()), shape);
    }

    /** Reads a document; throws {@link S3Error#MALFORMED_XML}. */
    public static <T extends Record> T parse(byte[] document, Class<T> shape) {
        try {
            return XmlReader.read(new ByteArrayInputStream(document), shape);
        } catch (MalformedDocumentException e) {
            throw S3Error.MALFORMED_XML.error();
        }
    }

    @Override
    public Body write(Record output) {
        return Body.of(XmlWriter.write(output, NAMESPACE));
    }

    @Override
    public String contentType() {
        return "application/xml";
    }

    @Override
    public void finish(Headers.Builder headers, String requestId) {
        headers.set("x-amz-id-2", hostId.of(requestId));
        headers.set("x-amz-request-id", requestId);
        headers.set("Server", "AmazonS3");
    }

    @Override
    public Response error(AwsException error, Request request, String requestId) {
        var headers = Headers.builder();
        finish(headers, requestId);
        error.headers().forEach(headers::set);
        headers.set("Content-Type", contentType());
        var body = request.method().equals("HEAD")
                ? Body.empty()
                : Body.of(ErrorDocument.write(error, requestId, hostId.of(requestId)));
        return new Response(error.code().status(), headers.build(), body);
    }

    @Override
    public AwsException authentication(AuthFailure failure) {
        return AuthErrors.of(failure);
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        boolean number = due == Integer.class || due == int.class || due == Long.class || due == long.class;
        var text = number ? "Provided " + wireName + " not an integer or within integer range" : "Invalid Argument";
        return S3Error.invalidArgument(text, wireName, value);
    }

    @Override
    public AwsException notImplemented(String what) {
        return S3Error.NOT_IMPLEMENTED.saying(what + " is not implemented by RustStack.");
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return S3Error.METHOD_NOT_ALLOWED
                .with("Method", request.method())
                .with("ResourceType", resourceType(request.rawPath()));
    }

    private static String resourceType(String path) {
        if (path.equals("/")) {
            return "SERVICE";
        }
        int slash = path.indexOf('/', 1);
        return slash < 0 || slash == path.length() - 1 ? "BUCKET" : "OBJECT";
    }

    @Override
    public AwsException internalError() {
        return S3Error.INTERNAL_ERROR.error();
    }
}
