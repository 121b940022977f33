package dev.ruststack.emulator.s3;

import dev.ruststack.emulator.aws.AwsException;
import java.nio.charset.StandardCharsets;

/** The body of an error: no namespace, extra elements between Message and RequestId. */
final class ErrorDocument {
    private final StringBuilder xml = new StringBuilder(512);

    private ErrorDocument() {}

    static byte[] write(AwsException error, String requestId, String hostId) {
        var document = new ErrorDocument();
        document.xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
        document.element("Code", error.code().code());
        document.element("Message", error.text());
        error.details().forEach(document::element);
        document.element("RequestId", requestId);
        document.element("HostId", hostId);
        document.xml.append("</Error>");
        return document.xml.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void element(String name, String text) {
        xml.append('<').append(name).append('>');
        for (int i = 0; i < text.length(); i++) {
            escaped(text.charAt(i));
        }
        xml.append("</").append(name).append('>');
    }

    private void escaped(char c) {
        switch (c) {
            case '&' -> xml.append("&amp;");
            case '<' -> xml.append("&lt;");
            case '>' -> xml.append("&gt;");
            case '"' -> xml.append("&quot;");
            case '\n', '\t' -> xml.append(c);
            default -> {
                if (c < ' ' || c == 0xFFFE || c == 0xFFFF) {
                    xml.append("&#x").append(Integer.toHexString(c)).append(';');
                } else {
                    xml.append(c);
                }
            }
        }
    }
}
