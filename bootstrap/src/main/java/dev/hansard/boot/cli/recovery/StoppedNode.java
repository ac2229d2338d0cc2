// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.recovery;

import dev.hansard.boot.settings.LedgerSettings;
import dev.hansard.boot.settings.retention.RetentionSettings;
import dev.hansard.boot.settings.storage.StorageSettings;

/** What has to be known of a node to work on its folder while it does not run. */
public record StoppedNode(StorageSettings storage, LedgerSettings ledger, RetentionSettings retention) {}
