/** Keeps what was acknowledged: an append-only journal of changes, replayed at the next start. */
@NullMarked
package dev.ruststack.emulator.journal;

import org.jspecify.annotations.NullMarked;
