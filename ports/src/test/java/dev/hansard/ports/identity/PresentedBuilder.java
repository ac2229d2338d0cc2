// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.identity;

import dev.hansard.ports.exchange.Arrival;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestHead;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** Makes what a caller shows, for tests of identity providers. */
public final class PresentedBuilder {
    private final List<Field> fields = new ArrayList<>();
    private String method = "GET";
    private String authority = "payments.example.com";
    private String path = "/v1/orders";
    private boolean secure;
    private List<X509Certificate> certificates = List.of();

    private PresentedBuilder() {}

    /** A plain GET without any proof of who calls. */
    public static PresentedBuilder aCall() {
        return new PresentedBuilder();
    }

    public PresentedBuilder with(String name, String value) {
        fields.add(new Field(name, value));
        return this;
    }

    public PresentedBuilder bearer(String token) {
        return with("Authorization", "Bearer " + token);
    }

    public PresentedBuilder method(String word) {
        this.method = word;
        return this;
    }

    public PresentedBuilder at(String itsAuthority, String itsPath) {
        this.authority = itsAuthority;
        this.path = itsPath;
        return this;
    }

    /** Comes over TLS, with this chain; none of them means that the caller showed no certificate. */
    public PresentedBuilder overTls(X509Certificate... chain) {
        this.secure = true;
        this.certificates = List.of(chain);
        return this;
    }

    public Presented build() {
        var arrival = new Arrival("edge", "192.0.2.7", secure, false, certificates);
        return new Presented(new Head(method, path, new FieldList(fields)), arrival, authority, path);
    }

    private record Head(String method, String target, Fields fields) implements RequestHead {}

    private record FieldList(List<Field> lines) implements Fields {
        private FieldList {
            lines = List.copyOf(lines);
        }

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
