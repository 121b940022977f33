package dev.ruststack.cli.up;

import dev.ruststack.cli.terminal.Progress;
import dev.ruststack.emulator.seed.SeedItem;
import dev.ruststack.emulator.seed.SeedProgress;
import java.util.LinkedHashSet;
import java.util.Set;

/** Shows a seeding as one step: how many items are done, and which are in work. */
final class SeedSteps implements SeedProgress {
    private final Progress.Step step;
    private final int total;
    private final Set<String> inWork = new LinkedHashSet<>();
    private int done;

    SeedSteps(Progress.Step step, int total) {
        this.step = step;
        this.total = total;
    }

    @Override
    public synchronized void started(String kind, String name) {
        inWork.add(kind + " " + name);
        tell();
    }

    @Override
    public synchronized void done(SeedItem item) {
        inWork.remove(item.kind() + " " + item.name());
        done++;
        tell();
    }

    private void tell() {
        step.detail(done + " of " + total + (inWork.isEmpty() ? "" : ", " + String.join(", ", inWork)));
    }
}
