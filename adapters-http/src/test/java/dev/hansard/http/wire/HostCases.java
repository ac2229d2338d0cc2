// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static dev.hansard.http.wire.Raw.bare;
import static dev.hansard.http.wire.Raw.message;
import static dev.hansard.http.wire.RequestCase.accepted;
import static dev.hansard.http.wire.RequestCase.refused;

import java.util.List;
import java.util.stream.Stream;

/**
 * Requests whose Host is special. Where the name is not {@code a.test}, which service it leads to is the core's
 * affair.
 */
final class HostCases {
    private static final String LABEL = "a".repeat(63);

    private HostCases() {}

    static List<RequestCase> all() {
        return Stream.of(legal(), counts(), invalid()).flatMap(List::stream).toList();
    }

    private static List<RequestCase> legal() {
        return List.of(
                accepted("host in other case", bare("HOST: A.Test")),
                accepted("host with port", bare("Host: a.test:8080")),
                accepted("host with the highest port", bare("Host: a.test:65535")),
                accepted("host with an empty port", bare("Host: a.test:")),
                accepted("host last of the fields", bare("X: 1", "Host: a.test")),
                other("host with a final dot", "a.test."),
                other("host of one label", "localhost"),
                other("host with an underscore", "my_service:80"),
                other("IPv4 address", "127.0.0.1"),
                other("IPv6 address", "[::1]"),
                other("IPv6 address with port", "[2001:db8::1]:8443"),
                other("IPv6 address with an IPv4 tail", "[::ffff:192.0.2.1]"),
                other("longest host", LABEL + "." + LABEL + "." + LABEL + "." + LABEL),
                accepted("absolute-form with another Host", absolute("http://a.test/", "Host: b.test")));
    }

    private static List<RequestCase> counts() {
        return List.of(
                refused("no Host", WireFaults.HOST_MISSING, bare("X: 1")),
                refused("no field at all", WireFaults.HOST_MISSING, bare()),
                refused("absolute-form without Host", WireFaults.HOST_MISSING, absolute("http://a.test/", "X: 1")),
                refused("two Hosts", WireFaults.HOST_REPEATED, bare("Host: a.test", "Host: b.test")),
                refused("two equal Hosts", WireFaults.HOST_REPEATED, bare("Host: a.test", "X: 1", "host: a.test")));
    }

    private static List<RequestCase> invalid() {
        return List.of(
                invalid("empty Host", ""),
                invalid("blank Host", "  "),
                invalid("user information", "user@a.test"),
                invalid("user information with password", "user:pw@a.test"),
                invalid("path in Host", "a.test/x"),
                invalid("URI in Host", "http://a.test"),
                invalid("query in Host", "a.test?x"),
                invalid("fragment in Host", "a.test#x"),
                invalid("backslash in Host", "a.test\\x"),
                invalid("space in Host", "a.test b.test"),
                invalid("list in Host", "a.test,b.test"),
                invalid("semicolon in Host", "a.test;x"),
                invalid("percent-encoded Host", "a%2etest"),
                invalid("byte beyond ASCII in Host", "\u00e4.test"),
                invalid("negative port", "a.test:-1"),
                invalid("port above the highest", "a.test:65536"),
                invalid("port of six digits", "a.test:000080"),
                invalid("port of letters", "a.test:http"),
                invalid("port with a sign", "a.test:+80"),
                invalid("two ports", "a.test:80:80"),
                invalid("port alone", ":80"),
                invalid("dot first", ".a.test"),
                invalid("two dots", "a..test"),
                invalid("dot alone", "."),
                invalid("bracket not closed", "[::1"),
                invalid("bracket not opened", "::1]"),
                invalid("IPv6 address without brackets", "2001:db8::1"),
                invalid("IPv6 address with a zone", "[fe80::1%25eth0]"),
                invalid("address of the future", "[v1.a]"),
                invalid("letters after the bracket", "[::1]a"),
                invalid("name in brackets", "[a.test]"),
                invalid("quoted Host", "\"a.test\""),
                invalid("host over the longest", LABEL + "." + LABEL + "." + LABEL + "." + LABEL + "."));
    }

    private static RequestCase other(String name, String host) {
        return accepted(name, bare("Host: " + host)).answeredSomehow();
    }

    private static RequestCase invalid(String name, String host) {
        return refused(name, WireFaults.HOST_INVALID, bare("Host: " + host));
    }

    private static String absolute(String target, String fieldLine) {
        return message("GET " + target + " HTTP/1.1", "", fieldLine);
    }
}
