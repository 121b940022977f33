package dev.ruststack.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ruststack.crds.bucket.BucketSpec;
import dev.ruststack.crds.cluster.Binding;
import dev.ruststack.crds.cluster.Exposure;
import dev.ruststack.crds.cluster.Lifetime;
import dev.ruststack.crds.cluster.NetworkPolicySpec;
import dev.ruststack.crds.cluster.PodTemplate;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.LayerSpec;
import dev.ruststack.crds.httpapi.HttpApiSpec;
import dev.ruststack.crds.restapi.RestApiSpec;
import dev.ruststack.crds.schema.Absent;
import dev.ruststack.crds.schema.Bindable;
import dev.ruststack.crds.schema.CelRule;
import dev.ruststack.crds.schema.Default;
import dev.ruststack.crds.schema.Description;
import dev.ruststack.crds.schema.Immutable;
import dev.ruststack.crds.schema.Keyed;
import dev.ruststack.crds.schema.Size;
import dev.ruststack.crds.schema.Text;
import dev.ruststack.crds.table.TableSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole AWS environment: what it holds (buckets, tables, functions, routes) and how it runs.
 *
 * <p>Where the schema has a default, an absent field reads as that default; absent lists and maps are empty. Records do
 * not judge their content: the CRD and {@code dev.ruststack.crds.yaml} do, from the annotations found here.
 */
@Bindable
@CelRule(
        rule =
                "!(has(self.dynamodb) && self.dynamodb.mode == 'Disabled' && has(self.tables) && self.tables.size() > 0)",
        message = "tables cannot be had while dynamodb.mode is Disabled")
@CelRule(
        rule =
                "!(has(self.lambda) && self.lambda.executor == 'Disabled' && has(self.functions) && self.functions.size() > 0)",
        message = "functions cannot be had while lambda.executor is Disabled")
@CelRule(
        rule =
                "!has(self.restApis) || self.restApis.all(a, !has(a.routes) || a.routes.all(r, has(self.functions) && self.functions.exists(f, r.function == f.name || r.function.startsWith(f.name + ':'))))",
        message = "every route's function must be one of spec.functions")
@CelRule(
        rule =
                "!has(self.httpApis) || self.httpApis.all(a, !has(a.routes) || a.routes.all(r, has(self.functions) && self.functions.exists(f, r.function == f.name || r.function.startsWith(f.name + ':'))))",
        message = "every route's function must be one of spec.functions")
@CelRule(
        rule =
                "!has(self.buckets) || self.buckets.all(b, !has(b.notification) || b.notification.lambdaFunctionConfigurations.all(n, has(self.functions) && self.functions.exists(f, f.name == n.function)))",
        message = "every function of a notification must be one of spec.functions")
@CelRule(
        rule =
                "!has(self.functions) || self.functions.all(f, !has(f.layers) || f.layers.all(l, l.startsWith('arn:') || (has(self.layers) && self.layers.exists(x, x.name == l))))",
        message = "every layer of a function must be one of spec.layers, or an ARN")
@CelRule(
        rule =
                "!has(self.functions) || self.functions.all(f, !has(f.deadLetterConfig) || ((!has(f.deadLetterConfig.function) || self.functions.exists(g, g.name == f.deadLetterConfig.function)) && (!has(f.deadLetterConfig.bucket) || (has(self.buckets) && self.buckets.exists(b, b.name == f.deadLetterConfig.bucket)))))",
        message = "functions and buckets of every deadLetterConfig must be in spec.functions and spec.buckets")
@CelRule(
        rule =
                "!has(self.functions) || self.functions.all(f, (has(f.functionEventInvokeConfig) && has(f.functionEventInvokeConfig.destinationConfig) ? [f.functionEventInvokeConfig.destinationConfig] : []).all(d, "
                        + RustStackSpec.DESTINATIONS + "))",
        message = "functions and buckets of every destinationConfig must be in spec.functions and spec.buckets")
@CelRule(
        rule =
                "!has(self.functions) || self.functions.all(f, !has(f.aliases) || f.aliases.all(a, (has(a.functionEventInvokeConfig) && has(a.functionEventInvokeConfig.destinationConfig) ? [a.functionEventInvokeConfig.destinationConfig] : []).all(d, "
                        + RustStackSpec.DESTINATIONS + ")))",
        message = "functions and buckets of every destinationConfig must be in spec.functions and spec.buckets")
@CelRule(
        rule =
                "!has(self.functions) || self.functions.all(f, !has(f.eventSourceMappings) || f.eventSourceMappings.all(m, !has(m.table) || (has(self.tables) && self.tables.exists(t, t.name == m.table && has(t.streamSpecification) && t.streamSpecification.streamEnabled))))",
        message = "every table of eventSourceMappings must be one of spec.tables, with an enabled streamSpecification")
@CelRule(
        rule =
                "!has(self.functions) || self.functions.all(f, !has(f.eventSourceMappings) || f.eventSourceMappings.all(m, !has(m.destinationConfig) || !has(m.destinationConfig.onFailure.bucket) || (has(self.buckets) && self.buckets.exists(b, b.name == m.destinationConfig.onFailure.bucket))))",
        message = "every bucket of eventSourceMappings must be one of spec.buckets")
public record RustStackSpec(
        @Description("The AWS region that the stack says it is; part of every ARN.")
        @Immutable
        @Default(DEFAULT_REGION)
        @Text(min = 1, max = 32, pattern = "[a-z]{2}(-[a-z]+)+-[0-9]+", means = "an AWS region such as us-east-1")
        String region,

        @Description("The AWS account that the stack says it is: 12 digits, as text.")
        @Immutable
        @Default(DEFAULT_ACCOUNT)
        @Text(min = 12, max = 12, pattern = "[0-9]{12}", means = "12 digits")
        String accountId,

        @Description("AWS keys of the stack.") Credentials credentials,

        @Description("How declared items are brought about.") @Default("{}")
        SeedPolicy seedPolicy,

        @Description("Where the state lives.") @Default("{}")
        Storage storage,

        @Description("The emulator's own process.") @Default("{}")
        EmulatorSpec emulator,

        @Description("DynamoDB Local.") @Default("{}") DynamoDbSpec dynamodb,
        @Description("How functions run.") @Default("{}") LambdaSpec lambda,

        @Description("How the stack is reached in and from outside the cluster. Cluster only.") @Default("{}")
        Exposure exposure,

        @Description("Who may reach the stack. Cluster only.") @Default("{}")
        NetworkPolicySpec networkPolicy,

        @Description("The binding Secret that applications take their settings from. Cluster only.")
        Binding binding,

        @Description("When the stack deletes itself. Cluster only.") @Nullable
        Lifetime lifetime,

        @Description("Settings of every pod of the stack. Cluster only.")
        PodTemplate podTemplate,

        @Description("S3 buckets.") @Size(max = 64) @Keyed("name")
        List<BucketSpec> buckets,

        @Description("DynamoDB tables.") @Size(max = 64) @Keyed("name")
        List<TableSpec> tables,

        @Description("Lambda layers.") @JsonInclude(JsonInclude.Include.NON_EMPTY) @Size(max = 32) @Keyed("name")
        List<LayerSpec> layers,

        @Description("Lambda functions.") @Size(max = 64) @Keyed("name")
        List<FunctionSpec> functions,

        @Description("HTTP routes to functions, as an API Gateway REST API.") @Size(max = 8) @Keyed("name")
        List<RestApiSpec> restApis,

        @Description("HTTP routes to functions, as an HTTP API of API Gateway.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 8)
        @Keyed("name")
        List<HttpApiSpec> httpApis) {
    public static final String DEFAULT_REGION = "us-east-1";

    /** Whether the destinations {@code d} are of the stack. */
    static final String DESTINATIONS =
            "(!has(d.onSuccess) || !has(d.onSuccess.function) || self.functions.exists(g, g.name == d.onSuccess.function)) && (!has(d.onFailure) || ((!has(d.onFailure.function) || self.functions.exists(g, g.name == d.onFailure.function)) && (!has(d.onFailure.bucket) || (has(self.buckets) && self.buckets.exists(b, b.name == d.onFailure.bucket)))))";

    public static final String DEFAULT_ACCOUNT = "000000000000";

    public RustStackSpec {
        region = Absent.as(region, DEFAULT_REGION);
        accountId = Absent.as(accountId, DEFAULT_ACCOUNT);
        credentials = Absent.as(credentials, Credentials.NONE);
        seedPolicy = Absent.as(seedPolicy, SeedPolicy.DEFAULT);
        storage = Absent.as(storage, Storage.DEFAULT);
        emulator = Absent.as(emulator, EmulatorSpec.DEFAULT);
        dynamodb = Absent.as(dynamodb, DynamoDbSpec.DEFAULT);
        lambda = Absent.as(lambda, LambdaSpec.DEFAULT);
        exposure = Absent.as(exposure, Exposure.DEFAULT);
        networkPolicy = Absent.as(networkPolicy, NetworkPolicySpec.DEFAULT);
        binding = Absent.as(binding, Binding.DEFAULT);
        podTemplate = Absent.as(podTemplate, PodTemplate.NONE);
        buckets = Absent.asEmpty(buckets);
        tables = Absent.asEmpty(tables);
        layers = Absent.asEmpty(layers);
        functions = Absent.asEmpty(functions);
        restApis = Absent.asEmpty(restApis);
        httpApis = Absent.asEmpty(httpApis);
    }
}
