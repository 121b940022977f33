package dev.ruststack.emulator.seed;

import dev.ruststack.crds.function.Code;
import dev.ruststack.crds.function.FunctionSpec;
import dev.ruststack.crds.function.LayerCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What functions are made of, wherever a declaration keeps it: their deployment packages and their variables. */
final class FunctionSources {
    /** AWS: Lambda Developer Guide, Lambda quotas: a deployment package that is uploaded directly. */
    private static final int LARGEST_PACKAGE = 50 * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** AWS: Lambda API Reference, Environment. */
    private static final Pattern VARIABLE = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");

    private final SeedSources sources;
    private final References references;

    FunctionSources(SeedSources sources) {
        this.sources = sources;
        this.references = new References(sources);
    }

    /** The zip with a function's code. */
    byte[] zip(String functionName, Code code) throws SeedException, IOException, InterruptedException {
        var zip = find(functionName, code);
        if (zip.length > LARGEST_PACKAGE) {
            throw tooLarge(zip.length);
        }
        return zip;
    }

    /** The zip with what is in a layer. */
    byte[] layer(String layerName, LayerCode layer) throws SeedException, IOException, InterruptedException {
        var path = layer.path();
        var zip = path == null
                ? find(layerName, layer.code())
                : Files.readAllBytes(sources.layerPackage(layerName, path));
        if (zip.length > LARGEST_PACKAGE) {
            throw tooLarge(zip.length);
        }
        return zip;
    }

    /** What Lambda names as the digest of a package. */
    static String digest(byte[] zip) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(zip));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] find(String functionName, Code code) throws SeedException, IOException, InterruptedException {
        if (!code.files().isEmpty()) {
            return zip(code.files());
        }
        if (!code.parts().isEmpty()) {
            return references.join(code.parts());
        }
        if (code.configMapRef() != null) {
            return onlyEntry(code.configMapRef().name(), references.all(code.configMapRef(), null));
        }
        if (code.url() != null && code.sha256() != null) {
            return download(code.url(), code.sha256());
        }
        if (code.path() == null) {
            throw new SeedException("its code names no source");
        }
        var file = sources.deploymentPackage(functionName, code.path());
        if (Files.size(file) > LARGEST_PACKAGE) {
            throw tooLarge(Files.size(file));
        }
        return Files.readAllBytes(file);
    }

    private static SeedException tooLarge(long size) {
        return new SeedException("its deployment package has " + size + " bytes, and Lambda takes " + LARGEST_PACKAGE
                + " directly; put the zip into a bucket and name it as code.s3");
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : new TreeMap<>(files).entrySet()) {
                var entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] onlyEntry(String configMap, SortedMap<String, byte[]> data) throws SeedException {
        if (data.size() != 1) {
            throw new SeedException("code.configMapRef: ConfigMap " + configMap + " has " + data.size()
                    + " keys; expected one, with a zip file");
        }
        return data.firstEntry().getValue();
    }

    private static byte[] download(String url, String sha256) throws SeedException, IOException, InterruptedException {
        try (var http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE)
                .build()) {
            var request =
                    HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).build();
            var response = http.send(request, BodyHandlers.ofInputStream());
            byte[] bytes;
            try (var body = response.body()) {
                bytes = body.readNBytes(LARGEST_PACKAGE + 1);
            }
            if (response.statusCode() != 200) {
                var message = "code.url: " + url + " answered " + response.statusCode();
                throw response.statusCode() >= 500 ? new UnavailableException(message) : new SeedException(message);
            }
            var found = sha256(bytes);
            if (bytes.length <= LARGEST_PACKAGE && !found.equals(sha256)) {
                throw new SeedException("code.sha256: what " + url + " gives has the SHA-256 " + found);
            }
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new SeedException("code.url: " + e.getMessage());
        } catch (IOException e) {
            throw new UnavailableException("code.url: " + url + " cannot be read: " + e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A function's variables: its own over those of ConfigMaps and Secrets, of which later ones win. */
    SortedMap<String, String> variables(FunctionSpec function) throws SeedException, ReferenceMissingException {
        var variables = new TreeMap<String, String>();
        for (var from : function.environment().variablesFrom()) {
            for (var entry :
                    references.all(from.configMapRef(), from.secretRef()).entrySet()) {
                if (!VARIABLE.matcher(entry.getKey()).matches()) {
                    throw new SeedException("environment.variablesFrom: the key " + entry.getKey()
                            + " is no name of a variable: a letter, then letters, digits and '_'");
                }
                variables.put(entry.getKey(), new String(entry.getValue(), StandardCharsets.UTF_8));
            }
        }
        variables.putAll(function.environment().variables());
        return variables;
    }
}
