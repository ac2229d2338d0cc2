// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.util.List;

/** Texts that make who looks twice look for ever. */
final class HostileText {
    static final List<String> PIECES = List.of(
            "4",
            "0",
            "16",
            "4 ",
            "4111 1111 1111 1111 ",
            "a@",
            "a.b@c.",
            "@",
            "a",
            "eyJ.",
            "eyJ-",
            "-eyJhbGciOiJub25lIn0.",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----",
            "-----END PRIVATE KEY-----",
            "-",
            "xoxb-",
            "xox",
            "bearer ",
            "bearer a/",
            "Basic ",
            "AKIA",
            "ghp_",
            "github_pat_",
            "sk_live_",
            "whsec_",
            "ya29.",
            "GOCSPX-",
            "hooks.slack.com/services/",
            "GB29",
            "DE89 3704 ",
            "123-45-",
            "secretkey=",
            "é@é.",
            "\u3000");

    private HostileText() {}

    static String of(String piece, int length) {
        return piece.repeat(length / piece.length() + 1);
    }
}
