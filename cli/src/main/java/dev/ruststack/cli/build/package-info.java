/** Turns the folder behind a function's {@code code.path} into the zip file that Lambda takes, as SAM does it. */
@NullMarked
package dev.ruststack.cli.build;

import org.jspecify.annotations.NullMarked;
