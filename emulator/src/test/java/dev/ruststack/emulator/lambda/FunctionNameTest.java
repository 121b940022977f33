package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.aws.AwsException;
import dev.ruststack.emulator.lambda.FunctionName.Use;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "function:orders",
                "000000000000:function:orders",
                "000000000000:orders",
                "us-east-1:000000000000:function:orders",
                "arn:aws:lambda:us-east-1:000000000000:function:orders"
            })
    void everyFormMeansTheSameFunction(String given) {
        var name = FunctionName.parse(given, null, Use.READ, TestCalls.call());

        assertThat(name).isEqualTo(new FunctionName("000000000000", "us-east-1", "orders", null));
        assertThat(name.arn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:orders");
        assertThat(name.invokedArn()).isEqualTo(name.arn());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders:$LATEST",
                "000000000000:function:orders:$LATEST",
                "arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST"
            })
    void qualifierMayBePartOfTheName(String given) {
        var name = FunctionName.parse(given, null, Use.READ, TestCalls.call());

        assertThat(name.qualifier()).isEqualTo("$LATEST");
        assertThat(name.invokedArn()).isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:orders:$LATEST");
    }

    @Test
    void qualifierMayStandBesideTheName() {
        assertThat(FunctionName.parse("orders", "7", Use.READ, TestCalls.call()).qualifier())
                .isEqualTo("7");
        assertThat(FunctionName.parse("orders:7", "7", Use.READ, TestCalls.call())
                        .qualifier())
                .isEqualTo("7");
    }

    @Test
    void twoQualifiersThatDifferAreRefused() {
        assertThatThrownBy(() -> FunctionName.parse("orders:7", "8", Use.READ, TestCalls.call()))
                .isInstanceOf(AwsException.class)
                .hasMessage("The derived qualifier from the function name does not match the specified qualifier.");
    }

    @Test
    void otherRegionsAreNotReachable() {
        assertThatThrownBy(() -> FunctionName.parse(
                        "arn:aws:lambda:eu-west-1:000000000000:function:orders", null, Use.READ, TestCalls.call()))
                .hasMessage("Functions from 'eu-west-1' are not reachable in this region ('us-east-1')");
    }

    @Test
    void otherAccountsAreDenied() {
        assertThatThrownBy(() -> FunctionName.parse("111111111111:function:orders", null, Use.READ, TestCalls.call()))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.code()).isEqualTo(LambdaError.ACCESS_DENIED));
    }

    @ParameterizedTest
    @CsvSource({"or ders", "orders!", "arn:aws:s3:::orders", "orders:", "a:b:c:d"})
    void malformedNamesAreRefusedWithThePattern(String given) {
        assertThatThrownBy(() -> FunctionName.parse(given, null, Use.READ, TestCalls.call()))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith(
                        "1 validation error detected: Value '" + given
                                + "' at 'functionName' failed to satisfy constraint: Member must satisfy regular expression pattern: (arn:(aws[a-zA-Z-]*)?:lambda:)?");
    }

    @Test
    void namesWithDotsAreOnlyRead() {
        assertThat(FunctionName.parse("a.b", null, Use.READ, TestCalls.call()).name())
                .isEqualTo("a.b");
        assertThatThrownBy(() -> FunctionName.parse("a.b", null, Use.CHANGE, TestCalls.call()))
                .isInstanceOf(AwsException.class);
    }

    @Test
    void newNamesHaveAtMost64Characters() {
        assertThat(FunctionName.parseNew("n".repeat(64), TestCalls.call()).name())
                .hasSize(64);
        assertThatThrownBy(() -> FunctionName.parseNew("n".repeat(65), TestCalls.call()))
                .hasMessage(
                        "1 validation error detected: Value '" + "n".repeat(65)
                                + "' at 'functionName' failed to satisfy constraint: Member must have length less than or equal to 64");
    }

    @Test
    void newNamesHaveNoQualifier() {
        assertThatThrownBy(() -> FunctionName.parseNew("orders:1", TestCalls.call()))
                .hasMessage("Unsupported function name: orders:1");
    }
}
