/** What the emulator is given to start from: the declaration with the content of everything it refers to. */
@NullMarked
package dev.ruststack.operator.seed;

import org.jspecify.annotations.NullMarked;
