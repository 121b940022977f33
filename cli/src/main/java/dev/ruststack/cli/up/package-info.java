/** Brings a stack up on this machine and takes it down. */
@NullMarked
package dev.ruststack.cli.up;

import org.jspecify.annotations.NullMarked;
