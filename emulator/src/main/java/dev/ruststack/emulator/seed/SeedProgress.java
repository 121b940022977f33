package dev.ruststack.emulator.seed;

/** Hears of the steps of a seeding while they happen; called from several threads, must not block. */
public interface SeedProgress {
    SeedProgress SILENT = new SeedProgress() {
        @Override
        public void started(String kind, String name) {}

        @Override
        public void done(SeedItem item) {}
    };

    void started(String kind, String name);

    void done(SeedItem item);
}
