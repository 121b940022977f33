@NullMarked
package dev.ruststack.emulator.seed;

import org.jspecify.annotations.NullMarked;
