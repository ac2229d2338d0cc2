// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Which bucket to use, and how.
 *
 * @param endpoint the server: scheme, host and port
 * @param region as the server calls it; most that are not AWS take any
 * @param prefix what all keys begin with, so that deployments may share a bucket; empty, or ends with a slash
 */
public record S3Settings(
        URI endpoint,
        String region,
        String bucket,
        String prefix,
        Secret accessKey,
        Secret secretKey,
        ObjectLock objectLock,
        S3Limits limits) {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9._-]*/)*");
    private static final int MAX_PREFIX = 128;

    static final String ENDPOINT_RULE = "http:// or https:// with host and port and nothing else";
    static final String BUCKET_RULE = "3 to 63 of a-z 0-9 . - that begin and end with a letter or digit";
    static final String PREFIX_RULE =
            "words of A-Z a-z 0-9 . _ - with slashes between, at most " + MAX_PREFIX + " characters";

    public S3Settings {
        require("endpoint", isEndpoint(endpoint), ENDPOINT_RULE);
        require("bucket", isBucket(bucket), BUCKET_RULE);
        require("prefix", isPrefix(prefix), PREFIX_RULE);
    }

    private static void require(String key, boolean right, String rule) {
        if (!right) {
            throw new InvalidValueException("storage.payloads." + key + " must be " + rule);
        }
    }

    static boolean isEndpoint(URI endpoint) {
        String scheme = endpoint.getScheme();
        String path = endpoint.getPath();
        return ("http".equals(scheme) || "https".equals(scheme))
                && endpoint.getHost() != null
                && endpoint.getUserInfo() == null
                && endpoint.getQuery() == null
                && endpoint.getFragment() == null
                && (path == null || path.isEmpty() || path.equals("/"));
    }

    static boolean isBucket(String bucket) {
        return BUCKET.matcher(bucket).matches();
    }

    static boolean isPrefix(String prefix) {
        return prefix.length() <= MAX_PREFIX && PREFIX.matcher(prefix).matches();
    }

    /** As people read it in messages. */
    String name() {
        return "bucket '" + bucket + "' at " + endpoint;
    }
}
