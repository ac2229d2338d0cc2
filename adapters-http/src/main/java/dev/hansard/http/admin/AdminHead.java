// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestHead;
import io.helidon.http.Header;
import io.helidon.webserver.http.ServerRequest;
import java.util.ArrayList;
import java.util.List;

/** A request to the admin listener as identity providers look at one. */
final class AdminHead implements RequestHead {
    private final String method;
    private final String target;
    private final Fields fields;

    AdminHead(ServerRequest request) {
        this.method = request.prologue().method().text();
        this.target = request.prologue().uriPath().rawPath();
        var lines = new ArrayList<Field>();
        for (Header header : request.headers()) {
            header.allValues().forEach(value -> lines.add(new Field(header.name(), value)));
        }
        this.fields = new Lines(lines);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String target() {
        return target;
    }

    @Override
    public Fields fields() {
        return fields;
    }

    private record Lines(List<Field> lines) implements Fields {
        @Override
        public int count() {
            return lines.size();
        }

        @Override
        public String name(int index) {
            return lines.get(index).name();
        }

        @Override
        public String value(int index) {
            return lines.get(index).value();
        }

        @Override
        public boolean isNamed(int index, String lowerCaseName) {
            return name(index).equalsIgnoreCase(lowerCaseName);
        }
    }
}
