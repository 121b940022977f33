package dev.ruststack.cli.docker;

import dev.ruststack.cli.docker.ImagePulls.Wanted;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Sees to it that the engine has a container's image. */
record ImageFetch(ImagePulls pulls, FunctionContainer container) {
    private static final long LOOK_MILLIS = 100;

    /**
     * Waits for it.
     *
     * @param unwanted gets a permit once nobody wants the container any more, and keeps it
     * @param pending hears a reason and a message where it takes its time
     * @return false where nobody wants it any more
     * @throws IOException where it cannot be had, with the reason
     */
    boolean await(Semaphore unwanted, BiConsumer<String, String> pending) throws IOException {
        var wanted = new Wanted(container.image(), container.architecture());
        if (pulls.has(wanted)) {
            return true;
        }
        pending.accept("Pulling", "the image " + wanted.image() + " is being pulled");
        var pull = pulls.pull(wanted, _ -> {});
        try {
            while (!pull.isDone()) {
                if (unwanted.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                    unwanted.release();
                    return false;
                }
            }
            pull.join();
            return true;
        } catch (CompletionException e) {
            throw new IOException(EngineSocket.deepest(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
