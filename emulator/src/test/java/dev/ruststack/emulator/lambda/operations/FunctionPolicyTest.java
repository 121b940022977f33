package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.util.function.Consumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.PolicyLengthExceededException;
import software.amazon.awssdk.services.lambda.model.PreconditionFailedException;
import software.amazon.awssdk.services.lambda.model.ResourceConflictException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** AddPermission, RemovePermission and GetPolicy. */
class FunctionPolicyTest {
    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:";

    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static LambdaClient lambda() {
        return STACK.client();
    }

    private static String add(String name, String sid, Consumer<AddPermissionRequest.Builder> more) {
        var request = AddPermissionRequest.builder()
                .functionName(name)
                .statementId(sid)
                .action("lambda:InvokeFunction")
                .principal("s3.amazonaws.com");
        more.accept(request);
        return lambda().addPermission(request.build()).statement();
    }

    private static JsonNode policy(String name) {
        return JsonMapper.shared()
                .readTree(lambda().getPolicy(get -> get.functionName(name)).policy());
    }

    @Test
    void statementIsWrittenAsAwsWritesIt() {
        STACK.create("written");

        var statement = add(
                "written",
                "s3",
                request -> request.sourceArn("arn:aws:s3:::photos").sourceAccount("000000000000"));

        assertThat(statement)
                .isEqualTo("{\"Sid\":\"s3\",\"Effect\":\"Allow\",\"Principal\":{\"Service\":\"s3.amazonaws.com\"},"
                        + "\"Action\":\"lambda:InvokeFunction\",\"Resource\":\"" + ARN + "written\",\"Condition\":{"
                        + "\"ArnLike\":{\"AWS:SourceArn\":\"arn:aws:s3:::photos\"},"
                        + "\"StringEquals\":{\"AWS:SourceAccount\":\"000000000000\"}}}");
        assertThat(lambda().getPolicy(get -> get.functionName("written")).policy())
                .isEqualTo("{\"Version\":\"2012-10-17\",\"Id\":\"default\",\"Statement\":[" + statement + "]}");
    }

    @Test
    void principalsAreServicesAccountsArnsOrEverybody() {
        STACK.create("principals");
        add("principals", "account", request -> request.principal("123456789012"));
        add("principals", "role", request -> request.principal("arn:aws:iam::123456789012:role/r"));
        add("principals", "all", request -> request.principal("*").principalOrgID("o-0123456789"));

        var statements = policy("principals").path("Statement");
        assertThat(statements.get(0).at("/Principal/AWS").asString()).isEqualTo("arn:aws:iam::123456789012:root");
        assertThat(statements.get(1).at("/Principal/AWS").asString()).isEqualTo("arn:aws:iam::123456789012:role/r");
        assertThat(statements.get(2).path("Principal").asString()).isEqualTo("*");
        assertThat(statements
                        .get(2)
                        .at("/Condition/StringEquals/aws:PrincipalOrgID")
                        .asString())
                .isEqualTo("o-0123456789");
        assertThatThrownBy(() -> add("principals", "wrong", request -> request.principal("nobody")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("The provided principal was invalid.");
    }

    @Test
    void conditionsOfUrlsAndSkillsAreKept() {
        STACK.create("conditions");
        add(
                "conditions",
                "url",
                request -> request.principal("*")
                        .action("lambda:InvokeFunctionUrl")
                        .functionUrlAuthType(FunctionUrlAuthType.NONE));
        add(
                "conditions",
                "skill",
                request -> request.principal("alexa-appkit.amazon.com").eventSourceToken("skill-1"));

        var statements = policy("conditions").path("Statement");
        assertThat(statements
                        .get(0)
                        .at("/Condition/StringEquals/lambda:FunctionUrlAuthType")
                        .asString())
                .isEqualTo("NONE");
        assertThat(statements
                        .get(1)
                        .at("/Condition/StringEquals/lambda:EventSourceToken")
                        .asString())
                .isEqualTo("skill-1");
        assertThatThrownBy(() -> add("conditions", "no", request -> request.functionUrlAuthType("NONE")))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action");
    }

    @Test
    void versionsAndAliasesHavePoliciesOfTheirOwn() {
        STACK.create("own");
        lambda().publishVersion(publish -> publish.functionName("own"));
        lambda().createAlias(create -> create.functionName("own").name("live").functionVersion("1"));

        add("own", "a", request -> request.qualifier("live"));
        add("own:1", "b", request -> {});

        assertThat(policy("own:live").at("/Statement/0/Resource").asString()).isEqualTo(ARN + "own:live");
        assertThat(policy("own:1").at("/Statement/0/Sid").asString()).isEqualTo("b");
        assertThatThrownBy(() -> policy("own")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> add("own:$LATEST", "c", request -> {}))
                .isInstanceOf(InvalidParameterValueException.class)
                .hasMessageContaining("We currently do not support adding policies for $LATEST.");

        lambda().deleteAlias(delete -> delete.functionName("own").name("live"));
        lambda().createAlias(create -> create.functionName("own").name("live").functionVersion("1"));
        assertThatThrownBy(() -> policy("own:live")).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void revisionTellsWhetherSomebodyElseWasThere() {
        STACK.create("revised");
        add("revised", "first", request -> {});
        var revision = lambda().getPolicy(get -> get.functionName("revised")).revisionId();
        assertThat(lambda().getFunctionConfiguration(get -> get.functionName("revised"))
                        .revisionId())
                .isEqualTo(revision);

        add("revised", "second", request -> request.revisionId(revision));

        assertThatThrownBy(() -> add("revised", "third", request -> request.revisionId(revision)))
                .isInstanceOf(PreconditionFailedException.class);
        assertThatThrownBy(() -> lambda().removePermission(remove ->
                        remove.functionName("revised").statementId("first").revisionId(revision)))
                .isInstanceOf(PreconditionFailedException.class);
    }

    @Test
    void permissionsAreTakenBackOneByOne() {
        STACK.create("taken");
        add("taken", "one", request -> {});
        add("taken", "two", request -> {});

        var removed =
                lambda().removePermission(remove -> remove.functionName("taken").statementId("one"));

        assertThat(removed.sdkHttpResponse().statusCode()).isEqualTo(204);
        assertThat(policy("taken").path("Statement")).hasSize(1);
        assertThatThrownBy(() -> lambda().removePermission(
                                remove -> remove.functionName("taken").statementId("one")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Statement one is not found in resource policy.");
        lambda().removePermission(remove -> remove.functionName("taken").statementId("two"));
        assertThatThrownBy(() -> policy("taken")).isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> lambda().removePermission(
                                remove -> remove.functionName("taken").statementId("two")))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("No policy is associated with the given resource.");
    }

    @Test
    void statementIdIsGivenOnce() {
        STACK.create("once");
        add("once", "sid", request -> {});

        assertThatThrownBy(() -> add("once", "sid", request -> {}))
                .isInstanceOf(ResourceConflictException.class)
                .hasMessageContaining("The statement id (sid) provided already exists. Please provide a new statement "
                        + "id, or remove the existing statement.");
    }

    @Test
    void policyHas20KBAtMost() {
        STACK.create("long");

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 100; i++) {
                        var sid = "s".repeat(90) + i;
                        add("long", sid, request -> request.sourceArn("arn:aws:s3:::" + "x".repeat(200)));
                    }
                })
                .isInstanceOf(PolicyLengthExceededException.class);
    }
}
