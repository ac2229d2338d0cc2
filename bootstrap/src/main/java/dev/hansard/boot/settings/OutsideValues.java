// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.Loading.Outside;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.Tree.Scalar;
import dev.hansard.boot.settings.yaml.Tree.Sequence;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Finds the values of a configuration that came from outside it, by the path under which the effective configuration
 * shows them.
 */
final class OutsideValues {
    // Enough to see whether two nodes have the same value, too little to find the value by trying.
    private static final int FINGERPRINT_DIGITS = 6;

    private final Map<String, String> sources = new HashMap<>();
    private final Map<String, String> fingerprints = new HashMap<>();

    private OutsideValues() {}

    static Outside in(List<Tree> documents) {
        var values = new OutsideValues();
        documents.forEach(document -> values.walk("", document));
        return values.sources.isEmpty() ? Outside.NOTHING : new Outside(values.sources, values.fingerprints);
    }

    private void walk(String path, Tree tree) {
        switch (tree) {
            case Scalar scalar
            when scalar.hidden() -> {
                sources.put(path, scalar.source());
                fingerprints.put(path, fingerprint(scalar.text()));
            }
            case Scalar _ -> {
                // It stands in the file for all to read.
            }
            case Sequence list -> {
                for (int i = 0; i < list.items().size(); i++) {
                    walk(path + "[" + i + "]", list.items().get(i));
                }
            }
            case Mapping mapping -> {
                for (Entry entry : mapping.entries()) {
                    walk(path.isEmpty() ? entry.key() : path + "." + entry.key(), entry.value());
                }
            }
        }
    }

    private static String fingerprint(String value) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
