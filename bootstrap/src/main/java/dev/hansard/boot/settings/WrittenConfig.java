// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.Loading.Loaded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The configuration that a node was started with, as it stands in its files, which may say something else by now. One
 * thread at a time may load it.
 */
public final class WrittenConfig {
    /** The sections that a running node can change. */
    private static final Set<String> CHANGEABLE = Set.of("policies", "decisions");

    private final Path path;
    private final SettingsLoader loader;
    private final SeenFiles files;
    private final Settings atStart;

    private WrittenConfig(Path path, SettingsLoader loader, SeenFiles files, Settings atStart) {
        this.path = path;
        this.loader = loader;
        this.files = files;
        this.atStart = atStart;
    }

    /**
     * One of a file.
     *
     * @param loader reads by {@code files}
     * @param atStart what it said when the node was started
     */
    public static WrittenConfig of(Path path, SettingsLoader loader, SeenFiles files, Settings atStart) {
        var written = new WrittenConfig(path, loader, files, atStart);
        written.load();
        return written;
    }

    public Path path() {
        return path;
    }

    /** Reads it as it stands now. */
    public Loading load() {
        files.forget();
        return loader.load(path);
    }

    /** Differs when any of the files that were read differs. */
    public String fingerprint() {
        return files.fingerprint();
    }

    /** The sections in which it differs from what the node runs with, but for those that can be changed. */
    public List<String> needRestart(Loaded loaded) {
        Map<String, Object> before = SettingsTree.of(atStart);
        Map<String, Object> now = SettingsTree.of(loaded.settings());
        var sections = new TreeSet<>(before.keySet());
        sections.addAll(now.keySet());
        sections.removeAll(CHANGEABLE);
        var differing = new ArrayList<String>();
        for (String section : sections) {
            Object is = before.getOrDefault(section, Map.of());
            if (!is.equals(now.getOrDefault(section, Map.of()))) {
                differing.add(section);
            }
        }
        // Its key is hidden in the tree.
        if (!differing.contains("masking")
                && !atStart.masking().equals(loaded.settings().masking())) {
            differing.add("masking");
        }
        // So are the tokens.
        if (!differing.contains("agents")
                && !atStart.agents().equals(loaded.settings().agents())) {
            differing.add("agents");
        }
        return differing;
    }
}
