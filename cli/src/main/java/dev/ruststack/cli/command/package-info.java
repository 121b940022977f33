/** The commands of {@code ./ruststack}, one class each. */
@NullMarked
package dev.ruststack.cli.command;

import org.jspecify.annotations.NullMarked;
