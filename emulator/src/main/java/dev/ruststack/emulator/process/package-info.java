/** Child processes and temporary directories that never outlive the emulator. */
@NullMarked
package dev.ruststack.emulator.process;

import org.jspecify.annotations.NullMarked;
