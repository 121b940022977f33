package dev.ruststack.cli.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageCmd;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.PullResponseItem;
import dev.ruststack.cli.cluster.RegistryCredentials;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Images that the engine has, or fetches: each once at a time, however many ask for it. What is there is not fetched
 * again. Credentials are those of {@code docker login} and credential helpers.
 */
final class ImagePulls implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImagePulls.class);

    private final DockerClient client;
    private final RegistryCredentials credentials;
    private final Map<Wanted, Pull> running = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * An image.
     *
     * @param architecture {@code amd64} or {@code arm64}; null for the engine's own
     */
    record Wanted(String image, @Nullable String architecture) {
        @Nullable
        String platform() {
            return architecture == null ? null : "linux/" + architecture;
        }
    }

    ImagePulls(DockerClient client, Map<String, String> environment) {
        this.client = client;
        this.credentials = new RegistryCredentials(environment);
    }

    boolean has(Wanted wanted) {
        try {
            var found = client.inspectImageCmd(wanted.image()).exec();
            return wanted.architecture() == null || wanted.architecture().equals(found.getArch());
        } catch (NotFoundException e) {
            return false;
        }
    }

    /** Fetches an image; the answer fails with a text for the user where it cannot be had. */
    CompletableFuture<Void> pull(Wanted wanted, Consumer<String> progress) {
        var pull = running.computeIfAbsent(wanted, _ -> new Pull(wanted));
        pull.begin(progress);
        return pull.done;
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        closed = true;
        running.values().forEach(Pull::close);
    }

    /** One image on its way. */
    private final class Pull extends ResultCallback.Adapter<PullResponseItem> {
        private final Wanted wanted;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final Map<String, long[]> layers = new ConcurrentHashMap<>();
        private volatile Consumer<String> progress = _ -> {};
        private volatile @Nullable String error;
        private boolean begun;

        Pull(Wanted wanted) {
            this.wanted = wanted;
        }

        void begin(Consumer<String> newProgress) {
            synchronized (this) {
                progress = newProgress;
                if (begun) {
                    return;
                }
                begun = true;
            }
            LOG.info("Pulling {}", wanted.image());
            try {
                command().exec(this);
            } catch (RuntimeException e) {
                onError(e);
            }
            if (closed) {
                close();
            }
        }

        private PullImageCmd command() {
            var command = client.pullImageCmd(reference(wanted.image()));
            if (wanted.platform() != null) {
                command.withPlatform(wanted.platform());
            }
            var login = credentials.login(wanted.image());
            return login == null
                    ? command
                    : command.withAuthConfig(
                            new AuthConfig().withUsername(login.username()).withPassword(login.password()));
        }

        @Override
        public void onNext(PullResponseItem item) {
            if (item.isErrorIndicated()) {
                error = item.getErrorDetail() == null
                        ? String.valueOf(item.getStatus())
                        : item.getErrorDetail().getMessage();
            }
            var detail = item.getProgressDetail();
            if (item.getId() != null && detail != null && detail.getTotal() != null && detail.getCurrent() != null) {
                boolean unpacking = "Extracting".equals(item.getStatus());
                layers.put(
                        item.getId(),
                        new long[] {unpacking ? detail.getTotal() : detail.getCurrent(), detail.getTotal()});
                progress.accept(shown());
            }
        }

        private String shown() {
            long[] sum = new long[2];
            layers.values().forEach(layer -> {
                sum[0] += layer[0];
                sum[1] += layer[1];
            });
            return wanted.image() + " " + (sum[0] >> 20) + " of " + (sum[1] >> 20) + " MB";
        }

        @Override
        public void onError(Throwable failure) {
            running.remove(wanted, this);
            fail(EngineSocket.deepest(failure));
            super.onError(failure);
        }

        @Override
        public void onComplete() {
            running.remove(wanted, this);
            if (error == null) {
                LOG.info("Pulled {}", wanted.image());
                done.complete(null);
            } else {
                fail(Objects.requireNonNullElse(error, ""));
            }
            super.onComplete();
        }

        private void fail(String why) {
            done.completeExceptionally(new IOException("the image " + wanted.image() + " cannot be pulled: " + why));
        }

        @Override
        public void close() {
            try {
                super.close();
            } catch (IOException e) {
                LOG.debug("Could not end the pull of {}", wanted.image(), e);
            }
            fail("the stack is stopping");
        }
    }

    /** The engine takes an image without a tag for all of its tags. */
    static String reference(String image) {
        boolean hasTag = image.contains("@") || image.lastIndexOf(':') > image.lastIndexOf('/');
        return hasTag ? image : image + ":latest";
    }
}
