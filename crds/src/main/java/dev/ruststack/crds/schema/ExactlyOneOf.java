package dev.ruststack.crds.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An object in which exactly one of these fields is given. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ExactlyOneOf {
    String[] value();

    /**
     * Whether the CRD counts fields instead of asking a CEL rule, whose message is better: for objects that a resource may
     * hold so many of that the rule costs more than the API server allows. Only where these are all the fields.
     */
    boolean counted() default false;
}
