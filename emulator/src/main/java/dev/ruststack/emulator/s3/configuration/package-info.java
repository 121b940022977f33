/** What a bucket can be configured with: the documents, and what S3 takes and refuses of them. */
@NullMarked
package dev.ruststack.emulator.s3.configuration;

import org.jspecify.annotations.NullMarked;
