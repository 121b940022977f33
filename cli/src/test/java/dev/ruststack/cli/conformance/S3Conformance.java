package dev.ruststack.cli.conformance;

/** S3 by its clients. */
class S3Conformance extends ServiceConformance {
    S3Conformance() {
        super(Matter.S3);
    }
}
