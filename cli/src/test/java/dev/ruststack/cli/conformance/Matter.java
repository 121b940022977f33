package dev.ruststack.cli.conformance;

import dev.ruststack.cli.launcher.Launcher;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A service that clients verify, with its pages in docs and the order of its table. */
enum Matter {
    S3("S3", "features.txt", List.of(Client.values())),
    LAMBDA(
            "Lambda",
            "features-lambda.txt",
            List.of(Client.JAVA, Client.BOTO3, Client.AWSCLI, Client.JAVASCRIPT, Client.GO));

    private final String title;
    private final String features;
    private final List<Client> clients;

    Matter(String title, String features, List<Client> clients) {
        this.title = title;
        this.features = features;
        this.clients = clients;
    }

    String title() {
        return title;
    }

    /** In the order of the table's columns. */
    List<Client> clients() {
        return clients;
    }

    String featuresFile() {
        return features;
    }

    Path features() {
        return Tools.SUITES.resolve(features);
    }

    String table() {
        return "conformance-" + title.toLowerCase(Locale.ROOT) + ".md";
    }

    String javaPage() {
        return "conformance-" + title.toLowerCase(Locale.ROOT) + "-java.md";
    }

    static Path inDocs(String page) {
        return Launcher.ROOT.resolve("docs").resolve(page);
    }
}
