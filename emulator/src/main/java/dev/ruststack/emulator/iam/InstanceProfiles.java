package dev.ruststack.emulator.iam;

import dev.ruststack.emulator.aws.Identity;
import dev.ruststack.emulator.journal.KeptTable;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The actions on instance profiles, by name. AWS: IAM API Reference. */
final class InstanceProfiles {
    private final KeptTable<InstanceProfile> profiles;
    private final Roles roles;
    private final Clock clock;

    InstanceProfiles(KeptTable<InstanceProfile> profiles, Roles roles, Clock clock) {
        this.profiles = profiles;
        this.roles = roles;
        this.clock = clock;
    }

    Map<String, Roles.Action> actions() {
        return Map.of(
                "CreateInstanceProfile", this::create,
                "GetInstanceProfile", this::get,
                "DeleteInstanceProfile", this::delete,
                "ListInstanceProfiles", this::list,
                "ListInstanceProfilesForRole", this::listForRole,
                "AddRoleToInstanceProfile", this::addRole,
                "RemoveRoleFromInstanceProfile", this::removeRole);
    }

    private static String key(Identity caller, String name) {
        return caller.accountId() + "/" + name;
    }

    private InstanceProfile require(Form form, Identity caller) {
        var name = form.required("InstanceProfileName");
        var profile = profiles.get(key(caller, name));
        if (profile == null) {
            throw IamError.NO_SUCH_ENTITY.saying("Instance Profile " + name + " cannot be found.");
        }
        return profile;
    }

    private void create(Form form, Identity caller, Answer answer) {
        var name = form.only("InstanceProfileName", "Path", "Tags").required("InstanceProfileName");
        var path = Objects.requireNonNullElse(form.text("Path"), "/");
        var profile = new InstanceProfile(
                path,
                name,
                "AIPA" + Roles.id(),
                "arn:aws:iam::" + caller.accountId() + ":instance-profile" + path + name,
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString(),
                null,
                new TreeMap<>(form.tags()));
        profiles.change(key(caller, name), before -> {
            if (before != null) {
                throw IamError.ENTITY_ALREADY_EXISTS.saying("Instance Profile " + name + " already exists.");
            }
            return profile;
        });
        answer.element("InstanceProfile", one -> show(one, caller, profile));
    }

    private void show(Answer answer, Identity caller, InstanceProfile profile) {
        answer.text("Path", profile.path())
                .text("InstanceProfileName", profile.name())
                .text("InstanceProfileId", profile.id())
                .text("Arn", profile.arn())
                .text("CreateDate", profile.createDate())
                .list("Roles", roles.named(caller, profile.roleName()), Answer::role);
        if (!profile.tags().isEmpty()) {
            answer.tags(profile.tags());
        }
    }

    private void get(Form form, Identity caller, Answer answer) {
        var profile = require(form.only("InstanceProfileName"), caller);
        answer.element("InstanceProfile", one -> show(one, caller, profile));
    }

    private void delete(Form form, Identity caller, Answer answer) {
        var profile = require(form.only("InstanceProfileName"), caller);
        if (profile.roleName() != null) {
            throw IamError.DELETE_CONFLICT.saying(
                    "Cannot delete entity, must remove roles from instance profile first.");
        }
        profiles.remove(key(caller, profile.name()));
    }

    private void list(Form form, Identity caller, Answer answer) {
        var prefix =
                Objects.requireNonNullElse(form.only("PathPrefix", "MaxItems").text("PathPrefix"), "/");
        answer(caller, answer, profile -> profile.path().startsWith(prefix));
    }

    private void listForRole(Form form, Identity caller, Answer answer) {
        var role = roles.require(form.only("RoleName", "MaxItems"), caller);
        answer(caller, answer, profile -> role.roleName().equals(profile.roleName()));
    }

    private void answer(Identity caller, Answer answer, Predicate<InstanceProfile> filter) {
        var all = profiles.startingWith(key(caller, "")).values().stream()
                .filter(filter)
                .toList();
        answer.list("InstanceProfiles", all, (one, profile) -> show(one, caller, profile))
                .complete();
    }

    private void addRole(Form form, Identity caller, Answer answer) {
        var role = roles.require(form.only("InstanceProfileName", "RoleName"), caller);
        var profile = require(form, caller);
        if (profile.roleName() != null) {
            throw IamError.LIMIT_EXCEEDED.saying("Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1");
        }
        profiles.put(key(caller, profile.name()), profile.with(role.roleName()));
    }

    private void removeRole(Form form, Identity caller, Answer answer) {
        var role = roles.require(form.only("InstanceProfileName", "RoleName"), caller);
        var profile = require(form, caller);
        if (!role.roleName().equals(profile.roleName())) {
            throw IamError.NO_SUCH_ENTITY.saying("The role with name " + role.roleName() + " cannot be found.");
        }
        profiles.put(key(caller, profile.name()), profile.with(null));
    }
}
