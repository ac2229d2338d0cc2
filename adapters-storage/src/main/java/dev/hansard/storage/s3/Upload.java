// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.storage.s3.Requests.Outcome;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.Http;
import io.minio.MinioAsyncClient;
import io.minio.PutObjectAPIArgs;
import io.minio.UploadPartArgs;
import io.minio.messages.Part;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends one object: whole when it is short, else in pieces. The server tests each request against its two digests, and
 * refuses what came in otherwise.
 */
final class Upload {
    private static final String MD5 = "Content-MD5";
    private static final String SHA256 = "X-Amz-Content-Sha256";

    private final MinioAsyncClient client;
    private final Requests requests;
    private final S3Settings settings;
    private final String object;
    private final Map<String, String> lasting;

    /**
     * An upload that has not begun.
     *
     * @param object its whole name, with the prefix
     * @param sha256 kept with the object, so that people can test it with any tool
     * @param until end of its retention; null for none
     */
    Upload(
            MinioAsyncClient client,
            Requests requests,
            S3Settings settings,
            String object,
            String sha256,
            @Nullable Instant until) {
        this.client = client;
        this.requests = requests;
        this.settings = settings;
        this.object = object;
        lasting = new HashMap<>();
        lasting.put("x-amz-meta-sha256", sha256);
        if (until != null) {
            lasting.put("x-amz-object-lock-mode", settings.objectLock().name());
            lasting.put(
                    "x-amz-object-lock-retain-until-date",
                    DateTimeFormatter.ISO_INSTANT.format(
                            Locks.wholeSecond(until).atOffset(ZoneOffset.UTC)));
        }
    }

    /**
     * Sends the object; the answer is the ETag that it has if the server makes ETags of MD5, as most do without
     * encryption.
     */
    String send(Pieces pieces) {
        byte[] first = pieces.next();
        return pieces.isEmpty() ? whole(first) : inPieces(first, pieces);
    }

    private String whole(byte[] bytes) {
        byte[] md5 = Digests.md5().digest(bytes);
        var headers = new HashMap<>(lasting);
        headers.putAll(digests(bytes, md5));
        var args = PutObjectAPIArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .headers(new Http.Headers(headers))
                .data(bytes, bytes.length)
                .build();
        requests.send(object, () -> client.putObject(args)).orThrow("'" + object + "' could not be stored");
        return HexFormat.of().formatHex(md5);
    }

    private String inPieces(byte[] first, Pieces pieces) {
        var create = CreateMultipartUploadArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .headers(new Http.Headers(lasting))
                .build();
        String what = "'" + object + "' could not be stored";
        String upload = requests.send(object, () -> client.createMultipartUpload(create))
                .orThrow(what)
                .result()
                .uploadId();
        boolean done = false;
        try {
            MessageDigest all = Digests.md5();
            var parts = new ArrayList<Part>();
            parts.add(piece(upload, 1, first, all));
            while (!pieces.isEmpty()) {
                parts.add(piece(upload, parts.size() + 1, pieces.next(), all));
            }
            finish(upload, parts.toArray(Part[]::new), what);
            done = true;
            return HexFormat.of().formatHex(all.digest()) + "-" + parts.size();
        } finally {
            if (!done) {
                abort(upload);
            }
        }
    }

    private Part piece(String upload, int number, byte[] bytes, MessageDigest all) {
        byte[] md5 = Digests.md5().digest(bytes);
        all.update(md5);
        var args = UploadPartArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .uploadId(upload)
                .partNumber(number)
                .headers(new Http.Headers(digests(bytes, md5)))
                .data(bytes, bytes.length)
                .build();
        return requests.send(object, () -> client.uploadPart(args))
                .orThrow("piece " + number + " of '" + object + "' could not be stored")
                .part();
    }

    private static Map<String, String> digests(byte[] bytes, byte[] md5) {
        return Map.of(
                MD5, Base64.getEncoder().encodeToString(md5),
                SHA256, HexFormat.of().formatHex(Digests.sha256().digest(bytes)));
    }

    private void finish(String upload, Part[] parts, String what) {
        var args = CompleteMultipartUploadArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .uploadId(upload)
                .parts(parts)
                .maxRetries(0)
                .build();
        Outcome<?> outcome = requests.send(object, () -> client.completeMultipartUpload(args));
        // Its first attempt may have succeeded without our hearing of it; whoever sent it verifies the object anyway.
        if (!(outcome instanceof Outcome.Failed<?>(Failure failure))
                || !failure.code().toLowerCase(Locale.ROOT).equals("nosuchupload")) {
            outcome.orThrow(what);
        }
    }

    /** What is left over of an upload costs its owner money, though nobody sees it. */
    private void abort(String upload) {
        var args = AbortMultipartUploadArgs.builder()
                .bucket(settings.bucket())
                .object(object)
                .uploadId(upload)
                .build();
        try {
            requests.send(object, () -> client.abortMultipartUpload(args));
        } catch (RuntimeException _) {
            // The first failure is the one to tell; a lifecycle rule of the bucket removes the rest.
        }
    }
}
