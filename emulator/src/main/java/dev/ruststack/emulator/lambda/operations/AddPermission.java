package dev.ruststack.emulator.lambda.operations;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.FunctionName;
import dev.ruststack.emulator.lambda.Functions;
import dev.ruststack.emulator.lambda.LambdaError;
import dev.ruststack.emulator.lambda.PolicyStatement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lets someone else invoke a function. AWS: Lambda API Reference, AddPermission. */
@Http(value = "POST /2015-03-31/functions/{FunctionName}/policy", code = 201)
public final class AddPermission implements Operation<AddPermission.Input, AddPermission.Output> {
    private final Functions functions;

    public AddPermission(Functions functions) {
        this.functions = functions;
    }

    record Input(
            @HttpLabel String functionName,
            @HttpQuery("Qualifier") @Nullable String qualifier,
            @Nullable String statementId,
            @Nullable String action,
            @Nullable String principal,
            @Nullable String sourceArn,
            @Nullable String sourceAccount,
            @Nullable String eventSourceToken,
            @JsonProperty("PrincipalOrgID") @Nullable String principalOrgId,
            @Nullable String functionUrlAuthType,
            @Nullable Boolean invokedViaFunctionUrl,
            @Nullable String revisionId) {
        void check() {
            new Constraints()
                    .required("statementId", statementId)
                    .required("action", action)
                    .required("principal", principal)
                    .length("statementId", statementId, 1, 100)
                    .matches("statementId", statementId, "([a-zA-Z0-9-_]+)")
                    .matches("action", action, "(lambda:[*]|lambda:[a-zA-Z]+|[*])")
                    .matches("principal", principal, "[^\\s]+")
                    .matches(
                            "sourceArn",
                            sourceArn,
                            "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?"
                                    + "-[a-z]+-\\d{1})?:(\\d{12})?:(.*)")
                    .matches("sourceAccount", sourceAccount, "\\d{12}")
                    .length("eventSourceToken", eventSourceToken, 0, 256)
                    .matches("eventSourceToken", eventSourceToken, "[a-zA-Z0-9._\\-]+")
                    .length("principalOrgID", principalOrgId, 12, 34)
                    .matches("principalOrgID", principalOrgId, "^o-[a-z0-9]{10,32}$")
                    .oneOf("functionUrlAuthType", functionUrlAuthType, List.of("NONE", "AWS_IAM"))
                    .check();
            if (functionUrlAuthType != null && !"lambda:InvokeFunctionUrl".equals(action)) {
                throw LambdaError.INVALID_PARAMETER_VALUE.saying(
                        "FunctionUrlAuthType is only supported for lambda:InvokeFunctionUrl action");
            }
        }

        private PolicyStatement statement(FunctionName name) {
            var equal = new TreeMap<String, String>();
            put(equal, "lambda:EventSourceToken", eventSourceToken);
            put(equal, "lambda:FunctionUrlAuthType", functionUrlAuthType);
            put(equal, "aws:PrincipalOrgID", principalOrgId);
            put(equal, "AWS:SourceAccount", sourceAccount);
            var conditions = new TreeMap<String, Map<String, String>>();
            if (!equal.isEmpty()) {
                conditions.put("StringEquals", equal);
            }
            if (sourceArn != null) {
                conditions.put("ArnLike", Map.of("AWS:SourceArn", sourceArn));
            }
            if (invokedViaFunctionUrl != null) {
                conditions.put("Bool", Map.of("lambda:InvokedViaFunctionUrl", invokedViaFunctionUrl.toString()));
            }
            return new PolicyStatement(
                    Objects.requireNonNull(statementId),
                    Objects.requireNonNull(principal),
                    Objects.requireNonNull(action),
                    name.invokedArn(),
                    conditions);
        }

        private static void put(Map<String, String> keys, String key, @Nullable String value) {
            if (value != null) {
                keys.put(key, value);
            }
        }
    }

    record Output(String statement) {}

    @Override
    public Output handle(Input input, Call call) {
        input.check();
        var name = FunctionPolicies.function(input.functionName(), input.qualifier(), call);
        var statement = input.statement(name);
        FunctionPolicies.change(
                functions, name, input.revisionId(), policy -> policy.with(statement.requirePrincipal()));
        return new Output(statement.json());
    }
}
