/** Event source mappings: a stream of DynamoDB is read, and a function invoked with what is in it. */
@NullMarked
package dev.ruststack.emulator.lambda.eventsource;

import org.jspecify.annotations.NullMarked;
