// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import java.io.IOException;
import java.util.List;

/**
 * One operation of the API.
 *
 * @param template its path, with the parts in braces that vary; the same text as in {@code openapi.yaml}
 * @param operation the id of its operation there
 * @param kind what limits it
 * @param handler what answers it
 */
record Route(String template, String operation, Kind kind, Handler handler) {
    /** Whether nobody is asked who they are, or it asks by itself. */
    boolean isOpen() {
        return switch (kind) {
            case OPEN, SIGN_IN, SIGN_IN_BY_POST, HAND_IN, PAGE, FORM -> true;
            case PROBE, READ, TAIL, MAKE, REMOVE -> false;
        };
    }

    List<String> methods() {
        return switch (kind) {
            case OPEN, PROBE, READ, PAGE -> List.of("GET", "HEAD");
            case TAIL, SIGN_IN -> List.of("GET");
            case MAKE, HAND_IN, SIGN_IN_BY_POST, FORM -> List.of("POST");
            case REMOVE -> List.of("DELETE");
        };
    }

    /** By which methods it is asked, and what limits how many calls may be in progress at once. */
    enum Kind {
        /** Nothing, and nobody is asked who they are: it tells nothing of what is recorded. */
        OPEN,
        /** Nothing but the connections: it is cheap, and must answer when everything else is busy. */
        PROBE,
        /** The read limit, since it reads records. */
        READ,
        /** The tail limit, which it takes care of itself. Has no HEAD. */
        TAIL,
        /** Nothing, and nobody is asked who they are: it is how they come to be known. Has no HEAD. */
        SIGN_IN,
        /** The same for what is no browser, by POST. */
        SIGN_IN_BY_POST,
        /** Nothing, and nobody is asked who they are: a provider has the browser post how they come to be known. */
        HAND_IN,
        /** Nothing: a page for people, which sends those away to sign in who are not known. */
        PAGE,
        /** Nothing: a page of ours posts a form, which has to have the token of the session in it. */
        FORM,
        /** Nothing: it makes something, by POST. */
        MAKE,
        /** Nothing: it takes something away, by DELETE. */
        REMOVE
    }

    /** Answers one request. */
    @FunctionalInterface
    interface Handler {
        void answer(Exchange exchange) throws IOException;
    }
}
