package dev.ruststack.cli.conformance;

/** Lambda, and the logs of its functions, by their clients. */
class LambdaConformance extends ServiceConformance {
    LambdaConformance() {
        super(Matter.LAMBDA);
    }
}
