// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import static dev.hansard.core.masking.detect.Alphabet.ALNUM;
import static dev.hansard.core.masking.detect.Alphabet.BASE64;
import static dev.hansard.core.masking.detect.Alphabet.BASE64URL;
import static dev.hansard.core.masking.detect.Alphabet.WORD;

/** Keys of cloud and payment services, which their vendors have given prefixes so that they can be found. */
final class VendorKeys {
    private static final int AWS_ID = 20;
    private static final int AWS_SECRET = 40;
    /** How many spaces and quotes may stand on each side of what ends a caption. */
    private static final int MAX_GAP = 4;

    private static final int GITHUB_TOKEN = 36;
    private static final int GITHUB_FINE_TOKEN = 59;
    private static final int SLACK_TOKEN = 15;
    private static final int SLACK_HOOK = 24;
    private static final int STRIPE_KEY = 10;
    private static final int STRIPE_HOOK = 24;
    private static final int GOOGLE_KEY = 39;
    private static final int GOOGLE_ACCESS = 20;
    private static final int GOOGLE_CLIENT = 28;

    private static final String GITHUB_FINE = "github_pat_";
    private static final String SLACK_HOST = "hooks.slack.com/";
    private static final String GOOGLE_CLIENT_START = "GOCSPX-";
    private static final String GOOGLE_ACCESS_START = "ya29.";

    private VendorKeys() {}

    /** The end of the access key id of AWS that starts at {@code start}; -1 for none. */
    static int endOfAwsId(byte[] bytes, int start, int from, int to) {
        int end = start + AWS_ID;
        if (end > to || Alphabet.follows(bytes, start, from, WORD) || !isAwsPrefix(bytes, start)) {
            return -1;
        }
        for (int i = start + 4; i < end; i++) {
            if (!Alphabet.is(bytes[i], ALNUM) || bytes[i] >= 'a') {
                return -1;
            }
        }
        return Alphabet.stands(bytes, end, to, WORD) ? -1 : end;
    }

    /** Long-term and temporary keys, and the two kinds of bearer; other ids of that form are no credentials. */
    private static boolean isAwsPrefix(byte[] bytes, int at) {
        return bytes[at + 3] == 'A'
                && switch (bytes[at + 1]) {
                    case 'K', 'S', 'B' -> bytes[at + 2] == 'I';
                    case 'C' -> bytes[at + 2] == 'C';
                    default -> false;
                };
    }

    /**
     * Where the secret key of AWS begins whose caption ends at the {@code =} or {@code :} at {@code at}; -1 for
     * nowhere. It is 40 characters that look like nothing, so that it is known only by its caption.
     */
    static int startOfAwsSecret(byte[] bytes, int at, int from, int to) {
        int caption = at;
        while (caption > from && at - caption <= MAX_GAP && isGap(bytes[caption - 1])) {
            caption--;
        }
        int key = caption - "key".length();
        if (!Alphabet.standsInAnyCase(bytes, key, from, to, "key") || !isCaption(bytes, key, from)) {
            return -1;
        }
        int start = at + 1;
        while (start < to && start - at <= MAX_GAP && isGap(bytes[start])) {
            start++;
        }
        return start;
    }

    private static boolean isGap(byte b) {
        return b == ' ' || b == '"' || b == '\'' || b == '=' || b == '>' || b == '\\' || b == '\t';
    }

    private static boolean isCaption(byte[] bytes, int end, int from) {
        int access = endsWith(bytes, end, from, "access");
        return endsWith(bytes, access < 0 ? end : access, from, "secret") >= 0;
    }

    /** Where the word begins that ends at {@code end}, but for a sign between words; -1 when another does. */
    private static int endsWith(byte[] bytes, int end, int from, String word) {
        boolean joined = end > from && (bytes[end - 1] == '_' || bytes[end - 1] == '-' || bytes[end - 1] == ' ');
        int start = (joined ? end - 1 : end) - word.length();
        return Alphabet.standsInAnyCase(bytes, start, from, end, word) ? start : -1;
    }

    /** The end of the secret key of AWS at {@code start}; -1 for none. */
    static int endOfAwsSecret(byte[] bytes, int start, int to) {
        int end = Alphabet.end(bytes, start, Math.min(to, start + AWS_SECRET + 1), BASE64);
        return end - start == AWS_SECRET && Alphabet.hasDigit(bytes, start, end) ? end : -1;
    }

    /** Where the token of GitHub begins that has its last {@code _} of the prefix at {@code at}; -1 for nowhere. */
    static int startOfGithub(byte[] bytes, int at, int from) {
        if (at - 3 < from) {
            return -1;
        }
        int start = switch (bytes[at - 1]) {
            case 'p', 'o', 'u', 's', 'r' -> Alphabet.stands(bytes, at - 3, from, at, "gh") ? at - 3 : -1;
            case 't' -> {
                int fine = at + 1 - GITHUB_FINE.length();
                yield Alphabet.stands(bytes, fine, from, at + 1, GITHUB_FINE) ? fine : -1;
            }
            default -> -1;
        };
        return Alphabet.follows(bytes, start, from, WORD) ? -1 : start;
    }

    static int endOfGithub(byte[] bytes, int start, int at, int to) {
        int end = Alphabet.end(bytes, at + 1, to, WORD);
        int needed = at - start == 3 ? GITHUB_TOKEN : GITHUB_FINE_TOKEN;
        return end - at - 1 >= needed ? end : -1;
    }

    /** Where the token of Slack begins that has its first {@code -} at {@code at}; -1 for nowhere. */
    static int startOfSlack(byte[] bytes, int at, int from) {
        int start = at - 4;
        if (start < from || bytes[start] != 'x') {
            return -1;
        }
        boolean isToken =
                bytes[start + 1] == 'o' && bytes[start + 2] == 'x' && "aboprse".indexOf(bytes[start + 3]) >= 0;
        boolean isApp = bytes[start + 1] == 'a' && bytes[start + 2] == 'p' && bytes[start + 3] == 'p';
        return (isToken || isApp) && !Alphabet.follows(bytes, start, from, BASE64URL) ? start : -1;
    }

    static int endOfSlack(byte[] bytes, int start, int to) {
        int end = Alphabet.end(bytes, start, to, BASE64URL);
        return end - start >= SLACK_TOKEN && Alphabet.hasDigit(bytes, start, end) ? end : -1;
    }

    /** Where the secret part of a webhook of Slack begins whose host has a dot at {@code at}; -1 for nowhere. */
    static int startOfSlackHook(byte[] bytes, int at, int from, int to) {
        int host = at - "hooks".length();
        if (!Alphabet.standsInAnyCase(bytes, host, from, to, SLACK_HOST) || Alphabet.follows(bytes, host, from, WORD)) {
            return -1;
        }
        int path = host + SLACK_HOST.length();
        for (String kind : new String[] {"services/", "workflows/", "triggers/"}) {
            if (Alphabet.stands(bytes, path, from, to, kind)) {
                return path + kind.length();
            }
        }
        return -1;
    }

    static int endOfSlackHook(byte[] bytes, int start, int to) {
        int end = Alphabet.end(bytes, start, to, BASE64);
        return end - start >= SLACK_HOOK ? end : -1;
    }

    /** Where the key of Stripe begins that has its first {@code _} at {@code at}; -1 for nowhere. */
    static int startOfStripe(byte[] bytes, int at, int from) {
        int start = -1;
        if (at - 2 >= from && bytes[at - 1] == 'k' && (bytes[at - 2] == 's' || bytes[at - 2] == 'r')) {
            start = at - 2;
        } else if (at - 5 >= from && bytes[at - 1] == 'c' && Alphabet.stands(bytes, at - 5, from, at, "whsec")) {
            start = at - 5;
        }
        return Alphabet.follows(bytes, start, from, WORD) ? -1 : start;
    }

    static int endOfStripe(byte[] bytes, int start, int at, int to) {
        if (at - start == 5) {
            int end = Alphabet.end(bytes, at + 1, to, BASE64);
            while (end < to && end - at - 1 >= STRIPE_HOOK && bytes[end] == '=') {
                end++;
            }
            return end - at - 1 >= STRIPE_HOOK ? end : -1;
        }
        int mode = at + 1;
        if (!Alphabet.stands(bytes, mode, mode, to, "live_") && !Alphabet.stands(bytes, mode, mode, to, "test_")) {
            return -1;
        }
        int key = mode + "live_".length();
        int end = Alphabet.end(bytes, key, to, ALNUM);
        return end - key >= STRIPE_KEY ? end : -1;
    }

    /** The end of the API key of Google that starts at {@code start}; -1 for none. */
    static int endOfGoogleKey(byte[] bytes, int start, int from, int to) {
        if (!Alphabet.stands(bytes, start, from, to, "AIza") || Alphabet.follows(bytes, start, from, BASE64URL)) {
            return -1;
        }
        int end = Alphabet.end(bytes, start, Math.min(to, start + GOOGLE_KEY + 1), BASE64URL);
        return end - start == GOOGLE_KEY ? end : -1;
    }

    /** Where the client secret or access token of Google begins whose prefix ends at {@code at}; -1 for nowhere. */
    static int startOfGoogle(byte[] bytes, int at, int from) {
        String prefix = bytes[at] == '-' ? GOOGLE_CLIENT_START : GOOGLE_ACCESS_START;
        int start = at + 1 - prefix.length();
        return Alphabet.stands(bytes, start, from, at + 1, prefix) && !Alphabet.follows(bytes, start, from, BASE64URL)
                ? start
                : -1;
    }

    static int endOfGoogle(byte[] bytes, int at, int to) {
        int end = Alphabet.end(bytes, at + 1, to, BASE64URL);
        return end - at - 1 >= (bytes[at] == '-' ? GOOGLE_CLIENT : GOOGLE_ACCESS) ? end : -1;
    }
}
