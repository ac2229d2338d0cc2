// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.shape;

import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.value.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * AWS Signature Version 4, as its reference says: a canonical form of the request, digested, signed under a key that is
 * derived from the secret one for the day, the region and the service. Of the fields it signs Host and those that it
 * adds itself, since the others may still be changed on the way by a proxy behind this one.
 */
final class AwsSigner {
    /** The fields that are ours to set, so that a caller's own signature never goes on beside ours. */
    static final Set<String> FIELDS =
            Set.of("authorization", "x-amz-date", "x-amz-content-sha256", "x-amz-security-token");

    static final String UNSIGNED = "UNSIGNED-PAYLOAD";
    private static final String NO_CONTENT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final String region;
    private final String service;
    private final String accessKey;
    private final Secret secretKey;
    private final @Nullable Secret sessionToken;

    AwsSigner(String region, String service, String accessKey, Secret secretKey, @Nullable Secret sessionToken) {
        this.region = region;
        this.service = service;
        this.accessKey = accessKey;
        this.secretKey = secretKey;
        this.sessionToken = sessionToken;
    }

    /** Adds what makes the request a signed one. */
    void sign(Outgoing request, HeadPlan.FieldSink sink) {
        String content = request.hasContent() ? UNSIGNED : NO_CONTENT;
        Map<String, String> fields = new TreeMap<>();
        fields.put("host", request.host());
        fields.put("x-amz-date", TIME.format(request.at()));
        fields.put("x-amz-content-sha256", content);
        if (sessionToken != null) {
            fields.put("x-amz-security-token", sessionToken.reveal());
        }
        sink.field("X-Amz-Date", TIME.format(request.at()));
        sink.field("X-Amz-Content-Sha256", content);
        if (sessionToken != null) {
            sink.field("X-Amz-Security-Token", sessionToken.reveal());
        }
        sink.field(
                Shape.AUTHORIZATION, authorization(request.method(), request.target(), fields, content, request.at()));
    }

    /**
     * The value of the Authorization field.
     *
     * @param fields those that are signed, by their names in lower case
     * @param content the digest of the content, or the word that it is not signed
     */
    String authorization(String method, String target, Map<String, String> fields, String content, Instant at) {
        Map<String, String> sorted = new TreeMap<>(fields);
        String names = String.join(";", sorted.keySet());
        String time = TIME.format(at);
        String day = time.substring(0, 8);
        String scope = day + "/" + region + "/" + service + "/aws4_request";
        String canonical = canonical(method, target, sorted, names, content);
        String toSign = ALGORITHM + "\n" + time + "\n" + scope + "\n" + hex(Hmac.sha256(octets(canonical)));
        byte[] key = Hmac.of(octets("AWS4" + secretKey.reveal()), octets(day));
        for (String part : List.of(region, service, "aws4_request")) {
            key = Hmac.of(key, octets(part));
        }
        return ALGORITHM + " Credential=" + accessKey + "/" + scope + ", SignedHeaders=" + names + ", Signature="
                + hex(Hmac.of(key, octets(toSign)));
    }

    private String canonical(String method, String target, Map<String, String> fields, String names, String content) {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        String query = question < 0 ? "" : target.substring(question + 1);
        var text = new StringBuilder(method).append('\n');
        text.append(canonicalPath(path))
                .append('\n')
                .append(canonicalQuery(query))
                .append('\n');
        fields.forEach((name, value) -> text.append(name)
                .append(':')
                .append(value.strip().replaceAll(" +", " "))
                .append('\n'));
        return text.append('\n').append(names).append('\n').append(content).toString();
    }

    /** What was sent is encoded once; S3 wants it so, and all other services want it encoded once more. */
    private String canonicalPath(String path) {
        String once = Stream.of(path.split("/", -1))
                .map(segment -> Percent.encoded(Percent.decoded(segment, false)))
                .collect(Collectors.joining("/"));
        return service.equals("s3") ? once : Percent.encoded(once, "/");
    }

    private static String canonicalQuery(String query) {
        record Pair(String name, String value) {}
        var pairs = new ArrayList<Pair>();
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                int equals = part.indexOf('=');
                String name = equals < 0 ? part : part.substring(0, equals);
                String value = equals < 0 ? "" : part.substring(equals + 1);
                pairs.add(new Pair(
                        Percent.encoded(Percent.decoded(name, false)), Percent.encoded(Percent.decoded(value, false))));
            }
        }
        pairs.sort(Comparator.comparing(Pair::name).thenComparing(Pair::value));
        return String.join(
                "&",
                pairs.stream().map(pair -> pair.name() + "=" + pair.value()).toList());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
