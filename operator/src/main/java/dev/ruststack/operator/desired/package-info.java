/** What a stack is made of in a cluster: pure functions from the resource to the objects it should have. */
@NullMarked
package dev.ruststack.operator.desired;

import org.jspecify.annotations.NullMarked;
