/** The operations of S3, one class each. AWS: S3 API Reference, Actions. */
@NullMarked
package dev.ruststack.emulator.s3.operations;

import org.jspecify.annotations.NullMarked;
