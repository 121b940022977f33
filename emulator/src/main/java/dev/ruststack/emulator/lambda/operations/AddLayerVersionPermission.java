package dev.ruststack.emulator.lambda.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.aws.Operation;
import dev.ruststack.emulator.aws.wire.Http;
import dev.ruststack.emulator.aws.wire.HttpLabel;
import dev.ruststack.emulator.aws.wire.HttpQuery;
import dev.ruststack.emulator.lambda.Constraints;
import dev.ruststack.emulator.lambda.LayerName;
import dev.ruststack.emulator.lambda.Layers;
import dev.ruststack.emulator.lambda.PolicyStatement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Lets someone else use a version of a layer. AWS: Lambda API Reference, AddLayerVersionPermission. */
@Http(value = "POST /2018-10-31/layers/{LayerName}/versions/{VersionNumber}/policy", code = 201)
public final class AddLayerVersionPermission
        implements Operation<AddLayerVersionPermission.Input, AddLayerVersionPermission.Output> {
    private final Layers layers;

    public AddLayerVersionPermission(Layers layers) {
        this.layers = layers;
    }

    record Input(
            @HttpLabel String layerName,
            @HttpLabel int versionNumber,
            @Nullable String statementId,
            @Nullable String action,
            @Nullable String principal,
            @Nullable String organizationId,
            @HttpQuery("RevisionId") @Nullable String revisionId) {
        void check() {
            new Constraints()
                    .required("statementId", statementId)
                    .required("action", action)
                    .required("principal", principal)
                    .length("statementId", statementId, 1, 100)
                    .matches("statementId", statementId, "([a-zA-Z0-9-_]+)")
                    .matches("action", action, "lambda:GetLayerVersion")
                    .matches("principal", principal, "\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root")
                    .matches("organizationId", organizationId, "o-[a-z0-9]{10,32}")
                    .check();
        }

        private PolicyStatement statement(String versionArn) {
            Map<String, Map<String, String>> conditions = organizationId == null
                    ? Map.of()
                    : Map.of("StringEquals", Map.of("aws:PrincipalOrgID", organizationId));
            return new PolicyStatement(
                    Objects.requireNonNull(statementId),
                    Objects.requireNonNull(principal),
                    Objects.requireNonNull(action),
                    versionArn,
                    conditions);
        }
    }

    record Output(String statement, String revisionId) {}

    @Override
    public Output handle(Input input, Call call) {
        input.check();
        var version = layers.require(LayerName.arn(input.layerName(), call), input.versionNumber());
        var statement = input.statement(version.versionArn());
        var changed = layers.change(version, input.revisionId(), policy -> policy.with(statement));
        return new Output(statement.json(), Objects.requireNonNull(changed.policyRevision()));
    }
}
