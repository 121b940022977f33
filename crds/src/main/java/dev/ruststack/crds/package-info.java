/** The RustStack resource, v1alpha1, as Java records: what a YAML file, the CRD and every module mean by it. */
@NullMarked
package dev.ruststack.crds;

import org.jspecify.annotations.NullMarked;
