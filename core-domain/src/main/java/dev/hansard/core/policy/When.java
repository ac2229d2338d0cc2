// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.identity.Caller;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.policy.PolicyRequest;
import dev.hansard.ports.value.ServiceName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a policy is for. Every part that says something must fit; of a part's values one is enough. Empty
 * parts say nothing. Looking at a request leaves no garbage, unless its query is encoded.
 *
 * @param services names of services
 * @param labels labels of the service, with their values
 * @param methods exact, with their case (RFC 9110 section 9.1)
 * @param groups patterns for one of the caller's groups, each beginning with {@value CallerPattern#GROUP}
 * @param inside times at which the policy holds
 * @param outside times at which it does not
 */
public record When(
        List<TextGlob> services,
        Map<String, TextGlob> labels,
        List<String> methods,
        List<PathGlob> paths,
        List<CallerPattern> callers,
        List<CallerPattern> groups,
        List<NamedValue> headers,
        List<NamedValue> query,
        List<TimeWindow> inside,
        List<TimeWindow> outside) {
    /** Every request. */
    public static final When ALWAYS = new When(
            List.of(), Map.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(),
            List.of());

    public When {
        services = List.copyOf(services);
        labels = Map.copyOf(labels);
        methods = List.copyOf(methods);
        paths = List.copyOf(paths);
        callers = List.copyOf(callers);
        groups = List.copyOf(groups);
        headers = List.copyOf(headers);
        query = List.copyOf(query);
        inside = List.copyOf(inside);
        outside = List.copyOf(outside);
    }

    /** Whether it is for requests to a service at all. */
    boolean isFor(Service service) {
        return misfitOf(service.name(), service.labels()) == null;
    }

    /** The first part that does not fit; null when the policy is for this request. */
    @Nullable
    Part misfit(PolicyRequest request) {
        Part ofService = misfitOf(request.service(), request.labels());
        return ofService == null ? misfitOfCall(request) : ofService;
    }

    private @Nullable Part misfitOf(ServiceName service, Map<String, String> its) {
        if (!services.isEmpty() && services.stream().noneMatch(glob -> glob.matches(service.value()))) {
            return Part.SERVICE;
        }
        boolean labelled = labels.entrySet().stream().allMatch(label -> {
            String value = its.get(label.getKey());
            return value != null && label.getValue().matches(value);
        });
        return labelled ? null : Part.LABELS;
    }

    /** The same but for the service, which {@link #isFor} has looked at. */
    @Nullable
    Part misfitOfCall(PolicyRequest request) {
        if (!methods.isEmpty() && !methods.contains(request.method())) {
            return Part.METHOD;
        }
        if (!paths.isEmpty() && !isAmongPaths(request.path())) {
            return Part.PATH;
        }
        if (!callers.isEmpty() && !isAmong(callers, request.caller())) {
            return Part.CALLER;
        }
        if (!groups.isEmpty() && !isAmong(groups, request.caller())) {
            return Part.GROUP;
        }
        if (!fitsFields(request)) {
            return Part.HEADER;
        }
        if (!fitsQuery(request)) {
            return Part.QUERY;
        }
        return misfitOfTime(request.at());
    }

    // By index in all of these: they are on the path of every call and must leave no garbage.

    private boolean isAmongPaths(String path) {
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).matches(path)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAmong(List<CallerPattern> patterns, Caller caller) {
        for (int i = 0; i < patterns.size(); i++) {
            if (patterns.get(i).matches(caller)) {
                return true;
            }
        }
        return false;
    }

    private boolean fitsFields(PolicyRequest request) {
        for (int i = 0; i < headers.size(); i++) {
            if (!headers.get(i).fitsFields(request.fields())) {
                return false;
            }
        }
        return true;
    }

    private boolean fitsQuery(PolicyRequest request) {
        for (int i = 0; i < query.size(); i++) {
            if (!query.get(i).fitsQuery(request.query())) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Part misfitOfTime(Instant at) {
        if (!inside.isEmpty() && !isOpen(inside, at)) {
            return Part.INSIDE;
        }
        return isOpen(outside, at) ? Part.OUTSIDE : null;
    }

    private static boolean isOpen(List<TimeWindow> windows, Instant at) {
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).contains(at)) {
                return true;
            }
        }
        return false;
    }

    /** A part, by its key in the configuration. */
    public enum Part {
        SERVICE("service"),
        LABELS("labels"),
        METHOD("method"),
        PATH("path"),
        CALLER("caller"),
        GROUP("group"),
        HEADER("header"),
        QUERY("query"),
        INSIDE("inside"),
        OUTSIDE("outside");

        private final String key;

        Part(String key) {
            this.key = key;
        }

        public String key() {
            return key;
        }
    }
}
