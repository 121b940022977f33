package dev.ruststack.emulator.aws.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The component, a text, is an attribute of its record's element, in the namespace of XML Schema instances: the only
 * attribute that AWS's documents have is {@code xsi:type}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface XmlAttribute {
    /** The name without its prefix. */
    String value();
}
