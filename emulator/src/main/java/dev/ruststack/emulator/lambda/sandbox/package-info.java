/** Places where a function's process can run, and what starts it there. Knows nothing of invocations. */
@NullMarked
package dev.ruststack.emulator.lambda.sandbox;

import org.jspecify.annotations.NullMarked;
