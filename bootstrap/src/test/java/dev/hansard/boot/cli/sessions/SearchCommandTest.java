// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.admin.FakeAdmin;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SearchCommandTest {
    private static final String ID = "ses_0190163d-8694-739b-aea5-966c26f8ad91";
    private static final String SESSION = """
            {"id":"%s","service":"payments","node":"n1","listener":"edge","startedAt":"2026-11-23T02:04:05.123Z",\
            "durationMs":12.345,"state":"complete","ending":"complete","durability":"strict",\
            "caller":{"provider":"anyone","subject":"anonymous","groups":[]},\
            "request":{"method":"POST","target":"/v1/orders","host":"h","bodyBytes":2048},\
            "response":{"status":201,"bodyBytes":10},"truncated":false,"retention":{"class":"default"}}""".formatted(ID);
    private static final String FOUND = "{\"type\":\"found\",\"in\":[\"request\"],\"session\":" + SESSION + "}\n";
    private static final String COST =
            "\"cost\":{\"segments\":3,\"blocks\":40,\"blocksSkipped\":39,\"blocksUnindexed\":0,"
                    + "\"sessionsRead\":512,\"sessionsUnreadable\":%d,\"indexBytes\":876000,\"recordBytes\":1426843,"
                    + "\"aheadBytes\":0,\"found\":1}";
    private static final String PASSED =
            "{\"type\":\"passed\",\"at\":\"2026-11-23T02:00:00Z\"," + COST.formatted(0) + "}\n";
    private static final String ENDED = "{\"type\":\"ended\",\"complete\":true," + COST.formatted(0) + "}\n";

    private final FakeAdmin admin;
    private final Screen screen = Screen.piped();

    SearchCommandTest() throws IOException {
        admin = new FakeAdmin();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private int search(Screen on, String... arguments) {
        var all = new String[arguments.length + 4];
        all[0] = "sessions";
        all[1] = "search";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[arguments.length + 2] = "--admin";
        all[arguments.length + 3] = admin.url();
        return on.run(all);
    }

    @Test
    void printsWhatIsFoundAndTellsWhatItCost() {
        admin.json("/api/v1/sessions:search", 200, PASSED + FOUND + ENDED);

        int code = search(screen, "body:\"ord_7 a\"", "service:payments", "-o", "id");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo(ID + "\n");
        assertThat(screen.err())
                .contains("1 found; 512 sessions read (1.36MiB), 39 of 40 blocks ruled out by their words (855KiB)");
        assertThat(admin.requests())
                .containsExactly("/api/v1/sessions:search?q=body%3A%22ord_7%20a%22%20service%3Apayments"
                        + "&maxBytes=268435456");
    }

    @Test
    void saysHowToGoOnBehindTheLimit() {
        String end = "{\"type\":\"ended\",\"complete\":false,\"from\":\"" + ID + "\"," + COST.formatted(2) + "}\n";
        admin.json("/api/v1/sessions:search", 200, end);

        int code = search(screen, "body:x", "--max-bytes", "1MiB", "--from", ID);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.err()).contains("--from " + ID, "2 sessions could not be read");
        assertThat(admin.requests().getFirst()).endsWith("&maxBytes=1048576&from=" + ID);
    }

    @Test
    void stopsWhenItHasEnough() {
        admin.json("/api/v1/sessions:search", 200, FOUND + FOUND + FOUND);

        int code = search(screen, "body:x", "-n", "2");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out().lines()).hasSize(2);
        assertThat(screen.err()).contains("there may be more");
    }

    @Test
    void failsWhenTheAnswerBreaksOff() {
        admin.json("/api/v1/sessions:search", 200, FOUND + PASSED);

        assertThat(search(screen, "body:x")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(screen.err()).contains("broke off");
    }

    @Test
    void failsWhenAStoreDid() {
        admin.json("/api/v1/sessions:search", 200, "{\"type\":\"failed\",\"detail\":\"A store failed.\"}\n");

        assertThat(search(screen, "body:x")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(screen.err()).contains("A store failed.");
    }

    @Test
    void refusesWhatIsNoAmount() {
        assertThat(search(screen, "body:x", "--max-bytes", "much")).isEqualTo(ExitCode.USAGE);
        assertThat(search(screen, "body:x", "-n", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(search(screen, "body:x", "--from", "x")).isEqualTo(ExitCode.USAGE);
    }
}
