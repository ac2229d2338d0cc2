// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.storage;

import dev.hansard.boot.settings.yaml.Keys;

/** The keys of {@code storage}; those of a type are known to its factory. */
public final class StorageKeys {
    public static final Keys STORAGE =
            Keys.of("storage", "data-dir", "catalog", "control", "payloads", "encryption", "spool");
    public static final Keys SPOOL = Keys.of("storage.spool", "max", "group-commit", "reserve", "seal-after");

    private StorageKeys() {}
}
