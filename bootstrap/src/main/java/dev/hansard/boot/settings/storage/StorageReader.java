// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.storage;

import dev.hansard.boot.settings.storage.StorageSettings.SpoolSettings;
import dev.hansard.boot.settings.yaml.Amounts;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.ports.spi.ControlStore;
import dev.hansard.ports.spi.ControlStoreFactory;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.spi.KeyWrapperFactory;
import dev.hansard.ports.spi.PayloadStoreFactory;
import dev.hansard.ports.spi.SessionCatalogFactory;
import dev.hansard.ports.spi.StorageFactory;
import dev.hansard.ports.spi.TypedFactory;
import dev.hansard.storage.catalog.H2CatalogFactory;
import dev.hansard.storage.kek.KeyFileFactory;
import dev.hansard.storage.kek.TransitFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads {@code storage}. */
public final class StorageReader {
    private static final String TYPE = "type";
    private static final long MIB = 1L << 20;
    private static final long TIB = 1L << 40;
    // Two spool files: one that is written and one that is being sealed.
    private static final long LEAST_SPOOL = 128 * MIB;
    private static final Duration LONGEST_GROUP_COMMIT = Duration.ofSeconds(1);
    private static final Duration SHORTEST_SEAL_AFTER = Duration.ofSeconds(1);
    // A spool file ends with its hour in any case.
    private static final Duration LONGEST_SEAL_AFTER = Duration.ofHours(1);

    private final Section storage;
    private final Problems problems;
    private final StorageTypes types;

    public StorageReader(Section root, StorageTypes types) {
        this.storage = root.section("storage", StorageKeys.STORAGE);
        this.problems = root.problems();
        this.types = types;
    }

    /**
     * All of it.
     *
     * @param paths makes a path of what is written
     */
    public StorageSettings read(Function<String, Path> paths) {
        StorageSettings usual = StorageSettings.DEFAULT;
        Path dataDir = storage.parsed("data-dir", usual.dataDir(), paths);
        var catalog = new Written("catalog", usual.catalog().type());
        var control = new Written("control", usual.control().type());
        var payloads = new Written("payloads", usual.payloads().type());
        var encryption = new Written("encryption", encryptionType());
        encryption.look(StorageSettings.PER_SESSION);
        var settings = new StorageSettings(
                dataDir,
                catalog.chosen(SessionCatalogFactory.class).orElse(usual.catalog()),
                (control.isThere() ? control.chosen(ControlStoreFactory.class) : catalog.control())
                        .orElse(usual.control()),
                payloads.chosen(PayloadStoreFactory.class).orElse(usual.payloads()),
                encryption.chosen(KeyWrapperFactory.class).orElse(null),
                spool(catalog.isShared()));
        List.of(catalog, control, payloads, encryption).forEach(Written::reportUnknown);
        return settings;
    }

    /** The type follows from where the key is, unless it is of a plugin. */
    private String encryptionType() {
        boolean transit = storage.find("encryption") instanceof Mapping written
                && written.entries().stream().anyMatch(entry -> entry.key().equals(TransitFactory.TYPE));
        return transit ? TransitFactory.TYPE : KeyFileFactory.TYPE;
    }

    /** What is written under a key that chooses a type. */
    private final class Written {
        private final String path;
        private final Mapping mapping;
        private final TreeOptions options;
        private final boolean isThere;
        private final String type;
        private boolean understood;

        Written(String key, String usualType) {
            this.path = storage.child(key);
            Tree value = storage.find(key);
            this.isThere = value instanceof Mapping;
            this.mapping = value instanceof Mapping written ? written : new Mapping(storage.placeOf(key), List.of());
            this.options = new TreeOptions(key, mapping, path, problems);
            if (value != null && !isThere) {
                problems.error(
                        value.at(),
                        path + " must be a mapping, but is " + value.kind(),
                        "write " + key + ": { type: " + usualType + " }");
            }
            this.type = typeOr(usualType);
        }

        private String typeOr(String usualType) {
            try {
                return options.text(TYPE, usualType);
            } catch (InvalidOptionException e) {
                options.complain(e);
                return "";
            }
        }

        boolean isThere() {
            return isThere;
        }

        /** Whether several nodes may have this one in common; a plugin's is taken for such a one. */
        boolean isShared() {
            return isThere && !type.equals(H2CatalogFactory.TYPE);
        }

        /** The control store that comes with a catalog of this type. */
        Optional<ChosenStorage<ControlStore>> control() {
            ControlStoreFactory factory = understood ? types.find(ControlStoreFactory.class, type) : null;
            return made(ControlStoreFactory.class, factory).map(ChosenStorage::following);
        }

        /** Nothing when it is left out or cannot be used, which is reported. */
        <T extends AutoCloseable, F extends StorageFactory<T>> Optional<ChosenStorage<T>> chosen(Class<F> kind) {
            if (!isThere || type.isEmpty()) {
                return Optional.empty();
            }
            F factory = types.find(kind, type);
            if (factory == null) {
                reportType(kind);
            }
            understood = factory != null;
            return made(kind, factory);
        }

        // Made once to see that it can be. Nothing runs before it is opened.
        @SuppressWarnings(
                "CatchingUnchecked") // A plugin may throw anything; that is a mistake in its jar, not in ours.
        private <T extends AutoCloseable> Optional<ChosenStorage<T>> made(
                Class<? extends TypedFactory> kind, @Nullable StorageFactory<T> factory) {
            if (factory == null) {
                return Optional.empty();
            }
            try {
                StorageFactory.Opening<T> opening = factory.create(options);
                return Optional.of(new ChosenStorage<>(type, opening, options.effective()));
            } catch (InvalidOptionException e) {
                understood = false; // What it did not come to ask for is no mistake of its own.
                options.complain(e);
            } catch (RuntimeException | LinkageError e) {
                if (types.words(kind).contains(type)) {
                    throw e;
                }
                problems.error(
                        mapping.at(),
                        path + " cannot be made: type '" + type + "' failed with "
                                + e.getClass().getName(),
                        "it comes from " + types.jarOf(kind, type) + "; ask whoever made that jar, or remove it");
            }
            return Optional.empty();
        }

        private void reportType(Class<? extends TypedFactory> kind) {
            List<String> words = types.words(kind);
            Position at = options.placeOf(TYPE);
            List<String> troubles = types.troubles();
            String hint = Words.closest(type, words)
                    .map(word -> "did you mean '" + word + "'?")
                    .orElse("a type of your own comes as a jar in " + types.folder());
            problems.error(
                    at,
                    path + ".type must be one of " + String.join(", ", words) + ", but is " + options.shown(TYPE),
                    troubles.isEmpty() ? hint : hint + "; " + String.join("; ", troubles));
        }

        /** A switch that is ours, whatever the type; it stands among the options. */
        void look(String key) {
            try {
                if (isThere) {
                    options.truth(key, false);
                }
            } catch (InvalidOptionException e) {
                options.complain(e);
            }
        }

        /** The keys that no factory asked for. */
        void reportUnknown() {
            if (understood) {
                options.reportUnknown();
            }
        }
    }

    /** @param isShared whether other nodes want to read what is in the spool */
    private SpoolSettings spool(boolean isShared) {
        Section section = storage.section("spool", StorageKeys.SPOOL);
        SpoolSettings usual = SpoolSettings.DEFAULT;
        long most = section.parsed("max", usual.maxBytes(), t -> Amounts.bytes(t, LEAST_SPOOL, TIB));
        long reserve = section.parsed("reserve", usual.reserveBytes(), t -> Amounts.bytes(t, MIB, TIB));
        if (reserve >= most) {
            problems.error(
                    section.placeOf(section.has("reserve") ? "reserve" : "max"),
                    section.child("reserve") + " must be less than " + section.child("max"),
                    "the reserve is a part of the spool's space");
        }
        Duration groupCommit =
                section.parsed("group-commit", usual.groupCommit(), t -> Amounts.duration(t, LONGEST_GROUP_COMMIT));
        Duration sealAfter = section.parsed(
                "seal-after",
                isShared ? SpoolSettings.SHARED_SEAL_AFTER : usual.sealAfter(),
                t -> Amounts.duration(t, SHORTEST_SEAL_AFTER, LONGEST_SEAL_AFTER));
        return new SpoolSettings(most, groupCommit, reserve, sealAfter);
    }
}
