/** Declared HTTP APIs in front of functions. */
@NullMarked
package dev.ruststack.crds.httpapi;

import org.jspecify.annotations.NullMarked;
