package dev.ruststack.emulator.aws.wire;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The component is the body: a record for a document, {@link dev.ruststack.emulator.aws.Payload} for a request stream, {@link dev.ruststack.emulator.http.Body} for a response stream. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface HttpPayload {}
