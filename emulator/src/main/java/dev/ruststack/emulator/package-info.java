@NullMarked
package dev.ruststack.emulator;

import org.jspecify.annotations.NullMarked;
