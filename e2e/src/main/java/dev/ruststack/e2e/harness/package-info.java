/** Hands and eyes of the tests: the cluster, namespaces that end with a test, stacks, clients inside and outside. */
@NullMarked
package dev.ruststack.e2e.harness;

import org.jspecify.annotations.NullMarked;
