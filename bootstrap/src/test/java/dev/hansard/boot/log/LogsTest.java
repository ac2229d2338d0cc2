// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.boot.settings.LogSettings;
import dev.hansard.boot.settings.LogSettings.Format;
import dev.hansard.boot.settings.LogSettings.Level;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

class LogsTest {
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();

    private Logger logger(Level level, Format format, boolean isTerminal, String name) {
        context.setMDCAdapter(new LogbackMDCAdapter());
        Logs.configure(context, new LogSettings(level, format), stderr, isTerminal);
        return context.getLogger(name);
    }

    private String logged() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    @Test
    void writesOneLineOfTextWhateverTheMessage() {
        Logger logger = logger(Level.INFO, Format.AUTO, true, "dev.hansard.http.wire");

        logger.info("closed {}", "a\nb\u001b[31m");

        assertThat(logged()).matches("[0-9T:.-]{23}Z INFO  http.wire  closed a\\\\x0ab\\\\x1b\\[31m\n");
    }

    @Test
    void writesOneJsonObjectALineForPrograms() throws IOException {
        Logger logger = logger(Level.INFO, Format.AUTO, false, "dev.hansard.http.wire");

        logger.warn("closed\n", new IllegalArgumentException("card 4111", new IOException("Connection reset")));

        JsonNode line = new ObjectMapper().readTree(logged());
        assertThat(logged()).hasLineCount(1).doesNotContain("4111");
        assertThat(line.path("level").asText()).isEqualTo("warn");
        assertThat(line.path("logger").asText()).isEqualTo("dev.hansard.http.wire");
        assertThat(line.path("message").asText()).isEqualTo("closed\n");
        assertThat(line.path("error").path(0).asText()).isEqualTo("java.lang.IllegalArgumentException");
        assertThat(line.path("error").toString()).contains("caused by java.io.IOException: Connection reset");
    }

    @ParameterizedTest
    @CsvSource({"AUTO,true,text", "AUTO,false,json", "TEXT,false,text", "JSON,true,json"})
    void choosesTheFormat(Format format, boolean isTerminal, String expected) {
        logger(Level.INFO, format, isTerminal, "dev.hansard.x").info("hello");

        assertThat(logged().startsWith("{") ? "json" : "text").isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"ERROR,false,false", "WARN,false,true", "INFO,false,true", "TRACE,false,true"})
    void keepsTheLibrariesQuiet(Level level, boolean info, boolean warn) {
        Logger library = logger(level, Format.TEXT, true, "io.helidon.webserver");

        assertThat(library.isInfoEnabled()).isEqualTo(info);
        assertThat(library.isWarnEnabled()).isEqualTo(warn);
    }

    @Test
    void saysOurOwnNewsAtTheLevelOfTheSettings() {
        assertThat(logger(Level.DEBUG, Format.TEXT, true, "dev.hansard.x").isDebugEnabled())
                .isTrue();
        assertThat(logger(Level.INFO, Format.TEXT, true, "dev.hansard.x").isDebugEnabled())
                .isFalse();
    }

    @Test
    void replacesTheStreamWithoutClosingTheOldOne() {
        logger(Level.INFO, Format.TEXT, true, "dev.hansard.x").info("first");
        logger(Level.INFO, Format.TEXT, true, "dev.hansard.x").info("second");

        assertThat(logged()).hasLineCount(2);
    }

    @Test
    void isFoundBeforeLogbackFallsBackToItsOwn() {
        assertThat(ServiceLoader.load(ch.qos.logback.classic.spi.Configurator.class))
                .anyMatch(QuietStart.class::isInstance);
        assertThat(System.LoggerFinder.getLoggerFinder().getClass().getName()).contains("SLF4J");
    }
}
