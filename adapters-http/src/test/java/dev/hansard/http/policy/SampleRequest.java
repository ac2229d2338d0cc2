// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.ServiceName;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A request that expressions are asked about. */
record SampleRequest(List<Field> lines) implements PolicyRequest {
    static SampleRequest with(Field... fields) {
        return new SampleRequest(List.of(fields));
    }

    static RequestBody body(byte[] bytes) {
        return new RequestBody() {
            @Override
            public int length() {
                return bytes.length;
            }

            @Override
            public ByteBuffer bytes() {
                return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    @Override
    public ServiceName service() {
        return new ServiceName("payments");
    }

    @Override
    public Map<String, String> labels() {
        return Map.of("tier", "1");
    }

    @Override
    public String listener() {
        return "edge";
    }

    @Override
    public Caller caller() {
        return new Caller("workloads", "shop", List.of("checkout"));
    }

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String host() {
        return "payments.test";
    }

    @Override
    public String path() {
        return "/v1/refunds";
    }

    @Override
    public String query() {
        return "?dry=1&dry=2";
    }

    @Override
    public Map<String, List<String>> parameters() {
        return Map.of("dry", List.of("1", "2"));
    }

    @Override
    public Fields fields() {
        return new Fields() {
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
                return lines.get(index).name().equalsIgnoreCase(lowerCaseName);
            }
        };
    }

    @Override
    public Instant at() {
        return Instant.parse("2026-07-01T12:00:00Z");
    }
}
