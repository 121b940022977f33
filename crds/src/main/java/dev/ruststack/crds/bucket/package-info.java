/** Declared S3 buckets and their objects. */
@NullMarked
package dev.ruststack.crds.bucket;

import org.jspecify.annotations.NullMarked;
