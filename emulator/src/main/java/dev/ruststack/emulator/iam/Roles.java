package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.journal.KeptTable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The actions on roles, by name. AWS: IAM API Reference. */
final class Roles {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int USUAL_SESSION = 3600;

    private final KeptTable<Role> roles;
    private final Clock clock;

    Roles(KeptTable<Role> roles, Clock clock) {
        this.roles = roles;
        this.clock = clock;
    }

    /** What an action does: puts its result into the answer. */
    @FunctionalInterface
    interface Action {
        void answer(Form form, Identity caller, Answer answer);
    }

    Map<String, Action> actions() {
        return Map.ofEntries(
                Map.entry("CreateRole", this::create),
                Map.entry("GetRole", this::get),
                Map.entry("ListRoles", this::list),
                Map.entry("UpdateRole", this::update),
                Map.entry("UpdateRoleDescription", this::update),
                Map.entry("DeleteRole", this::delete),
                Map.entry("UpdateAssumeRolePolicy", this::updateTrust),
                Map.entry("PutRolePolicy", this::putPolicy),
                Map.entry("GetRolePolicy", this::getPolicy),
                Map.entry("DeleteRolePolicy", this::deletePolicy),
                Map.entry("ListRolePolicies", this::listPolicies),
                Map.entry("AttachRolePolicy", this::attach),
                Map.entry("DetachRolePolicy", this::detach),
                Map.entry("ListAttachedRolePolicies", this::listAttached),
                Map.entry("TagRole", this::tag),
                Map.entry("UntagRole", this::untag),
                Map.entry("ListRoleTags", this::tags));
    }

    private static String key(Identity caller, String name) {
        return caller.accountId() + "/" + name;
    }

    /** The role that a call names. */
    Role require(Form form, Identity caller) {
        var name = form.required("RoleName");
        var role = roles.get(key(caller, name));
        if (role == null) {
            throw IamError.NO_SUCH_ENTITY.saying("The role with name " + name + " cannot be found.");
        }
        return role;
    }

    /** The role of a name in a list; none where there is none. */
    List<Role> named(Identity caller, @Nullable String name) {
        var role = name == null ? null : roles.get(key(caller, name));
        return role == null ? List.of() : List.of(role);
    }

    private void change(Form form, Identity caller, UnaryOperator<Role> change) {
        require(form, caller);
        roles.change(
                key(caller, form.required("RoleName")),
                before -> change.apply(before == null ? require(form, caller) : before));
    }

    private void create(Form form, Identity caller, Answer answer) {
        form.only(
                "RoleName",
                "AssumeRolePolicyDocument",
                "Path",
                "Description",
                "MaxSessionDuration",
                "PermissionsBoundary",
                "Tags");
        var name = form.required("RoleName");
        if (!name.matches("[\\w+=,.@-]{1,64}")) {
            throw IamError.VALIDATION_ERROR.saying(
                    "The specified value for roleName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-");
        }
        var path = Objects.requireNonNullElse(form.text("Path"), "/");
        var role = new Role(
                path,
                name,
                "AROA" + id(),
                "arn:aws:iam::" + caller.accountId() + ":role" + path + name,
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                form.policy("AssumeRolePolicyDocument"),
                form.text("Description"),
                Objects.requireNonNullElse(form.number("MaxSessionDuration"), USUAL_SESSION),
                form.text("PermissionsBoundary"),
                new TreeMap<>(form.tags()),
                new TreeMap<>(),
                new TreeMap<>());
        roles.change(key(caller, name), before -> {
            if (before != null) {
                throw IamError.ENTITY_ALREADY_EXISTS.saying("Role with name " + name + " already exists.");
            }
            return role;
        });
        show(role, answer);
    }

    static String id() {
        var id = new StringBuilder();
        for (int i = 0; i < 17; i++) {
            id.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    private static void show(Role role, Answer answer) {
        answer.element("Role", one -> {
            one.role(role);
            if (!role.tags().isEmpty()) {
                one.tags(role.tags());
            }
        });
    }

    private void get(Form form, Identity caller, Answer answer) {
        show(require(form.only("RoleName"), caller), answer);
    }

    private void list(Form form, Identity caller, Answer answer) {
        var prefix =
                Objects.requireNonNullElse(form.only("PathPrefix", "MaxItems").text("PathPrefix"), "/");
        var all = roles.startingWith(key(caller, "")).values().stream()
                .filter(role -> role.path().startsWith(prefix))
                .toList();
        answer.list("Roles", all, Answer::role).complete();
    }

    private void update(Form form, Identity caller, Answer answer) {
        form.only("RoleName", "Description", "MaxSessionDuration");
        change(form, caller, role -> role.with(form.text("Description"), form.number("MaxSessionDuration")));
        if (form.action().equals("UpdateRoleDescription")) {
            show(require(form, caller), answer);
        }
    }

    private void delete(Form form, Identity caller, Answer answer) {
        var role = require(form.only("RoleName"), caller);
        if (!role.inline().isEmpty()) {
            throw IamError.DELETE_CONFLICT.error();
        }
        if (!role.attached().isEmpty()) {
            throw IamError.DELETE_CONFLICT.saying("Cannot delete entity, must detach all policies first.");
        }
        roles.remove(key(caller, role.roleName()));
    }

    private void updateTrust(Form form, Identity caller, Answer answer) {
        var document = form.only("RoleName", "PolicyDocument").policy("PolicyDocument");
        change(form, caller, role -> role.withTrust(document));
    }

    private void putPolicy(Form form, Identity caller, Answer answer) {
        form.only("RoleName", "PolicyName", "PolicyDocument");
        var name = form.required("PolicyName");
        var document = form.policy("PolicyDocument");
        change(form, caller, role -> role.inlined(all -> all.put(name, document)));
    }

    private static String requirePolicy(Role role, String name) {
        var document = role.inline().get(name);
        if (document == null) {
            throw IamError.NO_SUCH_ENTITY.saying("The role policy with name " + name + " cannot be found.");
        }
        return document;
    }

    private void getPolicy(Form form, Identity caller, Answer answer) {
        var role = require(form.only("RoleName", "PolicyName"), caller);
        var name = form.required("PolicyName");
        answer.text("RoleName", role.roleName())
                .text("PolicyName", name)
                .document("PolicyDocument", requirePolicy(role, name));
    }

    private void deletePolicy(Form form, Identity caller, Answer answer) {
        var name = form.only("RoleName", "PolicyName").required("PolicyName");
        requirePolicy(require(form, caller), name);
        change(form, caller, role -> role.inlined(all -> all.remove(name)));
    }

    private void listPolicies(Form form, Identity caller, Answer answer) {
        var role = require(form.only("RoleName", "MaxItems"), caller);
        answer.texts("PolicyNames", role.inline().keySet()).complete();
    }

    private void attach(Form form, Identity caller, Answer answer) {
        var arn = form.only("RoleName", "PolicyArn").required("PolicyArn");
        if (!arn.startsWith("arn:")) {
            throw IamError.VALIDATION_ERROR.saying("ARN " + arn + " is not valid.");
        }
        change(form, caller, role -> role.attaching(all -> all.put(arn, arn.substring(arn.lastIndexOf('/') + 1))));
    }

    private void detach(Form form, Identity caller, Answer answer) {
        var arn = form.only("RoleName", "PolicyArn").required("PolicyArn");
        if (!require(form, caller).attached().containsKey(arn)) {
            throw IamError.NO_SUCH_ENTITY.saying("Policy " + arn + " was not found.");
        }
        change(form, caller, role -> role.attaching(all -> all.remove(arn)));
    }

    private void listAttached(Form form, Identity caller, Answer answer) {
        var role = require(form.only("RoleName", "PathPrefix", "MaxItems"), caller);
        answer.list(
                        "AttachedPolicies",
                        role.attached().entrySet(),
                        (one, policy) ->
                                one.text("PolicyName", policy.getValue()).text("PolicyArn", policy.getKey()))
                .complete();
    }

    private void tag(Form form, Identity caller, Answer answer) {
        var tags = form.only("RoleName", "Tags").tags();
        change(form, caller, role -> role.tagged(all -> all.putAll(tags)));
    }

    private void untag(Form form, Identity caller, Answer answer) {
        var keys = form.only("RoleName", "TagKeys").texts("TagKeys");
        change(form, caller, role -> role.tagged(all -> all.keySet().removeAll(keys)));
    }

    private void tags(Form form, Identity caller, Answer answer) {
        var role = require(form.only("RoleName", "MaxItems"), caller);
        answer.tags(role.tags()).complete();
    }
}
