/** What functions write, kept in memory and followed by those who look. */
@NullMarked
package dev.ruststack.emulator.logs;

import org.jspecify.annotations.NullMarked;
