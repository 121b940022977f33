package dev.ruststack.emulator.lambda;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The runtimes that Lambda knows by name. AWS: Lambda Developer Guide, Lambda runtimes. */
final class Runtimes {
    /** Those that functions may be created with. */
    private static final List<String> CURRENT = List.of(
            "nodejs18.x",
            "nodejs20.x",
            "nodejs22.x",
            "nodejs24.x",
            "nodejs26.x",
            "python3.9",
            "python3.10",
            "python3.11",
            "python3.12",
            "python3.13",
            "python3.14",
            "python3.15",
            "java8.al2",
            "java8.al2023",
            "java11",
            "java11.al2023",
            "java17",
            "java17.al2023",
            "java21",
            "java25",
            "dotnet8",
            "dotnet10",
            "ruby3.2",
            "ruby3.3",
            "ruby3.4",
            "ruby4.0",
            "provided.al2",
            "provided.al2023");

    /** Those that AWS no longer takes, each with what to use instead. */
    private static final Map<String, String> GONE = Map.ofEntries(
            Map.entry("nodejs", "nodejs24.x"),
            Map.entry("nodejs4.3", "nodejs24.x"),
            Map.entry("nodejs4.3-edge", "nodejs24.x"),
            Map.entry("nodejs6.10", "nodejs24.x"),
            Map.entry("nodejs8.10", "nodejs24.x"),
            Map.entry("nodejs10.x", "nodejs24.x"),
            Map.entry("nodejs12.x", "nodejs24.x"),
            Map.entry("nodejs14.x", "nodejs24.x"),
            Map.entry("nodejs16.x", "nodejs24.x"),
            Map.entry("python2.7", "python3.14"),
            Map.entry("python3.6", "python3.14"),
            Map.entry("python3.7", "python3.14"),
            Map.entry("python3.8", "python3.14"),
            Map.entry("java8", "java25"),
            Map.entry("dotnetcore1.0", "dotnet10"),
            Map.entry("dotnetcore2.0", "dotnet10"),
            Map.entry("dotnetcore2.1", "dotnet10"),
            Map.entry("dotnetcore3.1", "dotnet10"),
            Map.entry("dotnet6", "dotnet10"),
            Map.entry("go1.x", "provided.al2023"),
            Map.entry("ruby2.5", "ruby3.4"),
            Map.entry("ruby2.7", "ruby3.4"),
            Map.entry("provided", "provided.al2023"));

    private Runtimes() {}

    /** Every runtime that there is or was. */
    static List<String> known() {
        return Stream.concat(GONE.keySet().stream().sorted(), CURRENT.stream()).toList();
    }

    /** Throws {@code InvalidParameterValueException} where a function cannot be made with this runtime. */
    static void require(String runtime) {
        var successor = GONE.get(runtime);
        if (successor != null) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("The runtime parameter of " + runtime
                    + " is no longer supported for creating or updating AWS Lambda functions. We recommend you use "
                    + successor + " while creating or updating functions.");
        }
        if (!CURRENT.contains(runtime)) {
            throw LambdaError.INVALID_PARAMETER_VALUE.saying("Value " + runtime
                    + " at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: " + CURRENT
                    + " or be a valid ARN");
        }
    }
}
