// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.wiring;

import dev.hansard.idp.statement.StatementKeys;
import dev.hansard.ports.identity.StatementSigner;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/**
 * The keys of a node, made at its first start and kept in its data folder, readable by its owner alone.
 *
 * @param masking makes equal masked values equal tokens
 * @param statements signs what targets are told about callers
 */
record NodeKeys(Secret masking, StatementSigner statements) {
    private static final String STATEMENTS = "identity.key";

    static NodeKeys in(Path folder, RandomGenerator random) {
        return new NodeKeys(MaskKeyFile.in(folder, random), statementsIn(folder));
    }

    private static StatementSigner statementsIn(Path folder) {
        Path file = folder.resolve(STATEMENTS);
        try {
            String key = MadeOnce.text(file, () -> StatementKeys.make().reveal());
            return StatementKeys.signer(Secret.of(key));
        } catch (IOException e) {
            throw new NodeStartException("'" + file + "' cannot be used as the identity key; check its rights", e);
        } catch (InvalidValueException e) {
            throw new NodeStartException(
                    "'" + file + "' holds no identity key; put the old one back, or remove the file to have a new one"
                            + " made, which targets then fetch",
                    e);
        }
    }
}
