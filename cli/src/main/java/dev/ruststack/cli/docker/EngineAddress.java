package dev.ruststack.cli.docker;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.ExitCode;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How containers reach this machine.
 *
 * @param dial the host that they dial
 * @param listen the address at which the ports for functions listen for that; null where they listen there anyway
 */
record EngineAddress(String dial, @Nullable String listen) {
    private static final String LOOPBACK = "127.0.0.1";

    /** What {@code host.docker.internal} is in containers. Engines in a virtual machine pass it on to this loopback. */
    static final String HOST = "host.docker.internal";

    /**
     * What is known of the engine.
     *
     * @param gateway the gateway of the containers' network; null where it has none
     * @param virtualMachine whether it runs in a virtual machine of this machine, as on macOS
     */
    record Engine(@Nullable String gateway, boolean virtualMachine) {}

    /**
     * Finds it out.
     *
     * @param given by the user; null: to be found out
     * @param bind what the other ports are bound to
     * @throws CommandException where it cannot be known
     */
    static EngineAddress of(@Nullable String given, String bind, Engine engine) {
        if (given != null) {
            return at(given, bind);
        }
        if (engine.virtualMachine()) {
            return new EngineAddress(HOST, isLoopback(bind) || isAny(bind) ? null : LOOPBACK);
        }
        var gateway = engine.gateway();
        if (gateway != null && isHere(gateway)) {
            return at(gateway, bind);
        }
        throw new CommandException(
                ExitCode.NOT_STARTED,
                "containers of this Docker engine have no known way to this machine"
                        + (gateway == null ? "" : ": the gateway of their network, " + gateway + ", is not of it"),
                "Say which address of this machine they reach: --container-address ADDRESS. The AWS port listens there"
                        + " too.");
    }

    /** Whether an engine is in a virtual machine, which the gateway of its network then is of. */
    static boolean virtualMachine(String engineSystem, String ownSystem) {
        return !ownSystem.toLowerCase(Locale.ROOT).contains("linux") || engineSystem.contains("Docker Desktop");
    }

    /** The address of a bridge of this machine, for older engines, which do not tell the gateway; null where it is none. */
    static @Nullable String ofBridge(String name) {
        try {
            var bridge = NetworkInterface.getByName(name);
            return bridge == null
                    ? null
                    : bridge.inetAddresses()
                            .filter(Inet4Address.class::isInstance)
                            .map(InetAddress::getHostAddress)
                            .findFirst()
                            .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static EngineAddress at(String address, String bind) {
        return new EngineAddress(address, isAny(bind) || bind.equals(address) ? null : address);
    }

    private static boolean isAny(String address) {
        return resolve(address).isAnyLocalAddress();
    }

    private static boolean isLoopback(String address) {
        return resolve(address).isLoopbackAddress();
    }

    private static boolean isHere(String address) {
        try {
            return NetworkInterface.getByInetAddress(resolve(address)) != null;
        } catch (IOException e) {
            return false;
        }
    }

    private static InetAddress resolve(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (IOException e) {
            throw new CommandException(ExitCode.USAGE, address + " is not an address of this machine");
        }
    }
}
