package dev.ruststack.emulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions in Ruby, run by the Ruby of this machine. */
class RubyFunctionTest {
    @TempDir
    Path directory;

    LambdaRig rig;

    @BeforeEach
    void start() throws Exception {
        rig = LambdaRig.in(directory);
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private LambdaRig.Function ruby(String code) throws IOException {
        return rig.function("ruby3.4").with("main.rb", code).handler("main.handler");
    }

    @Test
    void theHandlerGetsEventAndContext() throws Exception {
        var function = ruby("""
                def handler(event:, context:)
                  { event: event, id: context.aws_request_id, arn: context.invoked_function_arn,
                    memory: context.memory_limit_in_mb, left: context.get_remaining_time_in_millis,
                    trace: ENV["_X_AMZN_TRACE_ID"], stage: ENV["AWS_LAMBDA_INITIALIZATION_TYPE"], name: context.function_name }
                end
                """);

        var result = rig.result(function, "{\"text\": \"grüß\"}");

        assertThat(result.at("/event/text").stringValue()).isEqualTo("grüß");
        assertThat(result.get("id").stringValue()).hasSize(36);
        assertThat(result.get("arn").stringValue()).isEqualTo(function.arn());
        assertThat(result.get("memory").stringValue()).isEqualTo("256");
        assertThat(result.get("left").intValue()).isBetween(20_000, 30_000);
        assertThat(result.get("trace").stringValue()).startsWith("Root=1-");
        assertThat(result.get("stage").stringValue()).isEqualTo("on-demand");
        assertThat(result.get("name").stringValue()).isEqualTo(function.name());
    }

    @Test
    void aProcessServesManyEvents() throws Exception {
        var function = ruby("""
                $count = 0
                def handler(event:, context:) = $count += 1
                """);

        for (int i = 1; i <= 5; i++) {
            assertThat(rig.result(function, "null").intValue()).isEqualTo(i);
        }
    }

    @Test
    void aHandlerMayBelongToAClassOfAFileInAFolder() throws Exception {
        var function = rig.function("ruby3.4")
                .with("lib/app.rb", """
                        require "helper"
                        module App
                          class Main
                            def self.run(event:, context:) = helped(event)
                          end
                        end
                        """)
                .with("helper.rb", "def helped(event) = event[\"a\"] + 1")
                .handler("lib/app.App::Main.run");

        assertThat(rig.result(function, "{\"a\": 1}").intValue()).isEqualTo(2);
    }

    @Test
    void whatTheFunctionPrintsIsInItsLog() throws Exception {
        var function = ruby("""
                def handler(event:, context:)
                  puts "to standard output"
                  warn "to standard error"
                end
                """);

        assertThat(rig.result(function, "{}").isNull()).isTrue();
        assertThat(rig.log(function)).contains("to standard output", "to standard error");
    }

    @Test
    void anErrorHasRubysShape() throws Exception {
        var function = ruby("""
                def handler(event:, context:)
                  raise "broken"
                end
                """);

        var error = rig.error(function, "{}");

        assertThat(error.get("errorMessage").stringValue()).isEqualTo("broken");
        assertThat(error.get("errorType").stringValue()).isEqualTo("Function<RuntimeError>");
        assertThat(error.get("stackTrace")).hasSize(1);
        assertThat(error.at("/stackTrace/0").stringValue()).contains("main.rb:2:in ");
        assertThat(rig.log(function)).contains("Error raised from handler method");
    }

    @Test
    void afterAnErrorOfTheProgramTheProcessIsAnother() throws Exception {
        var function = ruby("""
                def handler(event:, context:)
                  event["fail"] ? nothing_of_the_kind : Process.pid
                end
                """);

        int before = rig.result(function, "{}").intValue();
        assertThat(rig.error(function, "{\"fail\": 1}").get("errorType").stringValue())
                .isEqualTo("Function<NameError>");
        assertThat(rig.result(function, "{}").intValue()).isNotEqualTo(before);
    }

    @Test
    void whatCannotBeLoadedIsAnErrorOfTheInitialization() throws Exception {
        assertThat(rig.error(ruby("raise ArgumentError, 'no'"), "{}")
                        .get("errorType")
                        .stringValue())
                .isEqualTo("Init<ArgumentError>");
        assertThat(rig.error(ruby("def handler("), "{}").get("errorType").stringValue())
                .isEqualTo("Init<SyntaxError>");
        assertThat(rig.error(ruby("").handler("elsewhere.handler"), "{}")
                        .get("errorMessage")
                        .stringValue())
                .isEqualTo("cannot load such file -- elsewhere");
    }

    @Test
    void theGemsOfThePackageAreFound() throws Exception {
        var function = ruby("""
                require "greeting"
                def handler(event:, context:) = Greeting::TEXT
                """);
        var gems = "vendor/bundle/ruby/3.4.0/";
        function.with(gems + "gems/greeting-1.0/lib/greeting.rb", "module Greeting; TEXT = 'hello'; end")
                .with(gems + "specifications/greeting-1.0.gemspec", """
                        Gem::Specification.new do |s|
                          s.name = "greeting"
                          s.version = "1.0"
                          s.summary = "says hello"
                          s.authors = ["anyone"]
                          s.require_paths = ["lib"]
                        end
                        """);

        assertThat(rig.result(function, "{}").stringValue()).isEqualTo("hello");
    }
}
