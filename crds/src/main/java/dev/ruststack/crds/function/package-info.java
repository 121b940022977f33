/** Declared Lambda functions; field names and values are AWS's own. */
@NullMarked
package dev.ruststack.crds.function;

import org.jspecify.annotations.NullMarked;
