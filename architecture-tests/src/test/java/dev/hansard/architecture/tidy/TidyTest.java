// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.architecture.source.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The repository is tidy, but for the exceptions it lists. */
final class TidyTest {
    private static final String EXCEPTIONS = "architecture-tests/src/test/resources/tidy-exceptions.txt";
    private static final List<Finding> FINDINGS = Stream.concat(
                    Tidiness.check(Repository.texts(), Repository.sources()).stream(),
                    LinkRules.check(Repository.root(), Repository.texts()).stream())
            .toList();

    @Test
    void isTidy() throws IOException {
        var exceptions = Exceptions.parse(Files.readAllLines(Repository.root().resolve(EXCEPTIONS)));

        assertThat(exceptions.unexcused(FINDINGS)).isEmpty();
    }

    @Test
    void listsNoExceptionThatIsNotNeeded() throws IOException {
        var exceptions = Exceptions.parse(Files.readAllLines(Repository.root().resolve(EXCEPTIONS)));

        assertThat(exceptions.unneeded(FINDINGS))
                .as("take these lines out of %s", EXCEPTIONS)
                .isEmpty();
    }
}
