/** What the operator hears from each stack's emulator, and tells it. */
@NullMarked
package dev.ruststack.operator.admin;

import org.jspecify.annotations.NullMarked;
