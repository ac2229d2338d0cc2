// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestHead;
import dev.hansard.ports.exchange.ResponseHead;
import java.util.ArrayList;
import java.util.List;

/** Heads of messages, made of texts. */
final class Heads {
    private Heads() {}

    /** A request head with fields such as {@code "Cookie: a=b"}. */
    static RequestHead request(String method, String target, String... lines) {
        return new Request(method, target, new Lines(fields(lines)));
    }

    static ResponseHead response(int status, String... lines) {
        return new Response(status, "", new Lines(fields(lines)));
    }

    static List<Field> fields(String... lines) {
        var fields = new ArrayList<Field>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            fields.add(new Field(
                    line.substring(0, colon), line.substring(colon + 1).strip()));
        }
        return fields;
    }

    private record Request(String method, String target, Fields fields) implements RequestHead {}

    private record Response(int status, String reason, Fields fields) implements ResponseHead {}

    private record Lines(List<Field> list) implements Fields {
        @Override
        public int count() {
            return list.size();
        }

        @Override
        public String name(int index) {
            return list.get(index).name();
        }

        @Override
        public String value(int index) {
            return list.get(index).value();
        }

        @Override
        public boolean isNamed(int index, String lowerCaseName) {
            return name(index).equalsIgnoreCase(lowerCaseName);
        }
    }
}
