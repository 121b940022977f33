package dev.ruststack.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ShellVariablesTest {
    @Test
    void valuesAreQuotedWhereAShellWouldReadMoreIntoThem() {
        assertThat(ShellVariables.exports(Map.of("A", "it's $HOME"), Map.of()))
                .containsExactly("export A='it'\\''s $HOME'");
        assertThat(ShellVariables.exports(Map.of("A", "http://127.0.0.1:4566"), Map.of()))
                .containsExactly("export A=http://127.0.0.1:4566");
    }

    @Test
    void whatWouldLeadClientsElsewhereIsUnset() {
        var present = Map.of(
                "AWS_PROFILE", "work",
                "AWS_SESSION_TOKEN", "t",
                "AWS_ENDPOINT_URL_S3", "https://s3.example",
                "AWS_REGION", "eu-west-1",
                "HOME", "/root");

        assertThat(ShellVariables.exports(Map.of("AWS_REGION", "us-east-1"), present))
                .containsExactly(
                        "unset AWS_ENDPOINT_URL_S3 AWS_PROFILE AWS_SESSION_TOKEN", "export AWS_REGION=us-east-1");
    }
}
