/**
 * DynamoDB: a proxy in front of DynamoDB Local, which knows neither accounts nor signatures, names everything by a
 * region and an account of its own, and lacks some operations that clients call in passing.
 */
@NullMarked
package dev.ruststack.emulator.dynamodb;

import org.jspecify.annotations.NullMarked;
