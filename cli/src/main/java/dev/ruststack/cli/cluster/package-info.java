/** From a laptop to a cluster: a stack with local files as objects that a cluster takes. */
@NullMarked
package dev.ruststack.cli.cluster;

import org.jspecify.annotations.NullMarked;
