package dev.ruststack.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.DeleteConflictException;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.MalformedPolicyDocumentException;
import software.amazon.awssdk.services.iam.model.NoSuchEntityException;

/** Roles: what deployment tools make of them is kept and given back. */
class IamRolesTest {
    private static final String TRUST = "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\","
            + "\"Principal\":{\"Service\":\"lambda.amazonaws.com\"},\"Action\":\"sts:AssumeRole\"}]}";

    @AutoClose
    private static final GatewayStack STACK = new GatewayStack();

    @AutoClose
    private static final IamClient IAM = STACK.client(IamClient.builder());

    private static void create(String name) {
        IAM.createRole(create -> create.roleName(name).assumeRolePolicyDocument(TRUST));
    }

    private static String decoded(String document) {
        return URLDecoder.decode(document, StandardCharsets.UTF_8);
    }

    @Test
    void roleIsMadeReadChangedAndDeleted() {
        var made = IAM.createRole(create -> create.roleName("made")
                        .path("/app/")
                        .assumeRolePolicyDocument(TRUST)
                        .description("a & b")
                        .tags(tag -> tag.key("team").value("<web>")))
                .role();

        assertThat(made.arn()).isEqualTo("arn:aws:iam::000000000000:role/app/made");
        assertThat(made.roleId()).matches("AROA[A-Z2-7]{17}");
        assertThat(decoded(made.assumeRolePolicyDocument())).isEqualTo(TRUST);
        assertThat(made.maxSessionDuration()).isEqualTo(3600);

        IAM.updateRole(update -> update.roleName("made").description("new").maxSessionDuration(7200));
        IAM.updateAssumeRolePolicy(update -> update.roleName("made").policyDocument("{}"));
        IAM.tagRole(tag -> tag.roleName("made").tags(each -> each.key("more").value("1")));
        IAM.untagRole(untag -> untag.roleName("made").tagKeys("team"));
        var role = IAM.getRole(get -> get.roleName("made")).role();
        assertThat(role.description()).isEqualTo("new");
        assertThat(role.maxSessionDuration()).isEqualTo(7200);
        assertThat(decoded(role.assumeRolePolicyDocument())).isEqualTo("{}");
        assertThat(role.tags()).extracting(tag -> tag.key() + tag.value()).containsExactly("more1");
        assertThat(IAM.listRoleTags(list -> list.roleName("made")).tags()).hasSize(1);
        assertThat(IAM.listRoles(list -> list.pathPrefix("/app/")).roles()).hasSize(1);
        assertThat(IAM.listInstanceProfilesForRole(list -> list.roleName("made"))
                        .instanceProfiles())
                .isEmpty();

        IAM.deleteRole(delete -> delete.roleName("made"));
        assertThatThrownBy(() -> IAM.getRole(get -> get.roleName("made")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The role with name made cannot be found.");
    }

    @Test
    void policiesAreKeptAndMustGoBeforeTheRole() {
        create("policies");
        IAM.putRolePolicy(put -> put.roleName("policies").policyName("inline").policyDocument("{\"a\":1}"));
        IAM.attachRolePolicy(attach -> attach.roleName("policies")
                .policyArn("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));

        assertThat(IAM.listRolePolicies(list -> list.roleName("policies")).policyNames())
                .containsExactly("inline");
        assertThat(decoded(IAM.getRolePolicy(get -> get.roleName("policies").policyName("inline"))
                        .policyDocument()))
                .isEqualTo("{\"a\":1}");
        assertThat(IAM.listAttachedRolePolicies(list -> list.roleName("policies"))
                        .attachedPolicies())
                .extracting(policy -> policy.policyName())
                .containsExactly("AWSLambdaBasicExecutionRole");
        assertThatThrownBy(() -> IAM.deleteRole(delete -> delete.roleName("policies")))
                .isInstanceOf(DeleteConflictException.class)
                .hasMessageContaining("Cannot delete entity, must delete policies first.");

        IAM.deleteRolePolicy(delete -> delete.roleName("policies").policyName("inline"));
        IAM.detachRolePolicy(detach -> detach.roleName("policies")
                .policyArn("arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"));
        IAM.deleteRole(delete -> delete.roleName("policies"));
    }

    @Test
    void instanceProfileHoldsARole() {
        create("held");
        IAM.createInstanceProfile(create -> create.instanceProfileName("holder"));
        IAM.addRoleToInstanceProfile(add -> add.instanceProfileName("holder").roleName("held"));

        assertThat(IAM.getInstanceProfile(get -> get.instanceProfileName("holder"))
                        .instanceProfile()
                        .roles())
                .extracting(role -> role.roleName())
                .containsExactly("held");
        assertThat(IAM.listInstanceProfilesForRole(list -> list.roleName("held"))
                        .instanceProfiles())
                .hasSize(1);
        assertThatThrownBy(() -> IAM.deleteInstanceProfile(delete -> delete.instanceProfileName("holder")))
                .isInstanceOf(DeleteConflictException.class);

        IAM.removeRoleFromInstanceProfile(
                remove -> remove.instanceProfileName("holder").roleName("held"));
        IAM.deleteInstanceProfile(delete -> delete.instanceProfileName("holder"));
        assertThatThrownBy(() -> IAM.getInstanceProfile(get -> get.instanceProfileName("holder")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("Instance Profile holder cannot be found.");
    }

    @Test
    void mistakesAreNamed() {
        create("twice");

        assertThatThrownBy(() -> create("twice"))
                .isInstanceOf(EntityAlreadyExistsException.class)
                .hasMessageContaining("Role with name twice already exists.");
        assertThatThrownBy(
                        () -> IAM.createRole(create -> create.roleName("broken").assumeRolePolicyDocument("no json")))
                .isInstanceOf(MalformedPolicyDocumentException.class);
        assertThatThrownBy(() -> IAM.getRolePolicy(get -> get.roleName("twice").policyName("none")))
                .isInstanceOf(NoSuchEntityException.class)
                .hasMessageContaining("The role policy with name none cannot be found.");
    }

    @Test
    void everythingElseIsRefusedByName() {
        assertThatThrownBy(() -> IAM.createUser(create -> create.userName("u")))
                .isInstanceOfSatisfying(
                        IamException.class, e -> assertThat(e.statusCode()).isEqualTo(501))
                .hasMessageContaining("RustStack does not implement CreateUser of IAM.");
    }

    @Test
    void rolesOutliveTheProcess() throws Exception {
        try (var stack = new GatewayStack(true)) {
            try (var iam = stack.client(IamClient.builder())) {
                iam.createRole(create -> create.roleName("kept").assumeRolePolicyDocument(TRUST));
            }

            stack.restart();

            try (var iam = stack.client(IamClient.builder())) {
                assertThat(iam.getRole(get -> get.roleName("kept")).role().roleName())
                        .isEqualTo("kept");
            }
        }
    }
}
