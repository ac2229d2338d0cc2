// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

import dev.hansard.boot.settings.yaml.Names;
import dev.hansard.boot.settings.yaml.Section;
import dev.hansard.boot.settings.yaml.Tree;
import dev.hansard.boot.settings.yaml.Tree.Entry;
import dev.hansard.boot.settings.yaml.Tree.Mapping;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code identity}: the providers by name. */
final class IdentityReader {
    private static final String TYPE = "type";
    private static final int LONGEST_SUBJECT = 255;

    private final Map<String, ProviderSettings> providers = new LinkedHashMap<>();
    // Names that are written but cannot be used: a reference to one is no second mistake.
    private final Set<String> unusable = new HashSet<>();

    IdentityReader(Section root) {
        Section identity = root.section("identity", SettingsKeys.IDENTITY);
        for (Entry entry : identity.named("providers")) {
            read(entry, identity);
        }
    }

    private void read(Entry entry, Section identity) {
        String name = entry.key();
        String path = identity.child("providers") + "." + name;
        if (!Names.check(entry, path, identity.problems())) {
            return;
        }
        unusable.add(name);
        if (!isAnonymous(entry.value(), path, identity)) {
            return;
        }
        Section provider = Section.open(entry.value(), path, SettingsKeys.PROVIDER, identity.problems());
        String subject = provider.parsed("subject", "anonymous", text -> Names.word(text, LONGEST_SUBJECT));
        providers.put(name, new ProviderSettings.Anonymous(name, subject));
        unusable.remove(name);
    }

    // Looked at first: the keys of a type that is not available are no mistakes of their own.
    private static boolean isAnonymous(Tree provider, String path, Section identity) {
        if (!(provider instanceof Mapping mapping)) {
            identity.problems()
                    .error(
                            provider.at(),
                            path + " must be a mapping, but is " + provider.kind(),
                            "write type: anonymous");
            return false;
        }
        for (Entry entry : mapping.entries()) {
            if (entry.key().equals(TYPE)) {
                return identity.choice(
                        entry.value(),
                        path + "." + TYPE,
                        false,
                        Map.of("anonymous", true),
                        List.of("jwt", "oidc", "saml", "mtls", "api-key"));
            }
        }
        identity.problems().error(provider.at(), path + ".type is missing", "write type: anonymous");
        return false;
    }

    /** The providers that can be used, in the order written. */
    Map<String, ProviderSettings> providers() {
        return providers;
    }

    boolean isUnusable(String name) {
        return unusable.contains(name);
    }
}
