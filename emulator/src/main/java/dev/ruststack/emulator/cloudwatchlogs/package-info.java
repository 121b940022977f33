/** CloudWatch Logs: what functions write, and groups that clients make. Kept in memory, within limits. */
@NullMarked
package dev.ruststack.emulator.cloudwatchlogs;

import org.jspecify.annotations.NullMarked;
