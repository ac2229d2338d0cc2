// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.identity;

import dev.hansard.boot.settings.identity.ProviderSettings.Source;
import dev.hansard.boot.settings.yaml.MisfitException;
import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Position;
import dev.hansard.boot.settings.yaml.Problems;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.boot.settings.yaml.Words;
import dev.hansard.boot.text.Visible;
import dev.hansard.ports.identity.CallerPattern;
import dev.hansard.ports.spi.IdentityProviderFactory;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.spi.SignInFactory;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.ServiceName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code identity} and what a listener and a service say about callers. */
public final class IdentityReader {
    /** How many providers there may be. */
    static final int MOST_PROVIDERS = 64;

    /** How many callers a service may list. */
    static final int MOST_CALLERS = 1_000;

    private final Problems problems;
    private final ProviderTypes types;
    private final RolesReader roles;
    private final Map<String, ProviderSettings> providers = new LinkedHashMap<>();
    private final Map<String, SignInSettings> signIns = new LinkedHashMap<>();
    private final Map<ServiceName, List<CallerPattern>> callers = new LinkedHashMap<>();
    private final Set<ServiceName> told = new HashSet<>();
    // Names that are written but cannot be used: a reference to one is no second mistake.
    private final Set<String> unusable = new HashSet<>();

    /** Reads the providers of a configuration. */
    public IdentityReader(Section root, ProviderTypes types) {
        this.problems = root.problems();
        this.types = types;
        Section identity = root.section("identity", IdentityKeys.IDENTITY);
        List<Entry> entries = identity.named(IdentityKeys.PROVIDERS);
        if (entries.size() > MOST_PROVIDERS) {
            problems.error(
                    identity.placeOf(IdentityKeys.PROVIDERS),
                    "there are more than " + MOST_PROVIDERS + " identity providers");
        }
        entries.forEach(entry -> read(entry, identity.child(IdentityKeys.PROVIDERS) + "." + entry.key()));
        this.roles = new RolesReader(identity);
    }

    private void read(Entry entry, String path) {
        String name = entry.key();
        if (!Names.check(entry, path, problems)) {
            return;
        }
        unusable.add(name);
        if (!(entry.value() instanceof Mapping mapping)) {
            problems.error(
                    entry.value().at(),
                    path + " must be a mapping, but is " + entry.value().kind(),
                    "write type: anonymous");
            return;
        }
        var options = new TreeOptions(name, mapping, path, problems);
        try {
            String type = type(options, mapping, path);
            if (type != null) {
                make(type, options, options.placeOf(IdentityKeys.TYPE), path);
            }
        } catch (InvalidOptionException e) {
            options.complain(e);
        }
    }

    // Looked at first: the keys of a type that is not there are no mistakes of their own.
    private @Nullable String type(TreeOptions options, Mapping mapping, String path) {
        if (!options.has(IdentityKeys.TYPE)) {
            problems.error(mapping.at(), path + ".type is missing", "write type: anonymous");
            return null;
        }
        String type = options.text(IdentityKeys.TYPE);
        if (types.has(type)) {
            return type;
        }
        List<String> troubles = types.troubles();
        String hint = Words.closest(type, types.words())
                .map(word -> "did you mean '" + word + "'?")
                .orElse("a type of your own comes as a jar in " + types.folder());
        problems.error(
                options.placeOf(IdentityKeys.TYPE),
                path + ".type must be one of " + String.join(", ", types.words()) + ", but is "
                        + options.shown(IdentityKeys.TYPE),
                troubles.isEmpty() ? hint : hint + "; " + String.join("; ", troubles));
        return null;
    }

    @SuppressWarnings("CatchingUnchecked") // A plugin may throw anything; that is a mistake in its jar, not in ours.
    private void make(String type, TreeOptions options, Position at, String path) {
        try {
            String name = options.name();
            SignInFactory signIn = types.findSignIn(type);
            if (signIn != null) {
                signIns.put(name, signIn(type, signIn, options));
            }
            IdentityProviderFactory provider = types.find(type);
            if (provider != null) {
                Source source = source(type, provider, options);
                providers.put(name, new ProviderSettings(name, type, source, options.effective()));
            }
            options.reportUnknown();
            unusable.remove(name);
        } catch (InvalidOptionException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            if (types.words().contains(type)) {
                throw e;
            }
            problems.error(
                    at,
                    path + " cannot be made: type '" + type + "' failed with "
                            + e.getClass().getName(),
                    "it comes from " + types.from(type) + "; ask whoever made that jar, or remove it");
        }
    }

    // Made once to see that it can be; the node makes its own. Nothing runs before it is started.
    private Source source(String type, IdentityProviderFactory factory, TreeOptions options) {
        Set<String> fields = factory.create(options, ProviderTypes.NOWHERE).credentialFields();
        return new Source(around -> factory.create(options, around), fields, types.from(type));
    }

    private static SignInSettings signIn(String type, SignInFactory factory, TreeOptions options) {
        factory.create(options, ProviderTypes.NOWHERE);
        return new SignInSettings(options.name(), type, around -> factory.create(options, around), options.effective());
    }

    /** What people sign in with in a browser; empty when they do not. */
    public List<SignInSettings> login(Section admin) {
        List<SignInSettings> login = new ArrayList<>();
        List<Tree> items = admin.items("login");
        for (int i = 0; i < items.size(); i++) {
            String path = admin.child("login") + "[" + i + "]";
            String name = admin.text(items.get(i), path);
            if (name == null || unusable.contains(name)) {
                continue;
            }
            SignInSettings found = signIns.get(name);
            if (found == null) {
                problems.error(
                        items.get(i).at(), path + " names nothing that people sign in with", unknownSignIn(name));
            } else if (login.contains(found)) {
                problems.error(items.get(i).at(), path + " is there twice", "remove it");
            } else {
                login.add(found);
            }
        }
        if (!login.isEmpty() && roles.roles().given().isEmpty()) {
            problems.error(
                    admin.placeOf("login"),
                    admin.child("login") + " is set, but nobody has a role, so that nobody could do anything",
                    "write identity.roles: { admin: { groups: [NAME] } }");
        }
        return login;
    }

    private String unknownSignIn(String name) {
        return providers.containsKey(name)
                ? "'" + Visible.quoted(name) + "' is for programs; name it under admin.identity"
                : Words.closest(name, signIns.keySet())
                        .map(word -> "did you mean '" + word + "'?")
                        .orElse("add it to identity.providers with type: oidc");
    }

    /** Who may come to the admin plane; empty lets in everyone on this machine. */
    public List<ProviderSettings> admin(Section admin) {
        List<ProviderSettings> chain = chain(admin, false);
        chain.stream()
                .filter(ProviderSettings::takesEveryCaller)
                .forEach(provider -> problems.error(
                        admin.placeOf("identity"),
                        admin.child("identity") + " has '" + provider.name()
                                + "', which takes everyone for the same one",
                        "name providers that ask for proof, or leave it out while the admin plane is on loopback"));
        if (!chain.isEmpty() && roles.roles().given().isEmpty()) {
            problems.error(
                    admin.placeOf("identity"),
                    admin.child("identity") + " is set, but nobody has a role, so that nobody could do anything",
                    "write identity.roles: { admin: { groups: [NAME] } }");
        }
        return chain;
    }

    /** Reports what only shows when all services are known. */
    public void check(Set<ServiceName> services) {
        roles.checkServices(services);
    }

    /**
     * What a listener's chain is made of, in the order written.
     *
     * @param asksForCertificates whether callers can show one there
     */
    public List<ProviderSettings> chain(Section listener, boolean asksForCertificates) {
        List<ProviderSettings> chain = new ArrayList<>();
        List<Tree> items = listener.items("identity");
        for (int i = 0; i < items.size(); i++) {
            String path = listener.child("identity") + "[" + i + "]";
            String name = listener.text(items.get(i), path);
            if (name != null) {
                link(name, items.get(i), path, chain);
            }
            if (!asksForCertificates && name != null) {
                checkCertificates(name, items.get(i), path);
            }
            if (name != null) {
                checkTokens(name, items.get(i), path);
            }
        }
        return chain;
    }

    private void link(String name, Tree at, String path, List<ProviderSettings> chain) {
        ProviderSettings provider = providers.get(name);
        if (provider == null) {
            if (!unusable.contains(name)) {
                String hint = signIns.containsKey(name)
                        ? "people sign in with it in a browser; name it under admin.login"
                        : unknownProvider(name);
                problems.error(
                        at.at(),
                        path + " names no identity provider" + (signIns.containsKey(name) ? " for programs" : ""),
                        hint);
            }
            return;
        }
        if (!chain.isEmpty() && chain.getLast().takesEveryCaller()) {
            problems.error(
                    at.at(),
                    path + " is never asked: '" + chain.getLast().name() + "' before it takes every caller",
                    "remove it");
        } else if (chain.contains(provider)) {
            problems.error(at.at(), path + " is never asked: '" + name + "' is asked before", "remove it");
        } else {
            chain.add(provider);
        }
    }

    private void checkCertificates(String name, Tree at, String path) {
        ProviderSettings provider = providers.get(name);
        if (provider != null && provider.needsCertificates()) {
            problems.error(
                    at.at(),
                    path + " recognises nobody: '" + name + "' needs client certificates, which are not asked for here",
                    "a listener asks for them with tls: { client-auth: optional, client-ca-file: PATH }");
        }
    }

    private void checkTokens(String name, Tree at, String path) {
        ProviderSettings provider = providers.get(name);
        if (provider != null && provider.lacksTokens()) {
            problems.error(
                    at.at(),
                    path + " recognises nobody: '" + name + "' has no token-url, so that nobody gets a token for it",
                    "write token-url: https://HOST/.hansard/token, as assertions name their recipient");
        }
    }

    private String unknownProvider(String name) {
        return Words.closest(name, providers.keySet())
                .map(word -> "did you mean '" + word + "'?")
                .orElse("add it to identity.providers");
    }

    /** Reads which callers a service takes, and whether its target is told who calls. */
    public void service(Section service, ServiceName name) {
        if (service.truth("identity-header", false)) {
            told.add(name);
        }
        if (!service.has("callers")) {
            return;
        }
        List<Tree> items = service.items("callers");
        var patterns = new ArrayList<CallerPattern>();
        for (int i = 0; i < items.size(); i++) {
            CallerPattern pattern = service.parsed(
                    items.get(i), service.child("callers") + "[" + i + "]", null, IdentityReader::pattern);
            if (pattern != null) {
                patterns.add(pattern);
            }
        }
        if (items.isEmpty() && service.find("callers") instanceof Tree.Sequence) {
            problems.error(
                    service.placeOf("callers"),
                    service.child("callers") + " is empty, so that nobody could call",
                    "list subjects or group:NAME, or leave it out to take every caller that is recognised");
        }
        if (items.size() > MOST_CALLERS) {
            problems.error(
                    service.placeOf("callers"),
                    service.child("callers") + " has more than " + MOST_CALLERS + " entries");
        }
        callers.put(name, patterns);
    }

    private static CallerPattern pattern(String text) {
        try {
            return new CallerPattern(text);
        } catch (InvalidValueException _) {
            throw new MisfitException(
                    "a subject or group:NAME of at most " + CallerPattern.LONGEST + " characters, with * for any run");
        }
    }

    /** All that was read. */
    public IdentitySettings settings() {
        return new IdentitySettings(
                List.copyOf(providers.values()), List.copyOf(signIns.values()), callers, told, roles.roles());
    }
}
