package dev.ruststack.emulator.httpfront;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
    private static RouteTable table(String... routes) {
        return new RouteTable(List.of(api("one", routes)));
    }

    private static Api api(String name, String... routes) {
        return Api.declared(
                "000000000000",
                name,
                "prod",
                List.of(),
                Arrays.stream(routes)
                        .map(route -> route.split(" "))
                        .map(words -> new Route(words[0], words[1], "f"))
                        .toList());
    }

    private static String found(RouteTable table, String method, String path) {
        var match = table.find(method, path);
        return match == null
                ? "none"
                : match.route().method() + " " + match.route().path();
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, GET /orders",
        "/orders/, GET /orders",
        "/orders/new, GET /orders/new",
        "/orders/7, GET /orders/{id}",
        "/orders/7/, GET /orders/{id}",
        "/orders/7/lines, GET /{proxy+}",
        "/orders/new/lines, GET /{proxy+}",
        "/else/where, GET /{proxy+}",
        "/, GET /",
        "//, GET /",
    })
    void mostSpecificResourceAnswers(String path, String route) {
        var table = table("GET /", "GET /orders", "GET /orders/new", "GET /orders/{id}", "GET /{proxy+}");

        assertThat(found(table, "GET", path)).isEqualTo(route);
    }

    @Test
    void exactMethodComesBeforeAny() {
        var table = table("ANY /orders", "POST /orders");

        assertThat(found(table, "POST", "/orders")).isEqualTo("POST /orders");
        assertThat(found(table, "PATCH", "/orders")).isEqualTo("ANY /orders");
    }

    @Test
    void resourceWithoutTheMethodDoesNotLeaveItToALessSpecificOne() {
        var table = table("GET /orders", "ANY /{proxy+}");

        assertThat(found(table, "POST", "/orders")).isEqualTo("none");
        assertThat(found(table, "POST", "/other")).isEqualTo("ANY /{proxy+}");
    }

    @Test
    void greedyDoesNotTakeTheRoot() {
        assertThat(found(table("ANY /{proxy+}"), "GET", "/")).isEqualTo("none");
    }

    @Test
    void pathBetweenResourcesIsNone() {
        assertThat(found(table("GET /a/b/c"), "GET", "/a/b")).isEqualTo("none");
    }

    @Test
    void parametersTakeWhatWasSent() {
        var table = table("GET /users/{user}/files/{path+}");

        var match = table.find("GET", "/users/a%20b/files/x%2By/z/");

        assertThat(match).isNotNull();
        assertThat(match.pathParameters()).isEqualTo(Map.of("user", "a%20b", "path", "x%2By/z"));
    }

    @Test
    void siblingsMayNameTheirParameterDifferently() {
        var table = table("GET /orders/{id}", "GET /orders/{order}/lines");

        var match = table.find("GET", "/orders/7/lines");

        assertThat(match).isNotNull();
        assertThat(match.pathParameters()).isEqualTo(Map.of("order", "7"));
    }

    @Test
    void sameMethodAndPathTwiceIsRefused() {
        assertThatThrownBy(() -> new RouteTable(List.of(api("one", "GET /a/{b}"), api("two", "GET /a/{c}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("GET /a/{c} is GET /a/{b} too");
    }

    @Test
    void greedyMustBeLast() {
        assertThatThrownBy(() -> table("GET /{proxy+}/a")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void literalsAreFoundEncodedToo() {
        assertThat(found(table("GET /orders"), "GET", "/%6Frders")).isEqualTo("GET /orders");
    }
}
