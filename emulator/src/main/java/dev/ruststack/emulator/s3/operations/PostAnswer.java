package dev.ruststack.emulator.s3.operations;

import dev.ruststack.emulator.aws.Call;
import dev.ruststack.emulator.s3.store.ObjectVersion;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Answers a browser's form as the form says: with nothing, with a document or with a redirect.
 *
 * @param customerKey the key that the form came with; null for none
 * @param expiration when the object expires, as it stands in the header; null for never
 */
record PostAnswer(
        MultipartForm form,
        Call call,
        @Nullable CustomerKeyHeaders customerKey,
        @Nullable String expiration) {
    PostObject.Output to(String key, ObjectVersion version) {
        var request = call.request();
        var bucket = request.rawPath().substring(1);
        var etag = version.etag().quoted();
        var redirect = redirect(bucket, key, etag);
        if (redirect != null) {
            return output(303, redirect, version, null);
        }
        var location = (request.secure() ? "https://" : "http://") + request.host() + "/"
                + (request.host().startsWith(bucket + ".") ? "" : bucket + "/")
                + URLEncoder.encode(key, StandardCharsets.UTF_8);
        int status = switch (form.fields().getOrDefault("success_action_status", "204")) {
            case "200" -> 200;
            case "201" -> 201;
            default -> 204;
        };
        var response = status == 201 ? new PostObject.PostResponse(location, bucket, key, etag) : null;
        return output(status, location, version, response);
    }

    private PostObject.Output output(
            int status, String location, ObjectVersion version, PostObject.@Nullable PostResponse response) {
        return new PostObject.Output(
                status,
                location,
                version.etag().quoted(),
                VersionFinder.told(version),
                EncryptionAnswer.of(version.attachments()),
                EncryptionAnswer.OfCustomer.of(customerKey),
                expiration,
                response);
    }

    /** Where the browser is sent; null where the form names no place, or none that can be read. */
    private @Nullable String redirect(String bucket, String key, String etag) {
        var named = form.fields()
                .getOrDefault("success_action_redirect", form.fields().getOrDefault("redirect", ""));
        if (named.isEmpty() || !isAddress(named)) {
            return null;
        }
        return named + (named.contains("?") ? "&" : "?") + "bucket=" + bucket + "&key="
                + URLEncoder.encode(key, StandardCharsets.UTF_8) + "&etag="
                + URLEncoder.encode(etag, StandardCharsets.UTF_8);
    }

    private static boolean isAddress(String text) {
        try {
            return URI.create(text).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
