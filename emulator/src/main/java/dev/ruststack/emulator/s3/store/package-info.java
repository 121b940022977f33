/** What S3 keeps: buckets, object versions and their bytes. */
@NullMarked
package dev.ruststack.emulator.s3.store;

import org.jspecify.annotations.NullMarked;
