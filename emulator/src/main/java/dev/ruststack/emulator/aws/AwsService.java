package dev.ruststack.emulator.aws;

import dev.ruststack.emulator.http.ExchangeHandler;

/** One service behind the AWS port; {@link ServiceRouter} hands it the requests that are its own. */
public interface AwsService extends ExchangeHandler {
    /** The name in credential scopes, such as {@code s3} or {@code lambda}. */
    String name();

    /** Has every call told to an observer from now on; there is one. */
    default void observe(CallObserver observer) {}
}
