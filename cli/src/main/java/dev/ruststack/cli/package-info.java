@NullMarked
package dev.ruststack.cli;

import org.jspecify.annotations.NullMarked;
