package dev.ruststack.emulator.s3.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.s3.policy.Policy.Decision;
import dev.ruststack.emulator.s3.policy.PolicyRequest.Principal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Principal OTHER = new Principal("111111111111", "f".repeat(64));

    private static Policy policy(String statement) {
        var document = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement.replace('\'', '"') + "]}";
        return PolicyParser.parse(document, "bucket");
    }

    private static Decision decide(Policy policy, Principal principal, String action, Map<String, String> context) {
        var lists = context.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> List.of(entry.getValue().split(","))));
        return policy.decide(new PolicyRequest(principal, action, "arn:aws:s3:::bucket/a/key", lists));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "'*' | ALLOWED | ALLOWED",
                "{'AWS':'*'} | ALLOWED | ALLOWED",
                "{'AWS':'111111111111'} | SILENT | ALLOWED",
                "{'AWS':['arn:aws:iam::111111111111:root']} | SILENT | ALLOWED",
                "{'AWS':'arn:aws:iam::222222222222:root'} | SILENT | SILENT",
                "{'CanonicalUser':'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'} | SILENT | ALLOWED",
                "{'Service':'logging.s3.amazonaws.com'} | SILENT | SILENT"
            },
            quoteCharacter = '~')
    void statementsAreAboutTheirPrincipals(String principal, Decision anonymous, Decision other) {
        var policy = policy("{'Effect':'Allow','Principal':" + principal
                + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*'}");

        assertThat(decide(policy, Principal.ANONYMOUS, "s3:GetObject", Map.of()))
                .isEqualTo(anonymous);
        assertThat(decide(policy, OTHER, "s3:GetObject", Map.of())).isEqualTo(other);
    }

    @Test
    void actionsAndResourcesHaveWildcards() {
        var policy =
                policy("{'Effect':'Allow','Principal':'*','Action':'s3:Get*','Resource':'arn:aws:s3:::bucket/a/*'}");

        assertThat(decide(policy, OTHER, "s3:GetObject", Map.of())).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, OTHER, "s3:PutObject", Map.of())).isEqualTo(Decision.SILENT);
        assertThat(policy.decide(new PolicyRequest(OTHER, "s3:GetObject", "arn:aws:s3:::bucket/b", Map.of())))
                .isEqualTo(Decision.SILENT);
    }

    @Test
    void denialWinsOverWhatIsAllowed() {
        var policy = policy("{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::bucket/*'},"
                + "{'Effect':'Deny','NotPrincipal':{'AWS':'111111111111'},'NotAction':'s3:GetObject',"
                + "'NotResource':'arn:aws:s3:::bucket/b/*'}");

        assertThat(decide(policy, OTHER, "s3:PutObject", Map.of())).isEqualTo(Decision.ALLOWED);
        assertThat(decide(policy, Principal.ANONYMOUS, "s3:PutObject", Map.of()))
                .isEqualTo(Decision.DENIED);
        assertThat(decide(policy, Principal.ANONYMOUS, "s3:GetObject", Map.of()))
                .isEqualTo(Decision.ALLOWED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "'StringEquals':{'k':'v'} | v | true",
                "'StringEquals':{'k':['u','v']} | v | true",
                "'StringEquals':{'k':'v'} | V | false",
                "'StringEquals':{'k':'v'} | - | false",
                "'StringEqualsIfExists':{'k':'v'} | - | true",
                "'StringNotEquals':{'k':'v'} | v | false",
                "'StringNotEquals':{'k':'v'} | - | true",
                "'StringEqualsIgnoreCase':{'k':'v'} | V | true",
                "'StringLike':{'k':'a?c*'} | abcd | true",
                "'StringNotLike':{'k':'a*'} | abcd | false",
                "'NumericLessThan':{'k':'10'} | 9 | true",
                "'NumericLessThanEquals':{'k':10} | 10 | true",
                "'NumericGreaterThan':{'k':'10'} | 10 | false",
                "'NumericGreaterThanEquals':{'k':'10'} | ten | true",
                "'DateGreaterThan':{'k':'2030-01-01T00:00:00Z'} | 2029-01-01T00:00:00Z | false",
                "'DateLessThan':{'k':'1893456000'} | 2029-01-01T00:00:00Z | true",
                "'Bool':{'k':'true'} | TRUE | true",
                "'IpAddress':{'k':['10.0.0.0/8','2001:db8::/32']} | 10.9.8.7 | true",
                "'IpAddress':{'k':['10.0.0.0/8','2001:db8::/32']} | 2001:db8:1::1 | true",
                "'IpAddress':{'k':'10.0.0.0/8'} | 11.0.0.1 | false",
                "'NotIpAddress':{'k':'10.0.0.1'} | 10.0.0.1 | false",
                "'ArnLike':{'k':'arn:aws:*:x'} | arn:aws:iam::x | true",
                "'Null':{'k':'true'} | - | true",
                "'Null':{'k':'false'} | - | false",
                "'Null':{'k':'false'} | v | true",
                "'ForAnyValue:StringEquals':{'k':'v'} | - | false",
                "'ForAllValues:StringEquals':{'k':'v'} | - | true",
                "'ForAllValues:StringLike':{'k':'v*'} | w | false"
            },
            quoteCharacter = '~')
    void conditionsCompare(String condition, String value, boolean holds) {
        var policy = policy("{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':'arn:aws:s3:::bucket/*',"
                + "'Condition':{" + condition.replace("'k'", "'aws:Key'") + "}}");
        var context = value.equals("-") ? Map.<String, String>of() : Map.of("aws:key", value);

        assertThat(decide(policy, OTHER, "s3:GetObject", context) == Decision.ALLOWED)
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "'Principal':'*' | true",
                "'Principal':{'AWS':'111111111111'} | false",
                "'Principal':'*','Condition':{'IpAddress':{'aws:SourceIp':'10.0.0.0/8'}} | false",
                "'Principal':'*','Condition':{'IpAddress':{'aws:SourceIp':'0.0.0.0/0'}} | true",
                "'Principal':'*','Condition':{'StringEquals':{'aws:PrincipalOrgID':'o-1'}} | false",
                "'Principal':'*','Condition':{'StringLike':{'aws:Referer':'https://a/*'}} | true"
            },
            quoteCharacter = '~')
    void whatEveryoneMayIsPublic(String principal, boolean open) {
        var policy = policy(
                "{'Effect':'Allow'," + principal + ",'Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*'}");

        assertThat(policy.isPublic()).isEqualTo(open);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            value = {
                "[] | Policies must be valid JSON and the first byte must be '{'",
                "{ | This policy contains invalid Json",
                "{} | Missing required field Statement",
                "{'Version':'2013-01-01','Statement':[]} | The policy must contain a valid version string",
                "{'Statement':[]} | Could not parse the policy: Statement is empty!",
                "{'Stmt':[]} | Unknown field Stmt",
                "{'Statement':[{'Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*'}]} | Missing required field Effect",
                "{'Statement':[{'Effect':'Maybe','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*'}]} | Invalid effect: Maybe",
                "{'Statement':[{'Effect':'Allow','Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*'}]} | Missing required field Principal",
                "{'Statement':[{'Effect':'Allow','Principal':{'AWS':'me'},'Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*'}]} | Invalid principal in policy",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Resource':'arn:aws:s3:::bucket/*'}]} | Missing required field Action",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:Fetch','Resource':'arn:aws:s3:::bucket/*'}]} | Policy has invalid action",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject'}]} | Missing required field Resource",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::other/*'}]} | Policy has invalid resource",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket'}]} | Action does not apply to any resource(s) in statement",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:ListBucket','Resource':'arn:aws:s3:::bucket/*'}]} | Action does not apply to any resource(s) in statement",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*','Condition':{'Equals':{'aws:a':'b'}}}]} | Invalid Condition type : Equals",
                "{'Statement':[{'Effect':'Allow','Principal':'*','Action':'s3:GetObject','Resource':'arn:aws:s3:::bucket/*','Condition':{'StringEquals':{'a':'b'}}}]} | Policy has an invalid condition key"
            },
            quoteCharacter = '~')
    void whatIsNoPolicyIsSaidSo(String document, String text) {
        assertThatThrownBy(() -> PolicyParser.parse(document.replace('\'', '"'), "bucket"))
                .hasMessageContaining(text);
    }

    @Test
    void longPatternsDoNotTakeLong() {
        var pattern = "a*".repeat(2000) + "b";

        assertThat(Wildcard.matches(pattern, "a".repeat(5000))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            nullValues = "-",
            value = {
                "ForAllValues:StringEquals | a | ALLOWED",
                "ForAllValues:StringEquals | a,b | ALLOWED",
                "ForAllValues:StringEquals | a,c | SILENT",
                "ForAllValues:StringEquals | - | ALLOWED",
                "ForAnyValue:StringEquals | a,c | ALLOWED",
                "ForAnyValue:StringEquals | c | SILENT",
                "ForAnyValue:StringEquals | - | SILENT",
                "ForAllValues:StringNotEquals | c,d | ALLOWED",
                "ForAllValues:StringNotEquals | a,d | SILENT",
            })
    void keysWithSeveralValuesAreQuantified(String operator, String values, Decision expected) {
        var policy = policy("{'Effect':'Allow','Principal':'*','Action':'s3:PutObject',"
                + "'Resource':'arn:aws:s3:::bucket/*','Condition':{'" + operator
                + "':{'s3:RequestObjectTagKeys':['a','b']}}}");
        Map<String, String> context = values == null ? Map.of() : Map.of("s3:requestobjecttagkeys", values);

        assertThat(decide(policy, OTHER, "s3:PutObject", context)).isEqualTo(expected);
    }
}
