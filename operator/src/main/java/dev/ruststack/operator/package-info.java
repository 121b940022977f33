/** The operator: makes each RustStack resource a running stack. */
@NullMarked
package dev.ruststack.operator;

import org.jspecify.annotations.NullMarked;
