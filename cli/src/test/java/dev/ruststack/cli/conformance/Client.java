package dev.ruststack.cli.conformance;

import java.util.Locale;

/** A client of the stack, in the order of the table's columns. */
enum Client {
    JAVA("SDK for Java v2"),
    BOTO3("boto3"),
    AWSCLI("AWS CLI"),
    JAVASCRIPT("SDK for JavaScript v3"),
    GO("SDK for Go v2"),
    RCLONE("rclone"),
    S3CMD("s3cmd"),
    ANSIBLE("Ansible");

    private final String title;

    Client(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** As its suite calls it. */
    static Client of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }
}
