// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

import dev.hansard.core.credential.shape.Outgoing;
import dev.hansard.core.credential.shape.Percent;
import dev.hansard.core.masking.exact.ExactValues;
import dev.hansard.ports.credential.UsedCredential;
import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.value.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What is put into a request: one version of each credential of its service. Immutable, and the same object for all
 * calls while the versions are the same. Never printed.
 */
public final class Injected {
    /** What the record has in the place of a value. */
    private static final String MASK = "***";

    private final List<Part> parts;
    private final List<UsedCredential> used;
    private final Set<String> fieldNames;
    private final Set<String> queryNames;
    private final ExactValues values;

    /** One credential in the version that is used. */
    record Part(HeldCredential credential, Version version) {}

    /**
     * Puts parts together.
     *
     * @param others further values that must not come back either
     */
    Injected(List<Part> parts, Set<String> fieldNames, Set<String> queryNames, List<Secret> others) {
        this.parts = List.copyOf(parts);
        this.used = parts.stream()
                .map(part -> new UsedCredential(
                        part.credential().spec().name(), part.version().id()))
                .toList();
        this.fieldNames = fieldNames;
        this.queryNames = queryNames;
        var secrets = new ArrayList<>(others);
        for (Part part : parts) {
            secrets.addAll(
                    part.credential().spec().shape().secrets(part.version().values()));
        }
        this.values = ExactValues.of(secrets);
    }

    List<Part> parts() {
        return parts;
    }

    /** Whether it is made of these versions. */
    boolean isOf(List<Part> others) {
        for (int i = 0; i < parts.size(); i++) {
            if (!parts.get(i).version().id().equals(others.get(i).version().id())) {
                return false;
            }
        }
        return true;
    }

    /** For the record. */
    public List<UsedCredential> used() {
        return used;
    }

    /** What must not be in a response or a record. */
    public ExactValues values() {
        return values;
    }

    /** The names, in lower case, of the fields that only Hansard may set. */
    public Set<String> fieldNames() {
        return fieldNames;
    }

    /** Hands over the fields. */
    public void fields(Outgoing outgoing, HeadPlan.FieldSink sink) {
        for (Part part : parts) {
            part.credential().spec().shape().fields(part.version().values(), outgoing, sink);
        }
    }

    /** Hands over the fields as the record has them: with their names only. */
    public void maskedFields(Outgoing outgoing, HeadPlan.FieldSink sink) {
        fields(outgoing, (name, _) -> sink.field(name, MASK));
    }

    /** A target with the query pairs that belong to it, and without any of the caller's by the same names. */
    public String target(String target) {
        return target(target, false);
    }

    /** The same as the record has it. */
    public String maskedTarget(String target) {
        return target(target, true);
    }

    private String target(String target, boolean isMasked) {
        if (queryNames.isEmpty()) {
            return target;
        }
        int question = target.indexOf('?');
        var kept = new StringBuilder(question < 0 ? target : target.substring(0, question));
        char separator = '?';
        if (question >= 0) {
            for (String pair : target.substring(question + 1).split("&", -1)) {
                if (!pair.isEmpty() && !isOurs(pair)) {
                    kept.append(separator).append(pair);
                    separator = '&';
                }
            }
        }
        for (Part part : parts) {
            String pair = part.credential().spec().shape().query(part.version().values());
            if (pair != null) {
                kept.append(separator).append(isMasked ? pair.substring(0, pair.indexOf('=') + 1) + MASK : pair);
                separator = '&';
            }
        }
        return kept.toString();
    }

    private boolean isOurs(String pair) {
        int equals = pair.indexOf('=');
        return queryNames.contains(Percent.decoded(equals < 0 ? pair : pair.substring(0, equals), true));
    }

    @Override
    public String toString() {
        return "Injected" + used;
    }
}
