package dev.ruststack.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts tell a mistake of theirs from a stack that is not Ready by the exit code. */
class WaitCommandTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "orders --for=Deleted",
                "orders --timeout=9x",
                "orders --timeout=",
                "orders other",
                "orders --until"
            })
    void misuseIsExitCodeTwo(String arguments) {
        assertThat(WaitCommand.run(arguments.isEmpty() ? List.of() : List.of(arguments.split(" "))))
                .isEqualTo(2);
    }
}
