/** Functions in containers of this machine: what the operator is to pods, this is to containers. */
@NullMarked
package dev.ruststack.cli.docker;

import org.jspecify.annotations.NullMarked;
