/** Stacks that run on this machine: where they are noted, and how they are spoken to. */
@NullMarked
package dev.ruststack.cli.stack;

import org.jspecify.annotations.NullMarked;
