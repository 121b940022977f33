package dev.ruststack.cli.cluster;

import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import com.google.cloud.tools.jib.registry.credentials.CredentialRetrievalException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credentials that {@code docker login}, {@code podman login} and credential helpers have left: Docker's
 * configuration file in {@code DOCKER_CONFIG} or the home, Podman's {@code auth.json}, and the helpers on the PATH.
 */
public final class RegistryCredentials {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryCredentials.class);

    private final Map<String, String> environment;

    /** Who an image is fetched as. */
    public record Login(String username, String password) {
        @Override
        public String toString() {
            return "Login[username=" + username + "]";
        }
    }

    public RegistryCredentials(Map<String, String> environment) {
        this.environment = environment;
    }

    /** An image in its registry, with whatever credentials there are for it. */
    RegistryImage image(ImageReference reference) {
        var image = RegistryImage.named(reference);
        retrievers(reference).forEach(image::addCredentialRetriever);
        return image;
    }

    /** What there is for an image's registry; null where there is nothing, as for public ones. */
    public @Nullable Login login(String image) {
        try {
            for (var retriever : retrievers(ImageReference.parse(image))) {
                var found = retriever.retrieve();
                if (found.isPresent()) {
                    return new Login(found.get().getUsername(), found.get().getPassword());
                }
            }
        } catch (InvalidImageReferenceException | CredentialRetrievalException e) {
            LOG.warn("No credentials for {}: {}", image, e.toString());
        }
        return null;
    }

    private List<CredentialRetriever> retrievers(ImageReference reference) {
        var factory = CredentialRetrieverFactory.forImage(reference, _ -> {}, environment);
        var retrievers = new ArrayList<CredentialRetriever>();
        files().forEach(file -> retrievers.add(factory.dockerConfig(file)));
        retrievers.add(factory.wellKnownCredentialHelpers());
        return retrievers;
    }

    private List<Path> files() {
        var files = new ArrayList<Path>();
        var home = environment.getOrDefault("HOME", System.getProperty("user.home"));
        add(files, "DOCKER_CONFIG", "config.json");
        if (files.isEmpty()) {
            files.add(Path.of(home, ".docker", "config.json"));
        }
        add(files, "XDG_RUNTIME_DIR", "containers/auth.json");
        add(files, "XDG_CONFIG_HOME", "containers/auth.json");
        files.add(Path.of(home, ".config", "containers", "auth.json"));
        return files;
    }

    private void add(List<Path> files, String variable, String file) {
        var folder = environment.getOrDefault(variable, "");
        if (!folder.isBlank()) {
            files.add(Path.of(folder).resolve(file));
        }
    }
}
