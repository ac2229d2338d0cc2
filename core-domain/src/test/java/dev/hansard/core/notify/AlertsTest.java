// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.core.audit.Auditor;
import dev.hansard.ports.audit.InMemoryAuditLog;
import dev.hansard.ports.notify.Alert;
import dev.hansard.ports.notify.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AlertsTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final MemoryOfAlerts kept = new MemoryOfAlerts();
    private final InMemoryAuditLog log = new InMemoryAuditLog();
    private final List<Notice> notices = new ArrayList<>();
    private Alerts alerts = started();

    private Alerts started() {
        return new Alerts(kept, new Auditor(log, () -> NOON, false), notices::add, () -> NOON);
    }

    private void read(int level) {
        alerts.read(new Alerts.Reading("quota:a", level, level == 0 ? Alerts.FINE : level + "0%", "a \"b\""));
    }

    private List<String> types() {
        return notices.stream().map(Notice::type).toList();
    }

    @Test
    void tellsEachChangeOnce() {
        read(0);
        read(1);
        read(1);
        read(3);
        read(2);
        read(0);
        read(0);

        assertThat(types()).containsExactly("alert.raised", "alert.raised", "alert.eased", "alert.cleared");
        assertThat(alerts.raised()).isEmpty();
        assertThat(alerts.raisedCount()).isEqualTo(2);
        assertThat(alerts.clearedCount()).isEqualTo(1);
    }

    @Test
    void doesNotTellAgainAfterARestart() {
        read(1);
        alerts = started();

        read(1);

        assertThat(types()).containsExactly("alert.raised");
        assertThat(alerts.raised()).extracting(Alert::since).containsExactly(NOON);
    }

    @Test
    void writesWhatWasBeforeAndWhatIsNow() {
        read(1);
        read(2);

        assertThat(notices.getLast().data())
                .isEqualTo("{\"subject\":\"quota:a\",\"level\":2,\"state\":\"20%\",\"before\":\"10%\","
                        + "\"detail\":\"a \\\"b\\\"\"}");
        assertThat(log.newest(Long.MAX_VALUE, 2))
                .extracting(entry -> entry.event().object())
                .containsExactly("quota:a: 10% -> 20%", "quota:a: ok -> 10%");
    }

    @Test
    void writesHalfOfAPairAsWhatItIs() {
        String text = new JsonText().with("a", "\ud83d\ude00\ud83d\n").toString();

        assertThat(text).isEqualTo("{\"a\":\"\ud83d\ude00\\ud83d\\u000a\"}");
    }
}
