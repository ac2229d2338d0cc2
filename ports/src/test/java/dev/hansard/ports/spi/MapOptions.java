// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.spi;

import dev.hansard.ports.value.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Options from a map: what is read from a file is somebody else's matter. */
public record MapOptions(String name, Map<String, Object> values) implements Options {
    @Override
    public boolean has(String key) {
        return values.containsKey(key);
    }

    @Override
    public String text(String key) {
        if (!has(key)) {
            throw misfit(key, "written");
        }
        return text(key, "");
    }

    @Override
    public String text(String key, String fallback) {
        return values.getOrDefault(key, fallback).toString();
    }

    @Override
    public List<String> texts(String key, List<String> fallback) {
        return switch (values.get(key)) {
            case null -> fallback;
            case List<?> list -> list.stream().map(Object::toString).toList();
            case Object one -> List.of(one.toString());
        };
    }

    @Override
    public Secret secret(String key) {
        return Secret.of(text(key));
    }

    @Override
    public boolean truth(String key, boolean fallback) {
        return Boolean.parseBoolean(text(key, Boolean.toString(fallback)));
    }

    @Override
    public long whole(String key, long fallback, long least, long most) {
        long value = Long.parseLong(text(key, Long.toString(fallback)));
        if (value < least || value > most) {
            throw misfit(key, "a whole number from " + least + " to " + most);
        }
        return value;
    }

    @Override
    public Duration duration(String key, Duration fallback, Duration least, Duration most) {
        var value = Duration.parse(text(key, fallback.toString()));
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw misfit(key, "a duration from " + least + " to " + most);
        }
        return value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Options section(String key) {
        return new MapOptions(key, (Map<String, Object>) values.getOrDefault(key, Map.of()));
    }

    @Override
    public InvalidOptionException misfit(String key, String expected) {
        return new InvalidOptionException(key, key + " must be " + expected);
    }
}
