package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import dev.ruststack.emulator.lambda.TestZip;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

class GetFunctionTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    @Test
    void codeCanBeDownloadedFromItsLocation() throws IOException, InterruptedException {
        var zip = TestZip.of("app.py", "download me");
        STACK.client()
                .createFunction(LambdaStack.function("download")
                        .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)))
                        .build());

        var code =
                STACK.client().getFunction(get -> get.functionName("download")).code();

        assertThat(code.repositoryType()).isEqualTo("S3");
        var downloaded = STACK.get(URI.create(code.location()));
        assertThat(downloaded.statusCode()).isEqualTo(200);
        assertThat(downloaded.body()).isEqualTo(zip);
    }

    @Test
    void locationCannotBeGuessed() throws IOException, InterruptedException {
        STACK.create("secret");
        var location = STACK.client()
                .getFunction(get -> get.functionName("secret"))
                .code()
                .location();

        var forged = location.replaceFirst("Expires=\\d+", "Expires=99999999999");
        assertThat(STACK.get(URI.create(forged)).statusCode()).isEqualTo(403);
        assertThat(STACK.get(URI.create(location.replaceFirst("Signature=.", "Signature=x")))
                        .statusCode())
                .isEqualTo(403);
        assertThat(STACK.get(URI.create(location.replaceFirst("\\?.*", ""))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void locationOfAFunctionThatIsGoneIsGone() throws IOException, InterruptedException {
        STACK.create("gone");
        var location = STACK.client()
                .getFunction(get -> get.functionName("gone"))
                .code()
                .location();

        STACK.client().deleteFunction(delete -> delete.functionName("gone"));

        assertThat(STACK.get(URI.create(location)).statusCode()).isEqualTo(403);
    }

    @Test
    void arnIsQualifiedWhereTheVersionWasAskedFor() {
        STACK.create("qualified");

        var plain = STACK.client().getFunction(get -> get.functionName("qualified"));
        var latest =
                STACK.client().getFunction(get -> get.functionName("qualified").qualifier("$LATEST"));

        assertThat(plain.configuration().functionArn()).endsWith(":function:qualified");
        assertThat(latest.configuration().functionArn()).endsWith(":function:qualified:$LATEST");
        assertThat(plain.hasTags()).isFalse();
    }

    @Test
    void functionThatIsNotThereIsNamedAsItWasAskedFor() {
        var response = STACK.send("GET", "/2015-03-31/functions/missing", null);

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("x-amzn-ErrorType")).hasValue("ResourceNotFoundException");
        assertThat(response.body())
                .isEqualTo("{\"Type\":\"User\",\"Message\":\"Function not found: "
                        + "arn:aws:lambda:us-east-1:000000000000:function:missing\"}");
        assertThatThrownBy(() -> STACK.client()
                        .getFunction(get -> get.functionName("missing").qualifier("1221")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("function:missing:1221");
    }

    @Test
    void arnInThePathMayBeEncoded() {
        STACK.create("encoded");

        var response = STACK.send(
                "GET",
                "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aus-east-1%3A000000000000%3Afunction%3Aencoded",
                null);

        assertThat(response.statusCode()).isEqualTo(200);
    }
}
