// SPDX-License-Identifier: Apache-2.0
package dev.hansard.bench;

import dev.hansard.core.masking.ServiceMasking;
import dev.hansard.core.masking.ServiceMasking.MaskedContent;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Contents that make who looks twice look for ever, through all of masking with all detectors: four times the content
 * takes four times as long.
 */
@State(Scope.Thread)
public class Hostile {
    private static final int SIZE = 64 << 10;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data; boundary=bb";

    private final ServiceMasking masking = Maskings.service("detectors");

    @Param({
        "json-backslashes", "json-escapes", "json-brackets", "json-names", "json-wide-names", "json-colliding-names",
        "json-digits", "json-cards", "json-in-json", "json-almost", "form-pairs", "form-names", "form-percent",
        "form-json", "multipart-dashes", "multipart-parts", "multipart-headers", "multipart-base64", "xml-elements",
        "xml-references", "xml-attributes", "xml-comments", "xml-cdata", "xml-names", "text-equals", "text-secrets",
        "text-urls", "text-percent", "text-quotes", "detectors-digits", "detectors-groups", "detectors-mail",
        "detectors-tokens", "detectors-keys", "detectors-bearer", "detectors-accounts"
    })
    public String content = "";

    /** How many times the least size. */
    @Param({"1", "2", "4"})
    public int times;

    private String label = "";
    private byte[] bytes = {};

    @Setup
    public void prepare() {
        int size = SIZE * times;
        label = label(content);
        bytes = text(content, size).getBytes(StandardCharsets.UTF_8);
    }

    /** The time that the thread itself has had: operations this long are interrupted by others on a busy machine. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Cost {
        public long cpuNanos;
        public long operations;
    }

    @Benchmark
    public MaskedContent mask(Cost cost) {
        long start = THREADS.getCurrentThreadCpuTime();
        MaskedContent masked = masking.preview(label, List.of(), ByteBuffer.wrap(bytes), true);
        cost.cpuNanos += THREADS.getCurrentThreadCpuTime() - start;
        cost.operations++;
        return masked;
    }

    static int bytes(String content, int times) {
        return text(content, SIZE * times).getBytes(StandardCharsets.UTF_8).length;
    }

    private static String label(String content) {
        return switch (content.substring(0, content.indexOf('-'))) {
            case "json" -> "application/json";
            case "form" -> FORM;
            case "multipart" -> MULTIPART;
            case "xml" -> "application/xml";
            default -> "text/plain";
        };
    }

    private static String text(String content, int size) {
        return switch (content) {
            case "json-backslashes" -> "[\"" + filled("\\\\", size) + "\"]";
            case "json-escapes" -> "[\"" + filled("\\u00e9", size) + "\"]";
            case "json-brackets" -> "[" + filled("[".repeat(60) + "]".repeat(60) + ",", size) + "0]";
            case "json-names" -> "{" + filled("\"a\":0,", size) + "\"a\":0}";
            case "json-wide-names" -> "{" + filled("\"\u0301\u0316\":0,", size) + "\"a\":0}";
            case "json-colliding-names" -> "{" + filled("\"qBssword\":0,\"pbBsword\":0,", size) + "\"a\":0}";
            case "json-digits" -> "[" + "4".repeat(size) + "]";
            case "json-cards" -> "[" + filled("4111111111111111,", size) + "0]";
            case "json-in-json" -> inside("0", size);
            case "json-almost" -> "[" + filled("\"{\\\"a\\\":[\",", size) + "0]";
            case "form-pairs" -> filled("a=1&", size);
            case "form-names" -> filled("password=1&", size);
            case "form-percent" -> filled("%2525", size);
            case "form-json" -> filled("a=%7B%22b%22%3A1%7D&", size);
            case "multipart-dashes" -> parts(filled("\r\n--b", size));
            case "multipart-parts" -> parts(filled("\r\n--bb\r\n\r\nx", size));
            case "multipart-headers" ->
                parts("\r\n--bb\r\n" + filled("X-A: b\r\n", 8 << 10) + "\r\n" + filled("x", size));
            case "multipart-base64" ->
                parts("\r\n--bb\r\nContent-Transfer-Encoding: base64\r\n\r\n" + filled("YWJj", size));
            case "xml-elements" -> "<a>" + filled("<b/>", size) + "</a>";
            case "xml-references" -> "<a>" + filled("&amp;", size) + "</a>";
            case "xml-attributes" -> "<a>" + filled("<b c='d' e='&#52;'/>", size) + "</a>";
            case "xml-comments" -> "<a>" + filled("<!-- - -->", size) + "</a>";
            case "xml-cdata" -> "<a>" + filled("4<![CDATA[1]]>", size) + "</a>";
            case "xml-names" -> "<a>" + filled("<pin>1</pin>", size) + "</a>";
            case "text-equals" -> filled("a=", size);
            case "text-secrets" -> filled("password=\"", size);
            case "text-urls" -> filled("//a:", size);
            case "text-percent" -> filled("%25a=", size);
            case "text-quotes" -> filled("token: '", size);
            case "detectors-digits" -> filled("4", size);
            case "detectors-groups" -> filled("4111 ", size);
            case "detectors-mail" -> filled("a.b@c.", size);
            case "detectors-tokens" -> filled("eyJ.", size);
            case "detectors-keys" -> filled("-----BEGIN PRIVATE KEY-----", size);
            case "detectors-bearer" -> filled("bearer a/", size);
            case "detectors-accounts" -> filled("DE89 3704 ", size);
            default -> throw new IllegalArgumentException("there is no content called " + content);
        };
    }

    private static String filled(String piece, int size) {
        return piece.repeat(size / piece.length());
    }

    private static String parts(String content) {
        return content + "\r\n--bb\r\n\r\nx\r\n--bb--\r\n";
    }

    /** One string in the other, as long as it does not get too long. */
    private static String inside(String json, int size) {
        String text = json;
        for (int i = 0; i < 12; i++) {
            text = "[\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"]";
        }
        return "[" + filled("\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\",", size) + "0]";
    }
}
