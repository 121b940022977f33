/** Declared HTTP routes to functions. */
@NullMarked
package dev.ruststack.crds.restapi;

import org.jspecify.annotations.NullMarked;
