/** API Gateway's management APIs: REST APIs (v1) and HTTP APIs (v2), and what of them is served. */
@NullMarked
package dev.ruststack.emulator.apigateway;

import org.jspecify.annotations.NullMarked;
