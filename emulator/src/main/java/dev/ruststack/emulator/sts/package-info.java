/** STS: who am I. Most tools ask it before anything else. */
@NullMarked
package dev.ruststack.emulator.sts;

import org.jspecify.annotations.NullMarked;
