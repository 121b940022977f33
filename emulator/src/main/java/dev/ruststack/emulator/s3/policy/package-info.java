/** Bucket policies: read, checked and evaluated. AWS: IAM User Guide, IAM JSON policy elements reference. */
@NullMarked
package dev.ruststack.emulator.s3.policy;

import org.jspecify.annotations.NullMarked;
