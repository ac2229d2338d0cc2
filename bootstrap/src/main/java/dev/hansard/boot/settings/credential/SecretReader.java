// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings.credential;

import dev.hansard.boot.settings.credential.CredentialSettings.SourceOpening;
import dev.hansard.boot.settings.yaml.Files;
import dev.hansard.boot.settings.yaml.OutsideText;
import dev.hansard.boot.settings.yaml.TreeOptions;
import dev.hansard.core.credential.shape.SecretText;
import dev.hansard.idp.credential.OutgoingSecrets;
import dev.hansard.ports.credential.SecretSource;
import dev.hansard.ports.spi.InvalidOptionException;
import dev.hansard.ports.value.Secret;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads where a secret comes from: {@code ${file:}}, {@code ${env:}}, or {@code { vault: ... }}. */
final class SecretReader {
    private static final String VAULT = "vault";
    private static final String ROLE = "approle";
    private static final String TOKEN = "token";
    private static final String SECRET_ID = "secret-id";

    private final Map<String, String> environment;
    private final Files files;

    SecretReader(Map<String, String> environment, Files files) {
        this.environment = environment;
        this.files = files;
    }

    /** A secret that no other rule is about than that it has to be there. */
    SourceOpening secret(TreeOptions options, String key) {
        if (options.isMapping(key)) {
            return vault((TreeOptions) options.section(key));
        }
        OutsideText text = text(options, key);
        return _ -> new WrittenSecret(text);
    }

    /** One that stands in a field, and must come through it unchanged. */
    SourceOpening fieldValue(TreeOptions options, String key) {
        return checked(options, key, SecretText.flaw(peek(options, key)));
    }

    /** One that is encoded where it stands. */
    SourceOpening encodedValue(TreeOptions options, String key) {
        return checked(options, key, SecretText.shortness(peek(options, key)));
    }

    private SourceOpening checked(TreeOptions options, String key, @Nullable String flaw) {
        if (flaw != null) {
            // Not misfit: that shows the value where it stands in the file.
            throw new InvalidOptionException(key, "cannot be used: " + flaw);
        }
        return secret(options, key);
    }

    /** What is known of a value when the configuration is loaded; of a vault's, nothing. */
    private static Secret peek(TreeOptions options, String key) {
        return options.isMapping(key) ? Secret.of("not-read-before-the-start") : options.secret(key);
    }

    private OutsideText text(TreeOptions options, String key) {
        return new OutsideText(options.secretScalar(key), environment, files);
    }

    private SourceOpening vault(TreeOptions around) {
        if (!around.isMapping(VAULT)) {
            throw around.misfit(VAULT, "a mapping such as { address: https://vault:8200, path: payments, token: ... }");
        }
        TreeOptions vault = (TreeOptions) around.section(VAULT);
        boolean byRole = vault.isMapping(ROLE);
        if (byRole == vault.has(TOKEN)) {
            throw vault.misfit(TOKEN, "written, or approle, and not both");
        }
        if (byRole) {
            OutsideText secretId = text((TreeOptions) vault.section(ROLE), SECRET_ID);
            return made(nanos -> OutgoingSecrets.vaultAsRole(vault, new WrittenSecret(secretId), nanos));
        }
        OutsideText token = text(vault, TOKEN);
        return made(nanos -> OutgoingSecrets.vault(vault, new WrittenSecret(token), nanos));
    }

    /** Made once to see that it can be; the node makes its own. */
    private static SourceOpening made(SourceOpening opening) {
        SecretSource tried = opening.open(() -> 0);
        tried.close();
        return opening;
    }

    static LongSupplier noTime() {
        return () -> 0;
    }
}
