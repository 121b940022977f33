/** Observe, validate, apply, tell: what happens when something about a stack changes. */
@NullMarked
package dev.ruststack.operator.reconcile;

import org.jspecify.annotations.NullMarked;
