// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Refusal;

/** Why a request-target has no reading that every peer would share. */
enum PathDoubt {
    EMPTY("is empty; send at least /"),
    NOT_A_TARGET("must start with / or be an http or https URL"),
    ASTERISK("may be * with OPTIONS only"),
    ENCODED_SEPARATOR("has a percent-encoded / or \\ in its path, which some servers take for a separator"),
    ENCODED_DOT("has a percent-encoded dot in its path, which some servers take for a dot segment; send it bare"),
    CONTROL("has a space or a control character, or a percent-encoded control character in its path"),
    NOT_ASCII("has a bare byte outside ASCII in its path; percent-encode it as UTF-8"),
    BACKSLASH("has a backslash in its path, which some servers take for a slash"),
    FRAGMENT("has a fragment, which is never sent to a server"),
    MALFORMED_PERCENT("has a percent sign that two hexadecimal digits do not follow in its path"),
    DOUBLY_ENCODED("has a doubly percent-encoded character in its path, which some servers decode twice"),
    INVALID_UTF8("has percent-encoded bytes in its path that are not UTF-8 in its shortest form"),
    DOT_SEGMENT("has a segment of dots with spaces or parameters, which servers resolve differently"),
    ABOVE_ROOT("climbs above the root of its path"),
    EMPTY_PARENT("removes an empty segment with .., which servers resolve differently");

    private final String what;

    PathDoubt(String what) {
        this.what = what;
    }

    Refusal refusal() {
        return new Refusal(400, "ambiguous_target", "The request-target " + what + ".");
    }
}
