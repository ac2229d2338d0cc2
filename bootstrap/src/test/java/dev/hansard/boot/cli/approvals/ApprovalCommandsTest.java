// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.admin.FakeAdmin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ApprovalCommandsTest {
    private static final String ID = "apr_0190163d-8694-739b-aea5-966c26f8ad91";
    private static final String PATH = "/api/v1/approvals";

    private final FakeAdmin admin = new FakeAdmin();

    ApprovalCommandsTest() throws IOException {}

    @AfterEach
    void close() {
        admin.close();
    }

    private static String approval(String state, int version, String decisions) {
        return """
                {"id":"%s","version":%d,"state":"%s","service":"payments",\
                "caller":{"provider":"workloads","subject":"billing","groups":[]},\
                "createdAt":"2026-11-23T12:00:00Z","expiresAt":"2026-11-23T12:15:00Z","leftMs":61000,\
                "message":"Ask \u202efirst.","digest":"d1","node":"n","polled":false,"session":"ses_1",\
                "policies":[{"name":"big","reviewers":["leads"],"needed":2}],"decisions":[%s],\
                "request":{"method":"POST","host":"pay.test","target":"/v1/refunds\\u001b[2J","bodyBytes":12,\
                "maskStatus":"clean","listener":"edge","upstreams":["http://up"],"headers":[["X-Note","a"]],\
                "body":{"text":"line 1\\nline 2\\u202e","cut":false}},"decide":{"may":true}}""".formatted(ID, version, state, decisions);
    }

    private static String vote(String who) {
        return "{\"provider\":\"corp\",\"subject\":\"" + who
                + "\",\"verdict\":\"approve\",\"comment\":\"fine\",\"at\":\"2026-11-23T12:01:00Z\",\"policies\":[]}";
    }

    private int run(Screen screen, String command, String... arguments) {
        var all = new ArrayList<>(List.of("approvals", command, "--admin", admin.url()));
        all.addAll(List.of(arguments));
        return screen.run(all.toArray(String[]::new));
    }

    @Test
    void listsWhatIsOpen() {
        admin.json(PATH, 200, "{\"items\":[" + approval("pending", 1, vote("ann")) + "]}");
        Screen screen = Screen.piped();

        int exit = run(screen, "ls");

        assertThat(exit).isZero();
        assertThat(screen.out())
                .contains("LEFT", "1/2", "1m01s", "workloads/billing", "/v1/refunds\\x1b[2J")
                .doesNotContain("\u001b");
        assertThat(admin.requests()).containsExactly(PATH + "?limit=100&state=pending,approved");
    }

    @Test
    void listsAllPagesAndIds() {
        admin.on(PATH, exchange -> {
            boolean isFirst = !exchange.getRequestURI().getQuery().contains("cursor=");
            String next = isFirst ? ",\"nextCursor\":\"" + ID + "\"" : "";
            FakeAdmin.send(
                    exchange,
                    200,
                    ("{\"items\":[" + approval("used", 3, "") + "]" + next + "}").getBytes(StandardCharsets.UTF_8));
        });
        Screen screen = Screen.piped();

        run(screen, "ls", "--all", "-o", "id");

        assertThat(screen.out()).isEqualTo(ID + "\n" + ID + "\n");
        assertThat(admin.requests()).containsExactly(PATH + "?limit=100", PATH + "?limit=99&cursor=" + ID);
    }

    @Test
    void knowsTheStates() {
        Screen screen = Screen.piped();

        assertThat(run(screen, "ls", "--state", "open")).isEqualTo(2);
        assertThat(screen.err()).contains("--state must be of pending, approved, denied");
    }

    @Test
    void showsOneSafely() {
        admin.json(PATH, 200, approval("pending", 2, vote("ann")));
        Screen screen = Screen.piped();

        int exit = run(screen, "show", ID);

        assertThat(exit).isZero();
        assertThat(screen.out())
                .contains("big: 2 of leads", "digest     d1", "approve by corp/ann", "Ask \\u202efirst.")
                .contains("POST /v1/refunds\\x1b[2J\n", "X-Note: a\n\nline 1\nline 2\\u202e\n")
                .contains("you        may decide on it");
    }

    @Test
    void refusesWhatIsNoId() {
        Screen screen = Screen.piped();

        assertThat(run(screen, "show", "../keys")).isEqualTo(2);
        assertThat(screen.err()).contains("must look like apr_");
        assertThat(admin.requests()).isEmpty();
    }

    @Test
    void asksBeforeItApproves() {
        admin.json(PATH, 200, approval("pending", 1, ""));
        Screen yes = Screen.ofWidth(100);
        yes.type("y\n".getBytes(StandardCharsets.UTF_8));
        Screen no = Screen.ofWidth(100);

        int approved = run(yes, "approve", ID, "--comment", "looked at it");
        int nothing = run(no, "approve", ID);

        assertThat(approved).isZero();
        assertThat(yes.err()).contains("digest     d1", "approve it? [y/N] ", "hint: 0 of 2 have approved it");
        assertThat(yes.out()).isEqualTo("pending\n");
        assertThat(nothing).isEqualTo(1);
        assertThat(no.err()).contains("nothing was decided");
        assertThat(admin.requests())
                .containsExactly(
                        PATH + "/" + ID,
                        "POST " + PATH + "/" + ID + ":approve {\"comment\":\"looked at it\",\"digest\":\"d1\"}",
                        PATH + "/" + ID);
    }

    @Test
    void asksNobodyWhereNobodyIs() {
        admin.json(PATH, 200, approval("denied", 1, ""));
        Screen screen = Screen.piped();

        int refused = run(screen, "deny", ID, "--comment", "no");
        int denied = run(screen, "deny", ID, "--comment", "no", "--yes", "--digest", "d1", "-o", "id");

        assertThat(refused).isEqualTo(2);
        assertThat(screen.err()).contains("say --yes");
        assertThat(denied).isZero();
        assertThat(screen.out()).isEqualTo(ID + "\n");
        assertThat(admin.requests()).hasSize(2);
    }

    @Test
    void decidesNothingOnAnotherDigest() {
        admin.json(PATH, 200, approval("pending", 1, ""));
        Screen screen = Screen.piped();

        assertThat(run(screen, "approve", ID, "--yes", "--digest", "d2")).isEqualTo(1);
        assertThat(screen.err()).contains("another digest than you say: d1");
        assertThat(admin.requests()).hasSize(1);
    }

    @Test
    void deniesOnlyWithAComment() {
        assertThat(run(Screen.piped(), "deny", ID, "--yes")).isEqualTo(2);
    }

    @Test
    void tellsByTheExitCodeWhyNot() {
        admin.json(PATH, 200, approval("pending", 1, ""));
        int[] statuses = {403, 404, 409};
        int[] exits = {3, 4, 1};

        for (int i = 0; i < statuses.length; i++) {
            try (var other = new FakeAdmin()) {
                other.json(PATH + "/" + ID + ":approve", statuses[i], "{\"code\":\"x\",\"detail\":\"No.\"}");
                other.json(PATH, 200, approval("pending", 1, ""));
                int exit = Screen.piped().run("approvals", "approve", "--admin", other.url(), ID, "--yes");

                assertThat(exit).isEqualTo(exits[i]);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void watchesAndPrintsNothingTwice() {
        String first = "event: approval\ndata: " + approval("pending", 1, "") + "\n\n";
        String listed = "event: listed\ndata: {}\n\n";
        String second = "event: approval\ndata: " + approval("approved", 2, vote("ann")) + "\n\n";
        admin.on(PATH + ":watch", exchange -> {
            boolean isFirst = admin.requests().size() == 1;
            String events = first + listed + (isFirst ? "" : second);
            FakeAdmin.send(exchange, 200, events.getBytes(StandardCharsets.UTF_8));
        });
        Screen screen = Screen.ofWidth(200);

        int exit = run(screen, "watch", "-n", "2", "--bell");

        assertThat(exit).isZero();
        assertThat(screen.out().lines().toList()).hasSize(2);
        assertThat(screen.out()).contains(ID + "  pending  1m01s  0/2", ID + "  approved  1m01s  1/2");
        assertThat(screen.err()).contains("\u0007", "the connection is lost");
        assertThat(admin.requests()).containsExactly(PATH + ":watch", PATH + ":watch");
    }
}
