// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.Match;
import dev.hansard.ports.exchange.Service;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the service of a call. Of the routes that fit, one with a host comes before one without, then a longer path
 * prefix before a shorter, then one that names the listener before one that takes any. Immutable.
 *
 * <p>Prefixes match by whole segments: {@code /pay} takes {@code /pay} and {@code /pay/1}, not {@code /payments}. A
 * request about the server as a whole ({@code OPTIONS *}) fits routes without a prefix only. Routes are found by host
 * and first segment, so that a thousand services cost no more than one.
 */
public final class Router {
    private static final Comparator<Route> ORDER = Comparator.comparingInt(
                    (Route route) -> route.prefix().length())
            .reversed()
            .thenComparing(route -> route.listener() == null);

    private final Map<String, Routes> byHost = new HashMap<>();
    private final Routes anyHost;

    /**
     * Makes the table of all services.
     *
     * @throws InvalidValueException as {@link #check} does
     */
    public Router(List<Service> services) {
        check(services);
        var sorted = new HashMap<String, List<Route>>();
        var hostless = new ArrayList<Route>();
        for (Service service : services) {
            for (Match match : service.matches()) {
                List<Route> routes =
                        match.host() == null ? hostless : sorted.computeIfAbsent(match.host(), _ -> new ArrayList<>());
                routes.add(Route.of(service, match));
            }
        }
        sorted.forEach((host, routes) -> byHost.put(host, new Routes(routes)));
        anyHost = new Routes(hostless);
    }

    /**
     * Checks what no single service can know: that every prefix is canonical and no two routes are the same.
     *
     * @throws InvalidValueException naming the services and the route
     */
    public static void check(List<Service> services) {
        var owners = new HashMap<Key, ServiceName>();
        for (Service service : services) {
            for (Match match : service.matches()) {
                checkSpelling(service.name(), match);
                ServiceName owner = owners.putIfAbsent(Key.of(match), service.name());
                if (owner != null) {
                    throw new InvalidValueException("match of service '" + service.name() + "' (" + shown(match)
                            + ") must be its own, but service '" + owner
                            + "' has the same; give one of them another listener, host or path-prefix");
                }
            }
        }
    }

    private static void checkSpelling(ServiceName service, Match match) {
        String host = match.host();
        if (host != null && !host.equals(host.toLowerCase(Locale.ROOT))) {
            throw new InvalidValueException(
                    "match of service '" + service + "' has host '" + host + "', which must be in lower case");
        }
        String prefix = match.pathPrefix();
        if (prefix == null) {
            return;
        }
        CanonicalPath.Outcome outcome = CanonicalPath.of(prefix, 0, prefix.length());
        boolean canonical = outcome instanceof CanonicalPath.Outcome.Path(var path) && path.equals(prefix);
        if (!canonical || !prefix.startsWith("/")) {
            throw new InvalidValueException("match of service '" + service + "' has path-prefix '" + prefix
                    + "', which must start with / and be canonical: no empty or dot segments, nothing encoded that"
                    + " can stand bare, upper-case hexadecimal digits");
        }
    }

    private static String shown(Match match) {
        return "listener: " + orAny(match.listener()) + ", host: " + orAny(match.host()) + ", path-prefix: "
                + orAny(match.pathPrefix());
    }

    private static String orAny(@Nullable String part) {
        return part == null ? "any" : part;
    }

    /**
     * Finds the service of a call; null when no route fits.
     *
     * @param host as {@link TargetReading.Read#host()}
     * @param path as {@link TargetReading.Read#path()}
     */
    public @Nullable Routed route(String listener, String host, String path) {
        Routes ofHost = byHost.get(host);
        Route route = ofHost == null ? null : ofHost.find(listener, path);
        if (route == null) {
            route = anyHost.find(listener, path);
        }
        return route == null ? null : new Routed(route.service(), route.upstreamPath(path));
    }

    /** What makes two matches the same. */
    private record Key(@Nullable String listener, @Nullable String host, String prefix) {
        static Key of(Match match) {
            return new Key(match.listener(), match.host(), Route.prefix(match));
        }
    }

    /** One match; {@code prefix} has no slash at its end, so that none is an empty one. */
    private record Route(Service service, @Nullable String listener, String prefix, boolean strips) {
        static Route of(Service service, Match match) {
            return new Route(service, match.listener(), prefix(match), match.stripPrefix());
        }

        static String prefix(Match match) {
            String prefix = match.pathPrefix();
            if (prefix == null) {
                return "";
            }
            return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        }

        boolean fits(String asked, String path) {
            return (listener == null || listener.equals(asked))
                    && path.startsWith(prefix)
                    && (prefix.isEmpty() || path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
        }

        String upstreamPath(String path) {
            if (!strips) {
                return path;
            }
            return path.length() == prefix.length() ? "/" : path.substring(prefix.length());
        }
    }

    /** The routes of one host, by a hash of the first segment of their prefix. */
    private static final class Routes {
        private final List<List<Route>> slots = new ArrayList<>();
        private final List<Route> withoutPrefix = new ArrayList<>();
        private final int mask;

        Routes(List<Route> routes) {
            mask = Integer.highestOneBit(Math.max(1, routes.size())) * 4 - 1;
            for (int i = 0; i <= mask; i++) {
                slots.add(List.of());
            }
            routes.stream().sorted(ORDER).forEach(this::add);
        }

        private void add(Route route) {
            if (route.prefix().isEmpty()) {
                withoutPrefix.add(route);
                return;
            }
            int slot = slot(route.prefix());
            if (slots.get(slot).isEmpty()) {
                slots.set(slot, new ArrayList<>());
            }
            slots.get(slot).add(route);
        }

        private int slot(String path) {
            int hash = 0;
            for (int i = 1; i < path.length() && path.charAt(i) != '/'; i++) {
                hash = 31 * hash + path.charAt(i);
            }
            return (hash ^ hash >>> 16) & mask;
        }

        @Nullable
        Route find(String listener, String path) {
            Route route = first(slots.get(slot(path)), listener, path);
            return route == null ? first(withoutPrefix, listener, path) : route;
        }

        private static @Nullable Route first(List<Route> routes, String listener, String path) {
            // By index: this is on the path of every call and must leave no garbage.
            for (int i = 0; i < routes.size(); i++) {
                if (routes.get(i).fits(listener, path)) {
                    return routes.get(i);
                }
            }
            return null;
        }
    }
}
