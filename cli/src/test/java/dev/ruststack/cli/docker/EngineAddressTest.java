package dev.ruststack.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.cli.CommandException;
import dev.ruststack.cli.docker.EngineAddress.Engine;
import org.junit.jupiter.api.Test;

class EngineAddressTest {
    private static final String LOOPBACK = "127.0.0.1";

    /** The gateway of an engine on this machine is an address of it; this one is on every machine. */
    private static final String OWN = "127.0.0.1";

    /** Of no machine: RFC 5737. */
    private static final String FOREIGN = "192.0.2.1";

    @Test
    void theGatewayIsTheWayToAMachineThatHasIt() {
        assertThat(EngineAddress.of(null, "127.0.0.2", new Engine(OWN, false))).isEqualTo(new EngineAddress(OWN, OWN));
    }

    @Test
    void nothingListensTwiceWhereAllAddressesAreBound() {
        assertThat(EngineAddress.of(null, "0.0.0.0", new Engine(OWN, false))).isEqualTo(new EngineAddress(OWN, null));
        assertThat(EngineAddress.of(null, OWN, new Engine(OWN, false))).isEqualTo(new EngineAddress(OWN, null));
    }

    @Test
    void enginesInAVirtualMachinePassOnToTheLoopback() {
        assertThat(EngineAddress.of(null, LOOPBACK, new Engine(OWN, true)))
                .isEqualTo(new EngineAddress("host.docker.internal", null));
        assertThat(EngineAddress.of(null, FOREIGN, new Engine(OWN, true)))
                .isEqualTo(new EngineAddress("host.docker.internal", LOOPBACK));
    }

    @Test
    void aForeignGatewayAsksForTheAddress() {
        assertThatThrownBy(() -> EngineAddress.of(null, LOOPBACK, new Engine(FOREIGN, false)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining(FOREIGN)
                .extracting(thrown -> ((CommandException) thrown).remedy())
                .asString()
                .contains("--container-address");
        assertThatThrownBy(() -> EngineAddress.of(null, LOOPBACK, new Engine(null, false)))
                .isInstanceOf(CommandException.class);
    }

    @Test
    void theGivenAddressIsTaken() {
        assertThat(EngineAddress.of(FOREIGN, LOOPBACK, new Engine(null, false)))
                .isEqualTo(new EngineAddress(FOREIGN, FOREIGN));
    }

    @Test
    void macAndDockerDesktopAreVirtualMachines() {
        assertThat(EngineAddress.virtualMachine("Ubuntu 24.04", "Mac OS X")).isTrue();
        assertThat(EngineAddress.virtualMachine("Docker Desktop", "Linux")).isTrue();
        assertThat(EngineAddress.virtualMachine("Debian GNU/Linux 12", "Linux")).isFalse();
    }
}
