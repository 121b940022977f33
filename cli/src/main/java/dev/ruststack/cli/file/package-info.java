/** The YAML file of a stack as the commands read it, and how its mistakes are shown. */
@NullMarked
package dev.ruststack.cli.file;

import org.jspecify.annotations.NullMarked;
