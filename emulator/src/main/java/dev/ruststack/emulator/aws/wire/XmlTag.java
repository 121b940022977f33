package dev.ruststack.emulator.aws.wire;

import java.nio.charset.StandardCharsets;

/** An element's name, ready to be written. */
final class XmlTag {
    /** The start tag without its end, where attributes may follow. */
    final byte[] open;

    final byte[] close;

    XmlTag(String name) {
        open = ("<" + name).getBytes(StandardCharsets.US_ASCII);
        close = ("</" + name + ">").getBytes(StandardCharsets.US_ASCII);
    }
}
