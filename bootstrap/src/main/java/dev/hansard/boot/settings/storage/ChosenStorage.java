// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.storage;

import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.ports.spi.StorageFactory;
import dev.hansard.ports.spi.StorageFactory.Opening;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One kind of storage as configured.
 *
 * @param <T> the kind
 * @param opening opens it as it is written; it has been made, so it does not complain about options
 * @param options what is written, with each default, as keys and values of the contract; empty when it follows from
 *     another key
 */
public record ChosenStorage<T extends AutoCloseable>(String type, Opening<T> opening, Map<String, Object> options) {
    public ChosenStorage {
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
    }

    /** What a factory makes when nothing is written. */
    static <T extends AutoCloseable> ChosenStorage<T> usual(StorageFactory<T> factory) {
        var nothing = new Mapping(Position.startOf(factory.type()), List.of());
        var options = new TreeOptions(factory.type(), nothing, factory.type(), new Problems());
        return new ChosenStorage<>(factory.type(), factory.create(options), Map.of("type", factory.type()));
    }

    /** The same, as one that follows from another key. */
    ChosenStorage<T> following() {
        return new ChosenStorage<>(type, opening, Map.of());
    }

    /** By what is written: two that are made of the same are the same setting. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ChosenStorage<?> that && type.equals(that.type) && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, options);
    }
}
