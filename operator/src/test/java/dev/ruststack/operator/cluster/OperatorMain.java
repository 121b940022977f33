package dev.ruststack.operator.cluster;

import dev.ruststack.operator.Connection;
import dev.ruststack.operator.OperatorProcess;
import dev.ruststack.operator.desired.Platform;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/** The operator in a JVM of its own, which says how much heap it uses for each line that it is given. */
public final class OperatorMain {
    private OperatorMain() {}

    /** @param arguments address of the API server, token */
    public static void main(String[] arguments) throws IOException {
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl(arguments[0])
                .withOauthToken(arguments[1])
                .withTrustCerts(true)
                .build();
        var platform =
                Platform.from(Map.of("RELATED_IMAGE_EMULATOR", "emulator:test", "RELATED_IMAGE_RUNNER", "runner:test"));
        var process = new OperatorProcess(Connection.open(config), platform, Clock.systemUTC(), 0, () -> {});
        process.start();
        System.out.println("port " + process.healthPort());
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (lines.readLine() != null) {
            System.out.println("heap " + heap());
        }
        process.close();
    }

    /** In bytes, of what is in use. */
    static long heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
