// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.core.policy.QueryText;
import dev.hansard.ports.exchange.Fields;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An admitted call as policies see it: the same objects that are recorded and forwarded (invariants S1, S2). Its path
 * is the one that the target gets, so that no other way to the service goes round a policy.
 */
final class JudgedRequest implements PolicyRequest {
    private final Admitted admitted;
    private final SentFields fields;

    JudgedRequest(Admitted admitted) {
        this.admitted = admitted;
        this.fields = new SentFields(admitted.head().fields(), admitted.plan().kept());
    }

    @Override
    public ServiceName service() {
        return admitted.service().name();
    }

    @Override
    public Map<String, String> labels() {
        return admitted.service().labels();
    }

    @Override
    public String listener() {
        return admitted.arrival().listener();
    }

    @Override
    public Caller caller() {
        return admitted.caller();
    }

    @Override
    public String method() {
        return admitted.head().method();
    }

    @Override
    public String host() {
        return admitted.target().host();
    }

    @Override
    public String path() {
        return admitted.upstreamPath();
    }

    @Override
    public String query() {
        return admitted.target().query();
    }

    @Override
    public Map<String, List<String>> parameters() {
        return QueryText.parameters(query());
    }

    @Override
    public Fields fields() {
        return fields;
    }

    @Override
    public Instant at() {
        return admitted.at();
    }
}
