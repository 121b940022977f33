package dev.ruststack.emulator.lambda.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ruststack.emulator.lambda.LambdaStack;
import java.util.ArrayList;
import java.util.Collections;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionVersion;
import software.amazon.awssdk.services.lambda.model.InvalidParameterValueException;
import software.amazon.awssdk.services.lambda.model.LambdaException;

class ListFunctionsTest {
    @AutoClose
    private static final LambdaStack STACK = new LambdaStack();

    private static final ArrayList<String> NAMES = new ArrayList<>();

    @BeforeAll
    static void create() {
        for (int i = 0; i < 53; i++) {
            NAMES.add("function-%02d".formatted(i));
        }
        var shuffled = new ArrayList<>(NAMES);
        Collections.shuffle(shuffled);
        shuffled.forEach(STACK::create);
    }

    @Test
    void pagesHaveAtMost50AndFollowEachOther() {
        var pages = STACK.client().listFunctionsPaginator().stream().toList();

        assertThat(pages).extracting(page -> page.functions().size()).containsExactly(50, 3);
        assertThat(pages.stream().flatMap(page -> page.functions().stream()))
                .extracting(FunctionConfiguration::functionName)
                .isEqualTo(NAMES);
    }

    @Test
    void maxItemsMakesThemShorter() {
        var page = STACK.client().listFunctions(list -> list.maxItems(2));
        var next = STACK.client().listFunctions(list -> list.maxItems(2).marker(page.nextMarker()));

        assertThat(page.functions()).hasSize(2);
        assertThat(next.functions().getFirst().functionName()).isEqualTo("function-02");
    }

    @Test
    void listedFunctionsHaveNoState() {
        var function = STACK.client().listFunctions().functions().getFirst();

        assertThat(function.state()).isNull();
        assertThat(function.lastUpdateStatus()).isNull();
        assertThat(function.functionArn()).endsWith(":function:function-00");
    }

    @Test
    void allVersionsAreNamedAsVersions() {
        var function = STACK.client()
                .listFunctions(list -> list.functionVersion(FunctionVersion.ALL))
                .functions()
                .getFirst();

        assertThat(function.functionArn()).endsWith(":function:function-00:$LATEST");
    }

    @Test
    void badParametersAreRefused() {
        assertThatThrownBy(() -> STACK.client().listFunctions(list -> list.maxItems(0)))
                .isInstanceOf(LambdaException.class)
                .hasMessageContaining("1 validation error detected: Value '0' at 'maxItems' failed to satisfy "
                        + "constraint: Member must have value greater than or equal to 1");
        assertThatThrownBy(() -> STACK.client().listFunctions(list -> list.marker("!")))
                .isInstanceOf(InvalidParameterValueException.class);
        assertThat(STACK.send("GET", "/2015-03-31/functions/?MaxItems=many", null)
                        .statusCode())
                .isEqualTo(400);
    }
}
