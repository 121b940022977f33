/** What the operator reports about a RustStack. */
@NullMarked
package dev.ruststack.crds.status;

import org.jspecify.annotations.NullMarked;
