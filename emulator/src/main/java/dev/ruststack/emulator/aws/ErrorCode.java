package dev.ruststack.emulator.aws;

/**
 * One error that a service documents: an enum constant of its error table. Thrown in one word,
 * {@code throw S3Error.NO_SUCH_KEY.with("Key", key)}, and rendered in one place by the service's {@link Protocol}.
 */
public interface ErrorCode {
    /** The code as it stands on the wire, such as {@code NoSuchKey}. */
    String code();

    /** The HTTP status. */
    int status();

    /** The text AWS sends where nothing more exact is said. */
    String message();

    /** This error with its usual text. */
    default AwsException error() {
        return new AwsException(this, message());
    }

    /** This error with a text of its own. */
    default AwsException saying(String text) {
        return new AwsException(this, text);
    }

    /** This error with its usual text and one extra element, such as {@code Key}. */
    default AwsException with(String name, String value) {
        return error().with(name, value);
    }
}
