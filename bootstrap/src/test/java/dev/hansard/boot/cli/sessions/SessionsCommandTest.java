// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.admin.FakeAdmin;
import dev.hansard.boot.text.TextWidth;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionsCommandTest {
    private static final String ID = "ses_0190163d-8694-739b-aea5-966c26f8ad91";
    private static final String OTHER_ID = "ses_0190163d-8694-739b-aea5-966c26f8ad92";
    private static final String ROW = """
            {"id":"%s","service":"payments","node":"n1","listener":"edge","startedAt":"2026-11-23T02:04:05.123Z",
             "durationMs":12.345,"state":"complete","ending":"complete","durability":"strict",
             "caller":{"provider":"anyone","subject":"anonymous","groups":[]},
             "request":{"method":"POST","target":"/v1/orders?x=%s","host":"payments.example.com","bodyBytes":2048},
             "response":{"status":201,"bodyBytes":10},"truncated":false,"retention":{"class":"default"}}
            """;
    private static final String WHOLE = """
            {"id":"%s","service":"payments","node":"n1","listener":"edge","startedAt":"2026-11-23T02:04:05.123Z",
             "durationMs":12.345,"state":"incomplete","ending":"upstream_aborted","code":"upstream_closed",
             "durability":"strict","callerAddress":"127.0.0.1",
             "caller":{"provider":"anyone","subject":"anonymous","groups":[]},
             "request":{"method":"POST","target":"/v1/orders","receivedTarget":"/payments/v1/orders","host":"h",
               "headers":[["Host","h"],["X-Evil","\\u001b[31mred\\u202e"]],"trailers":[["Sum","1"]],"bodyBytes":20,
               "keptBytes":20,"truncated":false,"maskStatus":"masked"},
             "upstream":"http://target:1",
             "response":{"status":200,"reason":"OK","headers":[["Content-Type","image/png"]],"trailers":[],
               "bodyBytes":4096,"keptBytes":1024,"truncated":true,"maskStatus":"clean"},
             "truncated":true,"timing":{"intentMs":0.5,"connectMs":1,"firstByteMs":11.25,"endMs":12},
             "traceId":"4bf92f3577b34da6a3ce929d0e0e4736","retention":{"class":"default"}}
            """.formatted(ID);

    private final FakeAdmin admin;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Screen screen = Screen.piped();

    SessionsCommandTest() throws IOException {
        admin = new FakeAdmin();
    }

    @AfterEach
    void stop() {
        stopping.countDown();
        admin.close();
    }

    private int sessions(Screen on, String... arguments) {
        var all = new String[arguments.length + 3];
        all[0] = "sessions";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "--admin";
        all[arguments.length + 2] = admin.url();
        return on.run(all);
    }

    private static String page(String next) {
        String rows = ROW.formatted(ID, "1") + "," + ROW.formatted(OTHER_ID, "2");
        return "{\"items\":[" + rows + "]" + (next.isEmpty() ? "" : ",\"nextCursor\":\"" + next + "\"") + "}";
    }

    @Test
    void listsSessionsAsATable() {
        admin.json("/api/v1/sessions", 200, page(""));

        int code = sessions(screen, "ls", "status:>=500", "service:payments");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(admin.requests())
                .containsExactly("/api/v1/sessions?limit=20&q=status%3A%3E%3D500%20service%3Apayments");
        assertThat(screen.out()).isEqualTo("""
                STARTED         SERVICE   STATUS  METHOD  TARGET             TIME  STATE     ID
                11-23 02:04:05  payments     201  POST    /v1/orders?x=1  12.3ms  complete  %s
                11-23 02:04:05  payments     201  POST    /v1/orders?x=2  12.3ms  complete  %s
                """.replace("TARGET             TIME", "TARGET            TIME")
                .formatted(ID, OTHER_ID));
    }

    @ParameterizedTest
    @CsvSource({"80", "100", "120", "160"})
    void fitsTheTableToTheTerminal(int columns) {
        admin.json("/api/v1/sessions", 200, page("").replace("x=1", "x=" + "y".repeat(300)));
        var narrow = Screen.ofWidth(columns);

        sessions(narrow, "ls");

        assertThat(narrow.out().lines()).hasSize(3).allMatch(line -> TextWidth.of(line) <= columns);
        assertThat(narrow.out()).contains(ID, "…");
    }

    @Test
    void showsHostileTextAsNumbersInTables() {
        admin.json("/api/v1/sessions", 200, page("").replace("x=1", "\\u001b]0;owned\\u0007\\u202e"));

        sessions(screen, "ls", "-o", "wide");

        assertThat(screen.out()).contains("\\x1b]0;owned\\x07\\u202e").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void followsTheCursorUpToTheLimit() {
        admin.on("/api/v1/sessions", exchange -> {
            boolean first = !exchange.getRequestURI().getQuery().contains("cursor");
            FakeAdmin.send(exchange, 200, page(first ? "a+b" : "c").getBytes(StandardCharsets.UTF_8));
        });

        int code = sessions(screen, "ls", "-n", "4", "-o", "id");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo((ID + "\n" + OTHER_ID + "\n").repeat(2));
        assertThat(admin.requests())
                .containsExactly("/api/v1/sessions?limit=4&q=", "/api/v1/sessions?limit=2&q=&cursor=a%2Bb");
        assertThat(screen.err()).contains("hint: there are more: add --limit 40, or --cursor c");
    }

    @Test
    void printsJsonForPrograms() {
        admin.json("/api/v1/sessions", 200, page("").replace("x=1", "\\u001b\\u009b"));

        sessions(screen, "ls", "-o", "ndjson");
        sessions(screen, "ls", "-o", "json");

        assertThat(screen.out().lines().limit(2)).allMatch(line -> line.startsWith("{\"id\":\"ses_"));
        assertThat(screen.out()).contains("\"items\" : [", "\\u001B\\u009b").doesNotContain("\u001b", "\u009b");
    }

    @Test
    void saysThatNothingMatches() {
        admin.json("/api/v1/sessions", 200, "{\"items\":[]}");

        assertThat(sessions(screen, "ls", "-o", "id")).isEqualTo(ExitCode.DONE);

        assertThat(screen.out()).isEmpty();
        assertThat(screen.err()).isEqualTo("hint: no session matches\n");
    }

    @ParameterizedTest
    @CsvSource({"400,2", "401,3", "403,3", "404,4", "410,4", "500,3", "503,3", "504,5"})
    void exitsByTheKindOfProblem(int status, int code) {
        admin.json("/api/v1/sessions", status, "{\"detail\":\"why \\u001b[0m\",\"code\":\"some_code\"}");

        assertThat(sessions(screen, "ls")).isEqualTo(code);

        assertThat(screen.err()).startsWith("error: why \\x1b[0m (some_code)\n");
    }

    @Test
    void saysThatTheNodeCannotBeReached() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var other = Screen.piped(Map.of("HANSARD_ADMIN", "http://127.0.0.1:" + free));

        assertThat(other.run("sessions", "ls")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(other.err()).contains("http://127.0.0.1:" + free + " cannot be reached", "hansard serve");
    }

    @ParameterizedTest
    @CsvSource({"ftp://x", "'http://u:p@x'", "'::'"})
    void refusesAnAdminAddressThatIsNone(String url) {
        assertThat(screen.run("sessions", "ls", "--admin", url)).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("--admin must be a URL");
    }

    @Test
    void saysThatSomethingElseAnswers() {
        admin.json("/api/v1/sessions", 200, "<html>");

        assertThat(sessions(screen, "ls")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(screen.err()).contains("is no admin plane of Hansard: its answer is not JSON");
    }

    @Test
    void showsASessionAsATranscript() {
        admin.json("/api/v1/sessions/" + ID, 200, WHOLE);
        admin.json("/api/v1/sessions/" + ID + "/request/body", 206, "{\"card\":\"***\"}\u001b[2J\u00e9\n");
        admin.on("/api/v1/sessions/" + ID + "/response/body", e -> FakeAdmin.send(e, 206, new byte[] {0, 1}));

        int code = sessions(screen, "show", ID);

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(admin.requests().get(1)).endsWith("/request/body?view=decoded Range bytes=0-16383");
        assertThat(screen.out()).isEqualTo("""
                session   %1$s
                service   payments
                state     incomplete (upstream aborted, upstream_closed)
                started   2026-11-23T02:04:05.123Z
                took      12.3ms (connected after 1.00ms, first byte after 11.3ms)
                caller    anyone/anonymous from 127.0.0.1
                upstream  http://target:1
                recorded  strict
                trace     4bf92f3577b34da6a3ce929d0e0e4736

                > POST /v1/orders
                > Host: h
                > X-Evil: \\x1b[31mred\\u202e
                > (trailer) Sum: 1
                > (20B of content, masked)

                {"card":"***"}\\x1b[2J\u00e9

                < 200 OK
                < Content-Type: image/png
                < (4.00KiB of content, truncated to 1.00KiB)

                (not text; `hansard sessions body %1$s response --out FILE` writes it to a file)
                """.formatted(ID));
    }

    @Test
    void showsATranscriptWhoseContentIsGone() {
        admin.json("/api/v1/sessions/" + ID, 200, WHOLE);
        for (String message : Transcript.MESSAGES) {
            String path = "/api/v1/sessions/" + ID + "/" + message + "/body";
            admin.json(path, 404, "{\"detail\":\"it was erased\",\"code\":\"not_found\"}");
        }

        assertThat(sessions(screen, "show", ID)).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("(no content to show: it was erased (not_found))");

        assertThat(sessions(screen, "show", ID, "--no-body", "-o", "wide")).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).contains("received  /payments/v1/orders");
    }

    @Test
    void refusesAnIdThatIsNoneBeforeAsking() {
        assertThat(sessions(screen, "show", "../keys")).isEqualTo(ExitCode.USAGE);

        assertThat(admin.requests()).isEmpty();
        assertThat(screen.err()).contains("session id '../keys' must look like", "hansard sessions ls -o id");
    }

    @Test
    void writesAContentByteForByte(@TempDir Path folder) {
        var content = new byte[200_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) i;
        }
        admin.on("/api/v1/sessions/" + ID + "/response/body", exchange -> {
            exchange.getResponseHeaders().add("Hansard-Truncated", "true");
            FakeAdmin.send(exchange, 200, content);
        });
        Path file = folder.resolve("body");

        assertThat(sessions(screen, "body", ID, "response")).isEqualTo(ExitCode.DONE);
        assertThat(sessions(screen, "body", ID, "response", "--view", "decoded", "--out", file.toString()))
                .isEqualTo(ExitCode.DONE);

        assertThat(screen.outBytes()).isEqualTo(content);
        assertThat(file).hasBinaryContent(content);
        assertThat(screen.err()).contains("hint: this is the beginning only", "written to " + file);
        assertThat(admin.requests())
                .extracting(r -> r.substring(r.indexOf('?')))
                .containsExactly("?view=raw", "?view=decoded");
    }

    @Test
    void keepsBytesThatATerminalWouldActOnAwayFromIt() {
        admin.on("/api/v1/sessions/" + ID + "/request/body", e -> FakeAdmin.send(e, 200, new byte[] {0, 27}));
        admin.json("/api/v1/sessions/" + ID + "/response/body", 200, "text \u001b[2J\u00e9");
        var terminal = Screen.ofWidth(80);

        assertThat(sessions(terminal, "body", ID, "request")).isEqualTo(ExitCode.USAGE);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err()).contains("the content is not text", "--out FILE");

        assertThat(sessions(terminal, "body", ID, "response")).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out()).isEqualTo("text \\x1b[2J\u00e9\n");
    }

    @Test
    void tailsOverLostConnectionsWithoutMissingOrRepeating() {
        admin.on("/api/v1/sessions:tail", exchange -> {
            String last = exchange.getRequestHeaders().getFirst("Last-Event-ID");
            long next = last == null ? 8 : Long.parseLong(last) + 1;
            exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            String row = ROW.formatted(ID, next).replace("\n", "");
            String events = "id: 7\nretry: 1\n: hello\n\nid: " + next + "\nevent: session\ndata: " + row + "\n\n";
            exchange.getResponseBody().write(events.getBytes(StandardCharsets.UTF_8));
        });

        int code = sessions(screen, "tail", "service:payments", "--count", "3", "--timeout", "60");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(admin.requests())
                .containsExactly(
                        "/api/v1/sessions:tail?q=service%3Apayments",
                        "/api/v1/sessions:tail?q=service%3Apayments Last-Event-ID 8",
                        "/api/v1/sessions:tail?q=service%3Apayments Last-Event-ID 9");
        assertThat(screen.out().lines())
                .hasSize(3)
                .allMatch(line -> line.endsWith(ID))
                .first()
                .asString()
                .startsWith("11-23 02:04:05  payments      201  POST    /v1/orders?x=8 ");
        assertThat(screen.err()).contains("the connection is lost; trying again");
    }

    @Test
    void saysThatTheTailTimedOut() {
        admin.on("/api/v1/sessions:tail", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(": waiting\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            try {
                stopping.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });

        assertThat(sessions(screen, "tail", "--count", "1", "--timeout", "1", "-o", "ndjson"))
                .isEqualTo(ExitCode.TIMED_OUT);
        assertThat(screen.out()).isEmpty();
    }

    @Test
    void doesNotRetryATailThatIsRefused() {
        admin.json("/api/v1/sessions:tail", 400, "{\"detail\":\"no such field\",\"code\":\"invalid_query\"}");

        assertThat(sessions(screen, "tail", "nonsense:1")).isEqualTo(ExitCode.USAGE);
        assertThat(admin.requests()).hasSize(1);
    }
}
