@NullMarked
package dev.ruststack.emulator.aws;

import org.jspecify.annotations.NullMarked;
