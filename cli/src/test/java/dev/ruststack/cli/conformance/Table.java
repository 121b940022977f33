package dev.ruststack.cli.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The pages of docs that are made from what was verified. */
record Table(Matter matter, Features features, List<Result> results) {
    /** The table of all clients. */
    String main() {
        var lines = new ArrayList<String>();
        lines.add("# " + matter.title() + ", verified by client");
        lines.add("");
        lines.add("Made by `" + matter.title()
                + "Conformance` from a run of the suites in [conformance](../conformance/README.md): unmodified");
        lines.add(
                "clients with their default settings, all against one stack that `./ruststack up` runs and that verifies");
        lines.add(
                "signatures. ✓ is a check that passed; where a cell is empty, nothing is claimed of that client. What the");
        lines.add(
                "emulator's own tests verify through the SDK for Java, of many more operations, is listed on [its page]("
                        + matter.javaPage() + ").");
        lines.add("");
        lines.add("| client | version |");
        lines.add("|---|---|");
        for (var client : matter.clients()) {
            lines.add("| " + client.title() + " | " + versions(client) + " |");
        }
        features.byHeading().forEach((heading, all) -> section(lines, heading, all));
        return String.join("\n", lines) + "\n";
    }

    private String versions(Client client) {
        return results.stream()
                .filter(result -> result.client() == client)
                .map(Result::version)
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private void section(List<String> lines, String heading, List<String> all) {
        var clients = matter.clients().stream()
                .filter(client -> client == Client.JAVA || all.stream().anyMatch(feature -> verified(client, feature)))
                .toList();
        lines.addAll(List.of("", "## " + heading, ""));
        lines.add("| operation | verified |"
                + clients.stream().map(client -> " " + client.title() + " |").collect(Collectors.joining()));
        lines.add("|---|---|" + ":-:|".repeat(clients.size()));
        Features.byOperation(all).forEach((operation, each) -> {
            var name = operation;
            for (var feature : each) {
                lines.add("| " + name + " | " + feature + " |" + row(clients, operation, feature, !name.isEmpty()));
                name = "";
            }
        });
    }

    private String row(List<Client> clients, String operation, String feature, boolean first) {
        return clients.stream()
                .map(client -> {
                    boolean is = client == Client.JAVA
                            ? first && javaVerified(operation)
                            : verified(client, operation + ": " + feature);
                    return !is
                            ? "  |"
                            : client == Client.JAVA
                                    ? " [tests](" + matter.javaPage() + anchor(operation) + ") |"
                                    : " ✓ |";
                })
                .collect(Collectors.joining());
    }

    private static String operation(String feature) {
        return feature.substring(0, feature.indexOf(':'));
    }

    private boolean verified(Client client, String feature) {
        return results.stream()
                .anyMatch(
                        result -> result.client() == client && result.feature().equals(feature));
    }

    private boolean javaVerified(String operation) {
        return results.stream()
                .anyMatch(result ->
                        result.client() == Client.JAVA && subject(result).equals(subject(operation)));
    }

    private static String subject(Result result) {
        return subject(result.operation());
    }

    /** ObjectLock and Object lock are one. */
    private static String subject(String name) {
        return name.replace(" ", "").toLowerCase(Locale.ROOT);
    }

    private static String anchor(String operation) {
        return "#" + subject(operation);
    }

    /** The page of the SDK for Java: the names of the tests, which are sentences. */
    String java() {
        var byOperation = new TreeMap<String, TreeSet<String>>();
        results.stream()
                .filter(result -> result.client() == Client.JAVA)
                .forEach(result -> byOperation
                        .computeIfAbsent(result.operation(), any -> new TreeSet<>())
                        .add(sentence(result.test())));
        var lines = new ArrayList<String>();
        lines.add("# " + matter.title() + ", verified through the SDK for Java v2");
        lines.add("");
        lines.add(
                "The emulator's own tests by the operation that they are about, made by a run of them; a part of the table of");
        lines.add("[all clients](" + matter.table()
                + "). Their names are the list: what a test is called is what it verifies.");
        byOperation.forEach((operation, sentences) -> {
            lines.addAll(List.of("", "## " + operation, ""));
            sentences.forEach(sentence -> lines.add("- " + sentence));
        });
        return String.join("\n", lines) + "\n";
    }

    private static String sentence(String method) {
        return method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
    }
}
