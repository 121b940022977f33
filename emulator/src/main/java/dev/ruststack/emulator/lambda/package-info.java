@NullMarked
package dev.ruststack.emulator.lambda;

import org.jspecify.annotations.NullMarked;
