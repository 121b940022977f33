package dev.ruststack.operator.desired;

import dev.ruststack.crds.LambdaSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses of a stack, as they are told to applications, functions and users. */
public final class Endpoints {
    private Endpoints() {}

    /** AWS, for every pod of the cluster. */
    public static String aws(Stack stack) {
        return "http://" + Names.authority(Names.host(stack), Names.AWS_PORT);
    }

    /** AWS by address; null while the Service has none. */
    public static @Nullable String byAddress(Facts facts) {
        return facts.serviceIp() == null ? null : "http://" + Names.authority(facts.serviceIp(), Names.AWS_PORT);
    }

    /** S3: by address, so that no SDK puts a bucket's name before it; by name only while there is no address. */
    public static String s3(Stack stack, Facts facts) {
        var address = byAddress(facts);
        return address == null ? aws(stack) : address;
    }

    /** The HTTP front: the stack's REST APIs. */
    public static String front(Stack stack) {
        return "http://" + Names.authority(Names.host(stack), Names.FRONT_PORT);
    }

    /** The HTTP front from outside the cluster; null where it is not exposed by an Ingress or a route. */
    public static @Nullable String external(Stack stack) {
        var exposure = stack.spec().exposure();
        var ingress = exposure.ingress();
        if (ingress != null) {
            return (ingress.tlsSecretRef() == null ? "http://" : "https://") + ingress.host();
        }
        var route = exposure.httpRoute();
        return route == null || route.hostnames().isEmpty()
                ? null
                : "http://" + route.hostnames().getFirst();
    }

    /** AWS as functions see it. As processes of the emulator's pod they need no network for it. */
    static String ofFunctions(Stack stack) {
        return isProcess(stack) ? "http://127.0.0.1:" + Names.AWS_PORT : aws(stack);
    }

    static String s3OfFunctions(Stack stack, Facts facts) {
        return isProcess(stack) ? ofFunctions(stack) : s3(stack, facts);
    }

    private static boolean isProcess(Stack stack) {
        return stack.spec().lambda().executor().equals(LambdaSpec.PROCESS);
    }

    /** Where runners connect to: the pod itself, when it is known, for one hop less. */
    static String runtime(Stack stack, Facts facts) {
        var host = facts.emulatorIp() == null ? facts.runtimeIp() : facts.emulatorIp();
        return Names.authority(
                host == null ? Names.runtimeService(stack) + "." + stack.namespace() + ".svc" : host,
                Names.RUNTIME_PORT);
    }

    /** Every name that the AWS port is known by: a Host header of "bucket." and one of these names a bucket. */
    static List<String> hosts(Stack stack, Platform platform) {
        var host = Names.host(stack);
        return List.of(
                stack.name(), stack.name() + "." + stack.namespace(), host, host + "." + platform.clusterDomain());
    }
}
