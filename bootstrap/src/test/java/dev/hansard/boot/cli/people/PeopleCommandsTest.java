// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.cli.Screen;
import dev.hansard.boot.cli.admin.FakeAdmin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeopleCommandsTest {
    private static final String KEY = "hsk_abcdefghijkl_abcdefghijklmnopqrstuvwxyz234567";
    private static final String ME = """
            {"provider":"ci-keys","subject":"key:ci","groups":["sre","leads"],
             "roles":[{"role":"reviewer","because":"group leads","services":["ledger","payments"]},
                      {"role":"operator","because":"group sre"}],
             "permissions":[{"permission":"see-sessions"},
                            {"permission":"read-payloads","services":["ledger","payments"]}]}
            """;
    private static final String MADE = """
            {"id":"abcdefghijkl","name":"ci","groups":["sre"],"createdAt":"2026-11-23T02:04:05Z",
             "createdBy":"local/local","key":"%s"}
            """.formatted(KEY);

    @TempDir
    private Path home = Path.of("");

    private final FakeAdmin admin;

    PeopleCommandsTest() throws IOException {
        admin = new FakeAdmin();
    }

    @AfterEach
    void stop() {
        admin.close();
    }

    private Screen screen(String... environment) {
        var all = new HashMap<>(Map.of("HOME", home.toString(), "HANSARD_ADMIN", admin.url()));
        for (int i = 0; i < environment.length; i += 2) {
            all.put(environment[i], environment[i + 1]);
        }
        return Screen.piped(all);
    }

    private Path stored() {
        return home.resolve(".config/hansard/token");
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    @Test
    void saysWhoOneIsAndWhy() {
        admin.json("/api/v1/me", 200, ME);
        Screen screen = screen();

        int code = screen.run("whoami");

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("""
                ci-keys/key:ci
                groups: sre, leads

                ROLE      BECAUSE      SERVICES
                reviewer  group leads  ledger, payments
                operator  group sre    all

                PERMISSION     SERVICES
                see-sessions   all
                read-payloads  ledger, payments
                """);
        assertThat(admin.requests()).containsExactly("/api/v1/me");
    }

    @Test
    void takesATokenFromAFileBeforeTheEnvironment() throws IOException {
        admin.json("/api/v1/me", 200, ME);
        Path file = Files.writeString(home.resolve("t"), "  from-file\nsecond line\n");

        screen("HANSARD_TOKEN", "from-environment").run("whoami", "--token-file", file.toString());
        screen("HANSARD_TOKEN", "from-environment\n").run("whoami", "-o", "id");

        assertThat(admin.requests())
                .containsExactly("/api/v1/me as Bearer from-file", "/api/v1/me as Bearer from-environment");
    }

    @Test
    void storesATokenThatTheNodeTakesForItsOwnerAlone() throws IOException {
        admin.json("/api/v1/me", 200, ME);
        Path file = Files.writeString(home.resolve("t"), KEY + "\n");
        Screen login = screen();

        int code = login.run("login", "--token-file", file.toString());
        screen().run("whoami");

        assertThat(code).as(login.err()).isEqualTo(ExitCode.DONE);
        assertThat(login.out()).isEqualTo("ci-keys/key:ci\n");
        assertThat(login.err()).contains(stored().toString()).doesNotContain(KEY);
        assertThat(rights(stored())).isEqualTo("rw-------");
        assertThat(admin.requests()).containsOnly("/api/v1/me as Bearer " + KEY).hasSize(2);
        assertThat(screen().run("logout")).isEqualTo(ExitCode.DONE);
        assertThat(stored()).doesNotExist();
        assertThat(screen().run("logout")).isEqualTo(ExitCode.DONE);
    }

    @Test
    void storesNoTokenThatTheNodeRefuses() throws IOException {
        admin.json("/api/v1/me", 401, "{\"code\":\"invalid_token\",\"detail\":\"The access token was not accepted.\"}");
        Path file = Files.writeString(home.resolve("t"), KEY);
        Screen screen = screen();

        assertThat(screen.run("login", "--token-file", file.toString())).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(screen.err())
                .startsWith("error: The access token was not accepted. (invalid_token)\nhint: ")
                .contains("expired, revoked")
                .doesNotContain(KEY);
        assertThat(stored()).doesNotExist();
    }

    @Test
    void showsAStoredTokenToItsOwnNodeOnly() throws IOException {
        admin.json("/api/v1/me", 200, ME);
        Files.createDirectories(stored().getParent());
        Files.writeString(stored(), KEY + "\nhttps://hansard.example.com:443\n");
        Files.setPosixFilePermissions(stored(), PosixFilePermissions.fromString("rw-------"));

        screen().run("whoami");

        assertThat(admin.requests()).containsExactly("/api/v1/me");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----"})
    void refusesAStoredTokenThatOthersMayRead(String rights) throws IOException {
        Files.createDirectories(stored().getParent());
        Files.writeString(stored(), KEY + "\n");
        Files.setPosixFilePermissions(stored(), PosixFilePermissions.fromString(rights));
        Screen screen = screen();

        assertThat(screen.run("whoami")).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err())
                .contains("others may read or write it", "chmod 600")
                .doesNotContain(KEY);
        assertThat(admin.requests()).isEmpty();
    }

    @Test
    void sendsNoTokenInClearOverTheNetwork() {
        Screen screen = screen("HANSARD_TOKEN", KEY);

        assertThat(screen.run("whoami", "--admin", "http://hansard.invalid:9000"))
                .isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("not sent in clear to 'hansard.invalid'", "ssh -L");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "caf\u00e9", "\u0007"})
    void refusesATokenFileThatHoldsNone(String content) throws IOException {
        Path file = Files.writeString(home.resolve("t"), content + "\n");
        Screen screen = screen();

        assertThat(screen.run("whoami", "--token-file", file.toString())).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("visible ASCII");
    }

    @ParameterizedTest
    @CsvSource({
        "401, unauthenticated, hansard login",
        "403, not_allowed, hansard whoami",
        "403, reason_required, --reason",
        "403, no_role, identity.roles"
    })
    void saysWhatToDoWhenItIsNotLetIn(int status, String code, String hint) {
        admin.json("/api/v1/keys", status, "{\"code\":\"%s\",\"detail\":\"No.\"}".formatted(code));
        Screen screen = screen();

        assertThat(screen.run("keys", "ls")).isEqualTo(ExitCode.UNREACHABLE);

        assertThat(screen.err()).startsWith("error: No. (" + code + ")\n").contains(hint);
    }

    @Test
    void printsANewKeyOnceAndTheHintApart() {
        admin.json("/api/v1/keys", 201, MADE);
        Screen screen = screen();

        int code = screen.run("keys", "create", "ci", "--group", "sre", "-g", "leads", "--lifetime", "90d");

        assertThat(code).as(screen.err()).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo(KEY + "\n");
        assertThat(screen.err()).contains("only time", "abcdefghijkl").doesNotContain(KEY);
        assertThat(admin.requests())
                .containsExactly("POST /api/v1/keys"
                        + " {\"name\":\"ci\",\"groups\":[\"sre\",\"leads\"],\"lifetime\":\"PT2160H\"}");
    }

    @Test
    void writesANewKeyToAFileOfItsOwner() throws IOException {
        admin.json("/api/v1/keys", 201, MADE);
        Path file = home.resolve("ci.key");
        Screen screen = screen();

        int code = screen.run("keys", "create", "ci", "--key-file", file.toString());
        int again = screen.run("keys", "create", "ci", "--key-file", file.toString());

        assertThat(code).isEqualTo(ExitCode.DONE);
        assertThat(screen.out()).isEqualTo("abcdefghijkl\n");
        assertThat(Files.readString(file)).isEqualTo(KEY + "\n");
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(again).isEqualTo(ExitCode.USAGE);
        assertThat(admin.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"90", "-1d", "0d", "1y"})
    void refusesALifetimeThatIsNone(String lifetime) {
        Screen screen = screen();

        assertThat(screen.run("keys", "create", "ci", "--lifetime=" + lifetime)).isEqualTo(ExitCode.USAGE);

        assertThat(screen.err()).contains("--lifetime must be");
        assertThat(admin.requests()).isEmpty();
    }

    @Test
    void listsKeys() {
        admin.json("/api/v1/keys", 200, "{\"items\":[" + MADE.replace(",\"key\":\"" + KEY + "\"", "") + "]}");
        Screen table = screen();
        Screen ids = screen();

        table.run("keys", "ls");
        ids.run("keys", "ls", "-o", "id");

        assertThat(table.out()).isEqualTo("""
                NAME  GROUPS  CREATED           BY           EXPIRES  REVOKED  ID
                ci    sre     2026-11-23 02:04  local/local  -        -        abcdefghijkl
                """);
        assertThat(ids.out()).isEqualTo("abcdefghijkl\n");
    }

    @Test
    void revokesAKeyByItsId() {
        admin.on("/api/v1/keys/abcdefghijkl", exchange -> FakeAdmin.send(exchange, 204, new byte[0]));
        admin.json("/api/v1/keys/zzzzzzzzzzzz", 404, "{\"code\":\"not_found\",\"detail\":\"There is none.\"}");
        Screen screen = screen();

        assertThat(screen.run("keys", "revoke", "abcdefghijkl")).isEqualTo(ExitCode.DONE);
        assertThat(screen.run("keys", "revoke", "zzzzzzzzzzzz")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(screen.run("keys", "revoke", KEY)).isEqualTo(ExitCode.USAGE);

        assertThat(admin.requests())
                .containsExactly("DELETE /api/v1/keys/abcdefghijkl", "DELETE /api/v1/keys/zzzzzzzzzzzz");
        assertThat(screen.err()).contains("`hansard keys ls` lists").doesNotContain(KEY);
    }

    @Test
    void tellsTheNodeWhatAContentIsReadFor() {
        String path = "/api/v1/sessions/ses_0190163d-8694-739b-aea5-966c26f8ad91/request/body";
        admin.json(path, 200, "{}");
        String id = "ses_0190163d-8694-739b-aea5-966c26f8ad91";

        screen().run("sessions", "body", id, "request", "--reason", "ticket 42");
        screen("HANSARD_REASON", "ticket 43").run("sessions", "body", id, "request");
        int code = screen().run("sessions", "body", id, "request", "--reason", "f\u00fcr mich");

        assertThat(admin.requests())
                .containsExactly(path + "?view=raw for ticket 42", path + "?view=raw for ticket 43");
        assertThat(code).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void saysWhereToSignInAndWhatEndedIt() throws IOException {
        admin.json("/api/v1/sign-ins", 201, """
                {"provider":"corp","userCode":"ABCD-EFGH","verificationUri":"https://id.example.com/device",
                 "expiresIn":600,"interval":1,"attempt":"the-attempt"}
                """);
        admin.json("/api/v1/sign-ins:poll", 410, """
                {"status":410,"code":"sign_in_expired","detail":"There is no such sign-in, or not any more."}
                """);
        Screen screen = screen();

        int code = screen.run("login", "--provider", "corp");

        assertThat(code).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(screen.err())
                .contains("https://id.example.com/device", "ABCD-EFGH", "sign_in_expired", "hansard login")
                .doesNotContain("the-attempt");
        assertThat(admin.requests())
                .containsExactly(
                        "POST /api/v1/sign-ins {\"provider\":\"corp\"}",
                        "POST /api/v1/sign-ins:poll {\"attempt\":\"the-attempt\"}");
        assertThat(Files.exists(stored())).isFalse();
    }

    @Test
    void signsInOverNoConnectionThatOthersCanRead() {
        Screen screen = screen("HANSARD_ADMIN", "http://hansard.example.com:9000");

        assertThat(screen.run("login")).isEqualTo(ExitCode.USAGE);
        assertThat(screen.err()).contains("a token is not sent in clear");
    }
}
