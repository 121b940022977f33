/** Annotations that say, once, what a field of the resource may hold: the CRD and the YAML reader both obey them. */
@NullMarked
package dev.ruststack.crds.schema;

import org.jspecify.annotations.NullMarked;
