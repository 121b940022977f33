/**
 * Reads RustStack YAML (1.2) and names every mistake with file, line, column and field, all of them at once; also where
 * kubectl and Helm, which read YAML 1.1, would understand something else.
 */
@NullMarked
package dev.ruststack.crds.yaml;

import org.jspecify.annotations.NullMarked;
