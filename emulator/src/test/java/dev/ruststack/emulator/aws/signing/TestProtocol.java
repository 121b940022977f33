package dev.ruststack.emulator.aws.signing;

import dev.ruststack.emulator.aws.AuthFailure;
import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.aws.ErrorCode;
import dev.ruststack.emulator.aws.Payload;
import dev.ruststack.emulator.aws.Protocol;
import dev.ruststack.emulator.http.Body;
import dev.ruststack.emulator.http.Headers;
import dev.ruststack.emulator.http.Request;
import dev.ruststack.emulator.http.Response;

/** A protocol whose errors are the names of the failures. */
final class TestProtocol implements Protocol {
    private record Code(String code) implements ErrorCode {
        @Override
        public int status() {
            return 400;
        }

        @Override
        public String message() {
            return code;
        }
    }

    @Override
    public AwsException authentication(AuthFailure failure) {
        return new Code(failure.getClass().getSimpleName()).saying(failure.toString());
    }

    @Override
    public AwsException badParameter(String wireName, String value, Class<?> due) {
        return new Code("BadParameter").saying(wireName);
    }

    @Override
    public AwsException notImplemented(String what) {
        return new Code("NotImplemented").saying(what);
    }

    @Override
    public AwsException unknownOperation(Request request) {
        return new Code("UnknownOperation").error();
    }

    @Override
    public AwsException internalError() {
        return new Code("InternalError").error();
    }

    @Override
    public String newRequestId() {
        return "id";
    }

    @Override
    public <T extends Record> T read(Payload payload, Class<T> shape) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Body write(Record output) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String contentType() {
        return "text/plain";
    }

    @Override
    public void finish(Headers.Builder headers, String requestId) {}

    @Override
    public Response error(AwsException error, Request request, String requestId) {
        return Response.of(error.code().status());
    }
}
