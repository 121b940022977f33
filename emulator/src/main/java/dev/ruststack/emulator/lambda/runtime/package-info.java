/** The Runtime API: how a function's process takes events and answers them. One class a route. */
@NullMarked
package dev.ruststack.emulator.lambda.runtime;

import org.jspecify.annotations.NullMarked;
