/** Signature Version 4: who signed a request, whether the signature holds, and the body without its framing. */
@NullMarked
package dev.ruststack.emulator.aws.signing;

import org.jspecify.annotations.NullMarked;
