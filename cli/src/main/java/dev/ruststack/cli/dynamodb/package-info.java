/** DynamoDB Local as a child process. */
@NullMarked
package dev.ruststack.cli.dynamodb;

import org.jspecify.annotations.NullMarked;
