package dev.ruststack.emulator.aws.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component, a list, stands as repeated elements without one around them. Where it is a list of a sealed interface,
 * each item has the element name of its own type.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface XmlFlattened {}
