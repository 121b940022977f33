package dev.ruststack.operator.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real API server accepts of a RustStack and what it refuses, rule by rule. */
class ResourceRulesIT {
    @TempDir
    private static Path directory;

    private static ApiServer server;
    private static KubernetesClient client;

    @BeforeAll
    static void start() throws Exception {
        server = ApiServer.start(directory);
        client = server.connect();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}
            {region: eu-central-1, accountId: '000000000001'}
            {storage: {type: Persistent, size: 10Gi, reclaimPolicy: Retain}}
            {dynamodb: {mode: Disabled}}
            {lambda: {executor: Disabled}}
            {functions: [{name: f, code: {imageUri: 'r/i:1'}, imageConfig: {command: [a.b]}}]}
            {functions: [{name: f, runtime: python3.12, handler: a.b, code: {url: 'https://e.com/a.zip', sha256: '0000000000000000000000000000000000000000000000000000000000000000'}}]}
            {buckets: [{name: abc, objects: [{key: a, content: {text: ''}}]}]}
            {tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}], items: [{a: x, b: [1, {c: null}]}]}]}
            {tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}], globalSecondaryIndexes: [{indexName: abc, keySchema: [{attributeName: a, keyType: HASH}]}]}]}
            {networkPolicy: {allowFrom: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {}}]}}
            {buckets: [{name: abc, versioning: {}, objectLock: {rule: {defaultRetention: {mode: GOVERNANCE, days: 1}}}, tags: [{key: team, value: 'ä b'}]}]}
            {buckets: [{name: abc, objectOwnership: ObjectWriter, acl: public-read, publicAccessBlock: {blockPublicAcls: false}, policy: '{"Version": "2012-10-17"}'}]}
            {buckets: [{name: abc, encryption: {rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: 'aws:kms', kmsMasterKeyId: k}}]}}]}
            {buckets: [{name: abc, cors: {corsRules: [{allowedOrigins: ['https://*.example.com'], allowedMethods: [GET]}]}, website: {indexDocument: {suffix: index.html}, routingRules: [{condition: {keyPrefixEquals: old/}, redirect: {replaceKeyPrefixWith: new/}}]}}]}
            {buckets: [{name: abc, lifecycle: {rules: [{filter: {prefix: tmp/}, expiration: {days: 1}}, {transitions: [{days: 30, storageClass: GLACIER}]}]}}]}
            {buckets: [{name: abc, notification: {lambdaFunctionConfigurations: [{function: f, events: ['s3:ObjectCreated:*'], filter: {key: {filterRules: [{name: prefix, value: a/}]}}}]}}], functions: [{name: f, code: {imageUri: i}}]}
            {functions: [{name: f, code: {imageUri: i}}], restApis: [{name: web, stageVariables: {a: b}, routes: [{path: /, function: 'f:live'}]}], httpApis: [{name: web, stageName: $default, corsConfiguration: {allowOrigins: ['*']}, routes: [{routeKey: 'GET /{id}', function: 'f:live'}, {routeKey: $default, function: f, payloadFormatVersion: '1.0'}]}]}
            {layers: [{name: l, code: {configMapRef: {name: a}}}], functions: [{name: f, runtime: python3.12, handler: a.b, code: {configMapRef: {name: a}}, layers: [l, 'arn:aws:lambda:us-east-1:000000000000:layer:other:3'], ephemeralStorage: {size: 1024}, tags: {a: b}, reservedConcurrentExecutions: 0, permissions: [{statementId: a, action: 'lambda:InvokeFunction', principal: s3.amazonaws.com}], functionUrlConfig: {cors: {allowOrigins: ['*']}}, aliases: [{name: live, provisionedConcurrentExecutions: 1}, {name: next, functionVersion: $LATEST}]}]}
            {buckets: [{name: abc}], functions: [{name: f, code: {imageUri: i}, deadLetterConfig: {function: g}, functionEventInvokeConfig: {destinationConfig: {onSuccess: {function: g}, onFailure: {bucket: abc}}}}, {name: g, code: {imageUri: i}}]}
            {buckets: [{name: abc}], tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}], streamSpecification: {streamEnabled: true, streamViewType: KEYS_ONLY}}], functions: [{name: f, code: {imageUri: i}, eventSourceMappings: [{table: abc, startingPosition: LATEST, maximumRetryAttempts: -1, destinationConfig: {onFailure: {bucket: abc}}}]}]}
            {buckets: [{name: abc, objects: [{key: a, cacheControl: no-store, storageClass: GLACIER, tags: [{key: a, value: b}], content: {text: ''}}], objectsFrom: [{configMapRef: {name: a}, metadata: {a: b}, tags: [{key: a, value: b}]}]}]}
            """)
    void isAccepted(String spec) {
        assertThat(apply("shop", spec).getMetadata().getUid()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {region: mars}                                                    | spec.region
            {accountId: '1'}                                                  | spec.accountId
            {storage: {type: Sometimes}}                                      | spec.storage.type
            {storage: {size: much}}                                           | spec.storage.size
            {lifetime: {ttlSeconds: 5}}                                       | ttlSeconds
            {lambda: {maxRunners: 101}}                                       | maxRunners
            {dynamodb: {mode: Disabled}, tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}]}]} | tables cannot be had
            {lambda: {executor: Disabled}, functions: [{name: f, code: {imageUri: 'r/i:1'}}]} | functions cannot be had
            {restApis: [{name: web, stageName: prod, routes: [{path: /, method: ANY, function: none}]}]} | every route's function
            {functions: [{name: f, code: {imageUri: i}, runtime: python3.12, handler: a.b}]} | runtime and handler
            {functions: [{name: f, code: {files: {a: b}}}]}                   | runtime and handler
            {functions: [{name: f, runtime: python3.12, handler: a.b, code: {}}]} | spec.functions[0].code
            {functions: [{name: f, runtime: python3.12, handler: a.b, code: {files: {a: b}, imageUri: i}}]} | spec.functions[0]
            {functions: [{name: f, runtime: python3.12, handler: a.b, code: {url: 'https://e.com/a.zip'}}]} | url and sha256
            {functions: [{name: f, runtime: python3.12, handler: a.b, code: {path: app}}]} | for one machine only
            {functions: [{name: f, runtime: python3.12, handler: a.b, debugPort: 9229, code: {files: {a.py: x}}}]} | for one machine only
            {functions: [{name: f, code: {imageUri: i}}, {name: f, code: {imageUri: j}}]} | f
            {buckets: [{name: a..b}]}                                         | S3 refuses
            {buckets: [{name: 10.0.0.1}]}                                     | S3 refuses
            {buckets: [{name: UP}]}                                           | spec.buckets[0].name
            {buckets: [{name: abc, objects: [{key: a, content: {}}]}]}        | content
            {buckets: [{name: abc, objects: [{key: a, content: {text: a, base64: YQ==}}]}]} | content
            {buckets: [{name: abc, objects: [{key: a, content: {path: a}}]}]} | for one machine only
            {buckets: [{name: abc, objectsFrom: [{configMapRef: {name: a}, secretRef: {name: b}}]}]} | objectsFrom
            {buckets: [{name: abc, versioning: {status: Suspended}, objectLock: {}}]} | versioning Enabled
            {buckets: [{name: abc, objectLock: {rule: {defaultRetention: {mode: GOVERNANCE}}}}]} | days, years
            {buckets: [{name: abc, objectLock: {rule: {defaultRetention: {mode: GOVERNANCE, days: 1, years: 1}}}}]} | days, years
            {buckets: [{name: abc, acl: public-read}]}                        | acl needs objectOwnership
            {buckets: [{name: abc, acl: public-read, objectOwnership: BucketOwnerEnforced}]} | acl needs objectOwnership
            {buckets: [{name: abc, policy: 'no'}]}                            | spec.buckets[0].policy
            {buckets: [{name: abc, encryption: {rules: [{applyServerSideEncryptionByDefault: {sseAlgorithm: AES256, kmsMasterKeyId: k}}]}}]} | kmsMasterKeyId belongs
            {buckets: [{name: abc, website: {}}]}                             | indexDocument, redirectAllRequestsTo
            {buckets: [{name: abc, website: {redirectAllRequestsTo: {hostName: e.com}, errorDocument: {key: e}}}]} | leaves no room
            {buckets: [{name: abc, website: {indexDocument: {suffix: i}, routingRules: [{redirect: {replaceKeyWith: a, replaceKeyPrefixWith: b}}]}}]} | exclude each other
            {buckets: [{name: abc, website: {indexDocument: {suffix: i}, routingRules: [{condition: {}, redirect: {hostName: e.com}}]}}]} | a condition has
            {buckets: [{name: abc, cors: {corsRules: [{allowedOrigins: ['*'], allowedMethods: [PATCH]}]}}]} | allowedMethods
            {buckets: [{name: abc, lifecycle: {rules: [{expiration: {days: 1, date: '2027-01-01'}}]}}]} | expiration
            {buckets: [{name: abc, notification: {lambdaFunctionConfigurations: [{function: f, events: ['s3:ObjectCreated:*']}]}}]} | every function of a notification
            {buckets: [{name: abc, tags: [{key: a, value: b}, {key: a, value: c}]}]} | tags
            {tables: [{name: abc, attributeDefinitions: [{attributeName: b, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}]}]} | every key attribute must
            {tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: RANGE}]}]} | keySchema
            {tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}], billingMode: PROVISIONED}]} | provisionedThroughput belongs
            {tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}], globalSecondaryIndexes: [{indexName: abc, keySchema: [{attributeName: b, keyType: HASH}]}]}]} | every key attribute of a global
            {tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}], globalSecondaryIndexes: [{indexName: abc, keySchema: [{attributeName: a, keyType: HASH}], projection: {projectionType: INCLUDE}}]}]} | nonKeyAttributes belongs
            {functions: [{name: f, runtime: python3.12, handler: a.b, code: {files: {a: b}}, layers: [l]}]} | every layer of a function
            {httpApis: [{name: web, routes: [{routeKey: $default, function: f}]}]} | every route's function
            {functions: [{name: f, code: {imageUri: i}}], httpApis: [{name: web, routes: [{routeKey: 'get /', function: f}]}]} | routeKey
            {functions: [{name: f, code: {imageUri: i}}], httpApis: [{name: web, routes: [{routeKey: $default, function: fg}]}]} | every route's function
            {layers: [{name: l, code: {}}]}                                   | spec.layers[0].code
            {layers: [{name: l, code: {path: a}}]}                            | for one machine only
            {layers: [{name: l, code: {files: {a: b}}}], functions: [{name: f, code: {imageUri: i}, layers: [l]}]} | a function of an image has none
            {functions: [{name: f, code: {imageUri: i}, deadLetterConfig: {function: g}}]} | every deadLetterConfig
            {functions: [{name: f, code: {imageUri: i}, deadLetterConfig: {bucket: abc}}]} | every deadLetterConfig
            {functions: [{name: f, code: {imageUri: i}, deadLetterConfig: {function: f, targetArn: 'arn:a'}}]} | deadLetterConfig
            {functions: [{name: f, code: {imageUri: i}, functionEventInvokeConfig: {}}]} | maximumRetryAttempts
            {functions: [{name: f, code: {imageUri: i}, functionEventInvokeConfig: {destinationConfig: {onSuccess: {function: g}}}}]} | every destinationConfig
            {functions: [{name: f, code: {imageUri: i}, aliases: [{name: a, functionEventInvokeConfig: {destinationConfig: {onFailure: {bucket: abc}}}}]}]} | every destinationConfig
            {buckets: [{name: abc}], functions: [{name: f, code: {imageUri: i}, functionEventInvokeConfig: {destinationConfig: {onSuccess: {bucket: abc}}}}]} | failed events only
            {functions: [{name: f, code: {imageUri: i}, loggingConfig: {systemLogLevel: WARN}}]} | levels need logFormat JSON
            {functions: [{name: f, code: {imageUri: i}, permissions: [{statementId: a, action: '*', principal: '*', functionUrlAuthType: NONE}]}]} | functionUrlAuthType belongs
            {functions: [{name: f, code: {imageUri: i}, aliases: [{name: '1'}]}]} | aliases[0].name
            {functions: [{name: f, code: {imageUri: i}, aliases: [{name: a, functionVersion: $LATEST, provisionedConcurrentExecutions: 1}]}]} | an alias of $LATEST
            {functions: [{name: f, code: {imageUri: i}, eventSourceMappings: [{table: abc, startingPosition: LATEST}]}]} | every table of eventSourceMappings
            {tables: [{name: abc, attributeDefinitions: [{attributeName: a, attributeType: S}], keySchema: [{attributeName: a, keyType: HASH}]}], functions: [{name: f, code: {imageUri: i}, eventSourceMappings: [{table: abc, startingPosition: LATEST}]}]} | every table of eventSourceMappings
            {functions: [{name: f, code: {imageUri: i}, eventSourceMappings: [{startingPosition: LATEST}]}]} | eventSourceMappings[0]
            {networkPolicy: {allowFrom: [{}]}}                                | either ipBlock alone
            {networkPolicy: {allowFrom: [{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}]}} | either ipBlock alone
            {emulator: {env: [{name: A}]}}                                    | spec.emulator.env[0]
            {emulator: {env: [{name: A, value: b, valueFrom: {secretKeyRef: {name: a, key: b}}}]}} | spec.emulator.env[0]
            """)
    void isRefused(String spec, String says) {
        assertThatThrownBy(() -> apply("shop", spec))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refusal -> assertThat(refusal.getCode()).isEqualTo(422))
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @CsvSource({"Shop", "1shop", "a.b", "a23456789012345678901234567890123456789012345678901"})
    void aNameThatNoServiceCanHaveIsRefused(String name) {
        assertThatThrownBy(() -> apply(name, "{}")).isInstanceOf(KubernetesClientException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {region: eu-central-1}             | {region: eu-west-1}
            {region: eu-central-1}             | {}
            {accountId: '000000000001'}        | {accountId: '000000000002'}
            {storage: {type: Persistent}}      | {storage: {type: Ephemeral}}
            {storage: {type: Persistent}}      | {}
            """)
    void whatArnsAndStateDependOnCannotChange(String before, String after) {
        var stored = client.resource(resource("kept", before)).create();
        try {
            assertThatThrownBy(() -> client.resource(resource("kept", after)).update())
                    .isInstanceOfSatisfying(
                            KubernetesClientException.class,
                            refusal -> assertThat(refusal.getCode()).isEqualTo(422));
        } finally {
            client.resource(stored).delete();
        }
    }

    private static HasMetadata apply(String name, String spec) {
        return client.resource(resource(name, spec)).dryRun().create();
    }

    private static GenericKubernetesResource resource(String name, String spec) {
        var yaml = """
                apiVersion: ruststack.dev/v1alpha1
                kind: RustStack
                metadata: {name: %s, namespace: default}
                spec: %s
                """.formatted(name, spec);
        return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
    }
}
