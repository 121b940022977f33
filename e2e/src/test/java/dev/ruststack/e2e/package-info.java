/** What users see of the shipped images and charts on a real cluster. Run by {@code e2e/run}. */
@NullMarked
package dev.ruststack.e2e;

import org.jspecify.annotations.NullMarked;
