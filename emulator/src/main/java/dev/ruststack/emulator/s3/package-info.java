/** S3: what all of its operations share. AWS: S3 API Reference. */
@NullMarked
package dev.ruststack.emulator.s3;

import org.jspecify.annotations.NullMarked;
