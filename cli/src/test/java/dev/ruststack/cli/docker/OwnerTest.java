package dev.ruststack.cli.docker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OwnerTest {
    @Test
    void thisProcessHasNotGone() {
        assertThat(Owner.hasGone(Owner.here("shop").process())).isFalse();
    }

    @Test
    void aProcessThatIsNoMoreHasGone() throws Exception {
        var process = new ProcessBuilder("sleep", "0").start();
        process.waitFor();

        assertThat(Owner.hasGone(with(process.pid() + ".1"))).isTrue();
    }

    @Test
    void anotherProcessWithTheSameIdIsNotTakenForIt() {
        assertThat(Owner.hasGone(with(ProcessHandle.current().pid() + ".1"))).isTrue();
    }

    @Test
    void processesOfOtherMachinesAndOtherLabelsAreLeftAlone() {
        assertThat(Owner.hasGone("1.1@elsewhere/pid:[1]")).isFalse();
        assertThat(Owner.hasGone("")).isFalse();
        assertThat(Owner.hasGone(with("one.two"))).isFalse();
        assertThat(Owner.hasGone(with("1"))).isFalse();
    }

    private static String with(String process) {
        return Owner.here("shop").process().replaceFirst("^[^@]*", process);
    }
}
