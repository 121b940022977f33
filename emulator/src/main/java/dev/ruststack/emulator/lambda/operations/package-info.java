/** The operations of Lambda, one class each. */
@NullMarked
package dev.ruststack.emulator.lambda.operations;

import org.jspecify.annotations.NullMarked;
