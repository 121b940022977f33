package dev.ruststack.emulator.httpfront;

import dev.ruststack.emulator.aws.Authenticator;
import dev.ruststack.emulator.aws.signing.SigV4Authenticator;
import dev.ruststack.emulator.journal.KeptTable;
import dev.ruststack.emulator.lambda.FunctionUrl;
import dev.ruststack.emulator.lambda.FunctionUrls;
import dev.ruststack.emulator.lambda.Functions;
import java.time.Clock;

/** For fronts that are tested without function URLs. */
final class NoUrls {
    static final Authenticator SIGNED = new SigV4Authenticator(
            SigV4Authenticator.Mode.ENFORCE, key -> "secret", "000000000000", "us-east-1", Clock.systemUTC());

    private NoUrls() {}

    static FunctionUrls of(Functions functions) {
        return new FunctionUrls(functions, KeptTable.inMemory(FunctionUrl.class));
    }
}
