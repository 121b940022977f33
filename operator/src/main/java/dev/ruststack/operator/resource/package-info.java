/** The resource as the API server has it, whatever is in it. */
@NullMarked
package dev.ruststack.operator.resource;

import org.jspecify.annotations.NullMarked;
