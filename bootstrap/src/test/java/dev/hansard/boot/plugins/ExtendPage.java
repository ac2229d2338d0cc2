// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of {@code docs/extend}, whose examples tests run as they stand. */
public record ExtendPage(String text) {
    public static ExtendPage of(String name) {
        try {
            Path root = Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
            return new ExtendPage(Files.readString(root.resolve("docs/extend").resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first block of a language. */
    public String block(String language) {
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
        assertThat(matcher.find()).as(language).isTrue();
        return matcher.group(1);
    }
}
