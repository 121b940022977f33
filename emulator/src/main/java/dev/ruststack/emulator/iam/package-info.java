/** IAM as far as deployment tools call it: roles and their policies are kept and given back, and nothing is enforced. */
@NullMarked
package dev.ruststack.emulator.iam;

import org.jspecify.annotations.NullMarked;
