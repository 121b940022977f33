@NullMarked
package dev.ruststack.crds;

import org.jspecify.annotations.NullMarked;
