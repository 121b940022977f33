@NullMarked
package dev.ruststack.emulator.aws.wire;

import org.jspecify.annotations.NullMarked;
