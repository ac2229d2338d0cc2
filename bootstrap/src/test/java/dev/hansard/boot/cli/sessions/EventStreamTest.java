// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventStreamTest {
    private static EventStream of(String text) {
        return new EventStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "0");
    }

    @Test
    void readsEventsWithEveryLineEnd() throws IOException {
        EventStream events = of("data: a\n\ndata:b\r\n\r\ndata: c\rdata: d\r\rdata: unfinished\n");

        assertThat(events.next()).isEqualTo("a");
        assertThat(events.next()).isEqualTo("b");
        assertThat(events.next()).isEqualTo("c\nd");
        assertThat(events.next()).isNull();
    }

    @Test
    void remembersTheIdOfAnEventWithoutData() throws IOException {
        EventStream events = of("id: 5\n: comment\n\ndata: a\n\nid: 6\ndata: b\n\nid: 7\nretry: 1\n");

        assertThat(events.next()).isEqualTo("a");
        assertThat(events.lastId()).isEqualTo("5");
        assertThat(events.next()).isEqualTo("b");
        assertThat(events.lastId()).isEqualTo("6");
        assertThat(events.next()).isNull();
        assertThat(events.lastId()).isEqualTo("6");
    }

    @Test
    void givesUpOnALineWithoutEnd() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public int read(byte[] to, int from, int count) {
                Arrays.fill(to, from, from + count, (byte) 'x');
                return count;
            }
        };

        assertThatThrownBy(() -> new EventStream(endless, "").next())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than");
    }
}
