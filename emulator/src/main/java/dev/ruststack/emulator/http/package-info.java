@NullMarked
package dev.ruststack.emulator.http;

import org.jspecify.annotations.NullMarked;
