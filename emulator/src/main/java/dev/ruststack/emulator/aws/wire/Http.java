package dev.ruststack.emulator.aws.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Where an operation lives: {@code "GET /{Bucket}/{Key+}?tagging"}, in the words of Smithy's {@code http} trait. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Http {
    /** Method, path with labels ({@code +} takes the rest of the path) and query literals that must be there. */
    String value();

    /** The status of success. */
    int code() default 200;

    /** A request header that must be present, which tells CopyObject from PutObject; empty for none. */
    String header() default "";
}
