// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.Standing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyApiTest {
    private static final byte[] TEXT = "{\"total\":42}".getBytes(StandardCharsets.US_ASCII);

    private final RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void leavesNothingBehind() {
        admin.close();
    }

    private String path(SampleSession sample, byte[] body) {
        Session session = sample.kept(body.length).complete();
        admin.sessions.add(session, TEXT, body);
        return "/api/v1/sessions/" + session.id() + "/response/body";
    }

    @Test
    void givesABodyAsADownloadThatNoBrowserRenders() throws IOException, InterruptedException {
        String path = path(SampleSession.number(1).header("Content-Type", "text/html"), TEXT);

        HttpResponse<byte[]> answer = admin.bytes(path);

        assertThat(answer.body()).isEqualTo(TEXT);
        assertThat(answer.headers().map())
                .containsEntry("content-type", java.util.List.of("application/octet-stream"))
                .containsEntry(
                        "content-disposition",
                        java.util.List.of(
                                "attachment; filename=\"ses_0190163d-8694-7001-8000-000000000001-response.bin\""))
                .containsEntry("x-content-type-options", java.util.List.of("nosniff"))
                .containsEntry("cache-control", java.util.List.of("no-store"))
                .containsEntry(
                        "content-security-policy",
                        java.util.List.of("default-src 'none'; frame-ancestors 'none'; sandbox"))
                .containsEntry("hansard-content-type", java.util.List.of("text/html"))
                .containsEntry("hansard-truncated", java.util.List.of("false"))
                .containsEntry("hansard-mask-status", java.util.List.of("clean"))
                .containsEntry("content-length", java.util.List.of("12"));
    }

    @Test
    void givesNoBodyOfARecordThatIsNotWhatWasEntered() throws IOException, InterruptedException {
        String path = path(SampleSession.number(1), TEXT);
        admin.sessions.standing(new Standing(Standing.State.CHANGED, 7));

        HttpResponse<String> refused = admin.get(path);
        HttpResponse<String> shown = admin.get(path + "?evidence=ignored");
        HttpResponse<String> session = admin.get(path.replace("/response/body", ""));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("\"code\":\"record_changed\"");
        assertThat(shown.statusCode()).isEqualTo(200);
        assertThat(shown.headers().firstValue("Hansard-Evidence")).hasValue("changed");
        assertThat(session.body()).contains("\"ledger\":{\"state\":\"changed\",\"index\":7}");
    }

    @Test
    void givesTheRequestBodyToo() throws IOException, InterruptedException {
        String path = path(SampleSession.number(1), TEXT).replace("response", "request");

        assertThat(admin.get(path).body()).isEqualTo("{\"");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, bytes 0-3/12, 4",
        "bytes=4-, 206, bytes 4-11/12, 8",
        "bytes=-5, 206, bytes 7-11/12, 5",
        "bytes=0-99, 206, bytes 0-11/12, 12",
        "bytes=-99, 206, bytes 0-11/12, 12",
        "bytes=12-, 416, bytes */12, -1",
        "bytes=-0, 416, bytes */12, -1",
        "'bytes=0-1,3-4', 200, , 12",
        "bytes=5-2, 200, , 12",
        "items=0-1, 200, , 12",
        "bytes=a-b, 200, , 12"
    })
    void servesOneRange(String range, int status, String contentRange, int length)
            throws IOException, InterruptedException {
        String path = path(SampleSession.number(1), TEXT);

        HttpResponse<byte[]> answer = admin.bytes(path, "Range", range);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Range").orElse(null)).isEqualTo(contentRange);
        if (length >= 0) {
            int first = status == 206 ? Integer.parseInt(contentRange.replaceAll("bytes (\\d+)-.*", "$1")) : 0;
            assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(TEXT, first, first + length));
        }
    }

    @Test
    void ignoresARangeOfAnotherVersion() throws IOException, InterruptedException {
        String path = path(SampleSession.number(1), TEXT);
        String tag = admin.get(path).headers().firstValue("ETag").orElseThrow();

        assertThat(admin.get(path, "Range", "bytes=0-0", "If-Range", tag).statusCode())
                .isEqualTo(206);
        assertThat(admin.get(path, "Range", "bytes=0-0", "If-Range", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void tellsThatARecordKeepsLessThanWentThrough() throws IOException, InterruptedException {
        Session session =
                SampleSession.number(1).kept(TEXT.length).truncatedOf(5000).complete();
        admin.sessions.add(session, TEXT, TEXT);

        HttpResponse<String> answer = admin.get("/api/v1/sessions/" + session.id() + "/response/body");

        assertThat(answer.headers().firstValue("Hansard-Truncated")).contains("true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "deflate", "raw deflate", "gzip twice", "identity"})
    void decodesWhatItCan(String coding) throws IOException, InterruptedException {
        byte[] text = "0123456789".repeat(5000).getBytes(StandardCharsets.US_ASCII);
        byte[] body = switch (coding) {
            case "gzip", "x-gzip" -> gzip(text);
            case "deflate" -> deflate(text, false);
            case "raw deflate" -> deflate(text, true);
            case "gzip twice" -> gzip(gzip(text));
            default -> text;
        };
        String header = coding.equals("gzip twice") ? "gzip, GZIP" : coding.replace("raw ", "");
        String path = path(SampleSession.number(1).header("Content-Encoding", header), body);

        HttpResponse<byte[]> raw = admin.bytes(path + "?view=raw");
        HttpResponse<byte[]> decoded = admin.bytes(path + "?view=decoded");
        HttpResponse<byte[]> part = admin.bytes(path + "?view=decoded", "Range", "bytes=49990-");

        assertThat(raw.body()).isEqualTo(body);
        assertThat(raw.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(raw.headers().firstValue("Hansard-Content-Encoding")).contains(header);
        assertThat(decoded.body()).isEqualTo(text);
        assertThat(part.body()).isEqualTo("0123456789".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void decodesTheBeginningThatATruncatedRecordKeeps() throws IOException, InterruptedException {
        var text = new byte[100_000];
        new Random(1).nextBytes(text);
        byte[] kept = Arrays.copyOf(gzip(text), 50_000);
        Session session = SampleSession.number(1)
                .header("Content-Encoding", "gzip")
                .kept(kept.length)
                .truncatedOf(100_100)
                .complete();
        admin.sessions.add(session, TEXT, kept);

        HttpResponse<byte[]> answer = admin.bytes("/api/v1/sessions/" + session.id() + "/response/body?view=decoded");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Hansard-Truncated")).contains("true");
        assertThat(answer.body()).hasSizeGreaterThan(40_000).isEqualTo(Arrays.copyOf(text, answer.body().length));
    }

    @Test
    void refusesABombBeforeItSendsAnything() throws IOException, InterruptedException {
        byte[] byRatio = gzip(new byte[5 << 20]);
        var noise = new byte[9 << 20];
        new Random(1).nextBytes(noise);
        String bomb = path(SampleSession.number(1).header("Content-Encoding", "gzip"), byRatio);
        String large = path(SampleSession.number(2).header("Content-Encoding", "gzip"), gzip(noise));

        assertThat(admin.get(bomb + "?view=decoded").body())
                .contains("\"status\":422", "\"code\":\"decoded_too_large\"");
        assertThat(admin.get(large + "?view=decoded").body())
                .contains("\"status\":422", "\"code\":\"decoded_too_large\"");
        assertThat(admin.bytes(large).body()).hasSizeGreaterThan(9 << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "br, unsupported_coding",
        "'gzip, zstd', unsupported_coding",
        "'gzip,gzip,gzip', unsupported_coding",
        "gzip, undecodable",
        "deflate, undecodable"
    })
    void saysWhatItCannotDecode(String coding, String code) throws IOException, InterruptedException {
        String path = path(SampleSession.number(1).header("Content-Encoding", coding), TEXT);

        HttpResponse<String> answer = admin.get(path + "?view=decoded");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"").doesNotContain("total");
        assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    }

    @Test
    void decodesNothingToNothing() throws IOException, InterruptedException {
        String path = path(SampleSession.number(1).header("Content-Encoding", "gzip"), new byte[0]);

        HttpResponse<byte[]> answer = admin.bytes(path + "?view=decoded");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void keepsRecordedFieldsFromBreakingItsOwn() throws IOException, InterruptedException {
        String path = path(SampleSession.number(1).header("Content-Type", "a\r\nSet-Cookie: x=1"), TEXT);

        HttpResponse<byte[]> answer = admin.bytes(path);

        assertThat(answer.headers().firstValue("Hansard-Content-Type")).isEmpty();
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.body()).isEqualTo(TEXT);
    }

    @Test
    void refusesAnotherView() throws IOException, InterruptedException {
        assertThat(admin.get(path(SampleSession.number(1), TEXT) + "?view=nice").statusCode())
                .isEqualTo(400);
    }

    @Test
    void tellsHeadTheLength() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.send("HEAD", path(SampleSession.number(1), TEXT));

        assertThat(answer.headers().firstValue("Content-Length")).contains("12");
    }

    private static byte[] gzip(byte[] text) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(text);
        }
        return out.toByteArray();
    }

    private static byte[] deflate(byte[] text, boolean isBare) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, isBare);
                var deflate = new DeflaterOutputStream(out, deflater)) {
            deflate.write(text);
        }
        return out.toByteArray();
    }
}
