package dev.ruststack.crds.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a text, in characters. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE_USE)
public @interface Text {
    int min() default 0;

    int max();

    /** A regular expression that the whole text matches; only syntax that Java and RE2 share. */
    String pattern() default "";

    /** The pattern in words, to complete "must be …". */
    String means() default "";
}
