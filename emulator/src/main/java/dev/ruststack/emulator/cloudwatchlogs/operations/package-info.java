/** The operations of CloudWatch Logs, one class each. */
@NullMarked
package dev.ruststack.emulator.cloudwatchlogs.operations;

import org.jspecify.annotations.NullMarked;
