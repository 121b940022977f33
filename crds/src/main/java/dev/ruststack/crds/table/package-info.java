/** Declared DynamoDB tables and their items; field names and values are AWS's own. */
@NullMarked
package dev.ruststack.crds.table;

import org.jspecify.annotations.NullMarked;
