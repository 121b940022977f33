/** What runs inside the process of DynamoDB Local beside it: it binds to loopback only and dies with its parent. */
@NullMarked
package dev.ruststack.dynamodblocal;

import org.jspecify.annotations.NullMarked;
