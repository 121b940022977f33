/** The operator against a real API server. */
@NullMarked
package dev.ruststack.operator.cluster;

import org.jspecify.annotations.NullMarked;
