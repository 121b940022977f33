/** Logging, configured in code. */
@NullMarked
package dev.ruststack.cli.logging;

import org.jspecify.annotations.NullMarked;
