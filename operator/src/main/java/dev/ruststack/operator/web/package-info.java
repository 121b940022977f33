/** The operator's own port: is it alive, is it ready, what does it count. */
@NullMarked
package dev.ruststack.operator.web;

import org.jspecify.annotations.NullMarked;
