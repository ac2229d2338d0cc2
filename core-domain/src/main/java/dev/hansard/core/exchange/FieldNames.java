// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The field names that a proxy must know, found without making a text. Names are compared in lower case with
 * {@code _}, {@code .} and the blank read as {@code -}, because CGI, WSGI, PHP and others do the like before an
 * application sees them (CVE-2025-64484): {@code X_Forwarded.User} is {@code x-forwarded-user} here.
 */
final class FieldNames {
    private static final List<String> HOP_BY_HOP =
            List.of("keep-alive", "proxy-connection", "proxy-authenticate", "proxy-authorization", "http2-settings");

    private static final List<String> FRAMING = List.of("host", "content-length", "transfer-encoding");

    // Where the caller came from, as other proxies write it; what it would rather have asked for; who it says it is.
    private static final List<String> RESERVED = List.of(
            "forwarded",
            "x-real-ip",
            "x-client-ip",
            "true-client-ip",
            "x-cluster-client-ip",
            "cf-connecting-ip",
            "cf-connecting-ipv6",
            "fastly-client-ip",
            "x-originating-ip",
            "x-appengine-user-ip",
            "x-azure-clientip",
            "x-original-forwarded-for",
            "x-envoy-external-address",
            "x-proxyuser-ip",
            "x-scheme",
            "x-url-scheme",
            "front-end-https",
            "x-original-host",
            "x-host",
            "x-arr-ssl",
            "x-http-method-override",
            "x-http-method",
            "x-method-override",
            "x-original-url",
            "x-original-uri",
            "x-original-method",
            "x-rewrite-url",
            "proxy",
            "x-user",
            "x-userinfo",
            "x-jwt-assertion",
            "x-endpoint-api-userinfo",
            "x-arr-clientcert",
            "x-ssl-cert",
            "client-cert",
            "client-cert-chain",
            "x-spiffe-id");

    private static final List<String> RESERVED_PREFIXES = List.of(
            "x-forwarded-",
            "x-auth-request-",
            "x-remote-",
            "remote-",
            "x-webauth-",
            "x-authenticated-",
            "x-helidon-",
            "x-ssl-client-",
            "ssl-client-",
            "x-client-cert",
            "x-tls-client-",
            "x-goog-authenticated-user-",
            "x-goog-iap-",
            "x-amzn-oidc-",
            "x-ms-client-principal",
            "x-ms-token-",
            "cf-access-",
            "x-authentik-",
            "x-pomerium-",
            "x-vouch-",
            "x-consumer-",
            "tailscale-user-");

    private static final List<String> OUR_PREFIXES = List.of("hansard-", "x-hansard-");

    private static final List<String> END_TO_END = List.of(
            "age",
            "allow",
            "authorization",
            "baggage",
            "b3",
            "cache-control",
            "cookie",
            "date",
            "dpop",
            "etag",
            "expect",
            "expires",
            "from",
            "idempotency-key",
            "last-modified",
            "link",
            "location",
            "origin",
            "pragma",
            "prefer",
            "priority",
            "range",
            "referer",
            "retry-after",
            "server",
            "set-cookie",
            "signature",
            "signature-input",
            "soapaction",
            "strict-transport-security",
            "user-agent",
            "vary",
            "warning",
            "www-authenticate",
            "x-api-key",
            "x-correlation-id",
            "x-request-id");

    private static final List<String> END_TO_END_PREFIXES =
            List.of("accept", "access-control-", "authentication-", "content-", "if-", "sec-", "x-amz-", "x-csrf-");

    private static final int SLOTS = 512;
    private static final int LETTERS = 32;

    private static final FieldNames KNOWN = new FieldNames();

    private final @Nullable String[] names = new @Nullable String[SLOTS];
    private final FieldKind[] kinds = new FieldKind[SLOTS];

    // By their first telling letter, so that a name is compared with two or three of them and not with thirty.
    private final List<List<Prefix>> prefixes = new ArrayList<>();

    /** The beginning of many names of one kind. */
    private record Prefix(String text, FieldKind kind) {}

    private FieldNames() {
        for (int letter = 0; letter < 2 * LETTERS; letter++) {
            prefixes.add(new ArrayList<>());
        }
        RESERVED_PREFIXES.forEach(prefix -> putPrefix(prefix, FieldKind.RESERVED));
        OUR_PREFIXES.forEach(prefix -> putPrefix(prefix, FieldKind.OURS));
        END_TO_END_PREFIXES.forEach(prefix -> putPrefix(prefix, FieldKind.END_TO_END));
        HOP_BY_HOP.forEach(name -> put(name, FieldKind.HOP_BY_HOP));
        FRAMING.forEach(name -> put(name, FieldKind.FRAMING));
        RESERVED.forEach(name -> put(name, FieldKind.RESERVED));
        END_TO_END.forEach(name -> put(name, FieldKind.END_TO_END));
        put("connection", FieldKind.CONNECTION);
        put("te", FieldKind.TE);
        put("trailer", FieldKind.TRAILER);
        put("upgrade", FieldKind.UPGRADE);
        put("via", FieldKind.VIA);
        put("max-forwards", FieldKind.MAX_FORWARDS);
        put("traceparent", FieldKind.TRACEPARENT);
        put("tracestate", FieldKind.TRACESTATE);
        put("alt-svc", FieldKind.ALT_SVC);
    }

    /** The kind of the field at {@code index}. */
    static FieldKind kind(Fields fields, int index) {
        FieldKind known = KNOWN.find(fields, index);
        return known == null ? KNOWN.byPrefix(fields, index) : known;
    }

    /** The kind of a name that stands alone, such as a connection option. */
    static FieldKind kind(String name) {
        return kind(new Alone(name), 0);
    }

    static boolean hasUnderscore(Fields fields, int index) {
        for (int i = fields.nameLength(index) - 1; i >= 0; i--) {
            if (fields.nameAt(index, i) == '_') {
                return true;
            }
        }
        return false;
    }

    private void put(String name, FieldKind kind) {
        int hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = 31 * hash + name.charAt(i);
        }
        int slot = slot(hash);
        while (names[slot] != null) {
            slot = (slot + 1) % SLOTS;
        }
        names[slot] = name;
        kinds[slot] = kind;
    }

    private @Nullable FieldKind find(Fields fields, int index) {
        int hash = 0;
        int length = fields.nameLength(index);
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + normal(fields.nameAt(index, i));
        }
        int slot = slot(hash);
        for (String name = names[slot]; name != null; name = names[slot]) {
            if (name.length() == length && startsWith(fields, index, name)) {
                return kinds[slot];
            }
            slot = (slot + 1) % SLOTS;
        }
        return null;
    }

    private static int slot(int hash) {
        return (hash ^ hash >>> 15) & (SLOTS - 1);
    }

    private void putPrefix(String prefix, FieldKind kind) {
        prefixes.get(letterSlot(new Alone(prefix), 0)).add(new Prefix(prefix, kind));
    }

    private FieldKind byPrefix(Fields fields, int index) {
        List<Prefix> candidates = prefixes.get(letterSlot(fields, index));
        // By index: an iterator for every field of every request would be garbage.
        for (int i = 0; i < candidates.size(); i++) {
            if (startsWith(fields, index, candidates.get(i).text())) {
                return candidates.get(i).kind();
            }
        }
        return FieldKind.OTHER;
    }

    /** The first letter, or the one after {@code x-}; every prefix is long enough to have it. */
    private static int letterSlot(Fields fields, int index) {
        int length = fields.nameLength(index);
        if (length == 0) {
            return 0;
        }
        int first = normal(fields.nameAt(index, 0));
        boolean extension = first == 'x' && length > 2 && normal(fields.nameAt(index, 1)) == '-';
        return extension ? LETTERS + normal(fields.nameAt(index, 2)) % LETTERS : first % LETTERS;
    }

    private static boolean startsWith(Fields fields, int index, String prefix) {
        if (fields.nameLength(index) < prefix.length()) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (normal(fields.nameAt(index, i)) != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static char normal(char c) {
        if (c >= 'A' && c <= 'Z') {
            return (char) (c | 0x20);
        }
        return c == '_' || c == '.' || c == ' ' ? '-' : c;
    }

    /** A name without a value. */
    private record Alone(String text) implements Fields {
        @Override
        public int count() {
            return 1;
        }

        @Override
        public String name(int index) {
            return text;
        }

        @Override
        public String value(int index) {
            return "";
        }

        @Override
        public boolean isNamed(int index, String lowerCaseName) {
            return text.equalsIgnoreCase(lowerCaseName);
        }
    }
}
