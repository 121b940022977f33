/** HTTP in front of functions: API Gateway's proxy integration. */
@NullMarked
package dev.ruststack.emulator.httpfront;

import org.jspecify.annotations.NullMarked;
