@NullMarked
package dev.ruststack.emulator.admin;

import org.jspecify.annotations.NullMarked;
