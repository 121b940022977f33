package dev.ruststack.operator.desired;

import dev.ruststack.crds.LambdaSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What neither the schema nor its CEL rules can say of a stack: what this platform has and allows. */
public final class Validate {
    private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]{0,48}[a-z0-9])?");

    private final Stack stack;
    private final Platform platform;
    private final List<Problem> problems = new ArrayList<>();

    private Validate(Stack stack, Platform platform) {
        this.stack = stack;
        this.platform = platform;
    }

    /** Every problem of the stack here; with none it can be brought about. */
    public static List<Problem> problems(Stack stack, Platform platform) {
        var validate = new Validate(stack, platform);
        validate.name();
        validate.executor();
        validate.runners();
        validate.runtimes();
        validate.lifetime();
        validate.exposure();
        validate.binding();
        validate.variables();
        return List.copyOf(validate.problems);
    }

    /** The schema says so too; a resource of an older one may be stored. */
    private void name() {
        if (!NAME.matcher(stack.name()).matches()) {
            add(
                    "metadata.name",
                    "begins with a letter, has lower-case letters, digits and '-', and at most 50 of them");
        }
    }

    private void executor() {
        if (stack.spec().lambda().executor().equals(LambdaSpec.DOCKER)) {
            add("spec.lambda.executor", "Docker is for one machine: a cluster runs functions as Pods or Process");
        }
    }

    private void runners() {
        var lambda = stack.spec().lambda();
        var most = platform.limits().maxRunners();
        if (lambda.maxRunners() > most
                && lambda.maxRunners() != LambdaSpec.DEFAULT.maxRunners().intValue()) {
            add("spec.lambda.maxRunners", lambda.maxRunners() + " is more than this operator allows: " + most);
        }
        var kept = stack.spec().functions().stream()
                        .mapToInt(function -> function.minRunners())
                        .sum()
                + lambda.warmPool().stream().mapToInt(pool -> pool.size()).sum();
        var allowed = platform.maxRunners(stack);
        if (kept > allowed && lambda.executor().equals(LambdaSpec.PODS)) {
            add(
                    "spec.lambda.maxRunners",
                    "the warm pools and the functions' minRunners together are " + kept + ", more than the " + allowed
                            + " that the stack may have");
        }
    }

    private void runtimes() {
        var lambda = stack.spec().lambda();
        if (!lambda.executor().equals(LambdaSpec.PODS)) {
            return;
        }
        var functions = stack.spec().functions();
        for (int i = 0; i < functions.size(); i++) {
            runtime(functions.get(i).runtime(), "spec.functions[" + i + "].runtime");
        }
        for (int i = 0; i < lambda.warmPool().size(); i++) {
            runtime(lambda.warmPool().get(i).runtime(), "spec.lambda.warmPool[" + i + "].runtime");
        }
    }

    private void runtime(@Nullable String runtime, String path) {
        if (runtime != null && platform.runtimeImage(stack, runtime) == null) {
            add(path, "no image is known for " + runtime + ": name one in spec.lambda.images");
        }
    }

    private void lifetime() {
        var lifetime = stack.spec().lifetime();
        var seconds = lifetime == null ? null : lifetime.ttlSeconds();
        var most = platform.limits().maxTtlSeconds();
        if (seconds == null) {
            if (most != null) {
                add("spec.lifetime.ttlSeconds", "this operator wants every stack to end: at most after " + most);
            }
            return;
        }
        if (!platform.features().ttl()) {
            add("spec.lifetime.ttlSeconds", "this operator may not delete stacks (ttl.enabled of its chart)");
        }
        if (most != null && seconds > most) {
            add("spec.lifetime.ttlSeconds", seconds + " is more than this operator allows: " + most);
        }
    }

    private void exposure() {
        var exposure = stack.spec().exposure();
        if (exposure.ingress() != null && !platform.features().ingress()) {
            add("spec.exposure.ingress", "this operator makes no Ingress (ingress.enabled of its chart)");
        }
        if (exposure.httpRoute() != null && !platform.features().gatewayApi()) {
            add("spec.exposure.httpRoute", "this operator makes no HTTPRoute (gatewayApi.enabled of its chart)");
        }
    }

    /** The Secret must be the operator's alone: not one of its own others, and not the user's. */
    private void binding() {
        var name = stack.spec().binding().secretName();
        var taken =
                List.of(Names.credentialsSecret(stack), Names.generatedCredentials(stack), Names.internalSecret(stack));
        if (name != null && (taken.contains(name) || name.matches(Pattern.quote(stack.name()) + "-seed(-[0-9]+)?"))) {
            add("spec.binding.secretName", name + " is another Secret of this stack");
        }
    }

    private void variables() {
        var variables = stack.spec().emulator().env();
        for (int i = 0; i < variables.size(); i++) {
            var name = Objects.requireNonNull(variables.get(i).name());
            if (EmulatorVariables.isReserved(name)) {
                add("spec.emulator.env[" + i + "].name", name + " is the operator's to set");
            }
        }
    }

    private void add(String fieldPath, String message) {
        problems.add(new Problem(fieldPath, message));
    }
}
